#include "store/select.h"

#include <algorithm>

namespace yifa::store {
namespace {

using catalog::Field;
using catalog::FieldRef;
using catalog::FieldType;
using catalog::Operand;
using catalog::Predicate;
using catalog::Value;

/// Builds one condition. What cannot be said is left out, and then it is not exact.
class Narrowing {
public:
  Narrowing(const TypeShape &type, const Dialect &dialect, std::vector<Parameter> &parameters)
      : type_(type), dialect_(dialect), parameters_(parameters) {}

  bool exact() const { return exact_; }

  /// Empty when nothing can be said.
  std::string condition(const Predicate &p) {
    switch (p.kind) {
    case Predicate::Kind::True:
      return {};
    case Predicate::Kind::All:
      return all(p);
    case Predicate::Kind::Any:
      return any(p);
    case Predicate::Kind::Compare:
      return compare(p);
    case Predicate::Kind::Not: // the complement of a widened condition would be too narrow
    case Predicate::Kind::Some:
    case Predicate::Kind::Every:
    case Predicate::Kind::NoneOf:
    case Predicate::Kind::Last:
      break;
    }
    return unsaid();
  }

private:
  std::string unsaid() {
    exact_ = false;
    return {};
  }

  std::string all(const Predicate &p) {
    std::string out;
    for (const auto &child : p.children) {
      auto one = condition(child);
      if (one.empty()) continue;
      if (!out.empty()) out += " AND ";
      out += one;
    }
    return out.empty() ? out : "(" + out + ")";
  }

  /// Only when every branch can be said: a branch left out would lose its records.
  std::string any(const Predicate &p) {
    if (p.children.empty()) return unsaid();
    auto before = parameters_.size();
    std::string out;
    for (const auto &child : p.children) {
      auto one = condition(child);
      if (one.empty()) {
        parameters_.resize(before);
        return unsaid();
      }
      if (!out.empty()) out += " OR ";
      out += one;
    }
    return "(" + out + ")";
  }

  std::string compare(const Predicate &p) {
    if (p.field.kind == FieldRef::Kind::State) {
      if (!p.has.empty() || p.min || p.max || p.filled || !p.none_of.empty()) exact_ = false;
      return one_of("\"state\"", p.any_of, FieldType::Code);
    }
    if (p.field.kind != FieldRef::Kind::Field || p.field.index < 0 ||
        static_cast<std::size_t>(p.field.index) >= type_.at.fields.size())
      return unsaid();
    const auto &field = type_.at.fields[static_cast<std::size_t>(p.field.index)];
    if (type_.at.column[static_cast<std::size_t>(p.field.index)] < 0) return unsaid();
    auto column = quoted("f_" + field.id);
    std::string out;
    auto add = [&out](const std::string &condition) {
      if (condition.empty()) return;
      if (!out.empty()) out += " AND ";
      out += condition;
    };
    if (p.filled) add(column + (*p.filled ? " IS NOT NULL" : " IS NULL"));
    if (!p.has.empty()) exact_ = false;
    if (!field.many && field.type != FieldType::Rows) {
      add(one_of(column, p.any_of, field.type));
      add(none_of(column, p.none_of, field.type));
      if (p.min) add(bound(column, " >= ", *p.min, field.type));
      if (p.max) add(bound(column, " <= ", *p.max, field.type));
    } else if (!p.any_of.empty() || !p.none_of.empty() || p.min || p.max) {
      exact_ = false;
    }
    return out.empty() ? out : "(" + out + ")";
  }

  /// The operands bound, with commas; nothing when one of them cannot be.
  std::optional<std::string> list_of(const std::vector<Operand> &operands, FieldType type) {
    auto before = parameters_.size();
    std::string list;
    for (const auto &operand : operands) {
      auto parameter = literal(operand, type);
      if (!parameter) {
        parameters_.resize(before);
        exact_ = false;
        return std::nullopt;
      }
      if (!list.empty()) list += ", ";
      list += bind(std::move(*parameter));
    }
    return list;
  }

  std::string one_of(const std::string &column, const std::vector<Operand> &operands,
                     FieldType type) {
    if (operands.empty()) return {};
    const auto list = list_of(operands, type);
    if (!list) return {};
    const bool false_too = type == FieldType::Flag &&
                           std::any_of(operands.begin(), operands.end(), [](const auto &op) {
                             const auto *flag = op.literal.template get<bool>();
                             return flag != nullptr && !*flag;
                           });
    auto in = column + " IN (" + *list + ")";
    // A flag never set counts as false.
    return false_too ? "(" + in + " OR " + column + " IS NULL)" : in;
  }

  /// What is not filled is not known to differ, save a flag, which counts as false.
  std::string none_of(const std::string &column, const std::vector<Operand> &operands,
                      FieldType type) {
    if (operands.empty()) return {};
    const auto list = list_of(operands, type);
    if (!list) return {};
    return (type == FieldType::Flag ? "coalesce(" + column + ", 0)" : column) + " NOT IN (" +
           *list + ")";
  }

  std::string bound(const std::string &column, const char *sign, const Operand &operand,
                    FieldType type) {
    if (type != FieldType::Count && type != FieldType::Number && type != FieldType::Money &&
        type != FieldType::Date && type != FieldType::Moment)
      return unsaid();
    auto parameter = literal(operand, type);
    if (!parameter) return unsaid();
    return column + sign + bind(std::move(*parameter));
  }

  /// The operand as the column keeps it; nothing when it is no literal of the field's own type.
  static std::optional<Parameter> literal(const Operand &operand, FieldType type) {
    if (operand.same.kind != FieldRef::Kind::None || !operand.setting.empty()) return std::nullopt;
    const Value &v = operand.literal;
    switch (type) {
    case FieldType::Text:
      if (const auto *s = v.get<std::string>()) return Parameter(*s);
      break;
    case FieldType::Code:
      if (const auto *c = v.get<catalog::Code>()) return Parameter(c->text);
      if (const auto *s = v.get<std::string>()) return Parameter(*s);
      break;
    case FieldType::Count:
      if (const auto *c = v.get<catalog::Count>()) return Parameter(c->n);
      break;
    case FieldType::Number:
      if (const auto *d = v.get<Decimal>()) return Parameter(d->millionths());
      break;
    case FieldType::Money:
      if (const auto *m = v.get<Money>()) return Parameter(m->fen());
      break;
    case FieldType::Date:
      if (const auto *d = v.get<Date>()) return Parameter(std::int64_t{d->days()});
      break;
    case FieldType::Moment:
      if (const auto *m = v.get<Moment>()) return Parameter(m->unix_seconds());
      break;
    case FieldType::Flag:
      if (const auto *b = v.get<bool>()) return Parameter(std::int64_t{*b ? 1 : 0});
      break;
    case FieldType::Link:
      if (const auto *id = v.get<RecordId>()) return Parameter(*id);
      break;
    case FieldType::Org:
      if (const auto *org = v.get<OrgCode>()) return Parameter(org->text());
      break;
    case FieldType::File:
    case FieldType::Rows:
      break;
    }
    return std::nullopt;
  }

  std::string bind(Parameter parameter) {
    parameters_.push_back(std::move(parameter));
    return dialect_.parameter(static_cast<int>(parameters_.size()));
  }

  const TypeShape &type_;
  const Dialect &dialect_;
  std::vector<Parameter> &parameters_;
  bool exact_ = true;
};

} // namespace

std::optional<std::string> narrow(const TypeShape &type, const Predicate &where,
                                  const Dialect &dialect, std::vector<Parameter> &parameters,
                                  bool *exact) {
  Narrowing narrowing(type, dialect, parameters);
  auto out = narrowing.condition(where);
  if (exact != nullptr) *exact = narrowing.exact();
  if (out.empty()) return std::nullopt;
  return out;
}

bool narrows_exactly(const TypeShape &type, const Predicate &where, const Dialect &dialect) {
  std::vector<Parameter> unused;
  bool exact = false;
  narrow(type, where, dialect, unused, &exact);
  return exact;
}

} // namespace yifa::store
