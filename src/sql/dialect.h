#pragma once

#include "store/schema.h"

namespace yifa::sql {

/// What differs from engine to engine in statements that otherwise are the same. Parameters are
/// written ?N everywhere and translated by the connection.
class Dialect : public store::Dialect {
public:
  /// The column, worded so that no index is chosen for its sake.
  virtual std::string plain(const std::string &column) const = 0;
  /// The number of the month (Month::index) a column of days lies in.
  virtual std::string month_of(const std::string &column) const = 0;
  /// The sum of two whole numbers; a failure of the statement where 64 bits do not hold it.
  virtual std::string sum(const std::string &a, const std::string &b) const = 0;
  /// Whether many rows may be given to one statement as arrays (ManyRows).
  virtual bool takes_arrays() const = 0;
  /// Whether sums are kept above the counties too, by a worker that follows the writers
  /// (node_sums.h). Where one writes at a time few counties share a store, and they are added up.
  virtual bool keeps_node_sums() const = 0;
  /// Whether the tables lie on several servers, by county: a statement over all counties is then a
  /// plain one.
  virtual bool spread() const { return false; }
  /// A column's name, type and checks, as in CREATE TABLE.
  virtual std::string column_words(const store::Column &column) const = 0;
  std::string add_column(const store::Table &table, const store::Column &column) const override {
    return "ALTER TABLE " + store::quoted(table.name) + " ADD COLUMN " + column_words(column);
  }
  std::string rename_column(const store::Table &table, const std::string &from,
                            const std::string &to) const override {
    return "ALTER TABLE " + store::quoted(table.name) + " RENAME COLUMN " + store::quoted(from) +
           " TO " + store::quoted(to);
  }
  std::string parameter(int n) const override { return "?" + std::to_string(n); }
};

} // namespace yifa::sql
