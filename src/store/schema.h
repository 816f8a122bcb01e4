#pragma once

#include <string>
#include <vector>

/// Tables in words that every engine can render. County first in every primary key, so that one
/// database or many hold the same tables (docs/adr/0030-schema.md).
namespace yifa::store {

enum class ColumnType {
  Text,
  Integer, ///< 64 bits
  Count,   ///< whole, ≥ 0
  Flag,    ///< true or false
  Day,     ///< days since 1970-01-01
  Moment,  ///< seconds since 1970-01-01T00:00:00Z
  Id,      ///< 16 bytes
  Hash,    ///< SHA-256 as 64 hexadecimal digits
  Json,    ///< canonical JSON as text
  Bytes,
};

struct Column {
  std::string name;
  ColumnType type = ColumnType::Text;
  bool required = false;
  /// What its values mean ("text", "money", "date*"): a change of meaning under one name is refused
  /// by migration.
  std::string kind;
  std::string was; ///< its former name, when renamed
};

struct Index {
  std::string name;
  std::vector<std::string> columns;
  bool unique = false;
  std::string filled; ///< only rows where this column is filled; empty: all
  /// Only rows whose office in this column lies below a town (its code is longer than a town's nine
  /// signs); empty: all.
  std::string below_town;
  /// Columns that are carried along and order nothing, so that a filter is judged without reading
  /// the row.
  std::vector<std::string> carried;
};

struct Table {
  std::string name;
  std::vector<Column> columns;
  std::vector<std::string> primary_key;
  bool clustered = false; ///< small rows, read together by key
  std::string parent;     ///< table whose primary key is the head of this one's; empty: none
  std::vector<std::string> parent_key;
  std::vector<Index> indexes;
  /// Columns that may hold nothing any more: their fields became personal.
  std::vector<std::string> closed;

  const Column *column(const std::string &name) const;
};

/// How one engine says it.
class Dialect {
public:
  virtual ~Dialect() = default;
  virtual std::string create_table(const Table &table) const = 0;
  virtual std::string create_index(const Table &table, const Index &index) const = 0;
  virtual std::string add_column(const Table &table, const Column &column) const = 0;
  virtual std::string rename_column(const Table &table, const std::string &from,
                                    const std::string &to) const = 0;
  /// The n-th parameter of a statement, from 1.
  virtual std::string parameter(int n) const = 0;
};

/// Double quotes around a name that is known to hold none.
std::string quoted(const std::string &name);
/// Names, quoted and separated by commas.
std::string name_list(const std::vector<std::string> &names);

} // namespace yifa::store
