#pragma once

#include "base/date.h"
#include "base/id.h"
#include "base/org_code.h"
#include "base/result.h"
#include "sql/dialect.h"
#include "sql/rows.h"
#include "store/row.h"
#include "store/select.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// What a session asks of an engine: statements inside one transaction. An engine is a Connection,
/// a Dialect and a TextIndex; whatever a record means to tables is told once, in this room.
namespace yifa::sql {

class TextIndex;

/// A statement lent by its connection and given back by its end. Parameters are written ?1, ?2, …
/// in the text and bound in that order.
class Statement : public store::RowSource, public store::RowSink {
public:
  using store::RowSink::bytes;
  using store::RowSink::integer;
  using store::RowSource::bytes;
  using store::RowSource::integer;

  /// True when a row is at hand, false at the end.
  virtual Result<bool> step() = 0;
  /// Carries out and makes ready to be bound again. An engine may put writing off: then what fails
  /// is told by the next step(), by settle() or by commit(), and nothing after it is kept either.
  virtual Status run() = 0;
  /// Ready to be bound again.
  virtual void reset() = 0;
};

/// A lent statement with its parameters' types told apart.
class Prepared final {
public:
  explicit Prepared(std::unique_ptr<Statement> statement) : statement_(std::move(statement)) {}

  /// Binds parameters 1, 2, …; texts and bytes are taken by reference and must live until the last
  /// step.
  template <typename... A> Prepared &with(const A &...values) {
    int n = 0;
    (put(n++, values), ...);
    return *this;
  }
  void bind_all(const std::vector<store::Parameter> &parameters);

  Result<bool> step() { return statement_->step(); }
  Status run() { return statement_->run(); }
  void reset() { statement_->reset(); }

  bool is_null(int column) const { return statement_->is_null(column); }
  std::int64_t integer(int column) const { return statement_->integer(column); }
  std::string_view bytes(int column) const { return statement_->bytes(column); }
  std::string text_at(int column) const { return std::string(bytes(column)); }
  Result<RecordId> id_at(int column) const { return store::stored_id(bytes(column)); }
  Result<OrgCode> org_at(int column) const { return store::stored_org(bytes(column)); }

  void null(int column) { statement_->null(column); }
  void integer(int column, std::int64_t value) { statement_->integer(column, value); }
  void text(int column, std::string_view value) { statement_->text(column, value); }
  void bytes(int column, std::string_view value) { statement_->bytes(column, value); }

  /// The row at hand, and the parameters, as the room of the store knows them.
  const store::RowSource &row() const { return *statement_; }
  store::RowSink &sink() { return *statement_; }

private:
  void put(int n, std::int64_t value) { integer(n, value); }
  void put(int n, int value) { integer(n, value); }
  void put(int n, bool value) { integer(n, value ? 1 : 0); }
  void put(int n, std::string_view value) { text(n, value); }
  void put(int n, const std::string &value) { text(n, value); }
  void put(int n, const char *value) { text(n, value); }
  void put(int n, const RecordId &value) { bytes(n, store::id_bytes(value)); }
  void put(int n, const OrgCode &value) { text(n, value.text()); }
  void put(int n, std::nullptr_t) { null(n); }

  std::unique_ptr<Statement> statement_;
};

/// How a statement will be used.
enum class Use {
  Often, ///< the same text again and again
  Once,  ///< a text that differs from question to question
  Walk,  ///< more rows than should be held at once: they are taken as they come
};

/// A snapshot to read; one change; very many changes at once.
enum class Mode { Read, Write, Bulk };

/// One connection to an engine, used by one thread at a time.
class Connection {
public:
  virtual ~Connection() = default;

  virtual Result<Prepared> prepare(std::string_view sql, Use use = Use::Often) = 0;
  /// Rows to be gathered and added together: of an engine that takes arrays
  /// (Dialect::takes_arrays).
  virtual std::unique_ptr<Rows> gather(const RowForm &) { return nullptr; }
  /// One or several statements without parameters, done when it returns.
  virtual Status execute(const std::string &sql) = 0;
  /// Waits for all that was put off, and tells the first failure among it.
  virtual Status settle() = 0;

  /// Begins a transaction. A reader's snapshot is taken now. A writer waits here, up to a limit,
  /// until no other writes to the same county, or at all where `county` is empty; Unavailable then.
  virtual Status begin(Mode mode, const std::string &county) = 0;
  virtual Status commit() = 0;
  /// Undoes the transaction, if one is open.
  virtual void undo() = 0;
  virtual bool in_transaction() const = 0;
  /// Whether a statement of the open transaction failed, so that only undoing is left.
  virtual bool failed() const { return false; }
  /// Whether it may be lent again.
  virtual bool sound() const = 0;

  virtual const Dialect &dialect() const = 0;
  virtual TextIndex &texts() = 0;
  /// Statements before and after very much is emptied or filled at once.
  virtual Status empty_tables(const std::vector<std::string> &tables) = 0;
  /// The indexes that migrations made, with the statements that made them.
  virtual Result<std::map<std::string, std::string>> made_indexes() = 0;
  virtual Status note_index(const std::string &name, const std::string &sql) = 0;
};

/// Where sessions get their connections from and bring them back to.
class Home {
public:
  virtual ~Home() = default;
  virtual void give_back(std::unique_ptr<Connection> connection, Mode mode) = 0;
  /// A writer's transaction is over, kept or not: the next one may begin.
  virtual void writer_done(const std::string &county) = 0;
};

} // namespace yifa::sql
