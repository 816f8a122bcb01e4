#include "reading/passages.h"

#include "base/text.h"
#include "reading/html.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace yifa::reading {

namespace {

/// Cells of the comparison table beyond which nothing is marked.
constexpr std::size_t kPassageCells = 1'000'000;
/// Equal runs this short between two differences are drawn as different: single characters that
/// happen to agree say nothing.
constexpr std::size_t kPassageRun = 2;

using SameMarks = std::vector<bool>;

/// Which characters of each belong to a longest common subsequence.
std::pair<SameMarks, SameMarks> common_characters(const std::u32string &a,
                                                  const std::u32string &b) {
  const auto wide = b.size() + 1;
  std::vector<std::uint32_t> length((a.size() + 1) * wide);
  for (auto i = a.size(); i-- > 0;)
    for (auto j = b.size(); j-- > 0;)
      length[i * wide + j] = a[i] == b[j]
                                 ? length[(i + 1) * wide + j + 1] + 1
                                 : std::max(length[(i + 1) * wide + j], length[i * wide + j + 1]);
  SameMarks first(a.size());
  SameMarks second(b.size());
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) {
      first[i++] = true;
      second[j++] = true;
    } else if (length[(i + 1) * wide + j] >= length[i * wide + j + 1]) {
      ++i;
    } else {
      ++j;
    }
  }
  return {first, second};
}

std::string passage_html(const std::u32string &text, SameMarks same) {
  for (std::size_t at = 0; at < same.size();) {
    auto end = at;
    while (end < same.size() && same[end] == same[at]) ++end;
    if (same[at] && end - at < kPassageRun && at > 0 && end < same.size())
      std::fill(same.begin() + static_cast<std::ptrdiff_t>(at),
                same.begin() + static_cast<std::ptrdiff_t>(end), false);
    at = end;
  }
  // A number that differs in one digit differs.
  const auto digit = [&](std::size_t at) { return text[at] >= U'0' && text[at] <= U'9'; };
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!digit(at)) continue;
    auto end = at;
    bool whole = true;
    for (; end < text.size() && digit(end); ++end) whole = whole && same[end];
    if (!whole)
      for (auto i = at; i < end; ++i) same[i] = false;
    at = end - 1;
  }
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    auto end = at;
    while (end < text.size() && same[end] == same[at]) ++end;
    const auto piece = html(text::encode(std::u32string_view(text).substr(at, end - at)));
    out += same[at] ? piece : "<ins>" + piece + "</ins>";
    at = end;
  }
  return out;
}

} // namespace

std::pair<std::string, std::string> compared_html(std::string_view here, std::string_view there) {
  const auto a = text::decode(here);
  const auto b = text::decode(there);
  if ((a.size() + 1) * (b.size() + 1) > kPassageCells) return {html(here), html(there)};
  const auto [first, second] = common_characters(a, b);
  return {passage_html(a, first), passage_html(b, second)};
}

} // namespace yifa::reading
