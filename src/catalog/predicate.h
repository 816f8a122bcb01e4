#pragma once

#include "catalog/value.h"

#include <optional>
#include <string>
#include <vector>

namespace yifa::catalog {

/// A name inside a predicate, day, group or sum, resolved at load.
struct FieldRef {
  enum class Kind {
    None,
    Field, ///< `index` in the fields of the subject (record, part or row line)
    Owner, ///< `owner.field`: seen from a part, row or linked record; `index` in the owner's fields
    RowColumn, ///< `rows.column`: `index` is the rows field, `column` its column
    State,     ///< @state
    Org,       ///< @org, the office that keeps the record
    Opened,    ///< @opened: the day the record says it began (its `day`)
    Recorded,  ///< @recorded: the day the store received it
    Late,      ///< @late
    Today,     ///< @today
    Reason,    ///< @reason of the transition
    Ended,     ///< @ended: the day of the transition that ended the record
    Met,       ///< @met: the deadline named in the value
  };
  Kind kind = Kind::None;
  int index = -1;
  int column = -1;
  std::string name; ///< as written
};

/// What a comparison is made with: a literal of the field's own type, another field, or a setting
/// ($name). Literals for
/// @state and @met are texts, @late a bool, @org an OrgCode, the days Dates. `same` inside a
/// quantifier has kind Owner when it names the owner's field, else it names one of the inner
/// subject.
struct Operand {
  Value literal;
  FieldRef same;
  std::string setting;
};

/// A finite tree: no loops, no functions. Evaluated in memory (record/matches.h).
struct Predicate {
  enum class Kind { True, All, Any, Not, Compare, Some, Every, NoneOf, Last };
  /// What a quantifier ranges over.
  struct Subject {
    enum class Kind { Part, Rows, Link, Back };
    Kind kind = Kind::Part;
    int index = -1;   ///< the part, the rows field or the link field of this type
    std::string type; ///< of a Link or Back: the record type at the other end
    std::string link; ///< of a Back: the field there that points here
    std::string name; ///< as written
  };

  Kind kind = Kind::True;
  std::vector<Predicate>
      children;    ///< of All, Any, Not; and the one inner predicate of a quantifier
  Subject subject; ///< of a quantifier

  FieldRef field;              ///< of Compare
  std::vector<Operand> any_of; ///< holds when the field equals (many: shares) one of these
  std::vector<Operand> has;    ///< many: holds when it contains every one of these
  std::optional<Operand> min;  ///< field ≥ min
  std::optional<Operand> max;  ///< field ≤ max
  std::optional<bool> filled;
  std::vector<Operand> none_of; ///< `not:` on a field

  bool always() const { return kind == Kind::True; }
};

} // namespace yifa::catalog
