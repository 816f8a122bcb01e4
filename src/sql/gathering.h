#pragma once

#include "sql/connection.h"
#include "sql/rows.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace yifa::sql {

/// The statements of one transaction, and what it puts off. Where its refusals may come late
/// (store::Writing::late) rows that are only added are gathered, table by table, and go together:
/// at the latest with write(), and before any statement that names their table. A step of such a
/// transaction has its savepoint only once it changes what a row cut off again does not undo.
class Gathering {
public:
  /// `late`: as far as the engine gathers at all.
  Gathering(Connection &db, bool late) : db_(db), late_(late && db.dialect().takes_arrays()) {}

  bool late() const { return late_; }

  /// A row to be bound and run. The form must outlive the transaction.
  Result<Prepared> adding(const RowForm &form);
  /// A statement that sees what was gathered.
  Result<Prepared> prepare(std::string_view sql, Use use = Use::Often);
  /// The same without what is gathered: for who knows that it holds nothing asked for.
  Result<Prepared> beside(std::string_view sql) { return db_.prepare(sql); }
  /// Sends all that is gathered.
  Status write();
  /// Sends what is gathered of one form, so that a row in place of one may follow.
  Status write(const RowForm &form);

  // Steps do not nest.
  Status begin_step();
  /// To be called before the connection is written to by other ways than adding() and prepare().
  Status mark();
  Status keep_step();
  /// Unavailable where the transaction cannot go on.
  Status undo_step();

  /// Whether the open step has its savepoint: what was written since goes with it.
  bool marked() const { return marked_; }

private:
  struct Table {
    const RowForm *form = nullptr;
    std::unique_ptr<Rows> rows;
    std::size_t before = 0; ///< rows gathered before the open step
  };
  Status write(Table &table);
  Status carry_out(const char *sql) { return TRY(db_.prepare(sql)).run(); }

  Connection &db_;
  bool late_;
  bool step_ = false;
  bool marked_ = false;
  std::map<std::string_view, Table> tables_; ///< by the statement that adds one row
};

} // namespace yifa::sql
