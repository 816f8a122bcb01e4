// What is due in a county that holds a million matters, closed and open (100 000 without
// YIFA_BENCH_LONG).

#include "bare_sqlite.h"
#include "whole_path.h"

#include "service/outlook.h"
#include "sqlite/fixed_tables.h"

namespace {

using namespace yifa;
using namespace yifa::bench;

/// A county of thirty towns; one matter in twenty is open, and their days lie up to 200 days before
/// and after today.
class County {
public:
  County() {
    auto &env = town_.environment();
    service::Ledgers ledgers(env);
    const auto today = env.clock.today();
    record::Command command;
    command.type = "petition";
    command.action = "open";
    command.org = town_.office();
    command.client_key = "one";
    command.fields = {{"received_on", today.plus_days(-210).text()},
                      {"channel", "visit"},
                      {"kind", "claim"},
                      {"contactable", true}};
    must(ledgers.apply(command, Township::clerk()));
    multiply(long_run() ? 1'000'000 : 100'000);
  }
  service::Environment &environment() { return town_.environment(); }
  OrgCode town() const { return town_.office(); }
  std::int64_t records() const { return records_; }
  std::int64_t running() const { return running_; }

private:
  void multiply(std::int64_t records) {
    const auto database = town_.database();
    const std::string n = fmt::format(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) ", records);
    const std::string town = "'370306' || CAST(104 + i % 30 AS TEXT)";
    const std::string later = "i * 7 % 400";
    std::string names;
    std::string values;
    for (const auto &row :
         BareSqlite::read(database, "SELECT name FROM pragma_table_info('rec_petition')")) {
      const auto &name = row.front().bytes;
      const char *comma = names.empty() ? "" : ", ";
      names += comma + name;
      values += comma;
      if (name == "id")
        values += "CAST(printf('%08x', i) || substr(id, 9) AS BLOB)";
      else if (name == "owner_org" || name == "town")
        values += town;
      else if (name == "day" || name == "received_on")
        values += name + " + " + later;
      else if (name == "number")
        values += "number || '-' || i";
      else if (name == "state")
        values += "CASE WHEN i % 20 = 0 THEN state ELSE 'final' END";
      else
        values += name;
    }
    BareSqlite::run(
        database,
        fmt::format("BEGIN; {0} INSERT INTO rec_petition ({1}) SELECT {2} FROM n, (SELECT * FROM "
                    "rec_petition LIMIT 1); {0} INSERT INTO record_home SELECT CAST(printf('%08x', "
                    "i) || substr(id, 9) AS BLOB), county, type, batch FROM n, (SELECT * FROM "
                    "record_home WHERE type = 'petition' LIMIT 1); {0} INSERT INTO due SELECT "
                    "county, due + {4}, {3}, CAST(printf('%08x', i) || substr(record, 9) AS BLOB), "
                    "rule, part, binds, type FROM n, (SELECT * FROM due) WHERE i % 20 = 0; COMMIT;",
                    n, names, values, town, later));
    records_ = BareSqlite::read(database, "SELECT count(*) FROM rec_petition").front()[0].number;
    running_ = BareSqlite::read(database, "SELECT count(*) FROM due").front()[0].number;
  }

  Township town_;
  std::int64_t records_ = 0;
  std::int64_t running_ = 0;
};

County &county() {
  static County kept;
  return kept;
}

/// The first 200 lines of what is overdue or due within a week. Wanted: under 50 ms.
void due_lists(benchmark::State &state) {
  auto &all = county();
  service::Ledgers ledgers(all.environment());
  const bool of_county = state.range(0) == 1;
  service::DueRequest request;
  request.scope = of_county ? must(OrgCode::parse("370306")) : all.town();
  request.until = all.environment().clock.today().plus_days(7);
  service::Actor reviewer{"reviewer", request.scope, {}, false};
  for (auto _ : state)
    if (must(service::Outlooks(ledgers).due(request, reviewer)).found.size() != 200)
      state.SkipWithError("not the first 200");
  state.counters["matters"] = static_cast<double>(all.records());
  state.counters["running"] = static_cast<double>(all.running());
}
BENCHMARK(due_lists)->ArgName("county")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

} // namespace
