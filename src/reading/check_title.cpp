#include "reading/check_structure.h"

#include "base/text.h"
#include "reading/check_marks.h"
#include "reading/numeral.h"
#include "reading/place.h"

#include <algorithm>

namespace yifa::reading {
namespace {

constexpr std::size_t kTitleParagraphs = 8; // in which a title stands
constexpr std::size_t kTitleMost = 70;
constexpr std::size_t kAddresseeMost = 40; // of an addressee that lacks its colon

/// The head and the tail: title, addressee, signature, date.
class TitleCheck {
public:
  explicit TitleCheck(Case &report)
      : report_(report), text_(report.text()), structure_(report.structure()) {}

  void run() {
    if (text_.paragraphs().empty()) return;
    if (!structure_.title.empty())
      title();
    else if (!broken_title())
      report_.findings.add("structure.title_missing", text_.paragraphs().front());
    addressee();
    ending();
    year_form();
  }

private:
  using View = std::u32string_view;

  void title() {
    auto words = text_.view(structure_.title);
    if (!has_year(words)) report_.findings.add("structure.title_year", structure_.title);
    if (lacks(words, "structure.title_report", "kinds"))
      report_.findings.add("structure.title_report", structure_.title);
    bool signs = !structure_.signature.empty() || !structure_.issuer.empty();
    if (!signs && lacks(words, "structure.title_issuer", "bodies"))
      report_.findings.add("structure.title_issuer", structure_.title);
    blanks();
    kind_differs(words);
  }

  /// 2023年, 二〇二三年, or four digits alone.
  static bool has_year(View words) {
    if (find_year(words)) return true;
    int digits = 0;
    for (auto c : words) {
      digits = digit_value(c) >= 0 || han_digit_value(c) >= 0 ? digits + 1 : 0;
      if (digits == 4) return true;
    }
    return false;
  }
  /// None of the rule's words stands in it; false for a rule that is off.
  bool lacks(View words, std::string_view id, std::string_view list) const {
    const auto *rule = report_.findings.rule(id);
    return rule && words_of(*rule, list).find(words) == View::npos;
  }

  void blanks() {
    for (std::size_t p = 0; p < structure_.roles.size(); ++p)
      if (structure_.roles[p] == Role::Title) blank_in(text_.paragraphs()[p]);
  }
  void blank_in(Span line) {
    const auto &all = text_.all();
    for (auto i = line.start; i < line.end; ++i) {
      if (!is_blank_mark(all[i])) continue;
      auto end = skip_blanks(all, i, line.end);
      report_.findings.add(
          "structure.title_blank", {i > line.start ? i - 1 : i, end + 1},
          {{"before", text_.utf8({line.start, i})}, {"after", text_.utf8({end, line.end})}});
      return;
    }
  }
  /// A title that only its blanks kept from being read.
  bool broken_title() {
    const auto &paragraphs = text_.paragraphs();
    for (std::size_t p = 0; p < paragraphs.size() && p < kTitleParagraphs; ++p) {
      std::u32string words(text_.view(paragraphs[p]));
      auto written = words.size();
      std::erase_if(words, is_blank_mark);
      if (words.size() == written || words.size() > kTitleMost ||
          words.find_first_of(U"。，：") != words.npos ||
          report_.lexicon.words("structure.subject").find(words) == words.npos ||
          report_.lexicon.words("structure.kind_end").before(words, words.size()) == 0)
        continue;
      blank_in(paragraphs[p]);
      return true;
    }
    return false;
  }

  /// The title says 情况报告, the lead 工作报告.
  void kind_differs(View words) {
    const auto *rule = report_.findings.rule("structure.kind_differs");
    if (!rule || structure_.lead.empty()) return;
    std::u32string title(words);
    auto particle = words_of(*rule, "dropped"); // 情况的报告 is a 情况报告
    for (const auto &word : particle.all())
      if (auto at = title.rfind(word); at != title.npos) title.erase(at, 1);
    auto lead = text_.view(structure_.lead);
    for (const auto &pair : rule->list("differs")) {
      auto parts = text::split(pair, '>');
      if (parts.size() != 2) continue;
      auto own = text::decode(parts[0]);
      auto other = text::decode(parts[1]);
      auto at = lead.rfind(other);
      if (!title.ends_with(own) || at == lead.npos) continue;
      auto start = structure_.lead.start + at;
      auto shown = words_of(*rule, "shown"); // 工作报告 of 工作报告如下
      auto tail = shown.before(other, other.size());
      Span span{start, start + other.size() - tail};
      auto *made =
          report_.findings.add(rule->id, span, {{"title", parts[0]}, {"lead", text_.utf8(span)}});
      if (made) made->elsewhere = Elsewhere{"", "", structure_.title, text_.utf8(structure_.title)};
      return;
    }
  }

  void addressee() {
    const auto *rule = report_.findings.rule("structure.addressee_punctuation");
    if (!rule) return;
    auto span =
        structure_.addressee.empty() ? addressee_without_colon(*rule) : structure_.addressee;
    if (span.empty()) return;
    auto words = text_.view(span);
    bool comma = words.find_first_of(U"，,") != words.npos;
    if (!comma && words.back() == U'：') return;
    std::u32string mended(words);
    std::replace(mended.begin(), mended.end(), U'，', U'、');
    std::replace(mended.begin(), mended.end(), U',', U'、');
    if (View(U":：、。").find(mended.back()) != View::npos) mended.pop_back();
    mended += U'：';
    report_.findings.add(rule->id, span,
                         {{"written", text_.utf8(span)}, {"mended", text::encode(mended)}});
  }
  /// 县委、县政府 in a line of its own behind the title.
  Span addressee_without_colon(const Rule &rule) const {
    for (std::size_t p = 1; p < structure_.roles.size(); ++p) {
      if (structure_.roles[p - 1] != Role::Title || structure_.roles[p] == Role::Title) continue;
      auto span = text_.paragraphs()[p];
      auto words = text_.view(span);
      auto stop = std::min(words.find(U'。'), words.size());
      auto role = structure_.roles[p];
      // a line of one body is who issues, of two whom it is sent to
      bool issuer = role == Role::Issuer && words.find_first_of(U"、，,") != words.npos;
      if (role != Role::Lead && role != Role::Body && role != Role::Heading && !issuer) return {};
      if (words.size() > kAddresseeMost || stop + 1 < words.size()) return {};
      auto end = words.size();
      if (View(U"，,。").find(words.back()) != View::npos) --end;
      return words_of(rule, "organs").before(words, end) > 0 ? span : Span{};
    }
    return {};
  }

  void ending() {
    if (structure_.signature.empty()) report_.findings.add("structure.no_signature", {});
    if (structure_.date.empty()) report_.findings.add("structure.no_date", {});
    if (!structure_.closing.empty() && structure_.signature.empty() && structure_.date.empty())
      report_.findings.add("structure.closing_unsigned", structure_.closing);
  }

  /// 2023年来 for 2023年以来.
  void year_form() {
    const auto *rule = report_.findings.rule("structure.year_form");
    if (!rule) return;
    const auto &all = text_.all();
    auto since = words_of(*rule, "since");
    auto follows = words_of(*rule, "follows");
    for (std::size_t i = 4; i < all.size(); ++i) {
      auto n = since.at(all, i);
      if (!n) continue;
      bool year = true;
      for (auto k = i - 4; k < i; ++k)
        year = year && (digit_value(all[k]) >= 0 || han_digit_value(all[k]) >= 0);
      if (!year || !follows.at(all, i + n)) continue;
      Span span{i - 4, i + n};
      report_.findings.add(rule->id, span,
                           {{"written", text_.utf8(span)}, {"year", text_.utf8({i - 4, i})}});
    }
  }

  Case &report_;
  const Text &text_;
  const Structure &structure_;
};

} // namespace

void check_title(Case &report) { TitleCheck(report).run(); }

} // namespace yifa::reading
