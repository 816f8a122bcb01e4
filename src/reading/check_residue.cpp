#include "reading/check_residue.h"

#include "reading/check_marks.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::reading {
namespace {

constexpr std::size_t kFieldMost = 120; // code points of a field's instruction
constexpr std::size_t kAddressLeast = 6;

bool is_plain_ascii(char32_t c) { return c > U' ' && c < 127; }

class LeftoverCheck {
public:
  explicit LeftoverCheck(Case &report) : report_(report), all_(report.text().all()) {}

  void run() {
    fields();
    bookmarks();
    entities();
    broken_encoding();
    injected();
  }

private:
  using View = std::u32string_view;

  Span paragraph(std::size_t at) const {
    const auto &text = report_.text();
    return text.paragraphs()[text.paragraph_at(at)];
  }
  void add(std::string_view rule, Span span) {
    report_.findings.add(rule, span, {{"written", report_.text().utf8(span)}});
  }
  bool taken(std::size_t at) const {
    return std::any_of(taken_.begin(), taken_.end(), [&](Span one) { return one.holds(at); });
  }

  /// { PAGE \* MERGEFORMAT }, 错误!未找到引用源。
  void fields() {
    const auto &words = report_.lexicon.words("residue.field");
    std::size_t n = 0;
    for (auto at = words.find(all_, 0, &n); at != View::npos;) {
      auto span = around(at, n);
      add("residue.field", span);
      taken_.push_back(span);
      at = words.find(all_, std::max(span.end, at + 1), &n);
    }
  }
  /// The braces around, or what of the instruction stands about it in ASCII.
  Span around(std::size_t at, std::size_t n) const {
    auto line = paragraph(at);
    auto from = at - std::min(at - line.start, kFieldMost);
    auto open = all_.substr(from, at - from + 1).rfind(U'{');
    auto close = all_.find(U'}', at);
    if (open != View::npos && close != View::npos && close < line.end && close - at < kFieldMost)
      return {from + open, close + 1};
    auto end = at + n;
    while (end < line.end &&
           (is_plain_ascii(all_[end]) ||
            (all_[end] == U' ' && end + 1 < line.end && is_plain_ascii(all_[end + 1]))))
      ++end;
    return {at, end};
  }

  void bookmarks() {
    const auto &words = report_.lexicon.words("residue.bookmark");
    std::size_t n = 0;
    for (auto at = words.find(all_, 0, &n); at != View::npos;) {
      auto line = paragraph(at);
      auto end = at + n;
      if (all_[at] == U'[') {
        auto close = all_.find(U']', at);
        end = close < std::min(line.end, at + kFieldMost) ? close + 1 : end;
      } else {
        while (end < line.end && is_plain_ascii(all_[end])) ++end;
      }
      bool name = all_[at] == U'[' || at == 0 || !is_ascii_letter(all_[at - 1]);
      if (name && !taken(at)) add("residue.bookmark", {at, end});
      at = words.find(all_, end, &n);
    }
  }

  /// &nbsp; &#160; <br/>
  void entities() {
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (all_[i] != U'&' && all_[i] != U'<') continue;
      auto close = all_[i] == U'&' ? U';' : U'>';
      auto end = i + 1;
      bool plain = end < all_.size() && (is_ascii_letter(all_[end]) || all_[end] == U'#' ||
                                         (close == U'>' && all_[end] == U'/'));
      auto most = std::min(all_.size(), i + (close == U';' ? 10 : 80));
      while (plain && end < most && all_[end] != close && all_[end] != U'\n') {
        plain = all_[end] < 128 && (close == U'>' || all_[end] != U' ');
        ++end;
      }
      if (!plain || end >= most || all_[end] != close) continue;
      add("residue.html_entity", {i, end + 1});
      i = end;
    }
  }

  static bool broken(char32_t c) {
    return c == U'\ufffd' || (c >= U'\ue000' && c <= U'\uf8ff') || (c >= 0x80 && c <= 0x9f) ||
           (c < 0x20 && c != U'\n' && c != U'\t') || c == 0x7f;
  }
  void broken_encoding() {
    const auto &words = report_.lexicon.words("residue.mojibake");
    for (std::size_t i = 0; i < all_.size(); ++i) {
      auto n = broken(all_[i]) ? 1 : words.at(all_, i);
      if (!n) continue;
      auto end = i + n;
      while (end < all_.size()) {
        auto more = broken(all_[end]) ? 1 : words.at(all_, end);
        if (!more) break;
        end += more;
      }
      add("residue.mojibake", {i, end});
      i = end - 1;
    }
  }

  void injected() {
    const auto &words = report_.lexicon.words("residue.injected");
    std::size_t n = 0;
    for (auto at = words.find(all_, 0, &n); at != View::npos; at = words.find(all_, at + n, &n))
      add("residue.injected", {at, at + n});
    addresses();
    pinyin();
  }
  void addresses() {
    constexpr View kBegins[] = {U"http://", U"https://", U"www."};
    const auto &own = report_.lexicon.words("residue.own_hosts");
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (all_[i] != U'h' && all_[i] != U'w') continue;
      if (std::none_of(std::begin(kBegins), std::end(kBegins),
                       [&](View begin) { return all_.substr(i).starts_with(begin); }))
        continue;
      auto end = i;
      while (end < all_.size() && is_plain_ascii(all_[end])) ++end;
      if (own.find(all_.substr(i, end - i)) == View::npos && end - i > kAddressLeast && !taken(i))
        add("residue.injected", {i, end});
      i = end;
    }
  }
  /// 法(fǎ)治(zhì): mirror sites put readings between the characters.
  void pinyin() {
    constexpr View kTones = U"āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ";
    auto at = all_.find_first_of(kTones);
    if (at == View::npos) return;
    auto next = all_.find_first_of(kTones, at + 1);
    if (next == View::npos) return; // one alone may be a name
    auto start = at;
    while (start > 0 && (is_ascii_letter(all_[start - 1]))) --start;
    add("residue.injected", {start, next + 1});
  }

  Case &report_;
  View all_;
  std::vector<Span> taken_;
};

} // namespace

void check_leftovers(Case &report) { LeftoverCheck(report).run(); }

void check_residue(Case &report) {
  check_leftovers(report);
  check_placeholders(report);
  check_traces(report);
  check_width(report);
  check_pairs(report);
  check_wording(report);
}

} // namespace yifa::reading
