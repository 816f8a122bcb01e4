#include "record/matches.h"

#include <algorithm>

namespace yifa::record {
namespace {

using catalog::Derivation;
using catalog::FieldRef;
using catalog::Predicate;

void note(const FieldRef &ref, bool nested, std::vector<int> &read) {
  bool own = ref.kind == (nested ? FieldRef::Kind::Owner : FieldRef::Kind::Field);
  if (own && ref.index >= 0) read.push_back(ref.index);
}

/// The record's own fields a predicate reads, also as `owner.field` from inside a quantifier.
void fields_read(const Predicate &p, bool nested, std::vector<int> &read) {
  note(p.field, nested, read);
  for (const auto *operands : {&p.any_of, &p.has, &p.none_of})
    for (const auto &op : *operands) note(op.same, nested, read);
  for (const auto *bound : {&p.min, &p.max})
    if (*bound) note((*bound)->same, nested, read);
  bool quantifier = p.kind == Predicate::Kind::Some || p.kind == Predicate::Kind::Every ||
                    p.kind == Predicate::Kind::NoneOf || p.kind == Predicate::Kind::Last;
  for (const auto &child : p.children) fields_read(child, nested || quantifier, read);
}

std::vector<int> fields_read(const Derivation &rule) {
  std::vector<int> read;
  fields_read(rule.when, false, read);
  for (const auto &c : rule.cases) fields_read(c.when, false, read);
  note(rule.highest_of, false, read);
  return read;
}

/// Works the derived fields out, each after those it reads.
class Deriving {
public:
  Deriving(const catalog::RecordType &type, Record &record, const Surroundings &around)
      : type_(type), record_(record), around_(around), done_(type.fields.size(), false) {}

  bool run() {
    record_.values.resize(type_.fields.size());
    for (std::size_t i = 0; i < type_.fields.size(); ++i) work_out(i);
    return changed_;
  }

private:
  void work_out(std::size_t index) {
    const auto &field = type_.fields[index];
    if (!field.derive || done_[index]) return;
    done_[index] =
        true; // before its inputs: the loader refuses circles, a circle here must still end
    for (int read : fields_read(*field.derive))
      if (static_cast<std::size_t>(read) < type_.fields.size())
        work_out(static_cast<std::size_t>(read));
    Value value = derived(field);
    if (record_.values[index] == value) return;
    record_.values[index] = std::move(value);
    changed_ = true;
  }

  Value derived(const catalog::Field &field) const {
    const Derivation &rule = *field.derive;
    switch (rule.kind) {
    case Derivation::Kind::When:
      return Value(matches(rule.when, type_, record_, around_));
    case Derivation::Kind::Cases:
      for (const auto &c : rule.cases)
        if (matches(c.when, type_, record_, around_)) return Value(catalog::Code{c.value});
      return Value();
    case Derivation::Kind::HighestOf:
      return highest(field, rule.highest_of);
    }
    return Value();
  }

  Value highest(const catalog::Field &field, const FieldRef &source) const {
    const auto *list = around_.catalog ? around_.catalog->list(field.list) : nullptr;
    if (!list) return Value();
    Value given = value_of(source, type_, record_);
    std::vector<Value> one{given};
    const auto *many = given.get<std::vector<Value>>();
    int best = -1;
    for (const Value &value : many ? *many : one)
      if (const auto *code = value.get<catalog::Code>())
        best = std::max(best, list->rank(code->text));
    return best < 0 ? Value()
                    : Value(catalog::Code{list->codes[static_cast<std::size_t>(best)].code});
  }

  const catalog::RecordType &type_;
  Record &record_;
  const Surroundings &around_;
  std::vector<bool> done_;
  bool changed_ = false;
};

} // namespace

bool derive(const catalog::RecordType &type, Record &record, const Surroundings &around) {
  bool any = std::any_of(type.fields.begin(), type.fields.end(),
                         [](const catalog::Field &f) { return f.derive.has_value(); });
  return any && Deriving(type, record, around).run();
}

} // namespace yifa::record
