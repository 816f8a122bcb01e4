#include "account_desk.h"

#include "service/account_checks.h"
#include "service/account_history.h"

using namespace yifa;
using namespace yifa::testing;
using Outcome = service::SignInAnswer::Outcome;

namespace {

service::AccountChange with_roles(std::vector<std::string> roles) {
  service::AccountChange change;
  change.roles = std::move(roles);
  return change;
}

service::AccountChange with_disabled(bool disabled) {
  service::AccountChange change;
  change.disabled = disabled;
  return change;
}

std::vector<std::string> ids_of(const std::vector<service::ShownAccount> &accounts) {
  std::vector<std::string> out;
  for (const auto &each : accounts) out.push_back(each.user.id);
  return out;
}

} // namespace

TEST_CASE("the first people are settled at once or not at all, and only first") {
  AccountDesk desk;
  CHECK(desk.accounts.fresh().value());
  auto refused =
      desk.accounts.set_up({desk.person("an.quan", "500229", {"security_admin"}, kGoodPassword),
                            desk.person("zhou.lan", "500229107", {"wizard"}, kGoodPassword)});
  CHECK(refused.error().problems.at(0).where == "people[1].roles");
  refused = desk.accounts.set_up({desk.person("an.quan", "500229", {"security_admin"}, "12345")});
  CHECK(refused.error().problems.at(0).where == "people[0].password");
  refused = desk.accounts.set_up({desk.person("an.quan", "500229", {"security_admin"}),
                                  desk.person("zhou.lan", "500231", {"legal_officer"})});
  CHECK(refused.error().problems.at(0).where == "people[1].org");
  refused = desk.accounts.set_up({desk.person("an.quan", "500229", {"security_admin"}),
                                  desk.person("an.quan", "500229", {"audit_admin"})});
  CHECK(refused.error().problems.at(0).where == "people[1].id");
  CHECK(desk.accounts.fresh().value());

  auto made =
      desk.accounts.set_up({desk.person("an.quan", "500229", {"security_admin"}, kGoodPassword),
                            desk.person("zhou.lan", "500229107", {"legal_officer"})});
  REQUIRE(made);
  CHECK(made->at(0).code.empty());
  CHECK_FALSE(made->at(0).user.must_change_password);
  CHECK(made->at(0).user.reads_only);
  CHECK_FALSE(made->at(1).code.empty());
  CHECK(made->at(1).user.must_change_password);
  CHECK_FALSE(made->at(1).user.reads_only);
  CHECK_FALSE(desk.accounts.fresh().value());
  CHECK(desk.attempt("an.quan", kGoodPassword).outcome == Outcome::Done);
  CHECK(desk.accounts.set_up({desk.person("li.hua", "500229", {"audit_admin"})}).error().code ==
        ErrorCode::Refused);
}

TEST_CASE("accounts are kept by the security administrator, within his subtree") {
  AccountDesk desk;
  const auto chief = service::actor_of(desk.settle("an.quan", "500229", {"security_admin"}));
  const auto clerk = service::actor_of(desk.settle("zhou.lan", "500229107", {"legal_officer"}));
  const auto system = service::actor_of(desk.settle("xi.tong", "500229", {"system_admin"}));
  const auto other = service::actor_of(desk.settle("bie.chu", "500229108", {"security_admin"}));

  for (const auto &actor : {clerk, system}) {
    CHECK(desk.accounts.list({}, actor).error().code == ErrorCode::Forbidden);
    CHECK(
        desk.accounts.create(desk.person("li.hua", "500229107", {"counsel"}), actor).error().code ==
        ErrorCode::Forbidden);
    CHECK(desk.accounts.new_code("an.quan", actor).error().code == ErrorCode::Forbidden);
    CHECK(desk.accounts.show("li.hua", actor).error().code == ErrorCode::Forbidden);
    CHECK(desk.accounts.change(actor.id, with_roles({"security_admin"}), actor).error().code ==
          ErrorCode::Forbidden);
  }
  // An account elsewhere and none at all are the same to him.
  CHECK(desk.accounts.show("zhou.lan", other).error().code == ErrorCode::NotFound);
  CHECK(desk.accounts.show("no.one", other).error().code == ErrorCode::NotFound);
  CHECK(desk.accounts.show("nobody", other).error().code == ErrorCode::NotFound);
  CHECK(desk.accounts.create(desk.person("li.hua", "500229107", {"counsel"}), other).error().code ==
        ErrorCode::Forbidden);
  CHECK(ids_of(desk.accounts.list({}, other).value()) == std::vector<std::string>{"bie.chu"});

  REQUIRE(desk.accounts.create(desk.person("li.hua", "500229107201", {"village_clerk"}), chief));
  CHECK(ids_of(desk.accounts.list({}, chief).value()) ==
        std::vector<std::string>{"an.quan", "bie.chu", "li.hua", "xi.tong", "zhou.lan"});
  service::AccountQuery query;
  query.words = "500229107 HUA";
  CHECK(ids_of(desk.accounts.list(query, chief).value()) == std::vector<std::string>{"li.hua"});
  query = {};
  query.scope = OrgCode::parse("500229107").value();
  query.after = "li.hua";
  CHECK(ids_of(desk.accounts.list(query, chief).value()) == std::vector<std::string>{"zhou.lan"});
  query = {};
  query.limit = 2;
  CHECK(ids_of(desk.accounts.list(query, chief).value()) ==
        std::vector<std::string>{"an.quan", "bie.chu"});

  // Out of his subtree he moves nobody, and himself he neither disables nor regrades.
  service::AccountChange away;
  away.org = OrgCode::parse("500230").value();
  CHECK(desk.accounts.change("li.hua", away, chief).error().code == ErrorCode::Forbidden);
  CHECK(desk.accounts.change("an.quan", with_disabled(true), chief).error().code ==
        ErrorCode::Refused);
  CHECK(desk.accounts.change("an.quan", with_roles({"audit_admin"}), chief).error().code ==
        ErrorCode::Refused);
  CHECK(desk.accounts.change("xi.tong", with_roles({"system_admin", "audit_admin"}), chief)
            .error()
            .code == ErrorCode::Invalid);
  CHECK(desk.accounts.create(desk.person("li.hua", "500229107", {"counsel"}), chief)
            .error()
            .problems.at(0)
            .where == "id");
}

TEST_CASE("a change holds at the next request") {
  AccountDesk desk;
  desk.settle("zhou.lan", "500229107", {"legal_officer"});
  const auto token = desk.attempt("zhou.lan", kGoodPassword).token;
  REQUIRE(desk.accounts.change("zhou.lan", with_roles({"county_reviewer"}), desk.local));
  auto user = desk.who(token)->user;
  CHECK(user.roles == std::vector<std::string>{"county_reviewer"});
  CHECK(user.reads_only);
  CHECK(user.version == 2);
  REQUIRE(desk.accounts.change("zhou.lan", with_disabled(true), desk.local));
  CHECK_FALSE(desk.who(token));
  REQUIRE(desk.accounts.change("zhou.lan", with_disabled(false), desk.local));
  CHECK_FALSE(desk.who(token)); // what has ended does not come back
}

TEST_CASE("sessions end when idle, when old, when ended") {
  AccountDesk desk;
  desk.settle("zhou.lan", "500229107", {"legal_officer"});
  desk.settle("li.hua", "500229107", {"legal_officer"});
  const auto first = desk.attempt("zhou.lan", kGoodPassword).token;
  CHECK_FALSE(desk.who(""));
  CHECK_FALSE(desk.who(std::string(64, '0')));
  auto upper = first;
  for (auto &c : upper) c = static_cast<char>(std::toupper(c));
  CHECK_FALSE(desk.who(upper));

  CHECK_FALSE(desk.who(first)->touch_due);
  desk.later(29 * 60);
  REQUIRE(desk.who(first));
  CHECK(desk.who(first)->touch_due);
  REQUIRE(desk.sessions.touch(*desk.who(first)));
  CHECK_FALSE(desk.who(first)->touch_due);
  desk.later(29 * 60);
  const auto known = desk.who(first);
  REQUIRE(known);
  desk.later(60);
  CHECK_FALSE(desk.who(first)); // idle
  REQUIRE(desk.sessions.touch(*known));
  CHECK_FALSE(desk.who(first)); // and not woken

  const auto second = desk.attempt("zhou.lan", kGoodPassword).token;
  for (int i = 0; i < 48; ++i) { // 12 hours, never idle
    const auto again = desk.who(second);
    REQUIRE(again);
    desk.later(15 * 60);
    REQUIRE(desk.sessions.touch(*again));
  }
  CHECK_FALSE(desk.who(second));
  REQUIRE(desk.sessions.sweep());
  CHECK(service::stored_sessions(*desk.store->read().value())->empty());

  const auto a = desk.attempt("zhou.lan", kGoodPassword).token;
  desk.later(1);
  const auto b = desk.attempt("zhou.lan", kGoodPassword).token;
  const auto hers = desk.attempt("li.hua", kGoodPassword).token;
  auto list = desk.sessions.list(*desk.store->read().value(), "zhou.lan").value();
  REQUIRE(list.size() == 2);
  CHECK(list[0].id == desk.who(b)->session.id);
  CHECK(desk.sessions.end(list[0].id, "li.hua").error().code == ErrorCode::NotFound);
  CHECK(desk.who(b));
  REQUIRE(desk.sessions.end(list[0].id, "zhou.lan"));
  CHECK_FALSE(desk.who(b));
  const auto c = desk.attempt("zhou.lan", kGoodPassword).token;
  REQUIRE(desk.sessions.end_all("zhou.lan", desk.who(a)->session.id));
  CHECK(desk.who(a));
  CHECK_FALSE(desk.who(c));
  REQUIRE(desk.accounts.end_sessions("zhou.lan", desk.local));
  CHECK_FALSE(desk.who(a));
  CHECK(desk.who(hers));
}

TEST_CASE("who signs in looks at his own sessions alone, and what ended goes away") {
  AccountDesk desk;
  for (const char *id : {"zhou.lan", "zhou.la", "li.hua"})
    desk.settle(id, "500229107", {"legal_officer"});
  const auto kept = [&] {
    std::map<std::string, int> out;
    for (const auto &key : taken(desk.store->read().value()->meta_keys("session"))) {
      const auto begin = key.substr(0, key.rfind(':'));
      out[begin == "session" ? begin : key.substr(0, key.find(':', 11))] += 1;
    }
    return out;
  };
  using Kept = std::map<std::string, int>;
  const auto his = desk.attempt("zhou.la", kGoodPassword).token;
  for (int i = 0; i < 3; ++i) REQUIRE(desk.attempt("li.hua", kGoodPassword).token != "");
  CHECK(kept() == Kept{{"session", 4}, {"session-of:zhou.la", 1}, {"session-of:li.hua", 3}});
  desk.later(31 * 60); // all of them are over
  const auto hers = desk.attempt("zhou.lan", kGoodPassword).token;
  CHECK(kept()["session"] == 5); // those of others are not looked at
  REQUIRE(desk.attempt("zhou.la", kGoodPassword).token != "");
  CHECK(kept()["session-of:zhou.la"] == 1); // his own ended one went
  CHECK_FALSE(desk.who(his));
  REQUIRE(desk.sessions.sweep());
  CHECK(kept() == Kept{{"session", 2}, {"session-of:zhou.la", 1}, {"session-of:zhou.lan", 1}});
  CHECK(desk.who(hers));
  // More devices than anybody has: the one unseen for longest goes.
  for (int i = 0; i < 25; ++i) {
    desk.later(1);
    REQUIRE(desk.attempt("zhou.lan", kGoodPassword).token != "");
  }
  CHECK(kept() == Kept{{"session", 21}, {"session-of:zhou.la", 1}, {"session-of:zhou.lan", 20}});
  CHECK_FALSE(desk.who(hers));
  REQUIRE(desk.sessions.end_all("zhou.lan"));
  CHECK(kept() == Kept{{"session", 1}, {"session-of:zhou.la", 1}});
}

TEST_CASE("a session of an older form opens nothing and is swept") {
  AccountDesk desk;
  desk.settle("zhou.lan", "500229107", {"legal_officer"});
  const auto token = desk.attempt("zhou.lan", kGoodPassword).token;
  auto writer = std::move(desk.store->write().value());
  const auto key = "session:" + desk.who(token)->session.id;
  auto older = writer->meta(key)->value();
  older.replace(older.find("\"v\":2"), 5, "\"v\":1");
  REQUIRE(writer->put_meta(key, older));
  REQUIRE(writer->commit());
  CHECK_FALSE(desk.who(token));
  REQUIRE(desk.sessions.sweep());
  CHECK_FALSE(desk.store->read().value()->meta(key)->has_value());
}

TEST_CASE("a form's token belongs to its session") {
  const std::string token(64, 'a');
  const auto csrf = service::csrf_token(token);
  CHECK(csrf.size() == 64);
  CHECK(csrf != token);
  CHECK(service::csrf_fits(token, csrf));
  CHECK_FALSE(service::csrf_fits(std::string(64, 'b'), csrf));
  CHECK_FALSE(service::csrf_fits(token, ""));
  CHECK_FALSE(service::csrf_fits("", ""));
  CHECK_FALSE(service::csrf_fits("x", ""));
}

TEST_CASE("every change is an event, and the events give the accounts back") {
  AccountDesk desk;
  desk.settle("zhou.lan", "500229107", {"legal_officer"});
  auto made = desk.accounts.create(desk.person("li.hua", "500229107", {"counsel"}), desk.local);
  REQUIRE(desk.accounts.change("zhou.lan", with_roles({"town_head"}), desk.local));
  service::AccountChange move;
  move.org = OrgCode::parse("500230").value();
  REQUIRE(desk.accounts.change("zhou.lan", move, desk.local));
  move.org = OrgCode::parse("500229108").value();
  REQUIRE(desk.accounts.change("zhou.lan", move, desk.local));
  auto session = desk.who(desk.attempt_code(made->code).token).value();
  REQUIRE(desk.own.change_password(session, "", kGoodPassword));
  auto signed_in = desk.attempt("li.hua", kGoodPassword);
  REQUIRE(desk.accounts.change("li.hua", with_disabled(true), desk.local));
  for (int i = 0; i < 6; ++i) desk.attempt("zhou.lan", "wrong");

  auto reader = std::move(desk.store->read().value());
  CHECK(reader->chains().value() == std::vector<std::string>{"admin:500229", "admin:500230"});
  std::vector<std::string> actions;
  std::string bodies;
  for (const auto &event : taken(reader->events("admin:500229", 1, 0))) {
    CHECK(event.type == "@user");
    actions.push_back(event.action);
    bodies += event.body;
  }
  CHECK(actions == std::vector<std::string>{"create", "create", "change", "change", "change",
                                            "sign in with a code", "password", "sign in", "disable",
                                            "locked"});
  for (const auto &secret : {kGoodPassword, made->code, signed_in.token, std::string("argon2")})
    CHECK(bodies.find(secret) == std::string::npos);
  for (const auto &key : taken(reader->meta_keys("")))
    for (const auto &secret : {kGoodPassword, made->code, signed_in.token})
      CHECK((key + reader->meta(key)->value()).find(secret) == std::string::npos);

  auto told = service::accounts_told(*reader).value();
  CHECK(told.size() == 2);
  CHECK(told.at("zhou.lan") == service::stored_user(*reader, "zhou.lan")->value());
  CHECK(told.at("li.hua").disabled);
  std::vector<std::string> faults;
  auto note = [&](const std::string &where, const std::string &) { faults.push_back(where); };
  REQUIRE(service::verify_accounts(*reader, note));
  CHECK(faults.empty());
  reader.reset();

  auto writer = std::move(desk.store->write().value());
  auto raised = told.at("zhou.lan");
  raised.roles = {"security_admin"};
  REQUIRE(service::keep_user(*writer, raised));
  raised.id = "ghost";
  REQUIRE(service::keep_user(*writer, raised));
  REQUIRE(writer->drop_meta("user:li.hua"));
  REQUIRE(service::verify_accounts(*writer, note));
  CHECK(faults == std::vector<std::string>{"account li.hua", "account zhou.lan", "account ghost"});
  REQUIRE(service::bring_back_accounts(*writer));
  CHECK(service::stored_user(*writer, "li.hua")->value() == told.at("li.hua"));
  CHECK(service::stored_user(*writer, "zhou.lan")->value() == told.at("zhou.lan"));
}

TEST_CASE("whom a matter can be sent to") {
  AccountDesk desk;
  const auto clerk = service::actor_of(desk.settle("zhou.lan", "500229107", {"legal_officer"}));
  desk.settle("li.hua", "500229107201", {"village_clerk"});
  desk.settle("lv.shi", "500229", {"counsel"});
  desk.settle("bie.chu", "500229108", {"counsel"});
  desk.settle("an.quan", "500229107", {"security_admin"});
  std::vector<std::string> ids;
  for (const auto &user : taken(desk.accounts.colleagues(clerk))) ids.push_back(user.id);
  CHECK(ids == std::vector<std::string>{"li.hua", "lv.shi"});
  auto counsel =
      service::actor_of(service::stored_user(*desk.store->read().value(), "lv.shi")->value());
  CHECK(counsel.matters_only);
  CHECK_FALSE(counsel.no_records);
}

TEST_CASE("the self-check of accounts") {
  AccountDesk desk;
  auto person = desk.person("an.quan", "500229", {"security_admin"}, kGoodPassword);
  person.user.name = "周岚";
  REQUIRE(desk.accounts.create(person, desk.local));
  person = desk.person("shen.ji", "500229", {"audit_admin"}, kGoodPassword);
  person.user.name = "周岚";
  REQUIRE(desk.accounts.create(person, desk.local));
  desk.settle("li.hua", "500229107", {"legal_officer"});
  desk.later(std::int64_t{91} * 86400);
  desk.attempt("li.hua", kGoodPassword);
  std::map<std::string, std::vector<std::string>> faults;
  for (const auto &item : taken(service::check_accounts(desk.env))) {
    CHECK_FALSE(item.message.empty());
    if (!item.ok) faults[item.id] = item.users;
  }
  const std::vector<std::string> both{"an.quan", "shen.ji"};
  CHECK(faults["administrators_there"].empty());
  CHECK(faults.contains("administrators_there")); // nobody looks after the system
  CHECK(faults["administrators_second_factor"] == both);
  CHECK(faults["administrators_apart"] == both);
  CHECK(faults["dormant"] == both);
  CHECK(faults["own_password"].size() == 3);
  CHECK_FALSE(faults.contains("locked"));
}
