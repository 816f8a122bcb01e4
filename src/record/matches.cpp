#include "record/matches.h"

#include <algorithm>

namespace yifa::record {
namespace {

using catalog::Field;
using catalog::FieldRef;
using catalog::Operand;
using catalog::Predicate;
using catalog::Row;

/// What bare names mean at one depth of a predicate, and through `owner` what they meant one depth
/// further out.
struct Frame {
  const catalog::RecordType *type = nullptr;
  const Record *record = nullptr;
  const PartRecord *part = nullptr;
  const Field *rows = nullptr; ///< with `line`: bare names are its columns
  const Row *line = nullptr;
  int bound_rows = -1; ///< with `bound`: the line that `rows.column` means
  const Row *bound = nullptr;
  const Frame *owner = nullptr;
};

const std::vector<Value> &values_of(const Frame &frame) {
  if (frame.line) return frame.line->cells;
  return frame.part ? frame.part->values : frame.record->values;
}

const Value *at(const std::vector<Value> &values, int index) {
  if (index < 0 || static_cast<std::size_t>(index) >= values.size()) return nullptr;
  return &values[static_cast<std::size_t>(index)];
}

/// Evaluation of one predicate tree; holds what stays the same at all depths.
class Evaluation {
public:
  explicit Evaluation(const Surroundings &around) : around_(around) {}

  bool holds(const Predicate &p, const Frame &frame) const {
    switch (p.kind) {
    case Predicate::Kind::True:
      return true;
    case Predicate::Kind::All:
      return std::all_of(p.children.begin(), p.children.end(),
                         [&](const auto &c) { return holds(c, frame); });
    case Predicate::Kind::Any:
      return std::any_of(p.children.begin(), p.children.end(),
                         [&](const auto &c) { return holds(c, frame); });
    case Predicate::Kind::Not:
      return std::none_of(p.children.begin(), p.children.end(),
                          [&](const auto &c) { return holds(c, frame); });
    case Predicate::Kind::Compare:
      return compare(p, frame);
    case Predicate::Kind::Some:
    case Predicate::Kind::Every:
    case Predicate::Kind::NoneOf:
    case Predicate::Kind::Last:
      return quantify(p, frame);
    }
    return false;
  }

  /// The value a reference names; `scratch` holds what is made on the spot.
  const Value &look(const FieldRef &ref, const Frame &frame, Value &scratch) const {
    switch (ref.kind) {
    case FieldRef::Kind::Field:
      if (const Value *value = at(values_of(frame), ref.index)) return *value;
      break;
    case FieldRef::Kind::Owner:
      if (!frame.owner) break;
      if (const Value *value = at(values_of(*frame.owner), ref.index)) return *value;
      break;
    case FieldRef::Kind::RowColumn:
      return column(ref, frame, scratch);
    case FieldRef::Kind::State:
      return scratch = Value(frame.record->state);
    case FieldRef::Kind::Org:
      return scratch = Value(frame.record->owner_org);
    case FieldRef::Kind::Opened:
      return scratch = Value(frame.record->day);
    case FieldRef::Kind::Recorded:
      return scratch = Value(frame.record->recorded_at.date());
    case FieldRef::Kind::Late:
      return scratch = Value(frame.record->late);
    case FieldRef::Kind::Today:
      return scratch = Value(around_.today);
    case FieldRef::Kind::None:
    case FieldRef::Kind::Reason:
    case FieldRef::Kind::Ended:
    case FieldRef::Kind::Met:
      break;
    }
    return scratch = Value();
  }

private:
  static const Value &column(const FieldRef &ref, const Frame &frame, Value &scratch) {
    if (frame.bound && frame.bound_rows == ref.index) {
      const Value *cell = at(frame.bound->cells, ref.column);
      return cell ? *cell : scratch = Value();
    }
    std::vector<Value> cells;
    if (const Value *field = at(values_of(frame), ref.index))
      if (const auto *lines = field->get<std::vector<Row>>())
        for (const auto &line : *lines)
          if (const Value *cell = at(line.cells, ref.column); cell && cell->filled())
            cells.push_back(*cell);
    return scratch = Value(std::move(cells));
  }

  const Value &operand(const Operand &op, const Frame &frame, Value &scratch) const {
    if (!op.setting.empty())
      return scratch = around_.setting ? around_.setting(op.setting) : Value();
    if (op.same.kind != FieldRef::Kind::None) return look(op.same, frame, scratch);
    return op.literal;
  }

  static const std::string *word(const Value &value) {
    if (const auto *text = value.get<std::string>()) return text;
    if (const auto *code = value.get<catalog::Code>()) return &code->text;
    return nullptr;
  }

  static std::optional<Decimal> number(const Value &value) {
    if (const auto *count = value.get<catalog::Count>()) {
      if (count->n > INT64_MAX / 1'000'000) return std::nullopt;
      return Decimal::from_int(count->n);
    }
    if (const auto *decimal = value.get<Decimal>()) return *decimal;
    return std::nullopt;
  }

  /// A state is a word and a code is one too; a count may stand beside a decimal, a moment beside a
  /// day.
  static bool equal_single(const Value &a, const Value &b) {
    if (a == b) return true;
    if (const auto *x = word(a))
      if (const auto *y = word(b)) return *x == *y;
    if (auto x = number(a))
      if (auto y = number(b)) return *x == *y;
    return false;
  }

  static bool equal(const Value &field, const Value &operand) {
    if (const auto *flag = operand.get<bool>(); flag && !*flag && !field.filled()) return true;
    if (!field.filled() || !operand.filled()) return false;
    if (const auto *many = field.get<std::vector<Value>>())
      return std::any_of(many->begin(), many->end(),
                         [&](const Value &v) { return equal(v, operand); });
    if (const auto *many = operand.get<std::vector<Value>>())
      return std::any_of(many->begin(), many->end(),
                         [&](const Value &v) { return equal_single(field, v); });
    return equal_single(field, operand);
  }

  static std::partial_ordering ordered(const Value &a, const Value &b) {
    if (auto x = number(a))
      if (auto y = number(b)) return *x <=> *y;
    const auto *day = b.get<Date>();
    if (const auto *moment = a.get<Moment>(); moment && day) return moment->date() <=> *day;
    day = a.get<Date>();
    if (const auto *moment = b.get<Moment>(); moment && day) return *day <=> moment->date();
    return catalog::order(a, b);
  }

  /// Every element of `has` must be there, also when an operand is itself many.
  static bool contains(const Value &field, const Value &operand) {
    if (const auto *many = operand.get<std::vector<Value>>())
      return !many->empty() && std::all_of(many->begin(), many->end(),
                                           [&](const Value &v) { return equal(field, v); });
    return equal(field, operand);
  }

  bool met(const Predicate &p, const Frame &frame) const {
    auto outcome = [&](const Operand &op) -> std::optional<bool> {
      const std::string *name = word(op.literal);
      return name && around_.met ? around_.met(*name, *frame.record) : std::nullopt;
    };
    auto is_met = [&](const Operand &op) { return outcome(op).value_or(false); };
    if (!p.any_of.empty() && std::none_of(p.any_of.begin(), p.any_of.end(), is_met)) return false;
    if (!std::all_of(p.has.begin(), p.has.end(), is_met)) return false;
    // Not met is a fact too, and only known once it is decided.
    return std::all_of(p.none_of.begin(), p.none_of.end(),
                       [&](const Operand &op) { return outcome(op) == false; });
  }

  bool compare(const Predicate &p, const Frame &frame) const {
    if (p.field.kind == FieldRef::Kind::Met) return met(p, frame);
    Value scratch;
    const Value &value = look(p.field, frame, scratch);
    if (p.filled && *p.filled != value.filled()) return false;
    Value other;
    auto equals = [&](const Operand &op) { return equal(value, operand(op, frame, other)); };
    if (!p.any_of.empty() && std::none_of(p.any_of.begin(), p.any_of.end(), equals)) return false;
    if (!std::all_of(p.has.begin(), p.has.end(),
                     [&](const Operand &op) { return contains(value, operand(op, frame, other)); }))
      return false;
    if (!p.none_of.empty()) {
      // A flag never set is not true; any other field must be filled to be known as different.
      bool flags = std::all_of(p.none_of.begin(), p.none_of.end(),
                               [](const Operand &op) { return op.literal.get<bool>(); });
      if (!value.filled() && !flags) return false;
      if (std::any_of(p.none_of.begin(), p.none_of.end(), [&](const Operand &op) {
            const Value &unlike = operand(op, frame, other);
            return !unlike.filled() || equal(value, unlike);
          }))
        return false;
    }
    if (p.min && !(ordered(value, operand(*p.min, frame, other)) >= 0)) return false;
    return !p.max || ordered(value, operand(*p.max, frame, other)) <= 0;
  }

  /// The frames a quantifier ranges over, in order; `last` means the final one.
  std::vector<Frame> range(const Predicate &p, const Frame &frame) const {
    std::vector<Frame> frames;
    switch (p.subject.kind) {
    case Predicate::Subject::Kind::Part:
      parts(p, frame, frames);
      break;
    case Predicate::Subject::Kind::Rows:
      lines(p, frame, frames);
      break;
    case Predicate::Subject::Kind::Link:
    case Predicate::Subject::Kind::Back:
      linked(p, frame, frames);
      break;
    }
    return frames;
  }

  void parts(const Predicate &p, const Frame &frame, std::vector<Frame> &frames) const {
    for (const auto &part : frame.record->parts) {
      if (part.part != p.subject.index || part.withdrawn) continue;
      Frame inner;
      inner.type = frame.type;
      inner.record = frame.record;
      inner.part = &part;
      inner.owner = &frame;
      frames.push_back(inner);
    }
    if (p.kind != Predicate::Kind::Last || frames.size() < 2) return;
    const FieldRef &day = frame.type->parts[static_cast<std::size_t>(p.subject.index)].day;
    auto day_of = [&](const Frame &f) {
      Value scratch;
      const Value &value = look(day, f, scratch);
      if (const auto *date = value.get<Date>()) return *date;
      const auto *moment = value.get<Moment>();
      return moment ? moment->date() : Date::from_days(INT32_MIN);
    };
    std::stable_sort(frames.begin(), frames.end(),
                     [&](const Frame &a, const Frame &b) { return day_of(a) < day_of(b); });
  }

  static void lines(const Predicate &p, const Frame &frame, std::vector<Frame> &frames) {
    const auto &fields = frame.part
                             ? frame.type->parts[static_cast<std::size_t>(frame.part->part)].fields
                             : frame.type->fields;
    const Value *field = at(values_of(frame), p.subject.index);
    const auto *rows = field ? field->get<std::vector<Row>>() : nullptr;
    if (!rows) return;
    for (const auto &row : *rows) {
      Frame inner;
      inner.type = frame.type;
      inner.record = frame.record;
      inner.part = frame.part;
      inner.rows = &fields[static_cast<std::size_t>(p.subject.index)];
      inner.line = &row;
      inner.owner = &frame;
      frames.push_back(inner);
    }
  }

  void linked(const Predicate &p, const Frame &frame, std::vector<Frame> &frames) const {
    if (!around_.linked || !around_.catalog) return;
    for (const Record *other : around_.linked(p.subject, *frame.record)) {
      if (!other || other->withdrawn || (!p.subject.type.empty() && other->type != p.subject.type))
        continue;
      const auto *type = around_.catalog->edition_on(other->type, other->edition);
      if (!type) continue;
      Frame inner;
      inner.type = type;
      inner.record = other;
      inner.owner = &frame;
      frames.push_back(inner);
    }
  }

  bool quantify(const Predicate &p, const Frame &frame) const {
    auto frames = range(p, frame);
    auto inner = [&](const Frame &f) {
      return std::all_of(p.children.begin(), p.children.end(),
                         [&](const auto &c) { return holds(c, f); });
    };
    switch (p.kind) {
    case Predicate::Kind::Some:
      return std::any_of(frames.begin(), frames.end(), inner);
    case Predicate::Kind::Every:
      return std::all_of(frames.begin(), frames.end(), inner);
    case Predicate::Kind::NoneOf:
      return std::none_of(frames.begin(), frames.end(), inner);
    default:
      return !frames.empty() && inner(frames.back());
    }
  }

  const Surroundings &around_;
};

/// The frames of a Place: the record's, and the part's inside it.
struct Frames {
  explicit Frames(const Place &place) {
    outer.type = &place.type;
    outer.record = &place.record;
    inner = outer;
    if (place.part) {
      inner.part = place.part;
      inner.owner = &outer;
    }
    inner.bound_rows = place.rows;
    inner.bound = place.line;
  }
  Frames(const Frames &) = delete;
  Frame outer;
  Frame inner;
};

} // namespace

bool holds(const Predicate &predicate, const Place &place, const Surroundings &around) {
  if (predicate.always()) return true;
  Frames frames(place);
  return Evaluation(around).holds(predicate, frames.inner);
}

Value value_at(const FieldRef &ref, const Place &place, const Surroundings &around) {
  Frames frames(place);
  Value scratch;
  return Evaluation(around).look(ref, frames.inner, scratch);
}

bool matches(const Predicate &predicate, const catalog::RecordType &type, const Record &record,
             const Surroundings &around) {
  return holds(predicate, Place{type, record, nullptr, -1, nullptr}, around);
}

bool matches_line(const Predicate &predicate, const catalog::RecordType &type, const Record &record,
                  const Field &rows, const Row &line, const Surroundings &around) {
  Frame outer;
  outer.type = &type;
  outer.record = &record;
  Frame inner = outer;
  inner.rows = &rows;
  inner.line = &line;
  inner.owner = &outer;
  return Evaluation(around).holds(predicate, inner);
}

bool matches_part(const Predicate &predicate, const catalog::RecordType &type, const Record &record,
                  const PartRecord &part, const Surroundings &around) {
  return holds(predicate, Place{type, record, &part, -1, nullptr}, around);
}

std::optional<Date> day_in(const Value &value) {
  if (const auto *date = value.get<Date>()) return *date;
  if (const auto *moment = value.get<Moment>()) return moment->date();
  std::int64_t year = 0;
  if (const auto *count = value.get<catalog::Count>()) year = count->n;
  if (const auto *number = value.get<Decimal>(); number && number->millionths() % 1'000'000 == 0)
    year = number->millionths() / 1'000'000;
  if (year < 1900 || year > 9998) return std::nullopt;
  if (auto day = Date::from(static_cast<int>(year), 1, 1)) return *day;
  return std::nullopt;
}

Value value_of(const FieldRef &ref, const catalog::RecordType &type, const Record &record) {
  static const Surroundings nothing;
  return value_at(ref, Place{type, record, nullptr, -1, nullptr}, nothing);
}

} // namespace yifa::record
