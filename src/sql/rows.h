#pragma once

#include "base/result.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace yifa::sql {

class Statement;

/// What a column of added rows is given as.
enum class Cell { Text, Whole, Bytes };

/// What is added to one table, always with the same columns.
class RowForm {
public:
  struct Column {
    std::string name;
    Cell kind = Cell::Text;
    std::string as = {}; ///< the engine's type it is read as; empty: as it comes
  };
  /// `clash`: "ON CONFLICT …", or nothing: then a row that is there is a failure (Stale).
  RowForm(std::string table, std::vector<Column> columns, std::string clash = {});

  const std::string &table() const { return table_; }
  const std::vector<Column> &columns() const { return columns_; }
  const std::string &clash() const { return clash_; }
  /// The statement that adds one, its parameters in the order of the columns.
  const std::string &one() const { return one_; }
  /// "INSERT INTO table (columns)", for who has the rows from elsewhere.
  const std::string &into() const { return into_; }

private:
  std::string table_; ///< quoted where it must be
  std::vector<Column> columns_;
  std::string clash_;
  std::string into_;
  std::string one_;
};

/// Rows gathered to be added together, in the order they came.
class Rows {
public:
  virtual ~Rows() = default;
  /// A row to be bound; it is gathered when it runs.
  virtual std::unique_ptr<Statement> row() = 0;
  virtual std::size_t size() const = 0;
  /// Forgets the rows from there on.
  virtual void cut(std::size_t from) = 0;
  /// Adds the first so many and forgets them; may be put off as Statement::run() is.
  virtual Status write(std::size_t many) = 0;
};

/// Whether a statement names a table, as a word of its own.
bool names_table(std::string_view sql, std::string_view table);

} // namespace yifa::sql
