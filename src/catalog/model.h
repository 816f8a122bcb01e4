#pragma once

#include "catalog/predicate.h"
#include "catalog/template.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The catalog as the core reads it: immutable, every name resolved. docs/catalog.md gives each
/// word's meaning.
namespace yifa::catalog {

struct Words {
  std::string zh;
  std::string en;
};

/// How sure a legal value is: read in the article, read in a local example, or from memory.
enum class Certainty { Verified, Example, Memory };
enum class Binding { Direct, Reference, Local };

/// Where a rule comes from.
struct Source {
  std::string
      law; ///< short name, a key of laws.yaml; the type's law when the source names an article only
  std::string article;                ///< 第三十三条; may be empty
  Certainty seen = Certainty::Memory; ///< what nobody marked is shown as unconfirmed
  std::string mark;                   ///< the copy that was read: "W5" of `V:W5`
  std::string also;                   ///< further sources, as written, joined by ；
  /// "行政处罚法 第四十二条"
  std::string text() const {
    auto first = article.empty() ? law : law.empty() ? article : law + " " + article;
    return also.empty() ? first : first + "；" + also;
  }
};

/// V, V-ex or M, as the catalog writes it.
std::string_view to_string(Certainty certainty);

struct CodeWord {
  std::string code;
  Words label;
  std::string phrase; ///< printed in enumerations; the label if empty
  std::string unit;   ///< measure word of what is counted under this code
  std::string under;  ///< the code this one is a kind of
  std::string set;
  std::optional<Date> from; ///< a record takes the codes valid on its day
  std::optional<Date> to;
  std::string was;
};

struct CodeList {
  std::string id;              ///< inline lists: "<type>.<field>"
  std::vector<CodeWord> codes; ///< order is rank
  const CodeWord *find(std::string_view code) const;
  int rank(std::string_view code) const; ///< -1 if unknown
  /// Follows `under` to the outermost code.
  const std::string &top(const std::string &code) const;
};

enum class FieldType {
  Text,
  Code,
  Count,
  Number,
  Money,
  Date,
  Moment,
  Flag,
  Org,
  Link,
  File,
  Rows
};
std::string_view to_string(FieldType type);
enum class TextFormat { Plain, Url, Phone, IdCard, CreditCode, IdOrCredit };

struct Derivation {
  enum class Kind { When, Cases, HighestOf };
  struct Case {
    std::string value;
    Predicate when;
  };
  Kind kind = Kind::When;
  Predicate when;          ///< of When: the flag's truth
  std::vector<Case> cases; ///< of Cases: the first that holds
  FieldRef highest_of; ///< of HighestOf: the rows column (or many field) whose highest rank counts
};

struct Field {
  std::string id;
  FieldType type = FieldType::Text;
  Words label;
  Words help;
  bool required = false;
  bool many = false;
  bool personal = false;
  bool sealed = false;
  bool acyclic = false;
  bool by_register = false;      ///< `set_by: number`
  bool extra = false;            ///< a county's x_ field
  bool absent = false;           ///< not in this edition; the column stays
  Value fallback;                ///< `default:`
  std::string list;              ///< of Code: id of the list
  std::string unit;              ///< of Count, Number; empty when `unit_of` is set
  std::string unit_of;           ///< the code field beside it whose code gives the unit
  std::optional<OrgLevel> level; ///< of Org
  std::vector<std::string> to;   ///< of Link
  std::string back;              ///< of Link: the other direction's name
  std::vector<Field> columns;    ///< of Rows
  int lines = 1;
  int width = 0;
  TextFormat format = TextFormat::Plain;
  std::string was;
  std::string fixed;                ///< of Rows: one line for each code of this list, no other
  std::optional<Derivation> derive; ///< never typed
};

struct Exemption {
  std::string ground;
  Words label;
  Predicate when;
};

struct Gate {
  enum class Kind {
    Require,
    Must,
    Bar,
    Needs,
    Papers,
    Valid,
    Apart,
    Quorum,
    Order,
    Meets,
    AtMost,
    Rule
  };
  std::string id; ///< "<type>.<transition or part>.<gate>"
  Kind kind = Kind::Must;
  bool at_owner = false;
  bool blocks = false; ///< else it warns
  Binding binding = Binding::Direct;
  Source source;
  Predicate when;
  std::vector<Exemption> exempt;
  Predicate test; ///< Must, Bar, Needs
  std::vector<FieldRef>
      fields;       ///< Require, Papers, Apart, Order; Valid: of and day; Quorum: present, out_of
  std::string name; ///< Meets: deadline; Rule: rule; Papers by code: the list; Quorum, AtMost:
                    ///< "$setting" or number
  std::int64_t at_least = 0; ///< Valid
  std::vector<FieldRef> per; ///< AtMost
  std::string in;            ///< AtMost: year, month
};

struct Deadline {
  enum class Kind { Within, Lasts, Before, NotBefore, By, Keep };
  enum class Unit { Days, Workdays, Months, Years, Hours };
  struct Pause {
    std::string state; ///< a state of the record, or
    std::string part;  ///< a part (empty: the record itself) with two dates
    FieldRef from;
    std::vector<FieldRef> to; ///< the first filled
    Source source;
  };
  struct Extension {
    std::int64_t by = 0; ///< 0 with `any`
    Unit unit = Unit::Days;
    bool any = false;
    int times = 0; ///< 0 without limit
    std::string role;
    std::string consent;
    bool tell = false;
    Source source;
  };
  std::string id;
  Kind kind = Kind::Within;
  std::int64_t amount = 0;
  Unit unit = Unit::Days;
  int month = 0; ///< By: the date's month and day and the year it is of
  int day = 0;
  std::string of;
  bool inclusive = false;
  std::vector<FieldRef> from; ///< the first filled starts it
  std::string from_event;     ///< @ended and the like
  std::string until;          ///< field, part.field, owner.field or @event, as written
  std::string binds;          ///< office, party, superior
  Predicate when;
  std::vector<Pause> pauses;
  std::optional<Extension> extend;
  std::string lapse;
  Source lapse_source;
  std::string delegated; ///< province, county, township; empty when the statute fixes the value
  bool roll = false;
  Source source;
};

/// One notice on days off: what differs from "Saturday and Sunday are off".
struct HolidayYear {
  int year = 0;
  std::map<Date, std::string> off;  ///< day → the holiday it belongs to
  std::map<Date, std::string> work; ///< make-up working days → the holiday they make up for
  Source source;
};

struct Rhythm {
  std::string id;
  std::string every; ///< "2 years", "month", "week"
  std::string per;   ///< org, village
  std::string of;    ///< another type
  Predicate where;
  std::int64_t at_least = 1;
  std::string delegated;
  Source source;
};

struct NumberRule {
  std::string register_id;
  std::string form;  ///< "{@org_short}〔{@year}〕{n}号"
  std::string field; ///< the `set_by: number` field it fills; may be empty
  Predicate when;    ///< which records get a number of ours
};

struct Transition {
  std::string id;
  Words label;
  std::vector<std::string>
      from;       ///< empty: any state that does not end ("open"), or the opening itself
  std::string to; ///< empty: the state stays
  std::string role;
  std::string as;
  std::vector<FieldRef> asks;
  bool asks_reason = false;
  std::vector<Gate> gates;
  std::string document;
  std::optional<NumberRule> number;
  int at_most = 0; ///< 0 without limit; times this step may be taken in one record
  bool seal = false;
  Source source;
};

struct State {
  std::string id;
  Words label;
  bool ends = false;
};

/// `valid:` / `qualified:`: from when to when a roster entry is in force.
struct Validity {
  FieldRef from;
  std::vector<FieldRef> to; ///< the earliest filled ends it
  Predicate when;
};

struct Part {
  std::string id;
  Words label;
  FieldRef day;
  std::vector<Field> fields;
  std::vector<Gate> gates;
  std::vector<Deadline> deadlines;
  std::int64_t at_most = 0; ///< 0 without limit
  std::vector<FieldRef> at_most_per;
  std::string access;  ///< empty: as its record; else as RecordType::access
  bool absent = false; ///< not in this edition; the table stays
  int field_index(std::string_view id) const;
};

struct PaperKind {
  std::string id;
  Words label;
  std::string kind; ///< issued, received, kept
  std::string form; ///< `template:`
  std::vector<std::string> order;
  Predicate when;
};

/// A paper the law knows, as a form to be filled from a record (catalog/documents). Entries are
/// "field", "part.field" (the last part of the kind), "link.field" (of the linked record), or one
/// of the words of kFormWords.
struct Form {
  struct Line {
    enum class Kind { Heading, Text, Fields, Table, Sign, Office, Date, Note };
    Kind kind = Kind::Text;
    Template text;                    ///< of Heading, Text, Sign and Note
    std::vector<std::string> entries; ///< of Fields; of Table its columns; of Date the one
    std::string of;                   ///< of Table: a rows field or a part
  };
  /// What the article wants stated.
  struct Statement {
    std::string what;
    /// Stated when one of these entries is filled; empty: written by hand into a blank.
    std::vector<std::string> by;
    Source source;
  };
  std::string id;
  std::string title;
  Source source;
  Template number; ///< under the title; may be empty
  std::vector<Statement> states;
  std::vector<Line> lines;
};
inline constexpr std::string_view kFormWords[] = {"@office", "@government", "@county", "@number"};

/// One way to group a figure.
struct Dimension {
  std::string id; ///< "topics", "kind", "materials.kind"
  FieldRef field;
  bool top = false; ///< group by the outermost `under`
};

struct Indicator {
  enum class Way { Count, Sum, Distinct, Least, Total, Ratio };
  std::string id;
  std::string type; ///< the record type it counts; of Total and Ratio the type it is declared on
  std::string part; ///< when declared on a part
  Way way = Way::Count;
  Words label;
  Words definition;
  Predicate where;
  FieldRef of; ///< Sum: field or rows column; Count of lines: the rows field; Distinct: the field
  std::vector<FieldRef> since; ///< Sum of days: from the first of these that is filled to `of`
  bool lines = false;          ///< Count with `of: rows`
  FieldRef day;                ///< in the part or the type
  std::string unit; ///< measure word; "%" for a percent; "分" (fen) for money, printed in yuan
  bool money = false;
  std::string unit_of; ///< "of kind": the dimension whose codes give the unit
  bool stock = false;  ///< `valid: end`: what is in force on the last day of the period
  std::vector<Dimension> by;
  // Least: `of_indicator` grouped by village over @villages. Total: `terms`. Ratio: `of_indicator`
  // over `over`.
  std::string of_indicator;
  std::string over; ///< an indicator id, "@villages", or "villages" for Least
  std::vector<std::string> terms;
  bool percent = false;
  std::string mixed;
  std::string persons;
  std::string zero; ///< zero category
  bool rough = false;
  bool until_period_end = false; ///< cohort: the outcome counts only if dated inside the period
  FieldRef outcome;
  Source source; ///< the type's law

  /// By its id, or by the column alone ("kind" for "materials.kind") when no other group bears it.
  const Dimension *dimension(std::string_view name) const;
};

struct Clause {
  struct Condition {
    std::string indicator;
    std::optional<Decimal> equals;
    std::optional<Decimal> min;
    std::optional<Decimal> max;
    std::string same; ///< another indicator of equal value
  };
  struct Form {
    std::vector<Condition> when; ///< all must hold
    Template text;
  };
  struct Each {
    Predicate where;
    FieldRef order;
    bool descending = false;
    int limit = 0;
    bool next_year = false; ///< `of: next_year`: records of the year after the report's
  };
  enum class Join { Sentence, Comma, Semicolon };

  std::string id; ///< "<type>.<name>"
  std::string type;
  std::string topic; ///< empty when `topic_field` is set
  FieldRef topic_field;
  int order = 50;
  Join join = Join::Sentence;
  std::vector<Form>
      forms; ///< a plain `text` is one form; of `each` with `style`, the texts used in turn
  std::optional<Each> each;
  std::string zero;      ///< the noun after 未发生
  std::string zero_text; ///< its own words instead
};

/// `confirms_zero:` on the type whose records are zero returns: within [from, to] the categories
/// are confirmed as zero.
struct ZeroReturn {
  FieldRef category; ///< a many-code field of list zero_category
  FieldRef from;
  FieldRef to;
  Predicate when;
};

/// Another type's link field that points here, under the name it gave this direction.
struct Backlink {
  std::string name; ///< `back:`
  std::string type;
  std::string field;
};

struct RecordType {
  std::string id;
  Date edition;
  std::string law;
  Binding binding = Binding::Direct;
  Words label;
  Words help;
  char group = 'A';
  std::vector<std::string> covers;
  std::string unit; ///< measure word of one record
  FieldRef day;
  FieldRef place;     ///< `place:` the org field where it happened; None: the office that keeps it
  std::string access; ///< public, office, handlers, or "role:<role>:<field>"
  std::string retention;
  bool counts_only = false;
  std::vector<std::string> list_columns; ///< field ids, "@state", "@org"
  std::vector<std::string> list_find;
  std::string list_sort; ///< "-filed_on"
  std::vector<FieldRef> alike;
  std::optional<Validity> valid;
  std::optional<Validity> qualified;
  std::optional<ZeroReturn> confirms_zero;
  std::vector<Field> fields; ///< the union of all editions' fields and derived fields, in one order
  std::vector<Part>
      parts; ///< the built-in parts exemption, override, extension come with the procedures
  std::vector<State> states;           ///< one state "kept" when none is written
  std::vector<std::string> course;     ///< states of the usual way from `open` on; empty: not told
  std::vector<Transition> transitions; ///< "open" always first
  std::vector<Gate> gates;             ///< checked at opening and at every correction
  std::vector<Deadline> deadlines;
  std::vector<Rhythm> rhythms;
  std::vector<PaperKind> papers; ///< `documents:`
  std::vector<Backlink> backs;   ///< of all current types that link here, by name
  std::string file;              ///< the file it was read from

  int field_index(std::string_view name) const; ///< -1 if none
  const Field *field(std::string_view name) const;
  int part_index(std::string_view name) const;
  const State *state(std::string_view name) const;
  const Transition *transition(std::string_view name) const;
  const Transition &open() const { return transitions.front(); }
};

struct Law {
  std::string id;
  Words name;
  std::string number;
  std::string in_force;
  Certainty seen = Certainty::Verified;
  std::string note;
};

struct Setting {
  std::string id;
  std::string type; ///< share, money, count, days, text
  std::string unit;
  std::string value; ///< as written: "1/2", "500000", "30"
  std::string delegated;
  Source source;
  Words label;
  Words help; ///< may be empty
  /// Values an overlay sets, from a day on; by day.
  struct Later {
    Date from;
    std::string value;
    Source source;
  };
  std::vector<Later> later;
  const std::string &on(Date day) const; ///< the value in force that day
};

struct Section {
  std::string heading;
  std::vector<std::string> topics;
  bool points = false;
};

struct Chapter {
  std::string heading;
  std::vector<std::string> parts; ///< achievements, first_person, shortcomings, next_year
  bool always = false;
  bool points = false;
  std::string intro;
  std::vector<std::string> topics; ///< when it has no sections
  std::vector<Section> sections;
};

struct Outline {
  std::string id;
  Words label;
  Template title;
  Template opening;
  std::string addressee;
  Template closing;
  bool signature = true;
  Template signed_by; ///< the signature's words; empty: the office's name
  std::vector<Chapter> chapters;
};

/// Everything, resolved for one county.
class Catalog {
public:
  /// All editions of all types; within one type the oldest first.
  std::vector<RecordType> editions;
  std::vector<Indicator> indicators; ///< of the current editions, in file order
  std::vector<Clause> clauses;
  std::map<std::string, CodeList, std::less<>> lists;
  std::map<int, HolidayYear> calendars; ///< by year
  std::map<std::string, Law, std::less<>> laws;
  std::map<std::string, Words, std::less<>> roles;
  std::map<std::string, Setting, std::less<>> settings;
  std::vector<Outline> outlines;
  std::map<std::string, Form, std::less<>> forms; ///< by id
  std::vector<std::vector<std::string>>
      unit_families; ///< measure words that stand for each other; a lone one is a family
  std::vector<std::pair<std::string, std::string>>
      rules; ///< names of C++ rules used, each with the gate that calls it
  std::map<std::string, std::string, std::less<>> summed_units; ///< 人 → 人次
  std::map<std::string, std::string, std::less<>> phrases;      ///< dotted key → text
  std::map<std::string, std::vector<std::string>, std::less<>> verbs;
  std::vector<std::pair<std::string, std::string>> mechanisms; ///< id → Chinese name
  std::string hash; ///< SHA-256-like digest of all source files, in hexadecimal, set by the service

  /// Ids of all types, in file order, once each.
  std::vector<std::string> type_ids() const;
  /// The newest edition; nullptr if unknown.
  const RecordType *type(std::string_view id) const;
  /// The edition whose first day is the latest not after `day`; the oldest before that.
  const RecordType *edition_on(std::string_view id, Date day) const;
  const Indicator *indicator(std::string_view id) const;
  const Outline *outline(std::string_view id) const;
  const CodeList *list(std::string_view id) const;
  bool same_family(std::string_view unit_a, std::string_view unit_b) const;
  std::string_view phrase(std::string_view key) const; ///< empty if unknown

  /// Builds the lookup tables; the loader calls it once, last.
  void index();

private:
  std::map<std::string, std::vector<std::size_t>, std::less<>> types_;
  std::map<std::string, std::size_t, std::less<>> indicators_;
  std::vector<std::string> type_order_;
};

} // namespace yifa::catalog
