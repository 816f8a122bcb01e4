#include "ooxml/docx.h"

#include "base/text.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace yifa::ooxml {
namespace {

using Points = std::u32string;

constexpr double kNever = 1e6;

/// Words of titles that no line may cut; a cut between two of them reads well.
constexpr std::u32string_view kWords[] = {
    U"人民政府", U"委员会",   U"办事处", U"办公室",   U"领导小组",   U"法治政府建设", U"法治政府",
    U"法治建设", U"依法行政", U"依法治", U"行政执法", U"第一责任人", U"主要负责人",   U"关于",
    U"年度",     U"情况",     U"工作",   U"报告",     U"总结",       U"通知",         U"意见",
    U"方案",     U"决定",     U"办法",   U"规定",     U"公告",       U"通报",         U"请示",
    U"建设",     U"推进",     U"实施",   U"开展",     U"落实",       U"履行",         U"职责",
    U"管理",     U"制度",     U"计划",   U"要点",     U"法治",       U"政府",         U"行政",
    U"执法",     U"人民",     U"中共",   U"社区",     U"街道",       U"上半年",       U"下半年",
};

bool one_of(char32_t c, std::u32string_view set) {
  return set.find(c) != std::u32string_view::npos;
}

bool is_word_sign(char32_t c) { // digits, letters and what stands inside numbers
  return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') ||
         one_of(c, U".,%-/") || (c >= U'０' && c <= U'９');
}

double em(char32_t c) { return c < 0x2000 ? 0.5 : 1.0; }

/// The price of ending a line before each character; the lower, the better the break reads.
std::vector<double> break_prices(const Points &title) {
  std::vector<double> price(title.size() + 1, 6.0);
  std::vector<char> word_end(title.size() + 1, 0), word_start(title.size() + 1, 0);
  for (std::size_t i = 0; i < title.size(); ++i) {
    for (auto word : kWords) { // longest first where one begins another
      if (title.compare(i, word.size(), word) != 0) continue;
      for (std::size_t k = 1; k < word.size(); ++k) price[i + k] = kNever;
      word_start[i] = 1;
      word_end[i + word.size()] = 1;
      break;
    }
  }
  int quoted = 0;
  for (std::size_t i = 1; i < title.size(); ++i) {
    char32_t before = title[i - 1], after = title[i];
    if (before == U'《') ++quoted;
    if (before == U'》') quoted = 0;
    bool never = price[i] >= kNever || one_of(after, U"》”’）〕】、，。：；！？的等)") ||
                 one_of(before, U"《“‘（〔【(") || (is_word_sign(before) && is_word_sign(after)) ||
                 (is_word_sign(before) && one_of(after, U"年月日个项条")) ||
                 (before == U'第' && i + 1 < title.size());
    if (never) {
      price[i] = kNever;
      continue;
    }
    if (word_end[i] || word_start[i]) price[i] = 4;
    if (word_end[i] && word_start[i]) price[i] = 3;
    if (one_of(before, U"、，：；》”") || before == U' ' || before == U'　') price[i] = 1.5;
    if (title.compare(i, 2, U"关于") == 0) price[i] = 0;
    if (i >= 2 && title.compare(i - 2, 2, U"关于") == 0) price[i] = 9;
    if (one_of(before, U"和与及的并")) price[i] = 8;
    if (quoted > 0) price[i] += 12;
  }
  return price;
}

/// What the outline of the lines costs: equal lines and an hourglass are faults, a trapezoid or a
/// diamond none; a stub is ugly.
double shape_price(const std::vector<double> &widths) {
  double most = *std::max_element(widths.begin(), widths.end());
  double least = *std::min_element(widths.begin(), widths.end());
  double price = 0.2 * (most - least);
  if (most - least < 1) price += 1.5;
  if (least < 5) price += 3 * (5 - least);
  for (std::size_t i = 1; i + 1 < widths.size(); ++i)
    if (widths[i] < widths[i - 1] && widths[i] < widths[i + 1]) price += 4;
  return price;
}

struct TitleBreaker {
  Points title;
  double most;
  std::vector<double> price;
  std::vector<double> reach; ///< em from the start
  std::vector<std::size_t> ends, best;
  double best_price = std::numeric_limits<double>::max();

  double width(std::size_t from, std::size_t to) const { return reach[to] - reach[from]; }

  /// Tries every way to cut [from, end) into `lines` more lines.
  void search(std::size_t from, std::size_t lines, double paid) {
    if (paid >= best_price) return;
    if (lines == 1) {
      if (width(from, title.size()) > most) return;
      std::vector<double> widths;
      std::size_t start = 0;
      for (std::size_t end : ends) {
        widths.push_back(width(start, end));
        start = end;
      }
      widths.push_back(width(start, title.size()));
      double total = paid + shape_price(widths);
      if (total < best_price) {
        best_price = total;
        best = ends;
      }
      return;
    }
    for (std::size_t end = from + 1; end < title.size() && width(from, end) <= most; ++end) {
      if (width(end, title.size()) > most * static_cast<double>(lines - 1)) continue;
      ends.push_back(end);
      search(end, lines - 1, paid + price[end]);
      ends.pop_back();
    }
  }
};

/// For text that is no title: full lines, one after the other.
std::vector<std::string> fill_lines(const Points &title, std::size_t most) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < title.size(); at += most)
    lines.push_back(text::encode(std::u32string_view(title).substr(at, most)));
  return lines;
}

} // namespace

std::vector<std::string> break_title(std::string_view raw, std::size_t most) {
  TitleBreaker breaker{text::decode(text::trim(raw)), static_cast<double>(most), {}, {0}, {}, {}};
  if (most == 0) return {text::encode(breaker.title)};
  for (char32_t c : breaker.title) breaker.reach.push_back(breaker.reach.back() + em(c));
  double whole = breaker.reach.back();
  if (whole <= breaker.most) return {text::encode(breaker.title)};
  auto least_lines = static_cast<std::size_t>(std::ceil(whole / breaker.most));
  if (least_lines > 4) return fill_lines(breaker.title, most);
  breaker.price = break_prices(breaker.title);
  breaker.search(0, least_lines, 0);
  if (breaker.best_price >= kNever) breaker.search(0, least_lines + 1, 0);
  if (breaker.best.empty()) return fill_lines(breaker.title, most);
  std::vector<std::string> lines;
  std::size_t start = 0;
  breaker.best.push_back(breaker.title.size());
  for (std::size_t end : breaker.best) {
    auto line = std::u32string_view(breaker.title).substr(start, end - start);
    lines.push_back(text::trim(text::encode(line)));
    start = end;
  }
  return lines;
}

} // namespace yifa::ooxml
