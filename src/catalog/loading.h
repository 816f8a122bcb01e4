#pragma once

#include "catalog/shape.h"

#include <deque>
#include <functional>
#include <map>
#include <set>

/// What the loader's files share while a catalog is being built. Nothing here outlives `load`.
///
/// Order of work: files → common files and lists → types declared (fields, parts, states) →
/// editions joined, links turned round → predicates, gates, deadlines, indicators, clauses resolved
/// → checks over everything → overlay laid on where its words belong.
namespace yifa::catalog {

/// What a file of one edition of a type left for the later passes.
struct TypeSource {
  const Node *root = nullptr;
  bool past = false;   ///< an old edition: its indicators and clauses are not of today
  bool broken = false; ///< had syntax errors: names missing in it are no further errors
};

/// The subject a name is looked up in: a record, one of its parts, or a line of one of its rows
/// fields.
struct Scope {
  const RecordType *type = nullptr;
  const Part *part = nullptr;
  const Field *rows = nullptr;
  const Scope *owner = nullptr; ///< what `owner.` means; nullptr for a record itself
  bool quantified = false;      ///< inside some, every, none or last
  bool linked = false;          ///< at the other end of a link: no second hop

  const std::vector<Field> &fields() const {
    return rows ? rows->columns : part ? part->fields : type->fields;
  }
  bool is_record() const { return !part && !rows; }
  std::string name() const;
  Scope of_part(const Part &inner) const { return {type, &inner, nullptr, this, false, false}; }
};

/// A name that was found: the reference and, where it is one, the field.
struct Named {
  FieldRef ref;
  const Field *field = nullptr;
  explicit operator bool() const { return ref.kind != FieldRef::Kind::None; }
};

/// A deadline's name used somewhere, to be looked up when all are known.
struct IndicatorSource {
  const Node *key = nullptr;
  const Node *node = nullptr;
  std::size_t edition = 0; ///< in Catalog::editions
  int part = -1;
};

/// Where each clause was written and by whom, for the checks that need all indicators.
struct ClauseSource {
  const Node *key = nullptr;
  const Node *node = nullptr;
  std::size_t edition = 0;
};

struct Overlay {
  const SourceFile *file = nullptr;
  const Node *root = nullptr;
  std::string id;
  Date edition; ///< the day from which its gates, times and settings hold
};

struct Loading {
  Report report;
  std::deque<SourceFile> files;
  Catalog catalog;
  std::vector<TypeSource> sources; ///< beside Catalog::editions
  std::vector<Overlay> overlays;
  const std::vector<std::string> *known_rules = nullptr;
  bool any_broken = false;
  std::set<std::string, std::less<>>
      doubtful; ///< "type.field" whose own type is unknown; nothing more is said of them

  std::map<std::string, std::pair<std::string, const Node *>, std::less<>>
      deadlines; ///< id → "type" or "type.part", place
  std::map<std::string, const Node *, std::less<>> indicator_places;
  std::vector<IndicatorSource> indicator_sources; ///< beside Catalog::indicators
  std::vector<ClauseSource> clause_sources;       ///< beside Catalog::clauses
  std::map<std::string, const Node *, std::less<>> outline_nodes;
  std::map<std::string, std::string, std::less<>>
      registers;                            ///< the form of each register's numbers
  std::set<std::string, std::less<>> units; ///< every measure word of units.yaml
  bool has_units = false;
  bool has_laws = false;
  bool has_roles = false;
  bool has_settings = false;
  bool has_mechanisms = false;

  const SourceFile *file(std::string_view path) const;
  /// All type ids, field names …, for "did you mean".
  std::vector<std::string> type_names() const { return catalog.type_ids(); }
};

// load_common.cpp
void load_common(Loading &loading);
void load_lists(Loading &loading);
void load_calendars(Loading &loading);
void read_codes(Loading &loading, const Node &node, CodeList &list, bool overlay = false);
void check_codes(Loading &loading);
/// `source:` and `seen:` of a map. `needed` makes an absent source an error.
/// `seen:`; `mark` gets the copy that was read.
Certainty read_seen(const Node &node, Report &report, std::string &mark);
Source read_source(Loading &loading, const Shape &shape, std::string_view default_law, bool needed);
void check_unit(Loading &loading, const Node &at, std::string_view unit);
void check_role(Loading &loading, const Node &at, std::string_view role);

// load_fields.cpp
void read_fields(Loading &loading, const Node &map, std::string_view owner, std::vector<Field> &out,
                 bool overlay = false);
void read_derived(Loading &loading, const Node &map, std::string_view owner,
                  std::vector<Field> &out);
/// A literal of a field's type; nothing after an error.
std::optional<Value> read_literal(Loading &loading, const Node &node, const Field &field);

// load_types.cpp
void declare_types(Loading &loading);
void join_editions(Loading &loading);
void resolve_types(Loading &loading);

// names.cpp
Named find_name(Loading &loading, const Scope &scope, const Node &at, std::string_view name);
Named find_name(Loading &loading, const Scope &scope, const Node &at);
/// The same, and the field must be a date or a moment.
Named find_day(Loading &loading, const Scope &scope, const Node &at);
/// A day, or a number field that holds a year, which stands for its first day.
Named find_day_or_year(Loading &loading, const Scope &scope, const Node &at);
std::vector<FieldRef> find_names(Loading &loading, const Scope &scope,
                                 const std::vector<const Node *> &nodes);
std::vector<std::string> names_in(const Scope &scope);
bool is_day(const Named &named);

// load_predicate.cpp
struct PredicateUse {
  std::string_view what; ///< "a gate", "an indicator", for messages
  bool today = true;     ///< may read @today
  bool hops = true;      ///< may look at linked records
  bool parts = true;     ///< may look at parts
  bool personal = true;  ///< may ask whether a personal field is filled
  int lines =
      -1; ///< the rows field whose lines are counted: `rows.column` is the column of that line
};
Predicate read_predicate(Loading &loading, const Scope &scope, const Node &node,
                         const PredicateUse &use);
/// `when:` of a map; always true when absent.
Predicate read_when(Loading &loading, const Scope &scope, const Shape &shape,
                    const PredicateUse &use);

// load_steps.cpp
void read_states(Loading &loading, std::size_t edition);
void declare_transitions(Loading &loading, std::size_t edition);
void resolve_transitions(Loading &loading, std::size_t edition);
void check_states(Loading &loading, std::size_t edition);
void read_papers(Loading &loading, std::size_t edition);
/// Fields filled in every record that stands in a state, by state: required, or asked on every way
/// there.
std::map<std::string, std::set<int>> filled_by_state(const RecordType &type);

// load_course.cpp
/// `course:`, once the transitions are known.
void read_course(Loading &loading, std::size_t edition);

// load_gates.cpp
/// A whole number, a share like 1/2, or a $setting of one of the types, as it is written.
std::string read_measure(Loading &loading, const Node &at,
                         std::initializer_list<std::string_view> types);
void read_gates(Loading &loading, const Node &map, const Scope &scope, std::string_view prefix,
                std::vector<Gate> &out, bool overlay = false);

// load_deadlines.cpp
void declare_deadlines(Loading &loading, std::size_t edition);
void read_deadlines(Loading &loading, const Node &map, const Scope &scope,
                    std::vector<Deadline> &out);
void read_rhythms(Loading &loading, const Node &map, const Scope &scope, std::vector<Rhythm> &out);
/// "7 workdays"; false after an error.
bool read_duration(Loading &loading, const Node &node, std::string_view what, std::int64_t &amount,
                   Deadline::Unit &unit);
/// Whether a deadline of that id runs in this scope (the record, its parts, or its owner).
void check_deadline_name(Loading &loading, const Scope &scope, const Node &at,
                         std::string_view name);

// load_indicators.cpp, check_indicators.cpp
void read_indicator(Loading &loading, const Node &key, std::string_view id, const Node &node,
                    std::size_t edition, int part);
void resolve_indicators(Loading &loading);
/// Units, days, groups and terms; needs all indicators, the overlay's too.
void check_indicators(Loading &loading);
/// A code of the list zero_category.
void check_zero_category(Loading &loading, const Node &at, std::string_view category);

// load_clauses.cpp, check_clauses.cpp
void read_clauses(Loading &loading, const Node &map, std::size_t edition);
void read_clause(Loading &loading, const Node &key, std::string_view id, const Node &node,
                 std::size_t edition);
void check_clauses(Loading &loading);

// load_outlines.cpp
void read_outline(Loading &loading, const Node &root, std::string_view id);
void check_outlines(Loading &loading);

// load_documents.cpp
void load_documents(Loading &loading);
/// Every document of a ledger has its form, and the form's entries are of the ledger.
void check_documents(Loading &loading);

// check_derived.cpp
void check_derived(Loading &loading);

// overlay.cpp: the three moments at which a county's words are laid on.
void overlay_common(Loading &loading);
void overlay_fields(Loading &loading);
void overlay_rest(Loading &loading);

} // namespace yifa::catalog
