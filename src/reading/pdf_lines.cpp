#include "reading/pdf_lines.h"

#include "base/text.h"
#include "reading/encoding.h"
#include "reading/markdown_spans.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <string>

namespace yifa::reading {
namespace {

constexpr double kHeightOfEm = 1.3; // of a font's line, usually

struct PdfWord {
  double left = 0, top = 0, right = 0, bottom = 0; // points from the page's upper left corner
  double em = 0; // width of a Han character; 0 where it holds none
  std::u32string text;
  double middle() const { return (top + bottom) / 2; }
  double height() const { return bottom - top; }
};

struct PdfLine {
  std::vector<PdfWord> words;
  std::size_t page = 0;
  double top = 0, middle = 0, height = 0, em = 0;
  std::u32string text;
};

struct PdfPage {
  double height = 0;
  std::vector<PdfWord> words;
};

std::optional<double> box_attribute(std::string_view tag, std::string_view name) {
  auto at = tag.find(name);
  if (at == std::string_view::npos) return std::nullopt;
  auto from = tag.data() + at + name.size();
  double value = 0;
  auto read = std::from_chars(from, tag.data() + tag.size(), value);
  if (read.ec != std::errc{} || !(value > -1e6 && value < 1e6)) return std::nullopt;
  return value;
}

bool pdf_wide(char32_t c) { return c >= 0x2E80 || (c >= 0x2013 && c <= 0x2026); }

/// Characters only fonts of PDF use become the ordinary_characters ones.
std::u32string ordinary_characters(std::u32string text,
                                   const std::map<char32_t, char32_t> &radicals) {
  for (char32_t &c : text)
    if (c >= 0x2E80 && c < 0x2FE0)
      if (auto found = radicals.find(c); found != radicals.end()) c = found->second;
  return text;
}

std::map<char32_t, char32_t> radical_map(const Lexicon &lexicon) {
  std::map<char32_t, char32_t> map;
  for (const auto &[from, to] : lexicon.pairs("lines.radicals")) {
    auto a = text::decode(from), b = text::decode(to);
    if (a.size() == 1 && b.size() == 1) map[a[0]] = b[0];
  }
  return map;
}

/// <page width="…" height="…"> and <word xMin="…" yMin="…" xMax="…" yMax="…">text</word>
std::vector<PdfPage> read_boxes(std::string_view bbox, const Lexicon &lexicon) {
  auto radicals = radical_map(lexicon);
  std::vector<PdfPage> pages;
  for (std::size_t at = bbox.find('<'); at != std::string_view::npos; at = bbox.find('<', at + 1)) {
    auto rest = bbox.substr(at);
    bool page = rest.starts_with("<page ");
    if (!page && !rest.starts_with("<word ")) continue;
    auto end = rest.find('>');
    if (end == std::string_view::npos) break;
    auto tag = rest.substr(0, end);
    if (page) {
      pages.emplace_back();
      pages.back().height = box_attribute(tag, " height=\"").value_or(0);
      continue;
    }
    auto left = box_attribute(tag, " xMin=\""), top = box_attribute(tag, " yMin=\"");
    auto right = box_attribute(tag, " xMax=\""), bottom = box_attribute(tag, " yMax=\"");
    auto close = rest.find('<', end);
    if (!left || !top || !right || !bottom || close == std::string_view::npos || pages.empty())
      continue;
    PdfWord word{*left, *top, *right, *bottom, 0, {}};
    auto plain = clean_characters(plain_entities(rest.substr(end + 1, close - end - 1)));
    plain = text::trim(text::replace_all(std::move(plain), "\n", " "));
    word.text = ordinary_characters(text::decode(plain), radicals);
    if (word.text.empty() || word.height() <= 0) continue;
    double columns = 0;
    for (char32_t c : word.text) columns += pdf_wide(c) ? 1 : 0.5;
    // Lines set upright beside the page, and slanting stamps across it, are no lines.
    if (word.height() > 4 * (word.right - word.left) / columns && word.text.size() > 2) continue;
    if (pdf_wide(word.text[0])) word.em = (word.right - word.left) / columns;
    pages.back().words.push_back(std::move(word));
  }
  return pages;
}

/// A blank where the gap is one: between letters and digits any that parts words; between a Han
/// character and a digit only what is wider than the spacing word processors set there.
bool blank_between(const PdfWord &first, const PdfWord &second, double em) {
  double gap = second.left - first.right;
  int wide = (pdf_wide(first.text.back()) ? 1 : 0) + (pdf_wide(second.text.front()) ? 1 : 0);
  constexpr double kLeast[] = {0.1, 0.42, 0.2};
  return gap > em * kLeast[wide];
}

void finish_pdf_line(PdfLine &line) {
  std::sort(line.words.begin(), line.words.end(),
            [](const PdfWord &a, const PdfWord &b) { return a.left < b.left; });
  // The longest word that begins with a Han character measures best.
  std::size_t longest = 0;
  for (const auto &word : line.words)
    if (word.em > 0 && word.text.size() > longest) longest = word.text.size(), line.em = word.em;
  const PdfWord *last = nullptr;
  for (const auto &word : line.words) {
    double em = line.em > 0 ? line.em : line.height / kHeightOfEm;
    if (last != nullptr && blank_between(*last, word, em)) line.text += U' ';
    line.text += word.text;
    last = &word;
  }
}

std::vector<PdfLine> pdf_lines_of(PdfPage &page, std::size_t number) {
  std::stable_sort(page.words.begin(), page.words.end(),
                   [](const PdfWord &a, const PdfWord &b) { return a.middle() < b.middle(); });
  std::vector<PdfLine> lines;
  for (auto &word : page.words) {
    if (lines.empty() ||
        word.middle() - lines.back().middle > 0.4 * std::max(word.height(), lines.back().height)) {
      lines.emplace_back();
      lines.back().page = number;
      lines.back().top = word.top;
      lines.back().middle = word.middle();
    }
    lines.back().height = std::max(lines.back().height, word.height());
    lines.back().words.push_back(std::move(word));
  }
  for (auto &line : lines) finish_pdf_line(line);
  return lines;
}

/// Digits as one mark: a running head may hold the page's number.
std::u32string without_digits(std::u32string_view text) {
  std::u32string out;
  for (char32_t c : text) {
    bool digit = (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９');
    if (c == U' ' || (digit && !out.empty() && out.back() == U'#')) continue;
    out += digit ? U'#' : c;
  }
  return out;
}

using PdfPages = std::vector<std::vector<PdfLine>>;

/// How often a line stands first (or last) on a page at the same height.
using EdgeRepeats = std::map<std::pair<std::u32string, long>, std::size_t>;

std::pair<std::u32string, long> edge_key(const PdfLine &line) {
  return {without_digits(line.text), static_cast<long>(line.top / 4)};
}

void drop_page_numbers(PdfPages &pages, const std::vector<PdfPage> &boxes, const Lexicon &lexicon) {
  for (std::size_t i = 0; i < pages.size(); ++i) {
    auto &lines = pages[i];
    double high = boxes[i].height;
    if (!lines.empty() && lines.back().top > high * 0.8 &&
        is_page_number(lines.back().text, lexicon))
      lines.pop_back();
    if (!lines.empty() && lines.front().top < high * 0.12 &&
        is_page_number(lines.front().text, lexicon))
      lines.erase(lines.begin());
  }
}

/// Whether the first (or last) line of a page stands in its margin.
bool in_page_margin(const std::vector<PdfLine> &lines, bool top, double high) {
  if (lines.size() < 2) return false;
  return top ? lines.front().top < high * 0.15 : lines.back().top > high * 0.85;
}

/// Takes away what stands at the same place in the margin of most pages, up to three lines deep.
void drop_running(PdfPages &pages, const std::vector<PdfPage> &boxes, bool top) {
  std::size_t least = std::max<std::size_t>(2, (pages.size() + 1) / 2);
  for (int depth = 0; depth < 3; ++depth) {
    EdgeRepeats repeats;
    auto edge = [&](std::size_t i) { return edge_key(top ? pages[i].front() : pages[i].back()); };
    for (std::size_t i = 0; i < pages.size(); ++i)
      if (in_page_margin(pages[i], top, boxes[i].height)) ++repeats[edge(i)];
    bool dropped = false;
    for (std::size_t i = 0; i < pages.size(); ++i) {
      if (!in_page_margin(pages[i], top, boxes[i].height) || repeats[edge(i)] < least) continue;
      pages[i].erase(top ? pages[i].begin() : pages[i].end() - 1);
      dropped = true;
    }
    if (!dropped) return;
  }
}

double usual_em(const PdfPages &pages) {
  std::map<long, std::size_t> counts; // by quarter points
  for (const auto &lines : pages)
    for (const auto &line : lines)
      if (line.em > 0) counts[std::lround(line.em * 4)] += line.text.size();
  auto most = std::max_element(counts.begin(), counts.end(),
                               [](const auto &a, const auto &b) { return a.second < b.second; });
  return most == counts.end() || most->first == 0 ? 12 : static_cast<double>(most->first) / 4;
}

/// The usual step from a line to the next.
double usual_pitch(const PdfPages &pages) {
  std::vector<double> steps;
  for (const auto &lines : pages)
    for (std::size_t i = 1; i < lines.size(); ++i)
      steps.push_back(lines[i].middle - lines[i - 1].middle);
  if (steps.empty()) return 0;
  auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
  std::nth_element(steps.begin(), middle, steps.end());
  return *middle;
}

} // namespace

bool is_page_number(std::u32string_view line, const Lexicon &lexicon) {
  const auto &words = lexicon.words("lines.page_words");
  std::size_t digits = 0, others = 0;
  for (std::size_t at = 0; at < line.size();) {
    char32_t c = line[at];
    if ((c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９')) {
      ++digits, ++at;
    } else if (auto n = words.at(line, at)) {
      ++others, at += n;
    } else if (std::u32string_view(U" —–-－－―·•~/|._").find(c) != std::u32string_view::npos) {
      ++at;
    } else {
      return false;
    }
  }
  return digits > 0 && digits <= 6 && others <= 4;
}

PdfText read_pdf_words(std::string_view bbox, const Lexicon &lexicon) {
  auto boxes = read_boxes(bbox, lexicon);
  PdfPages pages;
  for (std::size_t i = 0; i < boxes.size(); ++i) pages.push_back(pdf_lines_of(boxes[i], i));
  drop_page_numbers(pages, boxes, lexicon);
  drop_running(pages, boxes, true);
  drop_running(pages, boxes, false);
  drop_page_numbers(pages, boxes, lexicon);

  PdfText text;
  text.pages = pages.size();
  double column = usual_em(pages) / 2, pitch = usual_pitch(pages);
  for (const auto &lines : pages) {
    const PdfLine *last = nullptr;
    for (const auto &line : lines) {
      Line put;
      put.text = text::encode(line.text);
      put.left = line.words.front().left / column;
      put.size = line.em;
      put.right = line.words.back().right / column;
      put.gap_before = last != nullptr && line.middle - last->middle > 1.25 * pitch;
      last = &line;
      text.lines.push_back(std::move(put));
    }
  }
  return text;
}

} // namespace yifa::reading
