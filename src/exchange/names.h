#pragma once

#include "catalog/model.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// How columns and sheets are called, in blank templates and when people's files are read.
namespace yifa::exchange {

/// Columns that are no fields. A field of the same name comes first; with @ the name is never a
/// field's.
enum class Special { State, Org, Key, Reason, Number, Act, Record, Row, Ignored };
constexpr std::size_t kSpecials = 9;

/// Half width, without blanks, stars and end colon, lower case: what headers are compared by.
std::string bare_name(std::string_view written);

/// Whether `written` names something called `id` and `label`; a unit or remark in brackets at its
/// end is forgiven: "份数（份）".
bool names(std::string_view written, const std::string &id, const catalog::Words &label);

/// The special column of this name.
std::optional<Special> special_named(std::string_view written);
/// What it is called in field paths: @state, @org, @key, …
std::string special_path(Special special);
/// Its usual header: 目标状态, 单位, 记录键, 理由, 编号, 行号.
std::string special_header(Special special, bool english);

/// A name a sheet may have: at most 31 characters, none of []:*?/\ .
std::string sheet_name(std::string_view label);

/// Whether people type this field: not derived, not given by a register, not of another edition.
bool typed_by_people(const catalog::Field &field);
/// Whether a file must have it: required, typed, without default, not personal.
bool needs_column(const catalog::Field &field);

/// What a column of a sheet fills.
struct Target {
  enum class Kind { None, Field, RowsColumn, PartField, Special };
  Kind kind = Kind::None;
  int part = -1;   ///< of PartField
  int field = -1;  ///< in the type's, part's or rows' own list
  int column = -1; ///< of RowsColumn: in the field's columns
  Special special = Special::Ignored;
  const catalog::Field *holds = nullptr; ///< the field or column that takes the value
  std::string path;                      ///< "title", "materials[1].copies", "held_on"
  bool operator==(const Target &other) const {
    return kind == other.kind && part == other.part && field == other.field &&
           column == other.column && special == other.special;
  }
};

/// What a header may name on one sheet.
struct HeaderScope {
  const std::vector<catalog::Field> *fields = nullptr;
  const std::vector<catalog::Part> *parts = nullptr; ///< of the main sheet: "part.field" columns
  bool child = false;    ///< a sheet of lines that belong to rows of another
  bool personal = false; ///< personal fields may stand
};

/// The target of a header; kind None when nobody is called so. More than one when a label is
/// ambiguous.
std::vector<Target> targets_of(std::string_view header, const HeaderScope &scope);
/// All names a header of this scope may have, for "did you mean".
std::vector<std::string> known_names(const HeaderScope &scope);

} // namespace yifa::exchange
