#include "reading/page_lines.h"

#include "base/text.h"

#include <algorithm>

namespace yifa::reading {
namespace {

constexpr std::size_t kPageProseLength = 30;
constexpr std::size_t kPageTitleLength = 70;
constexpr std::size_t kChromeLength = 80;
constexpr std::size_t kParticularsLength = 160;

constexpr std::u32string_view kPageColons = U"：:";
constexpr std::u32string_view kPageBrackets = U"[【(（〔|｜·•";
constexpr std::u32string_view kPageArrows = U">»›→＞/＼\\-→";

bool page_blank(char32_t c) { return c == U' ' || c == U'\t' || c == U'\u3000' || c == U'\u00A0'; }
bool page_digit(char32_t c) { return (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９'); }
bool page_among(std::u32string_view set, char32_t c) {
  return set.find(c) != std::u32string_view::npos;
}

/// A label with its colon at `at`: how long both are; 0 for none.
std::size_t label_with_colon(std::u32string_view bare, std::size_t at, const Words &labels) {
  std::size_t n = labels.at(bare, at);
  return n > 0 && at + n < bare.size() && page_among(kPageColons, bare[at + n]) ? n + 1 : 0;
}

std::size_t past_brackets(std::u32string_view bare) {
  std::size_t at = 0;
  while (at < bare.size() && page_among(kPageBrackets, bare[at])) ++at;
  return at;
}

/// The label only where no Han character that would make it a longer word stands before it.
bool label_may_begin(std::u32string_view bare, std::size_t at) {
  return at == 0 || !text::is_han(bare[at - 1]);
}

} // namespace

PageLine read_page_line(const WebBlock &block) {
  PageLine line;
  line.block = &block;
  line.points = text::decode(block.text);
  for (char32_t c : line.points)
    if (!page_blank(c)) line.bare += c;
  line.linked = block.linked * 10 >= line.bare.size() * 7;
  bool sentence = line.points.find_first_of(U"。；") != std::u32string::npos;
  line.prose =
      line.bare.size() >= kPageProseLength && sentence && block.linked * 3 < line.bare.size();
  return line;
}

bool is_label(const PageLine &line, const Lexicon &lexicon) {
  std::u32string_view bare = line.bare;
  bare.remove_prefix(past_brackets(bare));
  while (!bare.empty() &&
         (page_among(kPageColons, bare.back()) || page_among(U"]】)）", bare.back())))
    bare.remove_suffix(1);
  return lexicon.words("chrome.labels").has(bare);
}

std::vector<std::pair<std::u32string, std::u32string>> particulars(std::u32string_view bare,
                                                                   const Lexicon &lexicon) {
  const auto &labels = lexicon.words("chrome.labels");
  std::vector<std::pair<std::u32string, std::u32string>> found;
  std::size_t from = 0, length = 0; // of the last label with its colon
  for (std::size_t at = past_brackets(bare); at < bare.size();) {
    auto n = label_with_colon(bare, at, labels);
    // Values run into the next label where blanks parted them: only after the first is the
    // character before it no hint.
    if (n == 0 || (found.empty() && !label_may_begin(bare, at))) {
      ++at;
      continue;
    }
    if (!found.empty()) found.back().second = bare.substr(from + length, at - from - length);
    found.emplace_back(bare.substr(at, n - 1), std::u32string());
    from = at, length = n;
    at += n;
  }
  if (!found.empty()) found.back().second = bare.substr(from + length);
  for (auto &[label, value] : found)
    if (auto end = value.find_first_of(U"[【|｜"); end != std::u32string::npos) value.resize(end);
  return found;
}

bool is_particulars(const PageLine &line, const Lexicon &lexicon) {
  if (line.bare.size() > kParticularsLength) return false;
  const auto &labels = lexicon.words("chrome.labels");
  std::u32string_view bare = line.bare;
  auto at = past_brackets(bare);
  bool labelled = label_with_colon(bare, at, labels) > 0;
  // "发布时间 2024-01-22"
  auto n = labels.at(bare, at);
  bool dated = n > 0 && at + n < bare.size() && page_digit(bare[at + n]) && !line.prose;
  std::size_t count = particulars(bare, lexicon).size();
  return count >= 2 || ((labelled || dated) && bare.find(U'。') == std::u32string_view::npos) ||
         // "2024-01-22 10:11 来源：张村镇"
         (count == 1 && page_digit(bare.front()) && bare.size() <= kChromeLength);
}

bool is_crumb(const PageLine &line, const Lexicon &lexicon) {
  if (line.prose || line.bare.size() > kParticularsLength) return false;
  std::u32string_view bare = line.bare;
  bare.remove_prefix(past_brackets(bare));
  if (lexicon.words("chrome.crumbs").at(bare, 0) > 0) return true;
  std::size_t home = lexicon.words("chrome.crumb_homes").find(bare);
  if (home == std::u32string_view::npos || home > 12) return false;
  std::size_t arrows = static_cast<std::size_t>(std::count_if(
      bare.begin(), bare.end(), [](char32_t c) { return page_among(kPageArrows, c); }));
  return arrows >= 1;
}

bool is_buttons(const PageLine &line, const Lexicon &lexicon) {
  if (line.bare.size() > kChromeLength) return false;
  const auto &buttons = lexicon.words("chrome.buttons");
  const auto &labels = lexicon.words("chrome.labels");
  const auto &marks = lexicon.words("chrome.button_marks");
  std::u32string_view bare = line.bare;
  bool found = false;
  for (std::size_t at = 0; at < bare.size();) {
    auto n = std::max(buttons.at(bare, at), labels.at(bare, at));
    if (n > 0)
      found = true;
    else
      n = marks.at(bare, at);
    if (n == 0) return false;
    at += n;
  }
  return found;
}

bool is_timestamp(const PageLine &line) {
  if (line.bare.size() < 6 || line.bare.size() > 24) return false;
  bool numeric = std::all_of(line.bare.begin(), line.bare.end(),
                             [](char32_t c) { return page_digit(c) || page_among(U"-/.:：", c); });
  return numeric;
}

bool is_file_link(const PageLine &line, const Lexicon &lexicon) {
  if (!line.linked) return false;
  auto target = text::decode(text::lower_ascii(line.block->target));
  target.resize(std::min(target.find_first_of(U"?#"), target.size()));
  const auto &files = lexicon.words("chrome.files");
  return files.before(target, target.size()) > 0 || files.before(line.bare, line.bare.size()) > 0;
}

bool is_title(const PageLine &line, const Lexicon &lexicon) {
  return line.bare.size() >= 6 && line.bare.size() <= kPageTitleLength &&
         line.bare.find_first_of(U"。；") == std::u32string::npos &&
         lexicon.words("chrome.title_subjects").find(line.bare) != std::u32string::npos &&
         lexicon.words("chrome.title_kinds").find(line.bare) != std::u32string::npos;
}

bool is_short_with(const PageLine &line, const Lexicon &lexicon, std::string_view list) {
  return line.bare.size() <= kChromeLength && line.bare.find(U'。') == std::u32string::npos &&
         lexicon.words(list).find(line.bare) != std::u32string::npos;
}

} // namespace yifa::reading
