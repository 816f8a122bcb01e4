// All pairs of 10 000 reports, against comparing every report with every other one (measured on
// 300 of them; it grows with the square).

#include "base/text.h"
#include "catalog/embedded.h"
#include "reading/similar.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <random>
#include <thread>

namespace {

using namespace yifa;
using namespace yifa::reading;

constexpr std::size_t kReports = 10'000;

const Lexicon &lexicon() {
  static const auto kept = [] {
    auto loaded = Lexicon::load(catalog::embedded_sources());
    if (!loaded) {
      std::fprintf(stderr, "%s\n", loaded.error().text().c_str());
      std::abort();
    }
    return *loaded;
  }();
  return *kept;
}

struct Copy {
  std::size_t of = 0;
  std::size_t by = 0;
};

/// Reports of 3 000 to 6 000 characters out of a pool of 60 000 sentences, used as words of a
/// language are: the n-th most popular one n times as seldom as the first. One in a hundred takes
/// 50 to 100 % of an earlier one.
class County {
public:
  County() {
    for (int i = 0; i < 2000; ++i) words_.push_back({han(), han()});
    for (auto &sentence : pool_) sentence = made_up();
    reports_.resize(kReports);
    for (std::size_t i = 0; i < kReports; ++i) {
      std::vector<std::size_t> sentences(100 + below(90));
      for (auto &one : sentences) one = popular();
      if (i % 100 == 99) {
        const auto from = below(i);
        sentences.resize(reports_[from].size());
        for (std::size_t k = 0; k < sentences.size(); ++k)
          if (k * 100 < sentences.size() * (50 + i / 100 % 51)) sentences[k] = reports_[from][k];
        for (auto &one : sentences) // where the copied one is longer
          if (one == 0) one = popular();
        copies_.push_back({from, i});
      }
      reports_[i] = std::move(sentences);
    }
  }
  std::vector<std::string> report(std::size_t i) const {
    std::vector<std::string> paragraphs;
    for (auto one : reports_[i]) {
      if (paragraphs.empty() || paragraphs.back().size() > 600) paragraphs.emplace_back();
      paragraphs.back() += pool_[one];
    }
    return paragraphs;
  }
  const std::vector<Copy> &copies() const { return copies_; }

private:
  std::size_t below(std::size_t n) { return random_() % n; }
  char32_t han() { return static_cast<char32_t>(0x4E00 + below(0x5000)); }
  std::size_t popular() {
    auto evenly = static_cast<double>(random_()) / 4294967296.0;
    return static_cast<std::size_t>(std::pow(static_cast<double>(pool_.size()), evenly)) - 1;
  }
  std::string made_up() {
    std::u32string made;
    for (auto n = 8 + below(14); n > 0; --n) {
      made += words_[below(words_.size())];
      if (n % 5 == 1) made += n == 1 ? U'。' : U'，';
    }
    return text::encode(made);
  }

  std::mt19937 random_{20240115};
  std::vector<std::u32string> words_;
  std::vector<std::string> pool_ = std::vector<std::string>(60'000);
  std::vector<std::vector<std::size_t>> reports_;
  std::vector<Copy> copies_;
};

const County &county() {
  static const County kept;
  return kept;
}

Sketch sketch_of_paragraphs(const std::vector<std::string> &paragraphs) {
  return sketch_of(Text(paragraphs), {}, lexicon());
}

/// Sketches of the first reports, made by two threads.
std::vector<Sketch> sketches(const std::vector<std::vector<std::string>> &reports) {
  std::vector<Sketch> made(reports.size());
  auto work = [&](std::size_t from) {
    for (auto i = from; i < reports.size(); i += 2) made[i] = sketch_of_paragraphs(reports[i]);
  };
  std::thread other(work, 1);
  work(0);
  other.join();
  return made;
}

std::vector<std::vector<std::string>> first_reports(std::size_t n) {
  std::vector<std::vector<std::string>> reports;
  for (std::size_t i = 0; i < n; ++i) reports.push_back(county().report(i));
  return reports;
}

double found_copies(const Similar &similar, std::size_t reports) {
  double found = 0;
  double all = 0;
  for (const auto &copy : county().copies()) {
    if (copy.by >= reports) continue;
    ++all;
    found += std::any_of(similar.pairs.begin(), similar.pairs.end(),
                         [&](const Pair &pair) { return pair.a == copy.of && pair.b == copy.by; });
  }
  return all == 0 ? 1 : found / all;
}

/// Texts as read to pairs. Wanted: well under a minute for 10 000.
void pairs_of_reports(benchmark::State &state) {
  const auto n = static_cast<std::size_t>(state.range(0));
  const auto reports = first_reports(n);
  lexicon();
  for (auto _ : state) {
    SimilarIndex index;
    for (auto &sketch : sketches(reports)) index.add(std::move(sketch));
    const auto similar = index.find(0.4);
    state.counters["pairs"] = static_cast<double>(similar.pairs.size());
    state.counters["copies_found"] = found_copies(similar, n);
  }
}
BENCHMARK(pairs_of_reports)->Arg(1000)->Arg(kReports)->Unit(benchmark::kMillisecond)->UseRealTime();

/// The search alone.
void pairs_of_sketches(benchmark::State &state) {
  SimilarIndex index;
  double bytes = 0;
  for (auto &sketch : sketches(first_reports(kReports))) {
    bytes +=
        static_cast<double>(sizeof(Sketch) + sketch.shingles.capacity() * sizeof(std::uint32_t));
    index.add(std::move(sketch));
  }
  for (auto _ : state)
    benchmark::DoNotOptimize(index.find(0.4, static_cast<unsigned>(state.range(0))).pairs.size());
  state.counters["bytes_a_report"] = bytes / kReports;
}
BENCHMARK(pairs_of_sketches)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

/// What one would write first: all shingles of each of 300 reports, every set with every other.
/// The counter says what 10 000 would take: as many times longer as there are more pairs.
void every_report_with_every_other(benchmark::State &state) {
  constexpr std::size_t kSome = 300;
  std::vector<std::vector<std::uint64_t>> sets;
  for (const auto &paragraphs : first_reports(kSome)) {
    Text text(paragraphs);
    auto &set = sets.emplace_back(shingles_of(
        letters_of(text, {}, {0, text.size()}, lexicon(), Lettering::Masked), 8, Rows::OfText));
    std::sort(set.begin(), set.end());
    set.erase(std::unique(set.begin(), set.end()), set.end());
  }
  auto begin = std::chrono::steady_clock::now();
  for (auto _ : state) {
    std::size_t pairs = 0;
    std::vector<std::uint64_t> both;
    for (std::size_t i = 0; i < kSome; ++i)
      for (auto k = i + 1; k < kSome; ++k) {
        both.clear();
        std::set_intersection(sets[i].begin(), sets[i].end(), sets[k].begin(), sets[k].end(),
                              std::back_inserter(both));
        auto all = sets[i].size() + sets[k].size() - both.size();
        pairs += 4 * both.size() > all ? 1 : 0;
      }
    benchmark::DoNotOptimize(pairs);
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  const auto more = static_cast<double>(kReports) * (kReports - 1) / (kSome * (kSome - 1.0));
  state.counters["seconds_for_10000"] =
      took.count() / static_cast<double>(state.iterations()) * more;
}
BENCHMARK(every_report_with_every_other)->Unit(benchmark::kMillisecond)->UseRealTime();

} // namespace
