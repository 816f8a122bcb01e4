#include "catalog/show.h"

#include "base/text.h"

#include <fmt/format.h>

namespace yifa::catalog {
namespace {

std::string value_text(const Value &value) {
  struct Words {
    std::string operator()(std::monostate) const { return "nothing"; }
    std::string operator()(bool b) const { return b ? "true" : "false"; }
    std::string operator()(const Count &c) const { return std::to_string(c.n); }
    std::string operator()(const Decimal &d) const { return d.text(); }
    std::string operator()(const Money &m) const {
      return std::to_string(m.fen());
    } // as written: fen
    std::string operator()(const Date &d) const { return d.text(); }
    std::string operator()(const Moment &m) const { return m.text(); }
    std::string operator()(const std::string &s) const { return s; }
    std::string operator()(const Code &c) const { return c.text; }
    std::string operator()(const OrgCode &o) const { return o.text(); }
    std::string operator()(const RecordId &i) const { return i.text(); }
    std::string operator()(const FileHash &h) const { return h.hex; }
    std::string operator()(const std::vector<Value> &all) const {
      std::vector<std::string> words;
      for (const auto &one : all) words.push_back(value_text(one));
      return fmt::format("[{}]", text::join(words, ", "));
    }
    std::string operator()(const std::vector<Row> &all) const {
      return fmt::format("{} lines", all.size());
    }
  };
  return std::visit(Words(), value.held());
}

std::string operand_text(const Operand &operand) {
  if (!operand.setting.empty()) return "$" + operand.setting;
  if (operand.same.kind != FieldRef::Kind::None)
    return fmt::format("{{same: {}}}", operand.same.name);
  return value_text(operand.literal);
}

std::string operands_text(const std::vector<Operand> &all) {
  if (all.size() == 1) return operand_text(all.front());
  std::vector<std::string> words;
  for (const auto &one : all) words.push_back(operand_text(one));
  return fmt::format("[{}]", text::join(words, ", "));
}

std::string compare_text(const Predicate &p) {
  bool marks = !p.has.empty() || p.min || p.max || p.filled || !p.none_of.empty();
  auto name = p.field.name.starts_with("@") ? fmt::format("\"{}\"", p.field.name) : p.field.name;
  bool same = p.any_of.size() == 1 && p.any_of.front().same.kind != FieldRef::Kind::None;
  if (!marks && !same) return fmt::format("{}: {}", name, operands_text(p.any_of));
  std::vector<std::string> words;
  if (same) words.push_back("same: " + p.any_of.front().same.name);
  if (p.min) words.push_back("min: " + operand_text(*p.min));
  if (p.max) words.push_back("max: " + operand_text(*p.max));
  if (!p.has.empty()) words.push_back("has: " + operands_text(p.has));
  if (!p.none_of.empty()) words.push_back("not: " + operands_text(p.none_of));
  if (p.filled) words.push_back(fmt::format("filled: {}", *p.filled));
  return fmt::format("{}: {{{}}}", name, text::join(words, ", "));
}

/// Without the outer braces.
std::string inner_text(const Predicate &p) {
  auto list = [&](std::string_view word) {
    std::vector<std::string> words;
    for (const auto &child : p.children) words.push_back(fmt::format("{{{}}}", inner_text(child)));
    return fmt::format("{}: [{}]", word, text::join(words, ", "));
  };
  auto quantified = [&](std::string_view word) {
    auto inner = p.children.empty() ? std::string() : inner_text(p.children.front());
    return fmt::format("{}: {{{}: {{{}}}}}", p.subject.name, word, inner);
  };
  switch (p.kind) {
  case Predicate::Kind::True:
    return {};
  case Predicate::Kind::All:
    return list("all");
  case Predicate::Kind::Any:
    return list("any");
  case Predicate::Kind::Not:
    return fmt::format("not: {{{}}}",
                       p.children.empty() ? std::string() : inner_text(p.children.front()));
  case Predicate::Kind::Compare:
    return compare_text(p);
  case Predicate::Kind::Some:
    return quantified("some");
  case Predicate::Kind::Every:
    return quantified("every");
  case Predicate::Kind::NoneOf:
    return quantified("none");
  case Predicate::Kind::Last:
    return quantified("last");
  }
  return {};
}

} // namespace

std::string predicate_text(const Predicate &predicate) {
  return fmt::format("{{{}}}", inner_text(predicate));
}

std::string named(const Words &label, const std::string &id) {
  return label.zh.empty() ? id : fmt::format("{} ({})", label.zh, id);
}

std::string_view unit_word(Deadline::Unit unit) {
  static constexpr std::string_view units[] = {"days", "workdays", "months", "years", "hours"};
  return units[static_cast<std::size_t>(unit)];
}

std::string_view to_string(Certainty certainty) {
  return certainty == Certainty::Verified ? "V" : certainty == Certainty::Example ? "V-ex" : "M";
}

std::string deadline_text(const Deadline &deadline) {
  static constexpr std::string_view kinds[] = {"within",     "lasts", "before",
                                               "not_before", "by",    "keep"};
  auto kind = kinds[static_cast<std::size_t>(deadline.kind)];
  if (deadline.kind == Deadline::Kind::By)
    return fmt::format("by {:02}-{:02} of {}{}", deadline.month, deadline.day, deadline.of,
                       deadline.inclusive ? ", inclusive" : "");
  return fmt::format("{} {} {}", kind, deadline.amount, unit_word(deadline.unit));
}

std::string indicator_text(const Indicator &i) {
  std::string out;
  switch (i.way) {
  case Indicator::Way::Count:
    out = i.lines ? fmt::format("count of {}", i.of.name) : "count";
    break;
  case Indicator::Way::Sum:
    out = i.since.empty() ? fmt::format("sum of {}", i.of.name)
                          : fmt::format("days from {} to {}", i.since.front().name, i.of.name);
    break;
  case Indicator::Way::Distinct:
    out = fmt::format("distinct {}", i.of.name);
    break;
  case Indicator::Way::Least:
    return fmt::format("least of {} over {}", i.of_indicator, i.over);
  case Indicator::Way::Total:
    return fmt::format("total of {}", text::join(i.terms, ", "));
  case Indicator::Way::Ratio:
    return fmt::format("{} {} over {}", i.percent ? "percent" : "ratio", i.of_indicator, i.over);
  }
  if (!i.where.always()) out += " where " + predicate_text(i.where);
  if (i.stock)
    out += ", in force at the end";
  else if (!i.day.name.empty())
    out += ", by " + i.day.name;
  if (i.until_period_end) out += fmt::format(", {} inside the period", i.outcome.name);
  std::vector<std::string> groups;
  for (const auto &one : i.by) groups.push_back(one.top ? one.id + " (top)" : one.id);
  if (!groups.empty()) out += ", grouped by " + text::join(groups, ", ");
  return out;
}

} // namespace yifa::catalog
