#include "store_under_test.h"

#include "crypto/hash.h"
#include "store/digest.h"
#include "store/move.h"

using namespace yifa;
using namespace yifa::testing;

namespace {

void add_events(Kept &kept) {
  auto w = kept.write();
  for (std::uint64_t n = 1; n <= 30; ++n) {
    auto r = n % 2 == 0 ? full_matter(n, "370306104", "2023-03-05")
                        : matter(n, n % 3 == 0 ? "140423107" : "370307101", "2024-01-01", "甲");
    r.number = std::to_string(w->next_number(r.owner_org, "matter", 2023).value());
    auto e = event_of(r);
    REQUIRE(w->append(e));
    REQUIRE(w->put(r));
    for (const auto &c : contributions_of(r)) REQUIRE(w->move(r.owner_org, c, 1));
    REQUIRE(w->keep_answer(r.owner_org.county(), "clerk", std::to_string(n), {"hash", "{}"}));
  }
  REQUIRE(w->put_meta("account:li", "first"));
  REQUIRE(w->commit());
}

void put_metas(Kept &kept, const std::vector<std::pair<std::string, std::string>> &metas) {
  auto w = kept.write();
  for (const auto &[key, value] : metas) REQUIRE(w->put_meta(key, value));
  REQUIRE(w->commit());
}

std::string digest(Kept &kept) { return take(store::digest_of(*kept.read(), kept.catalog)); }

} // namespace

TEST_CASE("a move takes all, and only into what is empty") {
  Kept from;
  add_events(from);
  Kept to;
  const auto before = digest(from);
  const auto moved = store::move(*from.store, *to.store, from.catalog);
  REQUIRE_MESSAGE(moved, fault(moved));
  CHECK(moved->records == 30);
  CHECK(moved->events == 33); // with the beginnings of three chains
  CHECK_FALSE(moved->resumed);
  CHECK(moved->digest == before);
  CHECK(digest(to) == before);
  CHECK(digest(from) == before);
  CHECK(to.read()->meta_keys("").value() == std::vector<std::string>{"account:li"});
  const auto again = store::move(*from.store, *to.store, from.catalog);
  REQUIRE_FALSE(again);
  CHECK(again.error().code == ErrorCode::Invalid);
}

TEST_CASE("accounts and what else is kept by name are part of what is compared") {
  Kept one;
  add_events(one);
  const auto before = digest(one);
  put_metas(one, {{"account:li", "second"}});
  CHECK(digest(one) != before);
}

TEST_CASE("what changed without an event since a move was cut off comes as it is now") {
  Kept from;
  put_metas(from, {{"account:li", "second"}});
  // A move of the same history (none yet) that had come as far as this.
  Kept to;
  put_metas(to, {{"move:source", crypto::hex(crypto::sha256(""))},
                 {"move:over:what else is kept", "1"},
                 {"account:li", "first"},
                 {"session:ended", "since then"}});
  CHECK(fault(store::check_whole(*to.read())) != "");
  const auto moved = store::move(*from.store, *to.store, from.catalog);
  REQUIRE_MESSAGE(moved, fault(moved));
  CHECK(moved->resumed);
  CHECK(to.read()->meta("account:li").value() == "second");
  CHECK(to.read()->meta_keys("").value() == std::vector<std::string>{"account:li"});
  CHECK(fault(store::check_whole(*to.read())) == "");
}

TEST_CASE("a move that was cut off is not taken up when the old store was written to since") {
  Kept from;
  add_events(from);
  Kept to;
  put_metas(to, {{"move:source", crypto::hex(crypto::sha256(""))}});
  const auto moved = store::move(*from.store, *to.store, from.catalog);
  REQUIRE_FALSE(moved);
  CHECK(moved.error().code == ErrorCode::Invalid);
}
