#include "account/lockout.h"
#include "account/user.h"

#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::account;

namespace {

User clerk() {
  User user;
  user.id = "zhou.lan";
  user.name = "周岚";
  user.org = OrgCode::parse("500229107").value();
  user.roles = {"legal_officer", "mediator"};
  user.ledgers = {"dispute"};
  user.created = Moment::parse("2026-01-06T09:00").value();
  return user;
}

UserRules sample_rules() {
  return {[](const std::string &role) { return role != "wizard"; },
          [](const std::string &ledger) { return ledger == "dispute"; }};
}

std::vector<std::string> fault_fields(const User &user) {
  std::vector<std::string> out;
  auto checked = check_user(user, sample_rules());
  if (checked) return out;
  for (const auto &problem : checked.error().problems) out.push_back(problem.where);
  return out;
}

User with_roles(std::vector<std::string> roles, const std::string &org = "500229107") {
  auto user = clerk();
  user.roles = std::move(roles);
  user.org = org.empty() ? OrgCode() : OrgCode::parse(org).value();
  user.reads_only = looks_on(user.roles);
  return user;
}

} // namespace

TEST_CASE("an account comes back from its JSON as it was") {
  auto user = clerk();
  CHECK(parse_user(user_json(user)).value() == user);
  user.ledgers.clear();
  user.org = OrgCode();
  user.reads_only = user.disabled = user.must_change_password = true;
  CHECK(parse_user(parse_json(canonical(user_json(user))).value()).value() == user);
  for (const char *member :
       {"id", "name", "org", "roles", "reads_only", "disabled", "created", "version"}) {
    auto broken = user_json(user);
    broken.erase(member);
    CHECK(parse_user(broken).error().code == ErrorCode::Invalid);
  }
  CHECK_FALSE(parse_user(json::value("x")));
}

TEST_CASE("what an account is held against") {
  CHECK(fault_fields(clerk()).empty());
  for (const char *id : {"", "a", "Zhou", ".zhou", "周岚", "local", "zhou lan", "zhou:lan"}) {
    auto user = clerk();
    user.id = id;
    CHECK_MESSAGE(fault_fields(user) == std::vector<std::string>{"id"}, id);
  }
  auto user = clerk();
  user.id = std::string(33, 'a');
  user.name = "  ";
  user.roles = {"wizard", "mediator", "mediator"};
  user.ledgers = {"nothing"};
  CHECK(fault_fields(user) == std::vector<std::string>{"id", "name", "roles", "roles", "ledgers"});
  user = clerk();
  user.roles.clear();
  CHECK(fault_fields(user) == std::vector<std::string>{"roles"});
}

TEST_CASE("an administrator holds one administration and no other role") {
  for (const char *role : {"system_admin", "security_admin", "audit_admin"}) {
    CHECK(fault_fields(with_roles({role})).empty());
    CHECK(fault_fields(with_roles({role, "mediator"})) == std::vector<std::string>{"roles"});
  }
  CHECK(fault_fields(with_roles({"system_admin", "audit_admin"})) ==
        std::vector<std::string>{"roles"});
}

TEST_CASE("rights follow roles and place") {
  auto of = [](std::vector<std::string> roles, const char *org) {
    const auto r = rights(with_roles(std::move(roles), org));
    std::string out;
    for (bool has : {r.records, r.enter, r.report, r.county, r.users, r.settings, r.audit})
      out += has ? '1' : '0';
    return out;
  };
  CHECK(of({"legal_officer"}, "500229107") == "1110000");
  CHECK(of({"village_clerk"}, "500229107201") == "1100000");
  CHECK(of({"department_clerk"}, "500229107D01") == "1100000");
  CHECK(of({"town_head"}, "500229107") == "1110000");
  CHECK(of({"counsel"}, "500229107") == "1000000");
  CHECK(of({"counsel", "mediator"}, "500229107") == "1110000");
  CHECK(of({"county_reviewer"}, "500229") == "1011000");
  CHECK(of({"security_admin"}, "500229") == "0000100");
  CHECK(of({"system_admin"}, "") == "0000010");
  CHECK(of({"audit_admin"}, "500229") == "0000001");
  auto gone = with_roles({"legal_officer"});
  gone.disabled = true;
  CHECK(rights(gone) == Rights{});
}

TEST_CASE("five failures are free, then the wait doubles up to half an hour and is forgotten") {
  auto wait_after = [](int failures) {
    Failures f{failures, Moment::from_unix(1000)};
    auto free = free_from(kAccountLockout, f);
    return free == Moment() ? 0 : free.unix_seconds() - 1000;
  };
  for (int i = 0; i <= 5; ++i) CHECK(wait_after(i) == 0);
  CHECK(wait_after(6) == 60);
  CHECK(wait_after(7) == 120);
  CHECK(wait_after(10) == 960);
  CHECK(wait_after(11) == 1800);
  CHECK(wait_after(1'000'000'000) == 1800);
  Failures f;
  f = after_failure(kAccountLockout, f, Moment::from_unix(1000));
  f = after_failure(kAccountLockout, f, Moment::from_unix(1000 + 86400));
  CHECK(f == Failures{2, Moment::from_unix(1000 + 86400)});
  f = after_failure(kAccountLockout, f, Moment::from_unix(1000 + 2 * 86400 + 1));
  CHECK(f.count == 1);
}

TEST_CASE("addresses are counted by what one household or office has") {
  CHECK(address_group("10.0.0.7") == "10.0.0.7");
  CHECK(address_group("::ffff:10.0.0.7") == "10.0.0.7");
  CHECK(address_group("2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::/64");
  CHECK(address_group("2001:db8:1:2::9") == address_group("2001:db8:1:2::8"));
  CHECK(address_group("::1") == "::/64");
  CHECK(address_group("unix") == "unix");
}
