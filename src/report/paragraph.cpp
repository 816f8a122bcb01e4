#include "report/seam.h"

#include <limits>

namespace yifa::report {

namespace {

/// What a paragraph of this length costs.
long cost_of(const Ground &ground, std::size_t length) {
  const long n = static_cast<long>(length);
  const long least = ground.words.number("limit.least");
  const long most = ground.words.number("limit.most");
  const long joined = ground.words.number("limit.joined");
  constexpr long a_paragraph = 8; // so that fewer are better among equals
  if (n < joined) return a_paragraph + 600 + (joined - n);
  if (n < least) return a_paragraph + (least - n);
  if (n > most) return a_paragraph + 2 * (n - most);
  return a_paragraph;
}

} // namespace

std::vector<std::size_t> cut_paragraphs(const Ground &ground, const std::vector<Line> &lines) {
  constexpr long inside_a_topic = 90;
  constexpr long never = std::numeric_limits<long>::max() / 4;
  const std::size_t n = lines.size();
  std::vector<std::size_t> before(n + 1, 0); // characters before line i
  for (std::size_t i = 0; i < n; ++i) before[i + 1] = before[i] + lines[i].prose.length();
  const auto break_cost = [&](std::size_t i) {
    if (i == 0 || i == n) return 0L;
    if (lines[i].glued) return never;
    return lines[i].topic == lines[i - 1].topic ? inside_a_topic : 0L;
  };
  std::vector<long> best(n + 1, never);
  std::vector<std::size_t> from(n + 1, 0);
  best[0] = 0;
  for (std::size_t end = 1; end <= n; ++end) {
    if (break_cost(end) >= never) continue;
    for (std::size_t start = end; start-- > 0;) {
      if (best[start] >= never) continue;
      const std::size_t length = before[end] - before[start];
      const long cost = best[start] + break_cost(end) + cost_of(ground, length);
      if (cost < best[end]) {
        best[end] = cost;
        from[end] = start;
      }
      // Longer ones only cost more from here on.
      if (length > 4 * static_cast<std::size_t>(ground.words.number("limit.most"))) break;
    }
  }
  std::vector<std::size_t> starts;
  for (std::size_t end = n; end > 0; end = from[end]) starts.insert(starts.begin(), from[end]);
  return starts;
}

} // namespace yifa::report
