#include "postgres/spread.h"

#include "postgres/connection.h"

#include <fmt/format.h>

namespace yifa::postgres {
namespace {

/// All tables with a county lie where this one lies.
constexpr const char *kLeading = "event";

Result<bool> has_citus(PostgresConnection &db) {
  auto rows = TRY(db.prepare("SELECT 1 FROM pg_extension WHERE extname = 'citus'", sql::Use::Once));
  return rows.step();
}

struct Waiting {
  std::string name;
  bool by_county = false;
};

/// Tables of ours that are not spread, the leading one first. Parts of a parted table go with it.
Result<std::vector<Waiting>> waiting_tables(PostgresConnection &db) {
  auto rows = TRY(db.prepare(
      "SELECT c.relname, EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND "
      "a.attname = 'county' AND NOT a.attisdropped) FROM pg_class c WHERE c.relnamespace = "
      "CAST(current_schema() AS regnamespace) AND c.relkind IN ('r', 'p') AND NOT c.relispartition "
      "AND NOT EXISTS (SELECT 1 FROM pg_dist_partition d WHERE d.logicalrelid = c.oid) ORDER BY "
      "c.relname <> ?1, c.relname",
      sql::Use::Once));
  rows.with(kLeading);
  std::vector<Waiting> out;
  while (TRY(rows.step())) out.push_back({rows.text_at(0), rows.integer(1) != 0});
  return out;
}

} // namespace

Result<bool> is_spread(PostgresConnection &db) {
  if (!TRY(has_citus(db))) return false;
  auto rows = TRY(db.prepare("SELECT 1 FROM pg_dist_partition WHERE logicalrelid = to_regclass(?1)",
                             sql::Use::Once));
  rows.with(kLeading);
  return rows.step();
}

Result<std::vector<std::string>> spread(PostgresConnection &db) {
  if (!TRY(has_citus(db)))
    return unavailable("the database has no Citus; its tables stay on one server");
  // What is unique in every county need not be told so by one index over all of them.
  TRY(db.execute("DROP INDEX IF EXISTS record_home_by_id; CREATE INDEX IF NOT EXISTS "
                 "record_home_by_bare_id ON record_home (id)"));
  std::vector<std::string> out;
  for (const auto &table : TRY(waiting_tables(db))) {
    const auto name = store::quoted(table.name);
    if (!table.by_county)
      TRY(db.execute(fmt::format("SELECT create_reference_table('{}')", name)));
    else if (table.name == kLeading)
      TRY(db.execute(fmt::format("SELECT create_distributed_table('{}', 'county')", name)));
    else
      TRY(db.execute(
          fmt::format("SELECT create_distributed_table('{}', 'county', colocate_with => '{}')",
                      name, kLeading)));
    out.push_back(table.name + (table.by_county ? " by county" : " on every server"));
  }
  return out;
}

} // namespace yifa::postgres
