#include "reading/passage_rows.h"

#include <algorithm>
#include <set>
#include <string>

namespace yifa::reading {

namespace {

/// Paragraphs of a passage as they stand on either side.
std::vector<std::string> passage_lines(const std::string &passage) {
  std::vector<std::string> lines(1);
  for (char c : passage) {
    if (c == '\n')
      lines.emplace_back();
    else
      lines.back() += c;
  }
  return lines;
}

/// How two paragraphs begin, in bytes: what is copied begins alike but for the town's name.
bool lines_match(const std::string &a, const std::string &b) {
  if (a == b) return true;
  std::set<std::string> pieces;
  const auto piece = [](const std::string &line, std::size_t at) { return line.substr(at, 9); };
  constexpr std::size_t kLooked = 600;
  for (std::size_t i = 0; i + 9 <= std::min(a.size(), kLooked); ++i) pieces.insert(piece(a, i));
  std::size_t all = 0;
  std::size_t found = 0;
  for (std::size_t i = 0; i + 9 <= std::min(b.size(), kLooked); ++i, ++all)
    found += pieces.contains(piece(b, i)) ? 1 : 0;
  return found * 2 > std::min(all, pieces.size());
}

} // namespace

std::vector<AlikePassage> passage_rows(const AlikePassage &passage) {
  const auto here = passage_lines(passage.here);
  const auto there = passage_lines(passage.there);
  constexpr std::size_t kAhead = 3;
  std::vector<AlikePassage> rows;
  const auto add = [](std::string &text, const std::string &line) {
    text += (text.empty() ? "" : "\n") + line;
  };
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < here.size() || j < there.size()) {
    // The nearest two that match; the first of a passage are taken to.
    std::size_t skip_i = 0;
    std::size_t skip_j = 0;
    bool found = rows.empty();
    for (std::size_t sum = 0; !found && sum <= kAhead; ++sum)
      for (std::size_t k = 0; !found && k <= sum; ++k)
        if (i + k < here.size() && j + sum - k < there.size() &&
            lines_match(here[i + k], there[j + sum - k])) {
          found = true;
          skip_i = k;
          skip_j = sum - k;
        }
    if (!found) {
      skip_i = std::min<std::size_t>(1, here.size() - i);
      skip_j = std::min<std::size_t>(1, there.size() - j);
    }
    for (; skip_i > 0; --skip_i) add(rows.back().here, here[i++]);
    for (; skip_j > 0; --skip_j) add(rows.back().there, there[j++]);
    if (!found) continue;
    const auto line = [](std::size_t first, std::size_t at) { return first > 0 ? first + at : 0; };
    rows.push_back({here[i], there[j], line(passage.line_here, i), line(passage.line_there, j)});
    ++i;
    ++j;
  }
  return rows;
}

} // namespace yifa::reading
