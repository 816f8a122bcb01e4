#include "store/select.h"

namespace yifa::store {
namespace {

using catalog::Field;
using catalog::FieldRef;
using catalog::FieldType;
using catalog::Operand;
using catalog::Predicate;
using catalog::Value;

/// Builds one condition; gives up by clearing `ok`.
class Narrowing {
public:
  Narrowing(const TypeShape &type, const Dialect &dialect, std::vector<Parameter> &parameters)
      : type_(type), dialect_(dialect), parameters_(parameters) {}

  /// Empty when nothing can be said.
  std::string condition(const Predicate &p) {
    switch (p.kind) {
    case Predicate::Kind::All:
      return all(p);
    case Predicate::Kind::Any:
      return any(p);
    case Predicate::Kind::Compare:
      return compare(p);
    case Predicate::Kind::True:
    case Predicate::Kind::Not: // the complement of a widened condition would be too narrow
    case Predicate::Kind::Some:
    case Predicate::Kind::Every:
    case Predicate::Kind::NoneOf:
    case Predicate::Kind::Last:
      break;
    }
    return {};
  }

private:
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
    if (p.children.empty()) return {};
    auto before = parameters_.size();
    std::string out;
    for (const auto &child : p.children) {
      auto one = condition(child);
      if (one.empty()) {
        parameters_.resize(before);
        return {};
      }
      if (!out.empty()) out += " OR ";
      out += one;
    }
    return "(" + out + ")";
  }

  std::string compare(const Predicate &p) {
    if (p.field.kind == FieldRef::Kind::State)
      return one_of("\"state\"", p.any_of, FieldType::Code);
    if (p.field.kind != FieldRef::Kind::Field || p.field.index < 0 ||
        static_cast<std::size_t>(p.field.index) >= type_.at.fields.size())
      return {};
    const auto &field = type_.at.fields[static_cast<std::size_t>(p.field.index)];
    if (type_.at.column[static_cast<std::size_t>(p.field.index)] < 0) return {};
    auto column = quoted("f_" + field.id);
    std::string out;
    auto add = [&out](const std::string &condition) {
      if (condition.empty()) return;
      if (!out.empty()) out += " AND ";
      out += condition;
    };
    if (p.filled) add(column + (*p.filled ? " IS NOT NULL" : " IS NULL"));
    if (!field.many && field.type != FieldType::Rows && field.type != FieldType::Org) {
      if (!p.any_of.empty()) add(one_of(column, p.any_of, field.type));
      if (p.min) add(bound(column, " >= ", *p.min, field.type));
      if (p.max) add(bound(column, " <= ", *p.max, field.type));
    }
    return out.empty() ? out : "(" + out + ")";
  }

  std::string one_of(const std::string &column, const std::vector<Operand> &operands,
                     FieldType type) {
    if (operands.empty()) return {};
    auto before = parameters_.size();
    std::string list;
    bool false_too = false;
    for (const auto &operand : operands) {
      auto parameter = literal(operand, type);
      if (!parameter) {
        parameters_.resize(before);
        return {};
      }
      const auto *number = std::get_if<std::int64_t>(&*parameter);
      false_too = false_too || (type == FieldType::Flag && number != nullptr && *number == 0);
      if (!list.empty()) list += ", ";
      list += bind(std::move(*parameter));
    }
    auto in = column + " IN (" + list + ")";
    // A flag never set counts as false.
    return false_too ? "(" + in + " OR " + column + " IS NULL)" : in;
  }

  std::string bound(const std::string &column, const char *sign, const Operand &operand,
                    FieldType type) {
    if (type != FieldType::Count && type != FieldType::Number && type != FieldType::Money &&
        type != FieldType::Date && type != FieldType::Moment)
      return {};
    auto parameter = literal(operand, type);
    if (!parameter) return {};
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
};

} // namespace

std::optional<std::string> narrow(const TypeShape &type, const Predicate &where,
                                  const Dialect &dialect, std::vector<Parameter> &parameters) {
  auto out = Narrowing(type, dialect, parameters).condition(where);
  if (out.empty()) return std::nullopt;
  return out;
}

} // namespace yifa::store
