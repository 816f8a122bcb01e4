#pragma once

#include "record/record.h"

#include <functional>
#include <map>

/// Predicates evaluated in memory: the one meaning of a predicate, on which every store must agree.
namespace yifa::record {

/// What a predicate may look at outside the record. Absent sources make quantifiers over links see
/// nothing.
struct Surroundings {
  const catalog::Catalog *catalog = nullptr;
  Date today;
  /// Records linked by a link field, or pointing here by a back name; in the order of their day,
  /// then id. The pointers live as long as this.
  std::function<std::vector<const Record *>(const catalog::Predicate::Subject &subject,
                                            const Record &record)>
      linked;
  /// The value of a setting for the record's office on its day; empty if unknown.
  std::function<Value(const std::string &setting)> setting;
  /// Whether the deadline was met (@met); empty while undecided.
  std::function<std::optional<bool>(const std::string &deadline, const Record &record)> met;
};

/// Whether the record satisfies the predicate. A comparison with a field that is not filled is
/// false, save `filled: false` and, for flags, `false` (a flag never set is not true).
bool matches(const catalog::Predicate &predicate, const catalog::RecordType &type,
             const Record &record, const Surroundings &around);

/// The same for one line of a rows field, whose bare names are its columns.
bool matches_line(const catalog::Predicate &predicate, const catalog::RecordType &type,
                  const Record &record, const catalog::Field &rows, const catalog::Row &line,
                  const Surroundings &around);

/// The same for a part.
bool matches_part(const catalog::Predicate &predicate, const catalog::RecordType &type,
                  const Record &record, const PartRecord &part, const Surroundings &around);

/// Where in a record a predicate stands: on the record, on one of its parts, and, when lines of a
/// rows field are counted one by one, on one line, which `rows.column` then means (bare names stay
/// those of the record or part).
struct Place {
  const catalog::RecordType &type;
  const Record &record;
  const PartRecord *part = nullptr;
  int rows = -1; ///< the rows field of the record or part
  const catalog::Row *line = nullptr;
};

/// The predicate at that place.
bool holds(const catalog::Predicate &predicate, const Place &place, const Surroundings &around);

/// The value a reference names at that place: Field and RowColumn in the part if there is one,
/// Owner in the record. A column without a line is the values of all lines. Empty if it names none;
/// never Met, Reason or Ended, which a record does not hold.
Value value_at(const catalog::FieldRef &ref, const Place &place, const Surroundings &around);

/// The value a reference names in a record (Field, State as text, Org, …); empty value if it names
/// none.
Value value_of(const catalog::FieldRef &ref, const catalog::RecordType &type, const Record &record);

/// The day a value stands for: a date, a moment's day, the first day of a year written as a number
/// (1900 to 9998); nothing for anything else.
std::optional<Date> day_in(const Value &value);

/// Recomputes all derived fields of the record from its present values, parts and linked records.
/// True if any changed.
bool derive(const catalog::RecordType &type, Record &record, const Surroundings &around);

} // namespace yifa::record
