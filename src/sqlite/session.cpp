#include "sqlite/session.h"

#include <fmt/format.h>

namespace yifa::sqlite {

Session::Session(Home &home, Connection db, std::shared_ptr<const store::Shape> shape, Mode mode)
    : home_(home), db_(std::move(db)), shape_(std::move(shape)), mode_(mode) {}

Session::~Session() {
  if (db_.in_transaction()) (void)db_.execute("ROLLBACK");
  if (mode_ == Mode::Bulk) (void)db_.keep_pages(kPagesOfWriter);
  // A connection that cannot even undo is closed instead of lent again.
  if (!db_.in_transaction()) home_.give_back(std::move(db_), mode_ != Mode::Read);
  if (mode_ != Mode::Read && !spent_) home_.writer_done();
}

Status Session::begin() {
  TRY(db_.execute(mode_ == Mode::Read ? "BEGIN" : "BEGIN IMMEDIATE"));
  begun_ = true;
  if (mode_ == Mode::Bulk) TRY(db_.keep_pages(kPagesOfBulk));
  if (mode_ != Mode::Read) return Done{};
  // A snapshot is taken by the first look, not by BEGIN.
  auto look = TRY(db_.prepare("SELECT 1 FROM meta LIMIT 1"));
  return look.run();
}

Status Session::writable() const {
  if (mode_ == Mode::Read) return internal_error("this transaction only reads");
  if (spent_) return internal_error("this transaction is over");
  if (spoiled_)
    return unavailable("an earlier step of this transaction failed, so nothing more is written");
  return Done{};
}

Status Session::flush() {
  TRY(flush_moves());
  TRY(flush_values());
  TRY(flush_heads());
  TRY(flush_registers());
  return flush_texts();
}

Status Session::commit() {
  auto done = writable();
  if (spent_ || mode_ == Mode::Read) return done;
  if (done) done = flush();
  if (done) done = db_.execute("COMMIT");
  if (!done && db_.in_transaction()) (void)db_.execute("ROLLBACK");
  // Whatever became of it, the next writer may begin.
  spent_ = true;
  home_.writer_done();
  return done;
}

Status Session::clear_derived_tables() {
  TRY(writable());
  moves_.clear();
  values_.clear();
  texts_.clear();
  offices_.clear();
  text_bytes_ = 0;
  auto clear = [this]() -> Status {
    // Overwriting freed pages with zeros would double the work; there is nothing secret in these
    // tables.
    TRY(db_.execute("PRAGMA secure_delete = FAST"));
    for (const auto &[id, type] : shape_->types) {
      for (const auto &part : type.parts)
        TRY(db_.execute("DELETE FROM " + store::quoted(part.table.name)));
      TRY(db_.execute("DELETE FROM " + store::quoted(type.table.name)));
    }
    TRY(db_.execute(
        "DELETE FROM record_home; DELETE FROM office; DELETE FROM link; DELETE FROM attachment;"
        "DELETE FROM alike; DELETE FROM tally; DELETE FROM tally_stock; DELETE FROM due; DELETE "
        "FROM month_count; DELETE FROM value_count; DELETE FROM search_text;"
        "INSERT INTO search_index (search_index) VALUES ('delete-all')"));
    return db_.execute("PRAGMA secure_delete = ON");
  };
  return noted(clear());
}

const Session::TypeSql &Session::sql_of(const store::TypeShape &type) {
  auto [found, fresh] = sql_.try_emplace(&type);
  TypeSql &sql = found->second;
  if (!fresh) return sql;
  auto names = [](const store::Table &table) {
    std::vector<std::string> out;
    for (const auto &column : table.columns) out.push_back(column.name);
    return out;
  };
  auto marks = [](std::size_t n) {
    std::string out;
    for (std::size_t i = 1; i <= n; ++i) out += fmt::format("{}?{}", i > 1 ? ", " : "", i);
    return out;
  };
  auto columns = names(type.table);
  auto table = store::quoted(type.table.name);
  sql.columns = store::name_list(columns);
  sql.select = fmt::format("SELECT {} FROM {} WHERE county = ?1 AND id = ?2", sql.columns, table);
  sql.insert =
      fmt::format("INSERT INTO {} ({}) VALUES ({})", table, sql.columns, marks(columns.size()));
  std::string sets;
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (i != store::kCounty && i != store::kId)
      sets += fmt::format("{}{} = ?{}", sets.empty() ? "" : ", ", store::quoted(columns[i]), i + 1);
  sql.update = fmt::format("UPDATE {} SET {} WHERE county = ?1 AND id = ?2", table, sets);
  for (const auto &part : type.parts) {
    auto part_columns = names(part.table);
    auto part_table = store::quoted(part.table.name);
    sql.part_select.push_back(
        fmt::format("SELECT {} FROM {} WHERE county = ?1 AND record = ?2 ORDER BY position",
                    store::name_list(part_columns), part_table));
    sql.part_put.push_back(fmt::format("INSERT OR REPLACE INTO {} ({}) VALUES ({})", part_table,
                                       store::name_list(part_columns), marks(part_columns.size())));
    sql.part_cut.push_back(fmt::format(
        "DELETE FROM {} WHERE county = ?1 AND record = ?2 AND position >= ?3", part_table));
  }
  return sql;
}

} // namespace yifa::sqlite
