#include "questions.h"

namespace yifa::testing {
namespace {

using catalog::FieldRef;
using catalog::Operand;
using catalog::Predicate;
using catalog::Value;

Operand literal(Value value) {
  Operand operand;
  operand.literal = std::move(value);
  return operand;
}

Predicate compare(int field) {
  Predicate p;
  p.kind = Predicate::Kind::Compare;
  p.field.kind = FieldRef::Kind::Field;
  p.field.index = field;
  return p;
}

Value value_of(Chance &chance, MadeUp &made, int field) {
  static const std::vector<std::string> kinds = {"land", "family", "wage"};
  const auto number = [&](std::uint64_t to) { return static_cast<std::int64_t>(chance.below(to)); };
  switch (field) {
  case kHeldOn:
    return date(made.day());
  case kKind:
    return code(chance.of(kinds));
  case kCopies:
    return Value(catalog::Count{number(60)});
  case kShare:
    return Value(Decimal::from_millionths(number(100) * 500'000 - 20'000'000));
  case kCost:
    return Value(Money::from_fen(number(5) * 100'000'000'000));
  case kStarted:
    return Value(Moment::from_unix(1'600'000'000 + number(100'000'000)));
  case kUrgent:
    return Value(chance.one_in(2));
  case kVillage:
    return Value(org(chance.of(MadeUp::owners())));
  case kOwnerLink:
    return Value(made.some_id());
  default:
    break;
  }
  const auto found = made.records().lower_bound(made.some_id());
  if (found != made.records().end() && found->second.type == "matter" &&
      found->second.value(kTitle).filled())
    return found->second.value(kTitle);
  return words(made.words(3));
}

Predicate comparing(Chance &chance, MadeUp &made) {
  if (chance.one_in(10)) {
    Predicate p;
    p.kind = Predicate::Kind::Compare;
    p.field.kind = FieldRef::Kind::State;
    p.any_of = {literal(code("done"))};
    return p;
  }
  static const std::vector<int> fields = {kTitle,  kHeldOn, kKind,    kKind,      kCopies,
                                          kShare,  kCost,   kStarted, kUrgent,    kVillage,
                                          kBefore, kPhotos, kLines,   kOwnerLink, kExtraOne};
  auto p = compare(chance.of(fields));
  const auto of_field = [&] { return literal(value_of(chance, made, p.field.index)); };
  switch (chance.below(6)) {
  case 0:
    p.filled = chance.one_in(2);
    break;
  case 1:
    p.none_of = {of_field()};
    break;
  case 2:
    p.min = of_field();
    break;
  case 3:
    p.max = of_field();
    break;
  default:
    p.any_of = {of_field()};
    if (chance.one_in(2)) p.any_of.push_back(of_field());
    break;
  }
  return p;
}

} // namespace

Predicate chance_predicate(Chance &chance, MadeUp &made, int depth) {
  if (depth == 0 || chance.one_in(2)) return comparing(chance, made);
  Predicate p;
  p.kind = chance.one_in(4)   ? Predicate::Kind::Not
           : chance.one_in(2) ? Predicate::Kind::All
                              : Predicate::Kind::Any;
  auto children = p.kind == Predicate::Kind::Not ? 1 : 1 + chance.below(3);
  for (; children > 0; --children) p.children.push_back(chance_predicate(chance, made, depth - 1));
  return p;
}

} // namespace yifa::testing
