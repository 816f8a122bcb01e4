#include "reading/similar.h"

#include "base/text.h"
#include "catalog/loader.h"
#include "reading/common_passages.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>

using namespace yifa;
using namespace yifa::reading;

namespace {

const Lexicon &lexicon() {
  static const auto kept = [] {
    auto sources = catalog::read_sources(YIFA_SOURCE_DIR "/catalog");
    REQUIRE(sources);
    auto loaded = Lexicon::load(*sources);
    REQUIRE(loaded);
    return *loaded;
  }();
  return *kept;
}

struct Paper {
  Text text;
  Structure structure;
};

Paper paper(const std::vector<std::string> &paragraphs, const std::string &place = {}) {
  Paper made{Text(paragraphs), {}};
  made.structure.place = place;
  return made;
}

Letters masked(const Paper &of) {
  return letters_of(of.text, of.structure, {0, of.text.size()}, lexicon(), Lettering::Masked);
}

/// Sentences of made-up words; two of them never share eight characters but by copying.
class Author {
public:
  explicit Author(unsigned seed) : random_(seed) {
    for (int i = 0; i < 900; ++i) words_.push_back({han(), han()});
  }
  std::size_t below(std::size_t n) { return random_() % n; }
  std::string sentence() {
    std::u32string made;
    for (auto n = 6 + below(14); n > 0; --n) {
      made += words_[below(words_.size())];
      if (n % 5 == 1) made += n == 1 ? U'。' : U'，';
    }
    return text::encode(made);
  }
  std::vector<std::string> sentences(std::size_t n) {
    std::vector<std::string> made(n);
    for (auto &one : made) one = sentence();
    return made;
  }

private:
  char32_t han() { return static_cast<char32_t>(0x4E00 + below(0x5000)); }
  std::mt19937 random_;
  std::vector<std::u32string> words_;
};

std::vector<std::size_t> numbered(const std::vector<Pair> &pairs) {
  std::vector<std::size_t> flat;
  for (const auto &pair : pairs) flat.insert(flat.end(), {pair.a, pair.b});
  return flat;
}

void add(SimilarIndex &index, const std::vector<std::string> &sentences) {
  auto made = paper(sentences);
  index.add(sketch_of(made.text, made.structure, lexicon()));
}

} // namespace

TEST_CASE("two towns' letters are alike but for what each says of its own") {
  auto one = paper({"高观镇2023年度坚持以习近平新时代中国特色社会主义思想为指导，培育示范户22户，"
                    "学习《宪法》《民法典》。"},
                   "高观镇");
  auto other = paper({"嘎美乡2024年度坚持以习近平新时代中国特色社会主义思想为指导，培育示范户6户、"
                      "学习《行政处罚法》。"},
                     "嘎美乡");
  CHECK(masked(one).all == masked(other).all);
  auto exact =
      letters_of(one.text, one.structure, {0, one.text.size()}, lexicon(), Lettering::Exact);
  CHECK(exact.all.starts_with(U"高观镇2023年度坚持以习近平"));
  CHECK(exact.counted({0, exact.size()}) == exact.size() - 22 - 5);
  CHECK(one.text.utf8(exact.in_text(0, 3)) == "高观镇");
  CHECK(exact.within({3, 7}) == Span{3, 7});
}

TEST_CASE("numbering is no part of what is said") {
  auto made = paper({"一是加强领导。"});
  made.structure.enumerations.push_back({{{Numbering::Point, 1, {0, 2}}}, {{0, 7}}, -1});
  CHECK(masked(made).all == U"加强领导");
}

TEST_CASE("shares tell how much of each stands in the other") {
  Author author(1);
  auto own = author.sentences(80);
  auto other = author.sentences(80);
  auto half = own;
  std::copy(other.begin(), other.begin() + 40, half.begin());
  auto sketch = [](const std::vector<std::string> &of) {
    auto made = paper(of);
    return sketch_of(made.text, made.structure, lexicon());
  };
  CHECK(sketch(own).shingles.size() == kSketchSize);
  CHECK(compare(sketch(own), sketch(own)).smaller() == doctest::Approx(1));
  CHECK(compare(sketch(own), sketch(other)).larger() == doctest::Approx(0));
  CHECK(compare(sketch(own), sketch(half)).of_a == doctest::Approx(0.5).epsilon(0.15));
  std::vector<std::string> part(own.begin(), own.begin() + 20);
  auto contained = compare(sketch(part), sketch(own));
  CHECK(contained.of_a == doctest::Approx(1));
  CHECK(contained.of_b == doctest::Approx(0.25).epsilon(0.2));
  CHECK(compare(sketch({}), sketch(own)).larger() == doctest::Approx(0));
}

TEST_CASE("planted near-duplicates are found and nothing else") {
  Author author(2);
  auto boilerplate = author.sentences(30);
  SimilarIndex index;
  std::vector<std::vector<std::string>> reports;
  std::set<std::pair<std::size_t, std::size_t>> planted;
  for (std::size_t i = 0; i < 1200; ++i) {
    auto made = author.sentences(50 + author.below(50));
    // Half of what everybody writes, scattered.
    for (std::size_t k = 0; k < 15; ++k)
      made[author.below(made.size())] = boilerplate[author.below(boilerplate.size())];
    if (i % 4 == 3) {
      auto from = author.below(i);
      const auto &copied = reports[from];
      // From half of it to all, in one piece or every other sentence.
      auto share = 50 + author.below(51);
      made.assign(copied.begin(), copied.end());
      for (std::size_t k = 0; k < made.size(); ++k)
        if (i % 8 == 3 ? k * 100 >= made.size() * share : (k * 61) % 100 >= share)
          made[k] = author.sentence();
      planted.insert({from, i});
    }
    add(index, made);
    reports.push_back(std::move(made));
  }
  auto found = index.find(0.4);
  std::size_t met = 0;
  std::size_t strange = 0;
  for (const auto &pair : found.pairs) {
    if (planted.contains({pair.a, pair.b})) {
      ++met;
      continue;
    }
    // Copies of one original, or of a copy, are alike too.
    std::set<std::string> own(reports[pair.a].begin(), reports[pair.a].end());
    std::size_t shared = 0;
    for (const auto &sentence : reports[pair.b]) shared += own.count(sentence);
    if (shared * 5 < reports[pair.b].size()) ++strange;
  }
  CHECK(planted.size() == 300);
  CHECK(met * 100 >= planted.size() * 99);
  CHECK(strange == 0);
  CHECK(numbered(found.pairs) == numbered(index.find(0.4, 1).pairs));
  CHECK(numbered(found.pairs) == numbered(index.find(0.4, 5).pairs));
}

TEST_CASE("independent reports of one county make no pair") {
  Author author(3);
  auto common = author.sentences(40);
  for (std::size_t n : {30, 400}) {
    SimilarIndex index;
    for (std::size_t i = 0; i < n; ++i) {
      auto made = author.sentences(60);
      for (std::size_t k = 0; k < 60; k += 4) made[k] = common[author.below(common.size())];
      add(index, made);
    }
    CHECK(index.find(0.3).pairs.empty());
  }
}

TEST_CASE("hundreds of copies are no boilerplate") {
  Author author(4);
  auto original = author.sentences(80);
  SimilarIndex index;
  for (std::size_t i = 0; i < 900; ++i) {
    auto made = author.sentences(80);
    if (i % 3 == 0) {
      made = original;
      for (std::size_t k = 0; k < i % 7; ++k) made[author.below(80)] = author.sentence();
    }
    add(index, made);
  }
  auto found = index.find(0.5);
  REQUIRE(found.families.size() == 1);
  CHECK(found.families[0].size() >= 297);
  CHECK(found.pairs.size() == 300 * 299 / 2);
  CHECK(std::all_of(found.pairs.begin(), found.pairs.end(), [](const Pair &pair) {
    return pair.a < pair.b && pair.a % 3 == 0 && pair.b % 3 == 0;
  }));
}

TEST_CASE("what everybody writes weighs nothing, but only among many") {
  Author author(5);
  auto form = author.sentences(50);
  for (std::size_t n : {2, 300}) {
    SimilarIndex index;
    for (std::size_t i = 0; i < n; ++i) {
      auto made = form;
      auto own = author.sentences(50);
      made.insert(made.end(), own.begin(), own.end());
      add(index, made);
    }
    CHECK(index.find(0.4).pairs.size() == (n == 2 ? 1 : 0));
  }
}

TEST_CASE("common passages, the longest first") {
  auto a = paper(
      {"高观镇2023年度法治政府建设情况报告",
       "高观镇把法律顾问请进会议室，凡涉及征地、拆迁和大额支出的事项先由其书面把关23件再上会。",
       "各村设法治信箱，每周开箱一次，当场登记、限期答复、办结回访。"},
      "高观镇");
  auto b = paper(
      {"嘎美乡2024年度法治政府建设情况报告",
       "一年来各村设法治信箱，每周开箱一次，当场登记、限期答复、办结回访。群众满意。",
       "嘎美乡把法律顾问请进会议室，凡涉及征地、拆迁及大额支出的事项先由其书面把关8件再上会。"},
      "嘎美乡");
  auto found = common_passages(masked(a), masked(b));
  REQUIRE(found.all.size() == 3);
  CHECK(a.text.utf8(found.all[0].in_a) ==
        "高观镇把法律顾问请进会议室，凡涉及征地、拆迁和大额支出的事项先由其书面把关23件再上会");
  CHECK(b.text.utf8(found.all[0].in_b) ==
        "嘎美乡把法律顾问请进会议室，凡涉及征地、拆迁及大额支出的事项先由其书面把关8件再上会");
  CHECK(b.text.utf8(found.all[1].in_b) ==
        "各村设法治信箱，每周开箱一次，当场登记、限期答复、办结回访");
  CHECK(found.of_a > 0.95);
  CHECK(found.of_b < found.of_a);

  auto quoted =
      paper({"学习《法治政府建设实施纲要（2021－2025年）》和习近平新时代中国特色社会主义思想。"});
  CHECK(common_passages(masked(quoted), masked(quoted)).all.empty());
  CHECK(common_passages(Letters(), masked(a)).all.empty());
}
