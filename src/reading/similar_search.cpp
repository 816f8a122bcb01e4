#include "reading/similar_search.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <iterator>
#include <thread>
#include <tuple>
#include <unordered_map>

namespace yifa::reading {
namespace {

/// Fewer shared shingles than this say nothing.
constexpr std::size_t kFewestShared = 8;
/// Both ways, of reports that are nearly one text.
constexpr double kNearlyOne = 0.8;
constexpr std::size_t kWholeFamily = 500;
constexpr std::size_t kWholeCross = 250'000;
/// A report that is nearly all boilerplate is measured by this part of it, so that the one
/// sentence of its own is not the whole report.
constexpr std::size_t kLeastOwn = 3;

/// From here on half of what is expected is beyond all chance.
constexpr double kSurelyMany = 40;

// Locality-sensitive bands: two texts whose shingles are the same to nine tenths meet in one 99
// times in 100, to a half 3 times, to three tenths once in 2 000.
constexpr std::size_t kFamilyBands = 8;
constexpr std::size_t kFamilyRows = 8;
/// Only so many of those that meet are looked at, the eldest first.
constexpr std::size_t kFamilyCandidates = 64;

/// The smallest hash in each of 64 bins, eight bins a band.
std::array<std::uint64_t, kFamilyBands> family_bands_of(const Sketch &sketch) {
  std::array<std::uint32_t, kFamilyBands * kFamilyRows> least;
  least.fill(0xFFFFFFFF);
  for (auto hash : sketch.shingles) {
    auto &bin = least.at(hash % least.size());
    bin = std::min(bin, hash);
  }
  std::array<std::uint64_t, kFamilyBands> bands{};
  for (std::size_t i = 0; i < least.size(); ++i) {
    auto &band = bands.at(i / kFamilyRows);
    band = (band + least.at(i) + i + 1) * 0x9E3779B97F4A7C15U;
    band ^= band >> 29;
  }
  return bands;
}

std::size_t boilerplate_above(std::size_t reports) {
  return std::clamp<std::size_t>(reports / 10, 20, 1000);
}

} // namespace

std::size_t shared_by(const std::vector<std::uint32_t> &a, const std::vector<std::uint32_t> &b) {
  std::size_t shared = 0;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    auto x = *i;
    auto y = *j;
    shared += x == y ? 1 : 0;
    i += x <= y ? 1 : 0;
    j += y <= x ? 1 : 0;
  }
  return shared;
}

std::size_t up_to(const std::vector<std::uint32_t> &row, std::uint32_t reach) {
  return static_cast<std::size_t>(std::upper_bound(row.begin(), row.end(), reach) - row.begin());
}

Likeness likeness_of(std::size_t shared, std::size_t of_a, std::size_t of_b) {
  if (shared < kFewestShared) return {};
  return {static_cast<double>(shared) / static_cast<double>(std::max<std::size_t>(of_a, 1)),
          static_cast<double>(shared) / static_cast<double>(std::max<std::size_t>(of_b, 1))};
}

SimilarSearch::SimilarSearch(const std::vector<Sketch> &sketches, double threshold,
                             unsigned threads)
    : sketches_(sketches), threshold_(std::clamp(threshold, 0.1, 1.0)),
      threads_(std::max(threads, 1U)) {}

Similar SimilarSearch::run() {
  gather_families();
  weigh();
  std::atomic<std::size_t> next{0};
  std::vector<std::vector<Pair>> found(threads_);
  auto work = [&](std::vector<Pair> &out) {
    std::vector<std::uint16_t> counts(families_.size());
    for (std::size_t i = next++; i < families_.size(); i = next++) {
      within(i, out);
      meet(i, counts, out);
    }
  };
  std::vector<std::thread> others;
  for (unsigned i = 1; i < threads_; ++i)
    others.emplace_back([&work, &mine = found[i]] { work(mine); });
  work(found[0]);
  for (auto &one : others) one.join();

  Similar similar;
  for (const auto &part : found)
    similar.pairs.insert(similar.pairs.end(), part.begin(), part.end());
  std::sort(similar.pairs.begin(), similar.pairs.end(),
            [](const Pair &x, const Pair &y) { return std::tie(x.a, x.b) < std::tie(y.a, y.b); });
  for (auto &family : families_)
    if (family.size() > 1) similar.families.push_back(std::move(family));
  return similar;
}

void SimilarSearch::gather_families() {
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> bands;
  std::vector<std::uint32_t> candidates;
  for (std::size_t i = 0; i < sketches_.size(); ++i) {
    auto keys = family_bands_of(sketches_[i]);
    candidates.clear();
    if (sketches_[i].shingles.size() >= kFewestShared)
      for (auto key : keys)
        if (auto met = bands.find(key); met != bands.end())
          candidates.insert(candidates.end(), met->second.begin(), met->second.end());
    std::sort(candidates.begin(), candidates.end());
    candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
    if (candidates.size() > kFamilyCandidates) candidates.resize(kFamilyCandidates);
    double best = 0;
    std::size_t home = families_.size();
    for (auto family : candidates) {
      auto alike = compare(sketches_[families_[family].front()], sketches_[i]).smaller();
      if (alike < kNearlyOne || alike <= best) continue;
      best = alike;
      home = family;
    }
    if (home < families_.size()) {
      families_[home].push_back(i);
      continue;
    }
    families_.push_back({i});
    for (auto key : keys) bands[key].push_back(static_cast<std::uint32_t>(home));
  }
}

void SimilarSearch::weigh() {
  std::vector<std::uint64_t> holdings; // shingle, then family
  for (std::size_t i = 0; i < families_.size(); ++i)
    for (auto hash : sketches_[families_[i].front()].shingles)
      holdings.push_back(std::uint64_t{hash} << 32 | i);
  std::sort(holdings.begin(), holdings.end());

  const auto limit = boilerplate_above(families_.size());
  std::vector<std::uint32_t> boilerplate;
  rows_of_.resize(families_.size());
  for (std::size_t i = 0; i < holdings.size();) {
    auto end = i;
    while (end < holdings.size() && holdings[end] >> 32 == holdings[i] >> 32) ++end;
    if (end - i > limit) boilerplate.push_back(static_cast<std::uint32_t>(holdings[i] >> 32));
    if (end - i > 1 && end - i <= limit) {
      for (auto k = i; k < end; ++k) {
        auto family = static_cast<std::uint32_t>(holdings[k]);
        holders_.push_back(family);
        rows_of_[family].push_back(static_cast<std::uint32_t>(row_ends_.size()));
      }
      row_ends_.push_back(static_cast<std::uint32_t>(holders_.size()));
    }
    i = end;
  }
  for (const auto &sketch : sketches_) {
    auto &own = own_.emplace_back();
    std::set_difference(sketch.shingles.begin(), sketch.shingles.end(), boilerplate.begin(),
                        boilerplate.end(), std::back_inserter(own));
  }
}

Likeness SimilarSearch::weighed(std::size_t a, std::size_t b, std::size_t shared) const {
  auto reach = std::min(sketches_[a].reach, sketches_[b].reach);
  auto size = [&](std::size_t i) {
    return std::max(up_to(own_[i], reach), up_to(sketches_[i].shingles, reach) / kLeastOwn);
  };
  return likeness_of(shared, size(a), size(b));
}

double SimilarSearch::lowest() const {
  return std::max(threshold_ - (1 - kNearlyOne), threshold_ / 2);
}

bool SimilarSearch::hopeless(std::size_t a, std::size_t b, std::size_t shared) const {
  // Nearly all pairs share something; counting exactly up to where both samples reach would cost
  // more than finding them. Hashes lie evenly, so that a sample's part up to there is known well
  // enough to drop those that are far from the threshold.
  auto reach = static_cast<double>(std::min(sketches_[a].reach, sketches_[b].reach));
  auto size = [&](std::size_t i) {
    auto own = std::max(own_[i].size(), sketches_[i].shingles.size() / kLeastOwn);
    return static_cast<double>(own) * reach / static_cast<double>(sketches_[i].reach);
  };
  auto smaller = std::min(size(a), size(b));
  return smaller > kSurelyMany && static_cast<double>(shared) < lowest() / 2 * smaller;
}

void SimilarSearch::within(std::size_t family, std::vector<Pair> &out) const {
  // Nearly one text, boilerplate or not: measured whole.
  const auto &members = families_[family];
  const std::size_t firsts = members.size() <= kWholeFamily ? members.size() : 1;
  for (std::size_t i = 0; i < firsts; ++i)
    for (auto k = i + 1; k < members.size(); ++k) {
      auto likeness = compare(sketches_[members[i]], sketches_[members[k]]);
      if (likeness.larger() >= threshold_) out.push_back({members[i], members[k], likeness});
    }
}

void SimilarSearch::meet(std::size_t family, std::vector<std::uint16_t> &counts,
                         std::vector<Pair> &out) const {
  std::vector<std::uint32_t> met;
  for (auto row : rows_of_[family]) {
    auto begin = row == 0 ? 0 : row_ends_[row - 1];
    for (auto k = row_ends_[row]; k > begin && holders_[k - 1] > family; --k)
      if (counts[holders_[k - 1]]++ == 0) met.push_back(holders_[k - 1]);
  }
  for (auto other : met) {
    std::size_t shared = counts[other];
    counts[other] = 0;
    if (shared < kFewestShared ||
        hopeless(families_[family].front(), families_[other].front(), shared))
      continue;
    auto likeness = weighed(families_[family].front(), families_[other].front(), shared);
    if (families_[family].size() == 1 && families_[other].size() == 1) {
      if (likeness.larger() >= threshold_)
        out.push_back({families_[family].front(), families_[other].front(), likeness});
    } else if (likeness.larger() >= lowest()) {
      between(family, other, out);
    }
  }
}

void SimilarSearch::between(std::size_t a, std::size_t b, std::vector<Pair> &out) const {
  const auto &left = families_[a];
  const auto &right = families_[b];
  bool whole = left.size() * right.size() <= kWholeCross;
  for (std::size_t i = 0; i < (whole ? left.size() : 1); ++i)
    for (std::size_t k = 0; k < (whole ? right.size() : 1); ++k) {
      auto x = std::min(left[i], right[k]);
      auto y = std::max(left[i], right[k]);
      auto likeness = weighed(x, y, shared_by(own_[x], own_[y]));
      if (likeness.larger() >= threshold_) out.push_back({x, y, likeness});
    }
}

} // namespace yifa::reading
