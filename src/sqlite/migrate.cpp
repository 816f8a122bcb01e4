#include "sqlite/migrate.h"

#include "sqlite/dialect.h"
#include "sqlite/fixed_tables.h"
#include "sqlite/value_counts.h"

#include <map>

#include <fmt/format.h>

namespace yifa::sqlite {
namespace {

using store::Column;
using store::Table;
using Known = std::map<std::string, std::map<std::string, std::string>>; // table → column → kind

Result<Known> known_columns(Connection &db) {
  Known known;
  auto rows = TRY(db.prepare("SELECT table_name, column_name, kind FROM schema_column", false));
  while (TRY(rows.step())) known[rows.text_at(0)][rows.text_at(1)] = rows.text_at(2);
  return known;
}

/// By name, as they were made.
Result<std::map<std::string, std::string>> known_indexes(Connection &db) {
  std::map<std::string, std::string> known;
  auto rows = TRY(db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'index'", false));
  while (TRY(rows.step())) known[rows.text_at(0)] = rows.text_at(1);
  return known;
}

class Planning {
public:
  Planning(Known known, std::map<std::string, std::string> indexes)
      : known_(std::move(known)), indexes_(std::move(indexes)) {}

  void table(const Table &table) {
    auto found = known_.find(table.name);
    if (found == known_.end()) {
      changes.push_back(
          {"new table " + table.name, dialect().create_table(table), table.name, {}, {}});
      for (const auto &column : table.columns)
        changes.push_back({{}, {}, table.name, column.name, column.kind});
    } else {
      for (const auto &c : table.columns) column(table, c, found->second);
    }
    for (const auto &one : table.indexes) index(table, one, found == known_.end());
  }

  std::vector<Change> changes;
  std::vector<Problem> problems;

private:
  /// An index that was made otherwise is made again.
  void index(const Table &table, const store::Index &index, bool with_table) {
    auto sql = dialect().create_index(table, index);
    const auto same = indexes_.find(index.name);
    if (same != indexes_.end() && same->second == sql) return;
    if (same != indexes_.end())
      changes.push_back({{}, "DROP INDEX " + store::quoted(index.name), {}, {}, {}});
    changes.push_back(
        {with_table ? std::string() : "new index " + index.name, std::move(sql), {}, {}, {}});
  }

  void column(const Table &table, const Column &column,
              const std::map<std::string, std::string> &known) {
    auto where = table.name + "." + column.name;
    auto conflict = [&](const std::string &name, const std::string &kind) {
      problems.push_back(
          {where,
           fmt::format(
               "the column {} holds \"{}\" and cannot become \"{}\"; give the field another name "
               "and let the old one be retired",
               name, kind, column.kind),
           {},
           {}});
    };
    auto same = known.find(column.name);
    if (same != known.end()) {
      if (same->second != column.kind) conflict(column.name, same->second);
      return;
    }
    auto before = column.was.empty() ? known.end() : known.find(column.was);
    if (before != known.end()) {
      if (before->second != column.kind) {
        conflict(column.was, before->second);
        return;
      }
      changes.push_back({fmt::format("{}.{} becomes {}", table.name, column.was, column.name),
                         dialect().rename_column(table, column.was, column.name), table.name,
                         column.name, column.kind});
      return;
    }
    changes.push_back({"new column " + where, dialect().add_column(table, column), table.name,
                       column.name, column.kind});
  }

  Known known_;
  std::map<std::string, std::string> indexes_;
};

/// A field that became personal must not leave its open values behind.
Status check_closed(Connection &db, const Known &known, const Table &table,
                    std::vector<Problem> &problems) {
  auto found = known.find(table.name);
  if (found == known.end()) return Done{};
  for (const auto &name : table.closed) {
    if (!found->second.contains(name)) continue;
    auto rows = TRY(db.prepare(fmt::format("SELECT 1 FROM {} WHERE {} IS NOT NULL LIMIT 1",
                                           store::quoted(table.name), store::quoted(name)),
                               false));
    if (TRY(rows.step()))
      problems.push_back({table.name + "." + name,
                          "the field is now personal and the store holds open values of it; "
                          "export, forget and import "
                          "them again, or give the personal field another name",
                          {},
                          {}});
  }
  return Done{};
}

/// Counts by month the records that were there before the counts were kept.
Status count_months(Connection &db) {
  std::vector<std::string> ledgers;
  {
    auto rows = TRY(db.prepare(
        "SELECT substr(name, 5) FROM sqlite_schema WHERE type = 'table' AND name GLOB 'rec_*' AND "
        "instr(name, '__') = 0",
        false));
    while (TRY(rows.step())) ledgers.push_back(rows.text_at(0));
  }
  for (const auto &ledger : ledgers)
    TRY(db.execute(fmt::format(
        "INSERT INTO month_count (county, level, org, month, type, state, records, late) SELECT "
        "county, 0, owner_org, strftime('%Y', day * 86400, 'unixepoch') * 12 + strftime('%m', day "
        "* 86400, 'unixepoch') - 1, '{0}', state, count(*), sum(late) FROM \"rec_{0}\" WHERE "
        "withdrawn = 0 GROUP BY 1, 3, 4, 6",
        ledger)));
  return db.execute("INSERT INTO month_count (county, level, org, month, type, state, records, "
                    "late) SELECT county, 1, county, month, type, state, sum(records), sum(late) "
                    "FROM month_count WHERE level = 0 AND county <> '' GROUP BY county, month, "
                    "type, state");
}

/// Counts by value the records of every ledger of which other fields are counted than before.
Status count_values_again(Connection &db, const store::Shape &shape) {
  auto known = TRY(db.prepare("SELECT value FROM meta WHERE key = ?1"));
  auto note = TRY(
      db.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES (?1, CAST(?2 AS BLOB))", false));
  for (const auto &[id, type] : shape.types) {
    const auto key = "@counted:" + id;
    const auto names = store::counted_names(type);
    known.with(key);
    const bool same = TRY(known.step()) && known.bytes(0) == names;
    known.reset();
    if (same) continue;
    for (const auto &sql : recount_values(type)) TRY(db.execute(sql));
    TRY(note.with(key, names).run());
  }
  return Done{};
}

Result<std::int64_t> number(Connection &db, const std::string &name) {
  auto rows = TRY(db.prepare("PRAGMA " + name, false));
  if (!TRY(rows.step())) return std::int64_t{0};
  return rows.integer(0);
}

} // namespace

Status upgrade_fixed_tables(Connection &db) {
  const auto &steps = fixed_table_steps();
  auto version = TRY(number(db, "user_version"));
  auto application = TRY(number(db, "application_id"));
  if (version > static_cast<std::int64_t>(steps.size()))
    return unavailable("this store was written by a newer yifa; use that version");
  if (version == static_cast<std::int64_t>(steps.size()) && application == kApplicationId)
    return Done{};
  TRY(db.execute("BEGIN IMMEDIATE"));
  auto upgrade = [&]() -> Status {
    // Another program may have been first.
    version = TRY(number(db, "user_version"));
    application = TRY(number(db, "application_id"));
    auto tables = db.prepare("SELECT count(*) FROM sqlite_schema", false);
    if (!tables) return std::move(tables).error();
    TRY(tables->step());
    if (application != kApplicationId && tables->integer(0) > 0)
      return unavailable("the file is a database of another program, no store of yifa");
    tables->reset();
    for (auto step = static_cast<std::size_t>(version); step < steps.size(); ++step)
      TRY(db.execute(steps[step]));
    if (version < kMonthCountStep) TRY(count_months(db));
    return db.execute(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}; COMMIT",
                                  kApplicationId, steps.size()));
  };
  auto done = upgrade();
  if (!done && db.in_transaction()) (void)db.execute("ROLLBACK");
  return done;
}

Result<std::vector<Change>> plan_changes(Connection &db, const store::Shape &shape) {
  const auto known = TRY(known_columns(db));
  Planning plan(known, TRY(known_indexes(db)));
  for (const auto *table : shape.tables()) {
    plan.table(*table);
    TRY(check_closed(db, known, *table, plan.problems));
  }
  if (!plan.problems.empty())
    return invalid("the catalog changes what columns mean, which no migration may",
                   std::move(plan.problems));
  return std::move(plan.changes);
}

Status apply_changes(Connection &db, const std::vector<Change> &changes,
                     const store::Shape &shape) {
  for (const auto &change : changes)
    if (!change.sql.empty()) TRY(db.execute(change.sql));
  auto note = TRY(db.prepare(
      "INSERT OR REPLACE INTO schema_column (table_name, column_name, kind) VALUES (?1, ?2, ?3)"));
  for (const auto &change : changes)
    if (!change.column.empty()) TRY(note.with(change.table, change.column, change.kind).run());
  // Names that were renamed are no longer there.
  auto forget =
      TRY(db.prepare("DELETE FROM schema_column WHERE table_name = ?1 AND column_name = ?2"));
  for (const auto *table : shape.tables())
    for (const auto &column : table->columns)
      if (!column.was.empty() && table->column(column.was) == nullptr)
        TRY(forget.with(table->name, column.was).run());
  TRY(count_values_again(db, shape));
  auto fingerprint = TRY(
      db.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('@shape', CAST(?1 AS BLOB))"));
  return fingerprint.with(shape.fingerprint).run();
}

Result<bool> fits(Connection &db, const store::Shape &shape) {
  auto rows = TRY(db.prepare("SELECT value FROM meta WHERE key = '@shape'"));
  return TRY(rows.step()) && rows.bytes(0) == shape.fingerprint;
}

} // namespace yifa::sqlite
