#pragma once

#include "account/second_factor.h"
#include "folder.h"
#include "service/accounts.h"
#include "service/own_account.h"
#include "service/sessions.h"
#include "service/sign_in.h"
#include "sqlite/store.h"

#include <array>

#include <doctest/doctest.h>
#include <liboath/oath.h>

namespace yifa::testing {

inline const std::string kGoodPassword = "lamp river 7 stone";

/// The value by itself: a range-for over a temporary Result would look at what is gone.
template <typename T> T taken(Result<T> result) { return std::move(result.value()); }

/// An empty store with two counties, a clock that stands still, and everything about accounts.
struct AccountDesk {
  Folder folder;
  std::unique_ptr<store::Store> store = std::move(sqlite::open(folder.path()).value());
  std::unique_ptr<blob::Blobs> blobs =
      std::move(blob::Blobs::open(folder.path() / "blobs").value());
  FixedClock clock{Moment::parse("2026-01-06T09:00").value()};
  RandomIds ids;
  service::Environment env{catalog(), *store, *blobs,
                           clock,     ids,    crypto::Key::from_bytes(std::string(32, 'k')).value(),
                           {}};
  service::Accounts accounts{env};
  service::Sessions sessions{env, {}};
  service::SignIns sign_ins{env, {}};
  service::OwnAccount own{env};
  service::Actor local;

  AccountDesk() {
    local.id = "local";
    local.local_operator = true;
    auto writer = std::move(store->write().value());
    for (const char *code : {"500229", "500229107", "500229108", "500229107201", "500230"}) {
      record::Org org;
      org.code = OrgCode::parse(code).value();
      org.name = code;
      REQUIRE(writer->put_org(org));
    }
    REQUIRE(writer->commit());
  }

  static std::shared_ptr<const catalog::Catalog> catalog() {
    auto made = std::make_shared<catalog::Catalog>();
    for (const char *role :
         {"legal_officer", "village_clerk", "counsel", "county_reviewer", "town_head"})
      made->roles[role] = {};
    return made;
  }

  static service::NewAccount person(const std::string &id, const std::string &org,
                                    std::vector<std::string> roles,
                                    const std::string &password = {}) {
    service::NewAccount account;
    account.user.id = id;
    account.user.name = "名" + id;
    account.user.org = OrgCode::parse(org).value();
    account.user.roles = std::move(roles);
    account.password = password;
    return account;
  }
  /// Made with the good password, which need not be changed.
  account::User settle(const std::string &id, const std::string &org,
                       std::vector<std::string> roles) {
    auto made = accounts.create(person(id, org, std::move(roles), kGoodPassword), local);
    REQUIRE_MESSAGE(made, made.error().text());
    return made->user;
  }
  service::SignInAnswer attempt(const std::string &user, const std::string &password,
                                const std::string &second = {},
                                const std::string &remote = "10.0.0.7") {
    service::SignInAttempt attempt;
    attempt.user = user;
    attempt.password = password;
    attempt.second_factor = second;
    attempt.remote = remote;
    attempt.agent = "Firefox";
    auto answer = sign_ins.sign_in(attempt);
    REQUIRE_MESSAGE(answer, answer.error().text());
    return *answer;
  }
  service::SignInAnswer attempt_code(const std::string &code, const std::string &second = {}) {
    service::SignInAttempt attempt;
    attempt.one_time_code = code;
    attempt.second_factor = second;
    attempt.remote = "10.0.0.8";
    return sign_ins.sign_in(attempt).value();
  }
  std::optional<service::SignedIn> who(const std::string &token) {
    auto reader = std::move(store->read().value());
    return sessions.find(*reader, token).value();
  }
  void later(std::int64_t seconds) {
    clock.set(Moment::from_unix(clock.now().unix_seconds() + seconds));
  }
  /// What an application on a telephone would show at this moment.
  std::string digits_of(const std::string &base32) const {
    char *raw = nullptr;
    std::size_t length = 0;
    REQUIRE(oath_base32_decode(base32.data(), base32.size(), &raw, &length) == OATH_OK);
    std::array<char, 7> code{};
    REQUIRE(oath_totp_generate(raw, length, clock.now().unix_seconds(), 30, 0, 6, code.data()) ==
            OATH_OK);
    std::free(raw);
    return code.data();
  }
};

} // namespace yifa::testing
