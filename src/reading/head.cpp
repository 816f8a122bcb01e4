#include "reading/head.h"

#include "base/text.h"
#include "reading/label.h"
#include "reading/numeral.h"
#include "reading/place.h"

#include <algorithm>

namespace yifa::reading {
namespace {

constexpr std::size_t kHeadParagraphs = 14; // a title stands no further down
constexpr std::size_t kTailParagraphs = 8;
constexpr std::size_t kTitleLength = 70;
constexpr std::size_t kShortLine = 32;
constexpr std::size_t kAddresseeLength = 60;
constexpr std::u32string_view kStops = U"。！？；，,;：:";

/// Reads the lines about the body of a report.
class HeadReader {
public:
  HeadReader(const Text &text, const Lexicon &lexicon, Structure &out)
      : text_(text), lexicon_(lexicon), out_(out) {}

  BodyRange read() {
    BodyRange range{0, text_.paragraphs().size()};
    range.first = head();
    range.last = tail(range.first);
    return range;
  }

private:
  std::u32string_view line(std::size_t i) const { return text_.view(text_.paragraphs()[i]); }
  const Words &words(std::string_view name) const {
    return lexicon_.words(std::string("structure.") + std::string(name));
  }
  bool ends_with(std::size_t i, std::string_view name) const {
    return words(name).before(line(i), line(i).size()) > 0;
  }
  bool has(std::size_t i, std::string_view name) const {
    return words(name).find(line(i)) != std::u32string_view::npos;
  }
  bool has_stop(std::size_t i) const { return line(i).find_first_of(kStops) != line(i).npos; }
  bool labelled(std::size_t i) const {
    const auto &span = text_.paragraphs()[i];
    return heading_label(text_, span, text_begin(text_, span), lexicon_).has_value();
  }

  /// A short line that says 报告 of 法治政府建设 and is no sentence.
  bool title_like(std::size_t i) const {
    if (line(i).size() > kTitleLength || labelled(i) || line(i).find(U'。') != line(i).npos)
      return false;
    if (line(i).find_first_of(U"；;：:") != line(i).npos) return false;
    // 法治政府 建设情况报告: a blank within is a fault of its own
    std::u32string closed;
    for (auto c : line(i))
      if (c != U' ' && c != U'\u3000') closed += c;
    return words("subject").find(closed) != closed.npos && has(i, "kind");
  }
  bool number_like(std::size_t i) const { return number_end(i) > 0; }
  /// Where the paper's number ends in a line that begins with it: 高观府发〔2024〕2号 签发人：…; 0
  /// where the line is none.
  std::size_t number_end(std::size_t i) const {
    auto all = line(i);
    auto most = std::min(all.size(), kShortLine);
    for (std::size_t k = 0; k < most; ++k) {
      auto n = words("number_end").at(all, k);
      if (n == 0) continue;
      bool last = k + n == all.size() || all[k + n] == U' ' || all[k + n] == U'\u3000';
      return last && has_year_digits(all.substr(0, k)) ? k + n : 0;
    }
    return 0;
  }
  static bool has_year_digits(std::u32string_view all) {
    for (std::size_t k = 0; k + 3 < all.size(); ++k) {
      std::size_t digits = 0;
      while (k + digits < all.size() && digits < 5 && digit_value(all[k + digits]) >= 0) ++digits;
      if (digits >= 4 && digit_value(all[k]) == 2) return true;
    }
    return false;
  }
  /// A short line without stops that may belong to a title above or below it.
  bool title_part(std::size_t i) const {
    return line(i).size() <= kShortLine && !has_stop(i) && !labelled(i) && !number_like(i) &&
           !date_like(i) && !ends_with(i, "letterhead_end");
  }
  bool addressee_like(std::size_t i) const {
    auto all = line(i);
    if (all.empty() || all.size() > kAddresseeLength) return false;
    if (all.back() != U'：' && all.back() != U':') return false;
    return all.find(U'。') == all.npos && has(i, "addressee_organ") &&
           words("lead_end").before(all, all.size() - 1) == 0;
  }
  /// A paragraph that is a day and nothing else.
  bool date_like(std::size_t i) const {
    auto all = line(i);
    if (all.size() > 16) return false;
    auto year = find_year(all);
    if (!year || year->span.start > 1) return false;
    auto rest = all.substr(year->span.end);
    return rest.find(U'月') != rest.npos && (rest.back() == U'日' || rest.back() == U'月');
  }

  std::size_t head() {
    auto most = std::min(kHeadParagraphs, text_.paragraphs().size());
    std::size_t title = most;
    for (std::size_t i = 0; i < most; ++i)
      if (title_like(i)) {
        title = i;
        break;
      }
    if (title == most) title = split_title(most);
    if (title == most) return untitled(most);
    auto first = title;
    while (first > 0 && title - first < 2 && title_part(first - 1) && joins_title(first - 1, title))
      --first;
    auto last = title;
    while (last + 1 < most && last - title < 2 && !ends_title(last) && title_part(last + 1) &&
           has(last + 1, "kind"))
      ++last;
    for (std::size_t i = 0; i < first; ++i) {
      if (number_like(i))
        set_number(i);
      else if (addressee_like(i))
        set(i, Role::Addressee, out_.addressee);
      else if (title_part(i) || ends_with(i, "letterhead_end"))
        set(i, Role::Issuer, out_.issuer);
    }
    for (auto i = first; i <= last; ++i) out_.roles[i] = Role::Title;
    out_.title = {text_.paragraphs()[first].start, text_.paragraphs()[last].end};
    return behind_title(last + 1, most);
  }

  bool ends_title(std::size_t i) const { return ends_with(i, "kind_end"); }
  /// A line above belongs to the title when nothing but the title follows it.
  bool joins_title(std::size_t i, std::size_t title) const {
    if (has(i, "kind_end")) return false;
    // a title that names its own body needs no line above
    bool whole = find_place(line(title), lexicon_).has_value();
    return !whole || line(i).find(U'关') == 0;
  }
  /// 关于2023年法治政府建设 | 情况的报告
  std::size_t split_title(std::size_t most) const {
    for (std::size_t i = 0; i + 1 < most; ++i)
      if (title_part(i) && has(i, "subject") && title_part(i + 1) && has(i + 1, "kind")) return i;
    return most;
  }
  std::size_t untitled(std::size_t most) {
    std::size_t i = 0;
    for (; i < most && i < 3; ++i) {
      if (number_like(i))
        set_number(i);
      else if (addressee_like(i))
        set(i, Role::Addressee, out_.addressee);
      else if (i == 0 && title_part(i) && ends_with(i, "kind_end"))
        set(i, Role::Title, out_.title);
      else
        break;
    }
    return i;
  }
  std::size_t behind_title(std::size_t i, std::size_t most) {
    for (; i < most; ++i) {
      if (out_.number.empty() && number_like(i))
        set_number(i);
      else if (out_.addressee.empty() && addressee_like(i))
        set(i, Role::Addressee, out_.addressee);
      else if (date_like(i) || bracketed_date(i))
        set(i, Role::Date, out_.date);
      else if (line(i).size() <= kShortLine && !has_stop(i) && !labelled(i) &&
               ends_with(i, "body_end"))
        set(i, Role::Issuer, out_.issuer);
      else
        break;
    }
    return i;
  }
  bool bracketed_date(std::size_t i) const {
    auto all = line(i);
    return all.size() <= 18 && !all.empty() && (all.front() == U'（' || all.front() == U'(') &&
           find_year(all).has_value() && all.find(U'月') != all.npos;
  }

  std::size_t tail(std::size_t first) {
    auto last = text_.paragraphs().size();
    std::size_t seen = 0;
    while (last > first && seen++ < kTailParagraphs) {
      auto i = last - 1;
      if (date_like(i) && out_.date.empty())
        set(i, Role::Date, out_.date);
      else if (signed_line(i))
        sign(i);
      else if (words("closing").at(line(i), 0) > 0 && line(i).size() <= 12)
        set(i, Role::Closing, out_.closing);
      else if (words("note").at(line(i), 0) > 0)
        out_.roles[i] = Role::Note;
      else
        break;
      --last;
    }
    return last;
  }
  bool signed_line(std::size_t i) const {
    if (line(i).size() > kShortLine || has_stop(i) || labelled(i)) return false;
    if (ends_with(i, "body_end")) return true;
    auto date = date_in(i);
    return date && words("body_end").before(line(i), blanks_before(i, *date)) > 0;
  }
  std::size_t blanks_before(std::size_t i, std::size_t at) const {
    while (at > 0 && (line(i)[at - 1] == U' ' || line(i)[at - 1] == U'\u3000')) --at;
    return at;
  }
  /// Where a day begins that ends the line: 高观镇人民政府 2024年1月15日.
  std::optional<std::size_t> date_in(std::size_t i) const {
    auto year = find_year(line(i));
    if (!year || line(i).back() != U'日') return std::nullopt;
    return year->span.start;
  }
  void sign(std::size_t i) {
    auto span = text_.paragraphs()[i];
    out_.roles[i] = Role::Signature;
    if (auto date = date_in(i)) {
      out_.date = {span.start + *date, span.end};
      span.end = span.start + blanks_before(i, *date);
    }
    out_.signature = out_.signature.empty() ? span : Span{span.start, out_.signature.end};
  }

  void set_number(std::size_t i) {
    out_.roles[i] = Role::Number;
    auto start = text_.paragraphs()[i].start;
    out_.number = {start, start + number_end(i)};
  }

  void set(std::size_t i, Role role, Span &span) {
    out_.roles[i] = role;
    const auto &own = text_.paragraphs()[i];
    span = span.empty() ? own : Span{std::min(span.start, own.start), std::max(span.end, own.end)};
  }

  const Text &text_;
  const Lexicon &lexicon_;
  Structure &out_;
};

/// The body a line names, as written: from the place to 人民政府.
std::string issuing_body(const Text &text, Span span, const Lexicon &lexicon) {
  auto all = text.view(span);
  const auto &parts = lexicon.words("structure.issuer_part");
  std::size_t n = 0;
  auto at = parts.find(all, 0, &n);
  if (at == all.npos) return {};
  auto start = at;
  while (start > 0 && text::is_han(all[start - 1])) --start;
  if (auto place = find_place(all.substr(0, at), lexicon);
      place && place->span.start > start && start > 0)
    start = place->span.start; // 2025年度|高新街道办事处
  return text::encode(all.substr(start, at + n - start));
}

} // namespace

BodyRange read_head_and_tail(const Text &text, const Lexicon &lexicon, Structure &out) {
  return HeadReader(text, lexicon, out).read();
}

void read_identity(const Text &text, const Lexicon &lexicon, const Told &told, Structure &out) {
  out.place = told.place;
  out.year = told.year;
  if (!out.number.empty()) out.document_number = text::trim(text.utf8(out.number));
  for (auto span : {out.title, out.issuer, out.signature, out.lead}) {
    if (span.empty()) continue;
    if (out.place.empty())
      if (auto found = find_place(text.view(span), lexicon)) out.place = text::encode(found->name);
    if (out.issued_by.empty() && span != out.lead)
      out.issued_by = issuing_body(text, span, lexicon);
    if (!out.year && span != out.signature && span != out.issuer)
      if (auto found = find_year(text.view(span))) out.year = found->year;
  }
}

} // namespace yifa::reading
