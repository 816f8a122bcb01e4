#include "database.h"
#include "folder.h"
#include "questions.h"

#include "base/text.h"
#include "crypto/hash.h"
#include "sqlite/store.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace yifa;
using namespace yifa::testing;

namespace {

/// No index may be used: every plan is another one.
constexpr const char *kWithoutIndexes =
    "&options=-c%20enable_indexscan%3Doff%20-c%20enable_bitmapscan%3Doff%20-c%20"
    "enable_indexonlyscan%3Doff%20-c%20enable_hashjoin%3Doff";

std::uint64_t seed_of_run() {
  const char *given = std::getenv("YIFA_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
}

/// "" for the same; else the first line in which they differ.
std::string difference(const std::string &a, const std::string &b) {
  if (a == b) return {};
  auto left = text::split(a, '\n');
  auto right = text::split(b, '\n');
  const auto most = std::max(left.size(), right.size());
  left.resize(most);
  right.resize(most);
  std::size_t at = 0;
  while (at + 1 < most && left[at] == right[at]) ++at;
  return fmt::format("line {}: {}\n   against: {}", at, left[at], right[at]);
}

/// The same changes to a file and to a database, the same questions to the file and twice to the
/// database: as it plans by itself, and without its indexes.
class Side {
  Chance &chance_;

public:
  explicit Side(Chance &chance) : chance_(chance) {
    auto opened = sqlite::open(folder_.path());
    REQUIRE(opened);
    file_ = std::move(opened.value());
    make_database("differential");
    database_ = open_database("differential", "&yifa_partitions=3&yifa_direct=1");
    plain_ = open_database("differential", kWithoutIndexes);
    for (auto *store : {file_.get(), database_.get(), plain_.get()})
      REQUIRE(store->migrate(catalog));
  }

  void change() {
    const store::Writing how{chance_.one_in(12), chance_.one_in(3) ? "370306" : "",
                             chance_.one_in(2)};
    made.only(how.county);
    made.late(how.late);
    auto a = std::move(file_->write(how).value());
    auto b = std::move((chance_.one_in(2) ? database_ : plain_)->write(how).value());
    for (auto n = 1 + chance_.below(5); n > 0; --n) {
      if (how.late && chance_.one_in(3)) {
        const auto to_come = made.to_come();
        REQUIRE(a->foresee(to_come));
        REQUIRE(b->foresee(to_come));
      }
      step(*a, *b);
      if (chance_.one_in(6)) compare(*a, *b, *b);
    }
    made.only("");
    if (chance_.one_in(8)) return made.forget(); // neither is committed
    const auto first = a->commit();
    const auto second = b->commit();
    REQUIRE_MESSAGE(first, first.error().text());
    REQUIRE_MESSAGE(second, second.error().text());
    made.remember();
  }

  void ask(int many) {
    const auto a = std::move(file_->read().value());
    const auto b = std::move(database_->read().value());
    const auto c = std::move(plain_->read().value());
    for (; many > 0; --many) compare(*a, *b, *c);
  }

  /// What a reader told stays so while others write.
  void hold_still(int changes) {
    const auto a = std::move(file_->read().value());
    const auto b = std::move(database_->read().value());
    std::vector<std::pair<Question, std::string>> told;
    for (int n = 0; n < 30; ++n) {
      auto question = questions.next();
      auto answer = question.ask(*b);
      if (answer) told.emplace_back(std::move(question), std::move(*answer));
    }
    while (changes-- > 0) change();
    for (const auto &[question, answer] : told) {
      const auto later = question.ask(*b);
      const auto beside = question.ask(*a);
      CAPTURE(question.what);
      REQUIRE((later && beside));
      REQUIRE(*later == answer);
      REQUIRE(*beside == answer);
    }
  }

  catalog::Catalog catalog = small_catalog();
  MadeUp made{chance_};
  Questions questions{catalog, chance_, made};
  std::size_t asked = 0;
  std::size_t changed = 0;
  std::map<std::string, std::pair<std::size_t, std::size_t>> filled; ///< by kind: asked, not empty
  crypto::Sha256 all;

private:
  /// A change; now and then some as a step that is kept or taken back.
  void step(store::Writer &a, store::Writer &b) {
    if (!chance_.one_in(3)) return carry_out(a, b);
    REQUIRE(a.save());
    REQUIRE(b.save());
    const auto mark = made.mark();
    for (auto n = chance_.below(4); n > 0; --n) {
      carry_out(a, b);
      if (chance_.one_in(6)) compare(a, b, b);
    }
    const bool keeps = !chance_.one_in(3);
    const auto first = keeps ? a.keep() : a.back();
    const auto second = keeps ? b.keep() : b.back();
    REQUIRE_MESSAGE(first, first.error().text());
    REQUIRE_MESSAGE(second, second.error().text());
    if (!keeps) made.forget(mark);
  }

  void carry_out(store::Writer &a, store::Writer &b) {
    const auto one = made.next();
    const auto first = one(a);
    REQUIRE(first == one(b));
    ++changed;
    all.update(first);
  }

  void compare(store::Reader &a, store::Reader &b, store::Reader &c) {
    const auto question = questions.next();
    CAPTURE(question.what);
    ++asked;
    const auto first = told(question.ask(a));
    const auto second = told(question.ask(b));
    REQUIRE(difference(first, second) == "");
    if (&b != &c) REQUIRE(difference(first, told(question.ask(c))) == "");
    auto &[many, some] = filled[question.what.substr(0, question.what.find(' '))];
    ++many;
    some += first.empty() || first.starts_with("error: ") ? 0U : 1U;
    all.update(first);
  }

  static std::string told(const Result<std::string> &answer) {
    return answer ? *answer : "error: " + answer.error().text();
  }

  Folder folder_;
  std::unique_ptr<store::Store> file_;
  std::unique_ptr<store::Store> database_;
  std::unique_ptr<store::Store> plain_;
};

} // namespace

TEST_CASE("a file and a database give the same answers, with indexes and without") {
  const auto seed = seed_of_run();
  MESSAGE("YIFA_SEED=", seed);
  Chance chance(seed);
  Side side(chance);
  const std::size_t wanted = std::getenv("YIFA_LONG") != nullptr ? 200'000 : 12'000;
  for (std::size_t round = 0; side.asked + side.changed < wanted; ++round) {
    side.change();
    side.ask(12);
    if (round % 50 == 49) side.hold_still(3);
  }
  std::size_t some = 0;
  for (const auto &[kind, counts] : side.filled) {
    const auto &[many, not_empty] = counts;
    MESSAGE(kind, ": ", many, " asked, ", not_empty, " not empty");
    some += not_empty;
    CHECK_MESSAGE((many < 30 || not_empty * 20 >= many), kind);
  }
  CHECK(some * 3 > side.asked);
  CHECK(side.filled.size() >= 33);
  MESSAGE(side.changed, " changes, ", side.asked, " questions, ", side.made.records().size(),
          " records, all answers: ", crypto::hex(side.all.finish()));
}
