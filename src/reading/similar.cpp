#include "reading/similar.h"

#include "reading/similar_search.h"

#include <algorithm>

namespace yifa::reading {
namespace {

/// Eight letters are a phrase: long enough that two towns seldom write the same by chance, short
/// enough that a word changed here and there leaves most of them whole.
constexpr std::size_t kShingle = 8;

} // namespace

Sketch sketch_of(const Text &text, const Structure &structure, const Lexicon &lexicon) {
  Span span = structure.body.empty() ? Span{0, text.size()} : structure.body;
  return sketch_of(letters_of(text, structure, span, lexicon, Lettering::Masked));
}

Sketch sketch_of(const Letters &letters) {
  Sketch sketch;
  auto &kept = sketch.shingles;
  for (auto hash : shingles_of(letters, kShingle, Rows::OfSentences))
    if (hash != 0) kept.push_back(static_cast<std::uint32_t>(hash >> 32));
  // What repeats within a report leaves fewer; twice as many are nearly always enough.
  auto smallest = [&kept](std::size_t n) {
    auto end = kept.begin() + static_cast<std::ptrdiff_t>(std::min(n, kept.size()));
    std::nth_element(kept.begin(), end, kept.end());
    std::sort(kept.begin(), end);
    return std::unique(kept.begin(), end);
  };
  auto end = smallest(2 * kSketchSize);
  if (static_cast<std::size_t>(end - kept.begin()) <= kSketchSize) {
    std::sort(kept.begin(), kept.end());
    end = std::unique(kept.begin(), kept.end());
  }
  kept.erase(end, kept.end());
  if (kept.size() > kSketchSize) {
    kept.resize(kSketchSize);
    sketch.reach = kept.back();
  }
  kept.shrink_to_fit();
  return sketch;
}

Likeness compare(const Sketch &a, const Sketch &b) {
  auto reach = std::min(a.reach, b.reach);
  return likeness_of(shared_by(a.shingles, b.shingles), up_to(a.shingles, reach),
                     up_to(b.shingles, reach));
}

std::size_t SimilarIndex::add(Sketch sketch) {
  sketches_.push_back(std::move(sketch));
  return sketches_.size() - 1;
}

Similar SimilarIndex::find(double threshold, unsigned threads) const {
  return SimilarSearch(sketches_, threshold, threads).run();
}

} // namespace yifa::reading
