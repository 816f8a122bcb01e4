#include "reading/join_lines.h"

#include "base/text.h"
#include "reading/label.h"
#include "reading/line_signs.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace yifa::reading {
namespace {

constexpr double kLineIndent = 1.5;  // columns from which a line counts as indented
constexpr double kDeepestIndent = 6; // columns beyond which a line is centred or set right
constexpr double kWidestPage = 110;  // columns of the widest page anybody wraps at
constexpr double kNarrowestPage = 24;
constexpr std::size_t kFewestLines = 6; // lines from which a text file shows how it was wrapped

struct ReadLine {
  const Line *line = nullptr;
  std::u32string points;
  LineSigns signs;
};

/// How a file sets its paragraphs.
struct LineSetting {
  bool wrapped = false;
  bool indented = false;  ///< first lines of paragraphs are
  bool separated = false; ///< paragraphs stand between blank lines
  double left = 0;
  double right = 0;
  double slack = 1; ///< columns that may be missing from a full line
};

/// Columns of what cannot be parted from the beginning of a line: a row of letters or digits, or a
/// character with the punctuation that may not begin a line.
double first_unit(std::u32string_view line) {
  std::size_t n = 0;
  while (n < line.size() && line[n] < 0x80 && line[n] != U' ') ++n;
  double columns = n > 0 ? static_cast<double>(n) : 2;
  if (n == 0) n = 1;
  constexpr std::u32string_view kNeverFirst = U"，。；：！？、”’）》】〕…—";
  while (n < line.size() && kNeverFirst.find(line[n]) != std::u32string_view::npos)
    ++n, columns += 2;
  return columns;
}

/// Whether the next line begins below only because it found no room here. The width of a line of
/// plain text is less sure than that of one on a page.
bool is_full(const ReadLine &line, const ReadLine &next, const LineSetting &setting) {
  return setting.right - line.line->right < first_unit(next.points) + setting.slack;
}

double line_percentile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

/// The leftmost edge that more than a stray line keeps to.
double left_edge(const std::vector<ReadLine> &lines) {
  std::map<long, std::size_t> counts;
  for (const auto &line : lines) ++counts[std::lround(line.line->left)];
  std::size_t least = std::max<std::size_t>(2, lines.size() / 25);
  for (const auto &[left, count] : counts)
    if (count >= least || lines.size() < 3) return static_cast<double>(left);
  return static_cast<double>(counts.empty() ? 0 : counts.begin()->first);
}

double indent_of(const ReadLine &line, const LineSetting &setting) {
  return line.line->left - setting.left;
}

void measure_indents(const std::vector<ReadLine> &lines, LineSetting &setting) {
  std::size_t first = 0, indented = 0, ends = 0, separated = 0;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto &line = lines[i];
    if (setting.wrapped && is_full(lines[i - 1], line, setting)) continue;
    ++ends;
    separated += line.line->gap_before ? 1 : 0;
    if (!line.signs.prose && !line.signs.begins) continue;
    if (indent_of(line, setting) > kDeepestIndent) continue;
    ++first;
    indented += indent_of(line, setting) >= kLineIndent ? 1 : 0;
  }
  setting.indented = indented >= 2 && indented * 10 >= first * 7;
  setting.separated = separated >= 2 && separated * 10 >= ends * 6;
}

LineSetting measure_lines(const std::vector<ReadLine> &lines, Wrapping wrapping) {
  LineSetting setting;
  if (lines.empty()) return setting;
  std::vector<double> rights;
  for (const auto &line : lines) rights.push_back(line.line->right);
  setting.left = left_edge(lines);
  setting.right = line_percentile(rights, lines.size() < kFewestLines ? 1.0 : 0.85);
  setting.wrapped = wrapping == Wrapping::Wrapped;
  double widest = *std::max_element(rights.begin(), rights.end());
  if (wrapping == Wrapping::Unknown && lines.size() >= kFewestLines && widest <= kWidestPage &&
      setting.right >= kNarrowestPage) {
    std::size_t full = 0;
    for (const auto &line : lines) full += setting.right - line.line->right < 4 ? 1 : 0;
    setting.wrapped = full * 20 >= lines.size() * 7;
  }
  measure_indents(lines, setting);
  if (wrapping == Wrapping::Unknown && setting.indented) setting.slack = 6;
  return setting;
}

/// Titles and letterheads are larger than the text.
bool other_size(const Line &a, const Line &b) {
  return a.size > 0 && b.size > 0 && std::abs(a.size - b.size) > 0.09 * std::max(a.size, b.size);
}

/// Lines set to a width: a full line goes on below, unless the next one begins a paragraph.
bool joins_wrapped(const ReadLine &line, const ReadLine &next, const LineSetting &setting,
                   std::u32string_view paragraph) {
  if (line.line->left - setting.left > kDeepestIndent || other_size(*line.line, *next.line))
    return false;
  if (indent_of(next, setting) > kDeepestIndent) return false;
  bool is_indented = indent_of(next, setting) >= kLineIndent;
  if (!is_full(line, next, setting))
    return (line.signs.broken_off || (left_open(paragraph) && line.signs.prose)) &&
           !next.signs.begins && !next.signs.alone && !(setting.indented && is_indented);
  if (setting.indented) return !is_indented;
  if (setting.separated) return !next.line->gap_before;
  if (next.signs.begins) return false;
  // A sentence ends at a full line's end by chance more often than a paragraph does.
  bool to_the_edge = setting.right - line.line->right < 1 && !next.signs.opens && line.signs.prose;
  return !line.signs.ends || to_the_edge;
}

/// Lines that are paragraphs: only a sentence broken off goes on.
bool joins_flowing(const ReadLine &line, const ReadLine &next, const LineSetting &setting,
                   std::u32string_view paragraph) {
  if (line.signs.alone || line.signs.ends || next.signs.begins) return false;
  // （四）突出问题导向 is a heading whatever it ends with, unless it is a comma
  bool heading = line.signs.begins && !line.signs.prose && text::is_han(line.points.back()) &&
                 !point_label(line.points, 0);
  if (line.signs.broken_off) return !heading;
  if (setting.indented && indent_of(next, setting) >= kLineIndent) return false;
  if (next.signs.alone) return false;
  if (left_open(paragraph)) return line.signs.prose;
  return line.signs.prose && !next.signs.opens;
}

} // namespace

void put_together(std::string &paragraph, std::string_view line) {
  auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  if (!paragraph.empty() && !line.empty() && letter(paragraph.back()) && letter(line.front()))
    paragraph += ' ';
  paragraph += line;
}

Joined join_lines(const std::vector<Line> &lines, Wrapping wrapping, const Lexicon &lexicon) {
  std::vector<ReadLine> read;
  read.reserve(lines.size());
  for (const auto &line : lines) {
    auto points = text::decode(line.text);
    auto signs = read_line_signs(points, lexicon);
    read.push_back({&line, std::move(points), signs});
  }
  auto setting = measure_lines(read, wrapping);
  Joined joined;
  // The end of the paragraph so far, for its open brackets, and its length.
  std::u32string tail;
  std::size_t length = 0;
  for (std::size_t i = 0; i < read.size(); ++i) {
    const auto &next = read[i];
    bool joins = false;
    if (i > 0 && !next.line->alone && !read[i - 1].line->alone)
      joins = setting.wrapped ? joins_wrapped(read[i - 1], next, setting, tail)
                              : joins_flowing(read[i - 1], next, setting, tail);
    if (!joins) {
      joined.paragraphs.push_back(next.line->text);
      tail = next.points;
      length = next.points.size();
      continue;
    }
    auto &paragraph = joined.paragraphs.back();
    std::size_t bytes = paragraph.size();
    put_together(paragraph, next.line->text);
    length += paragraph.size() - bytes > next.line->text.size() ? 1 : 0;
    joined.joints.push_back({joined.paragraphs.size() - 1, length});
    length += next.points.size();
    tail += next.points;
    if (tail.size() > 2000) tail.erase(0, tail.size() - 1000);
  }
  return joined;
}

namespace {

/// How many blanks stand between a Han character and a letter or digit: programs that turn pages
/// into text put them where the page has a little room.
double set_blanks(std::string_view line) {
  double count = 0;
  auto points = text::decode(line);
  for (std::size_t i = 1; i + 1 < points.size(); ++i) {
    if (points[i] != U' ') continue;
    bool before = text::is_han(points[i - 1]), after = text::is_han(points[i + 1]);
    if (before != after) count += 1;
  }
  return count;
}

} // namespace

std::vector<Line> text_lines(std::string_view text) {
  std::vector<Line> lines;
  bool gap = false;
  for (std::size_t at = 0; at < text.size();) {
    auto end = std::min(text.find('\n', at), text.size());
    auto raw = text.substr(at, end - at);
    at = end + 1;
    auto trimmed = text::trim(raw);
    if (trimmed.empty()) {
      gap = true;
      continue;
    }
    Line line;
    auto points = text::decode(raw.substr(0, raw.find(trimmed)));
    for (char32_t c : points) line.left += c == U'\u3000' ? 2 : c == U'\t' ? 4 : 1;
    line.right = line.left + static_cast<double>(text::width(trimmed)) - set_blanks(trimmed) / 2;
    line.text = std::move(trimmed);
    line.gap_before = std::exchange(gap, false);
    lines.push_back(std::move(line));
  }
  return lines;
}

} // namespace yifa::reading
