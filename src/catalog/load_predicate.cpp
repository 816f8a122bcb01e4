#include "catalog/loading.h"

#include <algorithm>
#include <fmt/format.h>

namespace yifa::catalog {
namespace {

const std::initializer_list<std::string_view> quantifiers = {"some", "every", "none", "last"};
const std::initializer_list<std::string_view> operators = {"min",    "max", "has",
                                                           "filled", "not", "same"};

const Node *quantifier_of(const Node &node) {
  if (!node.is_map()) return nullptr;
  for (std::size_t i = 0; i < node.pairs(); ++i)
    if (std::find(quantifiers.begin(), quantifiers.end(), node.key(i).text) != quantifiers.end())
      return &node.key(i);
  return nullptr;
}

class PredicateReader {
public:
  PredicateReader(Loading &loading, const PredicateUse &use)
      : loading_(loading), report_(loading.report), use_(use) {}
  Predicate read(const Scope &scope, const Node &node, int depth = 0);

private:
  Predicate entry(const Scope &scope, const Node &key, const Node &value, int depth);
  Predicate group(const Scope &scope, const Node &value, Predicate::Kind kind, int depth);
  Predicate quantified(const Scope &scope, const Node &key, const Node &value, int depth);
  Predicate compared(const Scope &scope, const Node &key, const Node &value);
  std::optional<Operand> operand(const Scope &scope, const Named &left, const Node &node);
  std::optional<Operand> same(const Scope &scope, const Named &left, const Node &node);
  std::vector<Operand> operands(const Scope &scope, const Named &left, const Node &node);

  Loading &loading_;
  Report &report_;
  const PredicateUse &use_;
};

Predicate PredicateReader::read(const Scope &scope, const Node &node, int depth) {
  Predicate out;
  if (depth > 12) {
    report_.error(node, "a condition more than 12 deep; derive a flag");
    return out;
  }
  if (!node.is_map()) {
    report_.error(node, "a condition must be a map like {field: value}");
    return out;
  }
  std::vector<Predicate> parts;
  for (std::size_t i = 0; i < node.pairs(); ++i)
    if (!node.value(i).broken()) parts.push_back(entry(scope, node.key(i), node.value(i), depth));
  if (parts.empty()) return out;
  if (parts.size() == 1) return std::move(parts.front());
  out.kind = Predicate::Kind::All;
  out.children = std::move(parts);
  return out;
}

Predicate PredicateReader::group(const Scope &scope, const Node &value, Predicate::Kind kind,
                                 int depth) {
  Predicate out;
  out.kind = kind;
  if (!value.is_list() || value.items.empty()) {
    report_.error(value, "all and any take a list of conditions");
    return {};
  }
  for (const Node &one : value.items) out.children.push_back(read(scope, one, depth + 1));
  return out;
}

Predicate PredicateReader::entry(const Scope &scope, const Node &key, const Node &value,
                                 int depth) {
  if (key.text == "all") return group(scope, value, Predicate::Kind::All, depth);
  if (key.text == "any") return group(scope, value, Predicate::Kind::Any, depth);
  if (key.text == "not") {
    Predicate out;
    out.kind = Predicate::Kind::Not;
    out.children.push_back(read(scope, value, depth + 1));
    return out;
  }
  if (quantifier_of(value)) return quantified(scope, key, value, depth);
  return compared(scope, key, value);
}

Predicate PredicateReader::quantified(const Scope &scope, const Node &key, const Node &value,
                                      int depth) {
  Predicate out;
  Shape shape(value, report_, fmt::format("the question about \"{}\"", key.text), quantifiers);
  if (value.pairs() != 1) {
    report_.error(value, "ask one of some, every, none, last");
    return out;
  }
  auto word = value.key(0).text;
  out.kind = word == "some"    ? Predicate::Kind::Some
             : word == "every" ? Predicate::Kind::Every
             : word == "none"  ? Predicate::Kind::NoneOf
                               : Predicate::Kind::Last;
  out.subject.name = key.text;
  Scope inner;
  inner.owner = &scope;
  inner.quantified = true;
  auto name = key.text;
  const auto &fields = scope.fields();
  auto field = std::find_if(fields.begin(), fields.end(),
                            [&](const Field &f) { return f.id == name && !f.absent; });
  int part = scope.is_record() ? scope.type->part_index(name) : -1;
  if (part >= 0 && scope.type->parts[static_cast<std::size_t>(part)].absent) part = -1;
  if (part >= 0) {
    out.subject.kind = Predicate::Subject::Kind::Part;
    out.subject.index = part;
    inner.type = scope.type;
    inner.part = &scope.type->parts[static_cast<std::size_t>(part)];
    if (!use_.parts)
      report_.error(key,
                    fmt::format("{} looks at the record alone; derive a flag from \"{}\" first",
                                use_.what, name));
    if (scope.linked)
      report_.error(key, fmt::format("\"{}\" is a second step from here; derive a flag on {}", name,
                                     scope.name()));
  } else if (field != fields.end() && field->type == FieldType::Rows) {
    out.subject.kind = Predicate::Subject::Kind::Rows;
    out.subject.index = static_cast<int>(field - fields.begin());
    inner.type = scope.type;
    inner.part = scope.part;
    inner.rows = &*field;
    if (scope.linked)
      report_.error(key, fmt::format("\"{}\" is a second step from here; derive a flag on {}", name,
                                     scope.name()));
    if (out.kind == Predicate::Kind::Last)
      report_.error(value.key(0), "lines have no date, so none is the last");
  } else {
    const RecordType *other = nullptr;
    if (field != fields.end() && field->type == FieldType::Link) {
      out.subject.kind = Predicate::Subject::Kind::Link;
      out.subject.index = static_cast<int>(field - fields.begin());
      if (field->to.size() > 1) {
        report_.error(
            key, fmt::format("\"{}\" may lead to several types; ask from the other end", name));
        return out;
      }
      out.subject.type = field->to.empty() ? std::string() : field->to.front();
      if (!scope.is_record()) {
        report_.error(key,
                      fmt::format("links of {} are not followed; derive a flag", scope.name()));
        return out;
      }
    } else if (scope.is_record()) {
      for (const auto &back : scope.type->backs)
        if (back.name == name) {
          out.subject.kind = Predicate::Subject::Kind::Back;
          out.subject.type = back.type;
          out.subject.link = back.field;
        }
    }
    if (out.subject.type.empty()) {
      if (field != fields.end())
        report_.error(key, fmt::format("\"{}\" is a single {}, not a part, rows or a link", name,
                                       to_string(field->type)));
      else
        report_.unknown(key, fmt::format("part, rows or link of {}", scope.name()), name,
                        names_in(scope));
      return out;
    }
    if (!use_.hops)
      report_.error(key, fmt::format("{} looks at one record; derive a flag from \"{}\" first",
                                     use_.what, name));
    if (scope.linked)
      report_.error(key, fmt::format("\"{}\" is a second step from here; derive a flag on {}", name,
                                     scope.name()));
    other = loading_.catalog.type(out.subject.type);
    if (!other) return out; // said where the link is declared
    inner.type = other;
    inner.linked = true;
  }
  out.children.push_back(read(inner, value.value(0), depth + 1));
  return out;
}

/// `{same: f}`. Inside a quantifier the owner's field comes first: a review's draft is compared
/// with the matter's.
std::optional<Operand> PredicateReader::same(const Scope &scope, const Named &left,
                                             const Node &node) {
  if (!node.is_text()) {
    report_.error(node, "\"same\" names a field");
    return std::nullopt;
  }
  std::string name(node.text);
  if (scope.quantified && scope.owner && name.find('.') == std::string::npos &&
      !name.starts_with("@")) {
    const auto &fields = scope.owner->fields();
    if (std::any_of(fields.begin(), fields.end(),
                    [&](const Field &f) { return f.id == name && !f.absent; }))
      name = "owner." + name;
  }
  Named right = find_name(loading_, scope, node, name);
  if (!right) return std::nullopt;
  right.ref.name = node.text;
  bool alike = left.field && right.field ? left.field->type == right.field->type
                                         : is_day(left) && is_day(right);
  if (!alike) {
    report_.error(node,
                  fmt::format("\"{}\" and \"{}\" hold unlike things", left.ref.name, node.text));
    return std::nullopt;
  }
  if (right.ref.kind == FieldRef::Kind::Today && !use_.today)
    report_.error(node, fmt::format("{} may not depend on today", use_.what));
  if (left.field && right.field && !left.field->unit.empty() && !right.field->unit.empty() &&
      !loading_.catalog.same_family(left.field->unit, right.field->unit))
    report_.error(node, fmt::format("\"{}\" counts {}, \"{}\" counts {}", left.ref.name,
                                    left.field->unit, node.text, right.field->unit));
  Operand out;
  out.same = right.ref;
  return out;
}

std::optional<Operand> PredicateReader::operand(const Scope &scope, const Named &left,
                                                const Node &node) {
  Operand out;
  if (node.is_map()) {
    Shape shape(node, report_, "a comparison", {"same"});
    const Node *other = shape.need("same");
    return other ? same(scope, left, *other) : std::nullopt;
  }
  if (!node.is_text()) {
    report_.error(node, "a single value must stand here");
    return std::nullopt;
  }
  if (node.text.starts_with("$")) {
    out.setting = node.text.substr(1);
    auto found = loading_.catalog.settings.find(out.setting);
    if (found == loading_.catalog.settings.end()) {
      std::vector<std::string> known;
      for (const auto &[id, setting] : loading_.catalog.settings) known.push_back(id);
      if (loading_.has_settings) report_.unknown(node, "setting", out.setting, known);
      return std::nullopt;
    }
    std::string_view needed =
        !left.field                                                                     ? ""
        : left.field->type == FieldType::Money                                          ? "money"
        : left.field->type == FieldType::Text                                           ? "text"
        : left.field->type == FieldType::Count || left.field->type == FieldType::Number ? "count"
                                                                                        : "";
    if (found->second.type != needed)
      report_.error(node, fmt::format("\"{}\" cannot be compared with the setting ${} of type {}",
                                      left.ref.name, out.setting, found->second.type));
    return out;
  }
  if (left.field) {
    auto literal = read_literal(loading_, node, *left.field);
    if (!literal) return std::nullopt;
    out.literal = std::move(*literal);
    return out;
  }
  switch (left.ref.kind) {
  case FieldRef::Kind::State: {
    if (!scope.type->state(node.text)) {
      std::vector<std::string> known;
      bool old = false; // a state of an older edition of a linked type or of this one
      for (const auto &edition : loading_.catalog.editions)
        if (edition.id == scope.type->id && edition.state(node.text)) old = true;
      for (const auto &state : scope.type->states) known.push_back(state.id);
      if (!old) report_.unknown(node, fmt::format("state of {}", scope.type->id), node.text, known);
    }
    out.literal = Value(std::string(node.text));
    return out;
  }
  case FieldRef::Kind::Met:
    check_deadline_name(loading_, scope, node, node.text);
    out.literal = Value(std::string(node.text));
    return out;
  case FieldRef::Kind::Late:
    out.literal = Value(read_flag(node, report_, "@late"));
    return out;
  case FieldRef::Kind::Org: {
    Field org;
    org.id = "@org";
    org.type = FieldType::Org;
    auto literal = read_literal(loading_, node, org);
    if (!literal) return std::nullopt;
    out.literal = std::move(*literal);
    return out;
  }
  default: {
    if (!is_day(left)) {
      report_.error(node, fmt::format("{} cannot be compared", left.ref.name));
      return std::nullopt;
    }
    auto day = read_date(node, report_, left.ref.name);
    if (!day) return std::nullopt;
    out.literal = Value(*day);
    return out;
  }
  }
}

std::vector<Operand> PredicateReader::operands(const Scope &scope, const Named &left,
                                               const Node &node) {
  std::vector<Operand> out;
  auto take = [&](const Node &one) {
    if (auto made = operand(scope, left, one)) out.push_back(std::move(*made));
  };
  if (node.is_list()) {
    if (node.items.empty()) report_.error(node, "an empty list holds for nothing");
    for (const Node &one : node.items) take(one);
  } else {
    take(node);
  }
  return out;
}

Predicate PredicateReader::compared(const Scope &scope, const Node &key, const Node &value) {
  Predicate out;
  out.kind = Predicate::Kind::Compare;
  Named left = find_name(loading_, scope, key);
  if (!left) return out;
  out.field = left.ref;
  if (left.ref.kind == FieldRef::Kind::RowColumn && left.ref.index != use_.lines) {
    report_.error(key, fmt::format("ask of the lines: {{{}: {{some: {{{}: …}}}}}}",
                                   key.text.substr(0, key.text.find('.')),
                                   key.text.substr(key.text.find('.') + 1)));
    return out;
  }
  if (left.ref.kind == FieldRef::Kind::Today && !use_.today)
    report_.error(key, fmt::format("{} may not depend on today", use_.what));
  if (left.ref.kind == FieldRef::Kind::Reason) {
    report_.error(key, "@reason is asked for, not compared");
    return out;
  }
  if (value.is_null()) {
    report_.error(
        value, fmt::format("\"{}\" is compared with nothing; write {{filled: false}}", key.text));
    return out;
  }
  bool personal = left.field && left.field->personal;
  if (!value.is_map()) {
    if (personal)
      report_.error(key,
                    fmt::format("\"{}\" is personal; only {{filled: …}} may be asked", key.text));
    out.any_of = operands(scope, left, value);
    return out;
  }
  if (value.pairs() == 0) {
    report_.error(value, "an empty comparison");
    return out;
  }
  Shape shape(value, report_, fmt::format("the comparison of \"{}\"", key.text), operators);
  if (personal &&
      (!use_.personal || value.pairs() != 1 || (!shape.has("filled") && !shape.has("same"))))
    report_.error(key, fmt::format("\"{}\" is personal; {}", key.text,
                                   use_.personal ? "only {filled: …} may be asked"
                                                 : "it stands in no filter"));
  bool ordered = !left.field ? is_day(left)
                             : left.field->type == FieldType::Count ||
                                   left.field->type == FieldType::Number ||
                                   left.field->type == FieldType::Money ||
                                   left.field->type == FieldType::Date ||
                                   left.field->type == FieldType::Moment;
  for (const char *bound : {"min", "max"}) {
    const Node *node = shape.get(bound);
    if (!node) continue;
    if (!ordered) {
      report_.error(*node, fmt::format("\"{}\" has no order, so no {}", key.text, bound));
      continue;
    }
    auto made = operand(scope, left, *node);
    (bound[1] == 'i' ? out.min : out.max) = made;
  }
  if (out.min && out.max && out.min->literal.filled() && out.max->literal.filled() &&
      order(out.max->literal, out.min->literal) == std::partial_ordering::less)
    report_.error(value, "min lies above max, so nothing fits");
  if (const Node *has = shape.get("has")) {
    if (!left.field || !left.field->many)
      report_.error(*has,
                    fmt::format("\"{}\" holds one value; write {{{}: value}}", key.text, key.text));
    out.has = operands(scope, left, *has);
  }
  if (const Node *filled = shape.get("filled")) out.filled = read_flag(*filled, report_, "filled");
  if (const Node *none_of = shape.get("not")) out.none_of = operands(scope, left, *none_of);
  if (const Node *other = shape.get("same"))
    if (auto made = same(scope, left, *other)) out.any_of.push_back(std::move(*made));
  return out;
}

} // namespace

Predicate read_predicate(Loading &loading, const Scope &scope, const Node &node,
                         const PredicateUse &use) {
  return PredicateReader(loading, use).read(scope, node);
}

Predicate read_when(Loading &loading, const Scope &scope, const Shape &shape,
                    const PredicateUse &use) {
  const Node *when = shape.get("when");
  return when ? read_predicate(loading, scope, *when, use) : Predicate();
}

} // namespace yifa::catalog
