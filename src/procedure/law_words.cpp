#include "procedure/law_words.h"

#include "base/text.h"
#include "record/codec.h"

#include <fmt/format.h>

namespace yifa::procedure {

using catalog::Field;
using catalog::FieldRef;
using catalog::Gate;
using catalog::Part;
using catalog::Predicate;

/// The record, part, line or linked record a predicate speaks of, and the one that owns it.
struct LawWords::View {
  const catalog::RecordType *type = nullptr;
  const std::vector<Field> *fields = nullptr;
  const View *owner = nullptr;
};

std::string LawWords::phrase(const std::string &key,
                             const std::vector<std::pair<std::string, std::string>> &slots) const {
  auto text = phrase(key);
  for (const auto &[name, value] : slots) text = text::replace_all(text, "{" + name + "}", value);
  return text;
}

const Field *LawWords::field_of(const FieldRef &ref, const View &view) const {
  const View *at = &view;
  if (ref.kind == FieldRef::Kind::Owner && view.owner != nullptr) at = view.owner;
  const bool named = ref.kind == FieldRef::Kind::Field || ref.kind == FieldRef::Kind::Owner ||
                     ref.kind == FieldRef::Kind::RowColumn;
  if (!named || at->fields == nullptr || ref.index < 0 ||
      static_cast<std::size_t>(ref.index) >= at->fields->size())
    return nullptr;
  const auto &field = (*at->fields)[static_cast<std::size_t>(ref.index)];
  if (ref.kind == FieldRef::Kind::RowColumn && ref.column >= 0)
    return &field.columns[static_cast<std::size_t>(ref.column)];
  return &field;
}

std::string LawWords::label(const FieldRef &ref, const View &view) const {
  if (const auto *field = field_of(ref, view)) return field->label.zh;
  switch (ref.kind) {
  case FieldRef::Kind::State:
    return phrase("law.state");
  case FieldRef::Kind::Today:
    return phrase("law.today");
  case FieldRef::Kind::Opened:
    return phrase("law.opened");
  default:
    return ref.name;
  }
}

std::string LawWords::labels(const std::vector<FieldRef> &refs, const View &view) const {
  std::vector<std::string> names;
  for (const auto &ref : refs) names.push_back(label(ref, view));
  return text::join(names, "、");
}

std::string LawWords::operand(const catalog::Operand &operand, const Field *field,
                              const View &view) const {
  if (operand.same.kind != FieldRef::Kind::None) return label(operand.same, view);
  if (!operand.setting.empty()) {
    const auto found = catalog_.settings.find(operand.setting);
    return found == catalog_.settings.end() ? operand.setting : found->second.label.zh;
  }
  if (field != nullptr)
    return phrase("law.value", {{"value", record::display(catalog_, *field, operand.literal)}});
  if (const auto *text = operand.literal.get<std::string>()) {
    const auto *state = view.type != nullptr ? view.type->state(*text) : nullptr;
    return phrase("law.value", {{"value", state != nullptr ? state->label.zh : *text}});
  }
  return {};
}

std::string LawWords::compare(const Predicate &test, const View &view) const {
  const auto *field = field_of(test.field, view);
  const auto name = label(test.field, view);
  std::vector<std::string> said;
  const bool day = field != nullptr && (field->type == catalog::FieldType::Date ||
                                        field->type == catalog::FieldType::Moment);
  const auto values = [&](const std::vector<catalog::Operand> &all) {
    std::vector<std::string> words;
    for (const auto &each : all) words.push_back(operand(each, field, view));
    return text::join(words, phrase("law.or"));
  };
  if (test.filled)
    said.push_back(phrase(*test.filled ? "law.filled" : "law.empty", {{"field", name}}));
  if (!test.any_of.empty()) {
    const auto *flag = test.any_of.front().literal.get<bool>();
    if (flag != nullptr)
      said.push_back(phrase(*flag ? "law.holds" : "law.lacks", {{"field", name}}));
    else if (test.any_of.front().same.kind != FieldRef::Kind::None)
      said.push_back(phrase("law.same", {{"field", name}, {"value", values(test.any_of)}}));
    else
      said.push_back(phrase("law.is", {{"field", name}, {"value", values(test.any_of)}}));
  }
  if (!test.has.empty())
    said.push_back(phrase("law.has", {{"field", name}, {"value", values(test.has)}}));
  if (!test.none_of.empty())
    said.push_back(phrase("law.is_not", {{"field", name}, {"value", values(test.none_of)}}));
  if (test.min)
    said.push_back(phrase(day ? "law.min_day" : "law.min",
                          {{"field", name}, {"value", operand(*test.min, field, view)}}));
  if (test.max)
    said.push_back(phrase(day ? "law.max_day" : "law.max",
                          {{"field", name}, {"value", operand(*test.max, field, view)}}));
  return text::join(said, phrase("law.all"));
}

std::string LawWords::quantified(const Predicate &test, const View &view) const {
  View inner;
  inner.owner = &view;
  std::string subject = test.subject.name;
  using Kind = Predicate::Subject::Kind;
  const auto at = static_cast<std::size_t>(test.subject.index);
  if (test.subject.kind == Kind::Part && view.type != nullptr) {
    const auto &part = view.type->parts[at];
    subject = part.label.zh;
    inner.type = view.type;
    inner.fields = &part.fields;
  } else if (test.subject.kind == Kind::Rows && view.fields != nullptr &&
             at < view.fields->size()) {
    subject = (*view.fields)[at].label.zh;
    inner.fields = &(*view.fields)[at].columns;
  } else if (const auto *type = catalog_.type(test.subject.type)) {
    subject = type->label.zh;
    inner.type = type;
    inner.fields = &type->fields;
  }
  const auto &first = test.children.empty() ? Predicate() : test.children.front();
  const auto what = words(first, inner);
  switch (test.kind) {
  case Predicate::Kind::Every:
    return phrase("law.every", {{"subject", subject}, {"inner", what}});
  case Predicate::Kind::NoneOf:
    return phrase(what.empty() ? "law.none" : "law.none_with",
                  {{"subject", subject}, {"inner", what}});
  case Predicate::Kind::Last:
    return phrase("law.last", {{"subject", subject}, {"inner", what}});
  default:
    return phrase(what.empty() ? "law.some" : "law.some_with",
                  {{"subject", subject}, {"inner", what}});
  }
}

std::string LawWords::words(const Predicate &test, const View &view) const {
  std::vector<std::string> said;
  switch (test.kind) {
  case Predicate::Kind::True:
    return {};
  case Predicate::Kind::All:
  case Predicate::Kind::Any:
    for (const auto &child : test.children) {
      // 且 and 或者 inside one another need their brackets.
      const bool mixed = child.children.size() > 1 && child.kind != test.kind &&
                         (child.kind == Predicate::Kind::All || child.kind == Predicate::Kind::Any);
      const auto inner = words(child, view);
      said.push_back(mixed ? phrase("law.group", {{"what", inner}}) : inner);
    }
    return text::join(said, phrase(test.kind == Predicate::Kind::All ? "law.all" : "law.any"));
  case Predicate::Kind::Not:
    return phrase("law.not", {{"what", words(test.children.front(), view)}});
  case Predicate::Kind::Compare:
    return compare(test, view);
  default:
    return quantified(test, view);
  }
}

std::string LawWords::condition(const Predicate &test, const Part *part) const {
  const View record{&type_, &type_.fields, nullptr};
  if (part == nullptr) return words(test, record);
  return words(test, {&type_, &part->fields, &record});
}

std::string LawWords::demand(const Gate &gate, const Part *part) const {
  const View record{&type_, &type_.fields, nullptr};
  const View own = part == nullptr || gate.at_owner ? record : View{&type_, &part->fields, &record};
  const auto fields = labels(gate.fields, own);
  std::string said;
  switch (gate.kind) {
  case Gate::Kind::Require:
    said = phrase("gate.require", {{"fields", fields}});
    break;
  case Gate::Kind::Papers:
    said = gate.name.empty() ? phrase("gate.papers", {{"fields", fields}}) : phrase("gate.dossier");
    break;
  case Gate::Kind::Must:
    said = phrase("gate.must", {{"test", words(gate.test, own)}});
    break;
  case Gate::Kind::Bar:
    said = phrase("gate.bar", {{"test", words(gate.test, own)}});
    break;
  case Gate::Kind::Needs:
    said = phrase("gate.needs", {{"test", words(gate.test, own)}});
    break;
  case Gate::Kind::Valid: {
    const auto of = label(gate.fields.front(), own);
    said = phrase(gate.at_least > 1 ? "gate.valid_n" : "gate.valid",
                  {{"fields", of}, {"n", std::to_string(gate.at_least)}});
    break;
  }
  case Gate::Kind::Apart:
    said = phrase("gate.apart", {{"fields", fields}});
    break;
  case Gate::Kind::Quorum: {
    auto n = gate.name;
    if (n.starts_with('$'))
      if (const auto found = catalog_.settings.find(n.substr(1)); found != catalog_.settings.end())
        n = found->second.value;
    said = phrase("gate.quorum", {{"n", n}});
    break;
  }
  case Gate::Kind::Order:
    said = phrase("gate.order", {{"fields", fields}});
    break;
  case Gate::Kind::Meets:
    said = phrase("gate.meets", {{"deadline", gate_subject(gate, part)}, {"id", gate.name}});
    break;
  case Gate::Kind::AtMost: {
    auto n = gate.name;
    if (n.starts_with('$'))
      if (const auto found = catalog_.settings.find(n.substr(1)); found != catalog_.settings.end())
        n = found->second.label.zh;
    said = phrase("gate.at_most", {{"n", n}});
    break;
  }
  case Gate::Kind::Rule:
    said = phrase("gate.rule");
    break;
  }
  return said;
}

std::string LawWords::gate(const Gate &gate, const Part *part) const {
  const View record{&type_, &type_.fields, nullptr};
  const View own = part == nullptr || gate.at_owner ? record : View{&type_, &part->fields, &record};
  auto said = demand(gate, part);
  if (!gate.when.always()) said = phrase("gate.when", {{"when", words(gate.when, own)}}) + said;
  if (!gate.exempt.empty()) {
    std::vector<std::string> grounds;
    for (const auto &ground : gate.exempt) grounds.push_back(ground.label.zh);
    said += phrase("gate.exempt", {{"grounds", text::join(grounds, "、")}});
  }
  return said;
}

std::pair<const catalog::Deadline *, const Part *>
LawWords::rule_named(const std::string &id) const {
  for (const auto &rule : type_.deadlines)
    if (rule.id == id) return {&rule, nullptr};
  for (const auto &part : type_.parts)
    for (const auto &rule : part.deadlines)
      if (rule.id == id) return {&rule, &part};
  return {nullptr, nullptr};
}

std::string LawWords::first_subject(const Predicate &test) const {
  using Kind = Predicate::Subject::Kind;
  const auto &subject = test.subject;
  if (!subject.name.empty() && subject.kind == Kind::Part)
    return type_.parts[static_cast<std::size_t>(subject.index)].label.zh;
  if (!subject.name.empty() && !subject.type.empty()) {
    const auto *type = catalog_.type(subject.type);
    return type != nullptr ? type->label.zh : subject.name;
  }
  for (const auto &child : test.children)
    if (auto found = first_subject(child); !found.empty()) return found;
  return {};
}

std::string LawWords::gate_subject(const Gate &gate, const Part *part) const {
  const View record{&type_, &type_.fields, nullptr};
  const View own = part == nullptr || gate.at_owner ? record : View{&type_, &part->fields, &record};
  switch (gate.kind) {
  case Gate::Kind::Needs:
    return first_subject(gate.test);
  case Gate::Kind::Require:
  case Gate::Kind::Papers:
    return labels(gate.fields, own);
  case Gate::Kind::Valid:
    return phrase("gate.valid", {{"fields", label(gate.fields.front(), own)}});
  case Gate::Kind::Apart:
    return this->gate(gate, part);
  case Gate::Kind::Meets: {
    const auto [rule, place] = rule_named(gate.name);
    if (rule == nullptr) return gate.name;
    std::vector<std::string> begins;
    for (const auto &ref : rule->from) begins.push_back(entry(ref.name, place));
    return phrase("plan.begins", {{"field", text::join(begins, phrase("law.or"))}}) + limit(*rule);
  }
  default:
    return {};
  }
}

std::string LawWords::limit(const catalog::Deadline &rule) const {
  using Kind = catalog::Deadline::Kind;
  static constexpr const char *kUnits[] = {"days", "workdays", "months", "years", "hours"};
  const auto unit = [&](catalog::Deadline::Unit one) {
    return phrase(std::string("term.") + kUnits[static_cast<std::size_t>(one)]);
  };
  const auto amount = std::to_string(rule.amount);
  std::string said;
  const auto say = [&](const char *key) {
    return phrase(key, {{"n", amount}, {"unit", unit(rule.unit)}});
  };
  switch (rule.kind) {
  case Kind::Within:
    said = rule.amount == 0 ? phrase("term.same_day") : say("term.within");
    break;
  case Kind::Lasts:
    said = say("term.lasts");
    break;
  case Kind::Before:
    said = say("term.before");
    break;
  case Kind::NotBefore:
    said = say("term.not_before");
    break;
  case Kind::Keep:
    said = say("term.keep");
    break;
  case Kind::By:
    said = phrase("term.by", {{"of", phrase("term." + (rule.of.empty() ? "this_year" : rule.of))},
                              {"month", std::to_string(rule.month)},
                              {"day", std::to_string(rule.day)}});
    break;
  }
  if (rule.extend)
    said += rule.extend->any ? phrase("term.extend_any")
                             : phrase("term.extend", {{"n", std::to_string(rule.extend->by)},
                                                      {"unit", unit(rule.extend->unit)}});
  if (!rule.delegated.empty())
    said += phrase("term.delegated", {{"level", phrase("term.level." + rule.delegated)}});
  if (rule.binds == "party") said += "（" + phrase("term.party") + "）";
  if (rule.binds == "superior") said += "（" + phrase("term.superior") + "）";
  return said;
}

std::string LawWords::source(const catalog::Source &source) const {
  return source.text() + (source.seen == catalog::Certainty::Verified ? "" : phrase("unconfirmed"));
}

std::string LawWords::binding(catalog::Binding binding) const {
  switch (binding) {
  case catalog::Binding::Reference:
    return phrase("binding.reference");
  case catalog::Binding::Local:
    return phrase("binding.local");
  case catalog::Binding::Direct:
    break;
  }
  return {};
}

std::string LawWords::entry(const std::string &name, const Part *part) const {
  const auto find = [](const std::vector<Field> &fields, std::string_view id) -> const Field * {
    for (const auto &field : fields)
      if (field.id == id) return &field;
    return nullptr;
  };
  const auto dot = name.find('.');
  if (dot == std::string::npos) {
    const auto *field = find(part != nullptr ? part->fields : type_.fields, name);
    return field != nullptr ? field->label.zh : name;
  }
  const auto before = name.substr(0, dot);
  const auto after = name.substr(dot + 1);
  if (before == "owner") return entry(after, nullptr);
  const int at = type_.part_index(before);
  if (at < 0) {
    const auto *link = type_.field(before);
    const auto *to =
        link != nullptr && !link->to.empty() ? catalog_.type(link->to.front()) : nullptr;
    const auto *field = to != nullptr ? to->field(after) : nullptr;
    return field != nullptr ? field->label.zh : name;
  }
  const auto &inner = type_.parts[static_cast<std::size_t>(at)];
  const auto *field = find(inner.fields, after);
  return inner.label.zh + (field != nullptr ? field->label.zh : after);
}

} // namespace yifa::procedure
