#include "sqlite/upgrade.h"

#include "sqlite/fixed_tables.h"

#include <fmt/format.h>

namespace yifa::sqlite {
namespace {

/// Counts by month the records that were there before the counts were kept.
Status count_months(SqliteConnection &db) {
  std::vector<std::string> ledgers;
  {
    auto rows = TRY(db.prepare(
        "SELECT substr(name, 5) FROM sqlite_schema WHERE type = 'table' AND name GLOB 'rec_*' AND "
        "instr(name, '__') = 0",
        sql::Use::Once));
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

Result<std::int64_t> number(SqliteConnection &db, const std::string &name) {
  auto rows = TRY(db.prepare("PRAGMA " + name, sql::Use::Once));
  if (!TRY(rows.step())) return std::int64_t{0};
  return rows.integer(0);
}

} // namespace

Status upgrade_fixed_tables(SqliteConnection &db) {
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
    auto tables = db.prepare("SELECT count(*) FROM sqlite_schema", sql::Use::Once);
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

} // namespace yifa::sqlite
