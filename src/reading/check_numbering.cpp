#include "reading/check_structure.h"

#include "base/text.h"
#include "reading/sequence.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::reading {
namespace {

/// A number in the form of another label: （三） for 3 and （二）.
std::string label_like(const Label &like, int number) {
  auto han = text::chinese_number(number);
  switch (like.kind) {
  case Numbering::Han:
    return han + "、";
  case Numbering::HanBrackets:
    return "（" + han + "）";
  case Numbering::Arabic:
    return fmt::format("{}.", number);
  case Numbering::ArabicBrackets:
    return fmt::format("（{}）", number);
  case Numbering::ArabicRight:
    return fmt::format("{})", number);
  case Numbering::Point:
    return han + "是";
  default:
    return fmt::format("{}", number);
  }
}

/// （二） · （二）（三） · （二）—（五）
std::string labels_between(const Label &like, int first, int last) {
  auto out = label_like(like, first);
  if (last == first + 1) out += label_like(like, last);
  if (last > first + 1) out += "—" + label_like(like, last);
  return out;
}

bool in_brackets_kind(Numbering kind) {
  return kind == Numbering::HanBrackets || kind == Numbering::ArabicBrackets;
}

class NumberingCheck {
public:
  explicit NumberingCheck(Case &report) : report_(report), sections_(report.structure().sections) {}

  void run() {
    rows();
    styles();
    brackets();
    points();
  }

private:
  std::string label_text(const Label &label) const {
    return text::trim(report_.text().utf8(label.span));
  }

  /// Sections under one parent with one form of number: each row is looked at once.
  void rows() {
    std::vector<bool> done(sections_.size());
    for (std::size_t i = 0; i < sections_.size(); ++i) {
      if (done[i] || sections_[i].label.kind == Numbering::None) continue;
      std::vector<std::size_t> row;
      for (auto k = i; k < sections_.size(); ++k) {
        if (sections_[k].parent != sections_[i].parent ||
            sections_[k].label.kind != sections_[i].label.kind)
          continue;
        done[k] = true;
        row.push_back(k);
      }
      if (stands_for_parents_twin(row))
        mixed(row.front(), static_cast<std::size_t>(sections_[i].parent));
      else
        row_of_sections(row);
    }
  }

  /// （一） 2. （三）: the only child counts on from its parent, so it is the parent's fellow.
  bool stands_for_parents_twin(const std::vector<std::size_t> &row) const {
    if (row.size() != 1 || sections_[row[0]].parent < 0) return false;
    const auto &parent = sections_[sections_[row[0]].parent];
    return sections_[row[0]].label.value > 1 &&
           sections_[row[0]].label.value == parent.label.value + 1;
  }

  bool only_child(std::size_t at) const {
    return std::count_if(sections_.begin(), sections_.end(), [&](const Section &one) {
             return one.parent == sections_[at].parent;
           }) == 1;
  }

  void row_of_sections(const std::vector<std::size_t> &row) {
    std::vector<int> values;
    for (auto k : row) values.push_back(sections_[k].label.value);
    for (const auto &fault : sequence_faults(values, first_of(row))) tell(fault, row);
  }

  /// 1, or one more than the last number of the same form under the parent before: some count on
  /// through all chapters.
  int first_of(const std::vector<std::size_t> &row) const {
    const auto &section = sections_[row[0]];
    int last = 0;
    for (std::size_t k = 0; k < row[0]; ++k)
      if (sections_[k].label.kind == section.label.kind && sections_[k].level == section.level)
        last = sections_[k].label.value;
    bool counts_on = section.label.value > 1 && section.label.value == last + 1;
    return counts_on || follows_twin(row[0]) ? section.label.value : 1;
  }
  /// The number before was written in another form (一） 2. （三）), which is said of that one.
  bool follows_twin(std::size_t at) const {
    if (at == 0 || sections_[at].label.value < 2) return false;
    const auto &before = sections_[at - 1];
    return before.parent == sections_[at].parent && before.label.kind != Numbering::None &&
           before.label.value + 1 == sections_[at].label.value;
  }

  void tell(const SequenceFault &fault, const std::vector<std::size_t> &row) {
    const auto &label = sections_[row[fault.at]].label;
    auto expected = label_like(label, fault.expected);
    if (fault.kind == SequenceFault::Kind::Gap) {
      if (twin_fills(row, fault)) return;
      report_.findings.add("structure.number_gap", label.span,
                           {{"before", before_gap(row, fault.at)},
                            {"after", label_text(label)},
                            {"missing", labels_between(label, fault.expected, fault.last)}});
    } else if (fault.kind == SequenceFault::Kind::Repeat) {
      auto *made = report_.findings.add("structure.number_repeat", label.span,
                                        {{"label", label_text(label)}, {"expected", expected}});
      if (made) elsewhere(*made, sections_[row[fault.twin]].label.span);
    } else {
      report_.findings.add("structure.number_order", label.span,
                           {{"label", label_text(label)}, {"expected", expected}});
    }
  }
  std::string before_gap(const std::vector<std::size_t> &row, std::size_t at) const {
    if (at > 0) return label_text(sections_[row[at - 1]].label);
    auto parent = sections_[row[0]].parent;
    if (parent >= 0 && sections_[parent].label.kind != Numbering::None)
      return label_text(sections_[parent].label);
    const auto *rule = report_.findings.rule("structure.number_gap");
    return rule && !rule->list("start").empty() ? rule->list("start").front() : "";
  }
  /// The missing number stands there in another form, said by number_mixed.
  bool twin_fills(const std::vector<std::size_t> &row, const SequenceFault &fault) const {
    if (fault.at == 0 || fault.expected != fault.last) return false;
    for (auto k = row[fault.at - 1] + 1; k < row[fault.at]; ++k) {
      if (sections_[k].label.value != fault.expected || sections_[k].label.kind == Numbering::None)
        continue;
      if (sections_[k].parent == sections_[row[0]].parent) return true;
      if (sections_[k].parent == static_cast<int>(row[fault.at - 1]) && only_child(k)) return true;
    }
    return false;
  }

  /// （1） in one chapter and （一） in another, on the same level.
  void styles() {
    for (std::size_t i = 0; i < sections_.size(); ++i) {
      if (!in_brackets_kind(sections_[i].label.kind)) continue;
      for (std::size_t k = 0; k < i; ++k) {
        const auto &other = sections_[k];
        if (other.level != sections_[i].level || other.label.kind == sections_[i].label.kind ||
            !in_brackets_kind(other.label.kind))
          continue;
        // the Arabic form belongs to the fourth level: it is told where that one stands
        bool arabic = other.label.kind == Numbering::ArabicBrackets;
        mixed(arabic ? k : i, arabic ? i : k);
        return;
      }
    }
  }
  void mixed(std::size_t at, std::size_t other) {
    auto *made = report_.findings.add("structure.number_mixed", sections_[at].label.span,
                                      {{"label", label_text(sections_[at].label)},
                                       {"other", label_text(sections_[other].label)}});
    if (made) elsewhere(*made, sections_[other].label.span);
  }

  void brackets() {
    std::size_t half = 0;
    std::size_t full = 0;
    const Label *first = nullptr;
    const Label *full_one = nullptr;
    for (const auto &section : sections_) {
      if (section.label.lacks_bracket)
        report_.findings.add("structure.number_bracket", section.label.span,
                             {{"label", label_text(section.label)},
                              {"expected", label_like(section.label, section.label.value)}});
      if (!in_brackets_kind(section.label.kind) || section.label.lacks_bracket) continue;
      if (section.label.half_width) {
        ++half;
        if (!first) first = &section.label;
      } else {
        ++full;
        if (!full_one) full_one = &section.label;
      }
    }
    if (half == 0 || full == 0) return;
    auto *made = report_.findings.add("structure.number_half_width", first->span,
                                      {{"label", label_text(*first)},
                                       {"expected", label_like(*first, first->value)},
                                       {"other", label_text(*full_one)},
                                       {"half", fmt::format("{}", half)},
                                       {"full", fmt::format("{}", full)}});
    if (made) elsewhere(*made, full_one->span);
  }

  void points() {
    const auto &all = report_.structure().enumerations;
    for (std::size_t i = 0; i < all.size(); ++i) {
      std::vector<int> values;
      for (const auto &label : all[i].labels) values.push_back(label.value);
      // 一是 alone and then a row that has it once more: one row within another
      bool nested = i > 0 && all[i - 1].section == all[i].section && all[i - 1].labels.size() == 1;
      if (values.size() == 1 && values[0] == 1) {
        bool outer = i + 1 < all.size() && all[i + 1].section == all[i].section;
        if (!outer) alone(all[i]);
        continue;
      }
      for (const auto &fault : sequence_faults(values)) {
        if (nested && fault.kind == SequenceFault::Kind::Repeat) break;
        point_fault(fault, all[i]);
      }
    }
  }
  void point_fault(const SequenceFault &fault, const Enumeration &row) {
    const auto &label = row.labels[fault.at];
    auto expected = label_like(label, fault.expected);
    auto own = label_text(label);
    if (fault.kind == SequenceFault::Kind::Gap) {
      report_.findings.add(
          "structure.enumeration_gap", label.span,
          {{"label", own}, {"missing", labels_between(label, fault.expected, fault.last)}});
    } else if (fault.kind == SequenceFault::Kind::Repeat) {
      auto *made = report_.findings.add("structure.enumeration_repeat", label.span,
                                        {{"label", own}, {"expected", expected}});
      if (made) elsewhere(*made, row.labels[fault.twin].span);
    } else {
      report_.findings.add("structure.enumeration_order", label.span,
                           {{"label", own}, {"expected", expected}});
    }
  }
  /// 一是 without 二是, unless semicolons or other words carry the row on.
  void alone(const Enumeration &row) {
    const auto *rule = report_.findings.rule("structure.enumeration_alone");
    if (!rule) return;
    auto item = row.items.front();
    for (const auto &word : rule->list("carried_on"))
      if (report_.text().view(item).find(text::decode(word)) != std::u32string_view::npos) return;
    report_.findings.add(
        rule->id, row.labels.front().span,
        {{"label", label_text(row.labels.front())}, {"next", label_like(row.labels.front(), 2)}});
  }

  void elsewhere(Finding &made, Span span) const {
    made.elsewhere = Elsewhere{"", "", span, report_.text().utf8(span)};
  }

  Case &report_;
  const std::vector<Section> &sections_;
};

} // namespace

void check_numbering(Case &report) { NumberingCheck(report).run(); }

} // namespace yifa::reading
