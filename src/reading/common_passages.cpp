#include "reading/common_passages.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace yifa::reading {
namespace {

/// Of what repeats within a text, only so many places are tried.
constexpr std::size_t kPassagePlaces = 8;
/// Other letters within one passage: a word put in or exchanged.
constexpr std::size_t kPassageGap = 6;

/// Letters [a, a + length) of one text are letters [b, b + length) of the other.
struct CommonRun {
  std::size_t a = 0;
  std::size_t b = 0;
  std::size_t length = 0;
};

std::vector<CommonRun> common_runs(const Letters &a, const Letters &b, std::size_t least) {
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> places;
  auto hashes = shingles_of(a, least, Rows::OfText);
  for (std::size_t i = 0; i < hashes.size(); ++i)
    if (auto &at = places[hashes[i]]; hashes[i] != 0 && at.size() < kPassagePlaces) at.push_back(i);
  std::vector<CommonRun> runs;
  hashes = shingles_of(b, least, Rows::OfText);
  for (std::size_t k = 0; k < hashes.size(); ++k) {
    auto found = places.find(hashes[k]);
    if (hashes[k] == 0 || found == places.end()) continue;
    for (auto i : found->second) {
      // A run that could begin one letter earlier was met there.
      if (i > 0 && k > 0 && hashes[k - 1] != 0 && a.all[i - 1] == b.all[k - 1]) continue;
      std::size_t n = 0;
      while (i + n < a.size() && k + n < b.size() && a.all[i + n] == b.all[k + n]) ++n;
      if (n >= least) runs.push_back({i, k, n});
    }
  }
  std::sort(runs.begin(), runs.end(), [](const CommonRun &x, const CommonRun &y) {
    return std::tie(y.length, x.a, x.b) < std::tie(x.length, y.a, y.b);
  });
  return runs;
}

/// What is left of a run when the letters taken by longer ones are cut off its ends; nothing where
/// they stand in its middle.
CommonRun untaken_run(CommonRun run, const std::vector<bool> &in_a, const std::vector<bool> &in_b) {
  auto taken = [&](std::size_t i) { return in_a[run.a + i] || in_b[run.b + i]; };
  std::size_t from = 0;
  auto to = run.length;
  while (from < to && taken(from)) ++from;
  while (to > from && taken(to - 1)) --to;
  for (auto i = from; i < to; ++i)
    if (taken(i)) return {};
  return {run.a + from, run.b + from, to - from};
}

double common_part(std::size_t some, std::size_t all) {
  return all == 0 ? 0 : static_cast<double>(some) / static_cast<double>(all);
}

/// One passage may go on from the run before into this one.
bool goes_on(const CommonRun &before, const CommonRun &run) {
  auto end_a = before.a + before.length;
  auto end_b = before.b + before.length;
  return run.a - end_a <= kPassageGap && run.b >= end_b && run.b - end_b <= kPassageGap;
}

} // namespace

Passages common_passages(const Letters &a, const Letters &b, std::size_t least) {
  std::vector<bool> in_a(a.size());
  std::vector<bool> in_b(b.size());
  std::vector<CommonRun> kept;
  for (const auto &run : common_runs(a, b, least)) {
    auto rest = untaken_run(run, in_a, in_b);
    if (a.counted({rest.a, rest.a + rest.length}) < least) continue;
    kept.push_back(rest);
    for (std::size_t i = 0; i < rest.length; ++i) in_a[rest.a + i] = in_b[rest.b + i] = true;
  }
  std::sort(kept.begin(), kept.end(),
            [](const CommonRun &x, const CommonRun &y) { return x.a < y.a; });

  Passages found;
  std::size_t shared = 0;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    const auto &run = kept[i];
    auto letters = a.counted({run.a, run.a + run.length});
    auto here = a.in_text(run.a, run.a + run.length);
    auto there = b.in_text(run.b, run.b + run.length);
    shared += letters;
    if (i == 0 || !goes_on(kept[i - 1], run)) found.all.push_back({here, there, 0});
    auto &passage = found.all.back();
    passage.in_a.end = here.end;
    passage.in_b.end = there.end;
    passage.letters += letters;
  }
  found.of_a = common_part(shared, a.counted({0, a.size()}));
  found.of_b = common_part(shared, b.counted({0, b.size()}));
  std::sort(found.all.begin(), found.all.end(), [](const Passage &x, const Passage &y) {
    return std::tie(y.letters, x.in_a.start) < std::tie(x.letters, y.in_a.start);
  });
  return found;
}

} // namespace yifa::reading
