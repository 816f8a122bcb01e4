#include "account_desk.h"

#include <atomic>
#include <thread>

using namespace yifa;
using namespace yifa::testing;
using Outcome = service::SignInAnswer::Outcome;

TEST_CASE("a password opens a session; anything else does not, and says not what was wrong") {
  AccountDesk desk;
  desk.settle("zhou.lan", "500229107", {"legal_officer"});
  CHECK(desk.attempt("zhou.lan", "another one entirely").outcome == Outcome::Wrong);
  CHECK(desk.attempt("li.hua", kGoodPassword).outcome == Outcome::Wrong);
  CHECK(desk.attempt("user:zhou.lan", kGoodPassword).outcome == Outcome::Wrong);
  CHECK(desk.attempt("", "").outcome == Outcome::Wrong);
  auto answer = desk.attempt(" Zhou.lan ", kGoodPassword);
  REQUIRE(answer.outcome == Outcome::Done);
  CHECK(answer.token.size() == 64);
  auto signed_in = desk.who(answer.token);
  REQUIRE(signed_in);
  CHECK(signed_in->user.id == "zhou.lan");
  CHECK(signed_in->session.agent == "Firefox");
  CHECK_FALSE(signed_in->session.by_code);
}

TEST_CASE("after five failures one waits, ever longer; a success forgets them") {
  AccountDesk desk;
  desk.settle("zhou.lan", "500229107", {"legal_officer"});
  for (int i = 0; i < 6; ++i) CHECK(desk.attempt("zhou.lan", "wrong").outcome == Outcome::Wrong);
  auto locked = desk.attempt("zhou.lan", kGoodPassword); // the right one does not help now
  CHECK(locked.outcome == Outcome::Locked);
  CHECK(locked.until.unix_seconds() == desk.clock.now().unix_seconds() + 60);
  CHECK(desk.accounts.show("zhou.lan", desk.local)->locked);
  desk.later(60);
  CHECK(desk.attempt("zhou.lan", "wrong").outcome == Outcome::Wrong);
  desk.later(60);
  CHECK(desk.attempt("zhou.lan", kGoodPassword).outcome == Outcome::Locked);
  desk.later(60);
  CHECK(desk.attempt("zhou.lan", kGoodPassword).outcome == Outcome::Done);
  CHECK(desk.attempt("zhou.lan", "wrong").outcome == Outcome::Wrong);
  CHECK(desk.attempt("zhou.lan", kGoodPassword).outcome == Outcome::Done);
}

TEST_CASE("an account that does not exist is locked by the same rule") {
  AccountDesk desk;
  for (int i = 0; i < 6; ++i) CHECK(desk.attempt("nobody", "wrong").outcome == Outcome::Wrong);
  auto locked = desk.attempt("nobody", "wrong");
  CHECK(locked.outcome == Outcome::Locked);
  CHECK(locked.until.unix_seconds() == desk.clock.now().unix_seconds() + 60);
  CHECK(desk.accounts.fresh().value()); // and no account has come of it
}

TEST_CASE("however many try at once, no more passwords are judged than the rule allows") {
  AccountDesk desk;
  desk.settle("zhou.lan", "500229107", {"legal_officer"});
  std::atomic<int> wrong = 0;
  std::atomic<int> other = 0; // locked, or on a busy machine told to come again
  std::vector<std::thread> crowd;
  for (int i = 0; i < 12; ++i)
    crowd.emplace_back([&] {
      service::SignInAttempt attempt;
      attempt.user = "zhou.lan";
      attempt.password = "wrong";
      auto answer = desk.sign_ins.sign_in(attempt);
      ++(answer && answer->outcome == Outcome::Wrong ? wrong : other);
    });
  for (auto &one : crowd) one.join();
  CHECK(wrong <= 6);
  CHECK(wrong + other == 12);
  CHECK(desk.attempt("zhou.lan", kGoodPassword).outcome ==
        (wrong == 6 ? Outcome::Locked : Outcome::Done));
}

TEST_CASE("an address that fails a hundred times waits, whatever account it names") {
  AccountDesk desk;
  service::FailureBook book(account::kAddressLockout);
  for (int i = 0; i < 101; ++i) book.add("10.0.0.7", desk.clock.now());
  CHECK(book.free_from("10.0.0.7").unix_seconds() == desk.clock.now().unix_seconds() + 30);
  CHECK(book.free_from("10.0.0.8") == Moment());
  for (int i = 0; i < 20'000; ++i) book.add(std::to_string(i), desk.clock.now());
  CHECK(book.free_from("10.0.0.7") != Moment()); // a flood of names does not free it
}

TEST_CASE("a one-time code opens once, within its time, and a password is chosen with it") {
  AccountDesk desk;
  auto made =
      desk.accounts.create(desk.person("li.hua", "500229107", {"legal_officer"}), desk.local);
  REQUIRE(made);
  CHECK(made->code.size() == 34);
  CHECK(desk.attempt("li.hua", "").outcome == Outcome::Wrong); // no password is not the empty one
  CHECK(desk.attempt_code("0000-" + made->code.substr(5)).outcome == Outcome::Wrong);
  auto answer = desk.attempt_code(made->code);
  REQUIRE(answer.outcome == Outcome::Done);
  CHECK(desk.attempt_code(made->code).outcome == Outcome::Wrong);
  auto session = desk.who(answer.token).value();
  CHECK(session.session.by_code);
  CHECK(session.user.must_change_password);

  auto refused = desk.own.change_password(session, "", "1234567890");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().problems.at(0).where == "new");
  REQUIRE(desk.own.change_password(session, "", kGoodPassword));
  session = desk.who(answer.token).value();
  CHECK_FALSE(session.user.must_change_password);
  CHECK(desk.attempt("li.hua", kGoodPassword).outcome == Outcome::Done);
  // From now on the old one is asked for, by code or not.
  CHECK_FALSE(desk.own.change_password(session, "", "river lamp 8 stones"));

  auto late = desk.accounts.new_code("li.hua", desk.local).value();
  desk.later(15 * 60 + 1);
  CHECK(desk.attempt_code(late).outcome == Outcome::Wrong);
  auto replaced = desk.accounts.new_code("li.hua", desk.local).value();
  auto present = desk.accounts.new_code("li.hua", desk.local, false).value();
  CHECK(desk.attempt_code(replaced).outcome == Outcome::Wrong);
  auto demo = desk.attempt_code(present);
  CHECK(demo.outcome == Outcome::Done);
  CHECK_FALSE(demo.user.must_change_password);
  auto other = desk.accounts.new_code("li.hua", desk.local).value();
  service::AccountChange disable;
  disable.disabled = true;
  REQUIRE(desk.accounts.change("li.hua", disable, desk.local));
  CHECK(desk.attempt_code(other).outcome == Outcome::Wrong);
  CHECK(desk.accounts.new_code("li.hua", desk.local).error().code == ErrorCode::Refused);
  CHECK(desk.attempt("li.hua", "wrong").outcome == Outcome::Wrong);
  CHECK(desk.attempt("li.hua", kGoodPassword).outcome == Outcome::Disabled);
}

TEST_CASE("a new password ends all other sessions") {
  AccountDesk desk;
  desk.settle("zhou.lan", "500229107", {"legal_officer"});
  auto here = desk.attempt("zhou.lan", kGoodPassword);
  auto there = desk.attempt("zhou.lan", kGoodPassword);
  auto session = desk.who(here.token).value();
  auto wrong = desk.own.change_password(session, "not the old one", "river lamp 8 stones");
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().problems.at(0).where == "old");
  CHECK_FALSE(desk.own.change_password(session, kGoodPassword, kGoodPassword));
  REQUIRE(desk.own.change_password(session, kGoodPassword, "river lamp 8 stones"));
  CHECK(desk.who(here.token));
  CHECK_FALSE(desk.who(there.token));
  CHECK(desk.attempt("zhou.lan", kGoodPassword).outcome == Outcome::Wrong);
  // Wrong old passwords are counted like wrong sign-ins.
  for (int i = 0; i < 5; ++i)
    CHECK_FALSE(desk.own.change_password(session, "wrong", "stone lamp 9 rivers"));
  const auto locked =
      desk.own.change_password(session, "river lamp 8 stones", "stone lamp 9 rivers");
  CHECK(locked.error().code == ErrorCode::Unavailable);
  REQUIRE(locked.error().problems.size() == 1);
  CHECK(locked.error().problems[0].where == "@too_many");
  CHECK(std::stoi(locked.error().problems[0].message) > 0);
  CHECK(desk.own.drop_second_factor(session, "river lamp 8 stones").error().code ==
        ErrorCode::Unavailable);
}

TEST_CASE("who never had a password sets the first one without an old one, once") {
  AccountDesk desk;
  REQUIRE(desk.accounts.create(desk.person("li.hua", "500229107", {"legal_officer"}), desk.local));
  // As the demonstration gives it: a code that does not ask for a password at once.
  const auto code = desk.accounts.new_code("li.hua", desk.local, false).value();
  const auto session = desk.who(desk.attempt_code(code).token).value();
  CHECK_FALSE(session.user.must_change_password);
  REQUIRE(desk.own.change_password(session, "", kGoodPassword));
  CHECK(desk.attempt("li.hua", kGoodPassword).outcome == Outcome::Done);
  const auto again = desk.own.change_password(session, "", "river lamp 8 stones");
  REQUIRE_FALSE(again);
  CHECK(again.error().problems.at(0).where == "old");
}

TEST_CASE("with a second factor the password is half; each code counts once") {
  AccountDesk desk;
  desk.settle("zhou.lan", "500229107", {"legal_officer"});
  auto session = desk.who(desk.attempt("zhou.lan", kGoodPassword).token).value();
  CHECK(desk.own.confirm_second_factor(session, "123456").error().code == ErrorCode::Refused);
  auto offer = desk.own.offer_second_factor(session, "Yifa").value();
  CHECK(offer.qr_svg.starts_with("<svg"));
  CHECK(desk.own.confirm_second_factor(session, "12345").error().problems.at(0).where == "code");
  CHECK(desk.attempt("zhou.lan", kGoodPassword).outcome == Outcome::Done); // only offered yet
  const auto first = desk.digits_of(offer.secret);
  auto recovery = desk.own.confirm_second_factor(session, first).value();
  CHECK(recovery.size() == 10);
  CHECK(desk.own.offer_second_factor(session, "Yifa").error().code == ErrorCode::Refused);

  CHECK(desk.attempt("zhou.lan", kGoodPassword).outcome == Outcome::SecondFactorNeeded);
  CHECK(desk.attempt("zhou.lan", "wrong").outcome == Outcome::Wrong);
  CHECK(desk.attempt("zhou.lan", kGoodPassword, first).outcome == Outcome::SecondFactorWrong);
  desk.later(30);
  const auto next = desk.digits_of(offer.secret);
  CHECK(desk.attempt("zhou.lan", kGoodPassword, next).outcome == Outcome::Done);
  CHECK(desk.attempt("zhou.lan", kGoodPassword, next).outcome == Outcome::SecondFactorWrong);

  auto used = desk.attempt("zhou.lan", kGoodPassword, recovery[3]);
  CHECK(used.outcome == Outcome::Done);
  CHECK(used.recovery_code_used);
  CHECK(used.recovery_codes_left == 9);
  CHECK(desk.attempt("zhou.lan", kGoodPassword, recovery[3]).outcome == Outcome::SecondFactorWrong);

  // A one-time code stands for the password only, and is not used up by asking.
  const auto code = desk.accounts.new_code("zhou.lan", desk.local).value();
  CHECK(desk.attempt_code(code).outcome == Outcome::SecondFactorNeeded);
  desk.later(30);
  CHECK(desk.attempt_code(code, desk.digits_of(offer.secret)).outcome == Outcome::Done);

  // Six digits cannot be tried through.
  for (int i = 0; i < 6; ++i)
    CHECK(desk.attempt("zhou.lan", kGoodPassword, "000000").outcome == Outcome::SecondFactorWrong);
  CHECK(desk.attempt("zhou.lan", kGoodPassword, "000000").outcome == Outcome::Locked);
  const auto again = desk.accounts.new_code("zhou.lan", desk.local).value();
  CHECK(desk.attempt_code(again, "000000").outcome == Outcome::Locked);

  REQUIRE(desk.accounts.drop_second_factor("zhou.lan", desk.local));
  desk.later(3600);
  CHECK(desk.attempt("zhou.lan", kGoodPassword).outcome == Outcome::Done);
}

TEST_CASE("the second factor is taken back with the password; without a master key there is none") {
  AccountDesk desk;
  desk.settle("zhou.lan", "500229107", {"legal_officer"});
  auto session = desk.who(desk.attempt("zhou.lan", kGoodPassword).token).value();
  auto offer = desk.own.offer_second_factor(session, "Yifa").value();
  REQUIRE(desk.own.confirm_second_factor(session, desk.digits_of(offer.secret)));
  auto wrong = desk.own.drop_second_factor(session, "wrong");
  CHECK(wrong.error().problems.at(0).where == "password");
  CHECK(service::has_second_factor(*desk.store->read().value(), "zhou.lan").value());
  REQUIRE(desk.own.drop_second_factor(session, kGoodPassword));
  CHECK_FALSE(service::has_second_factor(*desk.store->read().value(), "zhou.lan").value());
  desk.env.master.reset();
  CHECK(desk.own.offer_second_factor(session, "Yifa").error().code == ErrorCode::Unavailable);
}
