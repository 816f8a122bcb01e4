#include "reading/check_residue.h"

#include "base/text.h"
#include "reading/check_marks.h"
#include "reading/numeral.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace yifa::reading {
namespace {

constexpr std::size_t kSingle = 8;    // more marks of one kind are told once, with their number
constexpr std::size_t kHeadLeast = 4; // characters of a heading that a blank parts from its text
constexpr std::size_t kHeadMost = 16;
constexpr std::u32string_view kPauses = U"，。、；：,;";

struct WidthPair {
  char32_t full;
  char32_t half;
  bool beside_han; ///< the half one counts only next to Chinese text
};
constexpr std::array kWidthPairs = {
    WidthPair{U'％', U'%', false}, WidthPair{U'（', U'(', false}, WidthPair{U'）', U')', false},
    WidthPair{U'：', U':', true},  WidthPair{U'！', U'!', true},  WidthPair{U'？', U'?', true},
    WidthPair{U'“', U'"', true},
};

class WidthCheck {
public:
  explicit WidthCheck(Case &report) : report_(report), all_(report.text().all()) {}

  void run() {
    for (const auto &pair : kWidthPairs) marks(pair);
    digits_and_letters();
    half_pauses();
    doubled();
    blanks();
  }

private:
  using View = std::u32string_view;

  char32_t at(std::size_t i) const { return i < all_.size() ? all_[i] : 0; }
  char32_t before(std::size_t i) const { return i > 0 ? all_[i - 1] : 0; }

  struct WidthCount {
    std::size_t count = 0;
    std::size_t first = 0;
    void add(std::size_t at) {
      if (count++ == 0) first = at;
    }
  };
  /// One finding a kind, at the first of the rarer form.
  void mixed(const WidthCount &full, const WidthCount &half, std::string_view full_form,
             std::string_view half_form) {
    if (full.count == 0 || half.count == 0) return;
    bool rare_half = half.count <= full.count;
    auto at = rare_half ? half.first : full.first;
    auto *made = report_.findings.add(
        "residue.width_mixed", {at, at + 1},
        {{"rare", std::string(rare_half ? half_form : full_form)},
         {"usual", std::string(rare_half ? full_form : half_form)},
         {"rare_count", fmt::format("{}", rare_half ? half.count : full.count)},
         {"usual_count", fmt::format("{}", rare_half ? full.count : half.count)}});
    auto other = rare_half ? full.first : half.first;
    if (made) made->elsewhere = Elsewhere{"", "", {other, other + 1}, excerpt(other)};
  }
  std::string excerpt(std::size_t at) const {
    const auto &text = report_.text();
    auto line = text.paragraphs()[text.paragraph_at(at)];
    auto from = at - std::min<std::size_t>(at - line.start, 8);
    return text.utf8({from, std::min(line.end, at + 8)});
  }

  void marks(const WidthPair &pair) {
    WidthCount full;
    WidthCount half;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (all_[i] == pair.full) full.add(i);
      if (all_[i] != pair.half) continue;
      bool beside = is_chinese(before(i)) || is_chinese(at(i + 1));
      if (!pair.beside_han || beside) half.add(i);
    }
    // full and half form of a bracket are told once, at the opening one
    if (pair.full == U'）') return;
    mixed(full, half, text::encode(pair.full), text::encode(pair.half));
  }

  void digits_and_letters() {
    WidthCount full_digits;
    WidthCount half_digits;
    WidthCount full_letters;
    WidthCount half_letters;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      auto c = all_[i];
      if (c >= U'０' && c <= U'９' && !(before(i) >= U'０' && before(i) <= U'９'))
        full_digits.add(i);
      if (c >= U'0' && c <= U'9' && !(before(i) >= U'0' && before(i) <= U'9')) half_digits.add(i);
      if ((c >= U'Ａ' && c <= U'Ｚ') || (c >= U'ａ' && c <= U'ｚ')) full_letters.add(i);
      if (is_ascii_letter(c)) half_letters.add(i);
    }
    auto form = [&](const WidthCount &one) { return text::encode(at(one.first)); };
    mixed(full_digits, half_digits, form(full_digits), form(half_digits));
    mixed(full_letters, half_letters, form(full_letters), form(half_letters));
  }

  /// "理念,提升": , . ; of half width between Han characters.
  void half_pauses() {
    constexpr View kHalf = U",.;";
    constexpr View kFull = U"，。；";
    std::vector<std::size_t> found;
    std::size_t full = 0;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (kFull.find(all_[i]) != View::npos) ++full;
      if (kHalf.find(all_[i]) == View::npos) continue;
      auto prev = before(i);
      bool behind = text::is_han(prev) || prev == U'”' || prev == U'》' || prev == U'）';
      auto next =
          at(all_[i] == U',' || all_[i] == U';' ? skip_blanks(all_, i + 1, all_.size()) : i + 1);
      bool ahead = text::is_han(next) || next == U'“' || next == U'《' || next == U'\n';
      if (behind && ahead && !label_stop(i)) found.push_back(i);
    }
    bool each = found.size() <= kSingle;
    for (std::size_t k = 0; k < found.size() && (each || k == 0); ++k) {
      auto i = found[k];
      auto mark = kFull.substr(kHalf.find(all_[i]), 1);
      report_.findings.add("residue.half_width_punctuation", {i - 1, std::min(i + 2, all_.size())},
                           {{"written", text::encode(all_[i])},
                            {"mended", text::encode(mark)},
                            {"count", fmt::format("{}", found.size())},
                            {"full", fmt::format("{}", full)}});
    }
  }
  /// "一.": the stop of a number at a line's start.
  bool label_stop(std::size_t i) const {
    auto k = i;
    while (k > 0 && is_han_numeral(all_[k - 1])) --k;
    return k < i && (k == 0 || all_[k - 1] == U'\n');
  }

  /// ，， 。。 ；。
  void doubled() {
    for (std::size_t i = 0; i + 1 < all_.size(); ++i) {
      if (kPauses.find(all_[i]) == View::npos || kPauses.find(all_[i + 1]) == View::npos) continue;
      auto end = i;
      while (end < all_.size() && kPauses.find(all_[end]) != View::npos) ++end;
      bool chinese = std::any_of(all_.begin() + i, all_.begin() + end, is_chinese_mark) ||
                     text::is_han(before(i));
      if (chinese)
        report_.findings.add("residue.punctuation_doubled", {i, end},
                             {{"written", report_.text().utf8({i, end})}});
      i = end - 1;
    }
  }

  /// "建设， 积极": blanks within running text.
  void blanks() {
    const auto &structure = report_.structure();
    std::vector<Span> found;
    std::vector<Span> parted;
    for (std::size_t p = 0; p < structure.roles.size(); ++p) {
      auto role = structure.roles[p];
      if (role != Role::Body && role != Role::Lead && role != Role::Heading) continue;
      auto line = report_.text().paragraphs()[p];
      for (auto i = line.start; i < line.end; ++i) {
        if (!is_blank_mark(all_[i])) continue;
        auto end = skip_blanks(all_, i, line.end);
        Span around{i > 0 ? i - 1 : 0, std::min(end + 1, line.end)};
        if (i > line.start && within_text(line, i, end))
          (heading_blank(line, i) ? parted : found).push_back(around);
        i = end;
      }
    }
    if (parted.size() == 1) found.push_back(parted.front());
    bool each = found.size() <= kSingle;
    for (std::size_t k = 0; k < found.size() && (each || k == 0); ++k)
      report_.findings.add("residue.inner_blank", found[k],
                           {{"before", text::encode(all_[found[k].start])},
                            {"after", text::encode(all_[found[k].end - 1])},
                            {"count", fmt::format("{}", found.size())}});
  }
  bool within_text(Span line, std::size_t from, std::size_t to) const {
    if (from == line.start || to >= line.end) return false;
    if (!is_chinese(all_[from - 1]) || !is_chinese(all_[to])) return false;
    if (structure_label(from)) return false;
    // 中共中央 国务院: bodies that issue together
    if (report_.lexicon.words("residue.joint_issuer").before(all_, from) > 0) return false;
    return true;
  }
  /// "强化组织领导　2024年…": a blank may stand for the stop behind a short heading. Where several
  /// paragraphs do so, it is the report's way.
  bool heading_blank(Span line, std::size_t from) const {
    auto head = all_.substr(line.start, from - line.start);
    return head.size() >= kHeadLeast && head.size() <= kHeadMost &&
           std::all_of(head.begin(), head.end(), text::is_han);
  }
  /// （1） 加强: a blank behind a number.
  bool structure_label(std::size_t at) const {
    const auto &structure = report_.structure();
    auto ends_here = [&](const Label &label) {
      return label.span.end == at || (label.span.holds(at) && !label.span.empty());
    };
    for (const auto &section : structure.sections)
      if (ends_here(section.label) || section.title.end == at || section.title.end + 1 == at)
        return true;
    for (const auto &row : structure.enumerations)
      if (std::any_of(row.labels.begin(), row.labels.end(), ends_here)) return true;
    return false;
  }

  Case &report_;
  View all_;
};

} // namespace

void check_width(Case &report) { WidthCheck(report).run(); }

} // namespace yifa::reading
