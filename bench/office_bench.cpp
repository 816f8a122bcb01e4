// What an office waits for: its figures and its report, out of a store that holds ten million
// records of other offices (200 000 without YIFA_BENCH_LONG).

#include "bare_sqlite.h"
#include "whole_path.h"

#include "report/render_docx.h"
#include "service/examples.h"
#include "service/figures.h"
#include "service/reports.h"
#include "sqlite/fixed_tables.h"
#include "sqlite/store.h"

namespace {

using namespace yifa;
using namespace yifa::bench;

/// Copies one township's disputes, their homes and what they add to its figures to made-up
/// townships of counties 900000 and above, until they hold `records`. What the office itself
/// recorded stays as it is; only how much lies around it grows.
void surround(const std::filesystem::path &database, const std::string &of, std::int64_t records) {
  const auto own =
      BareSqlite::read(database, "SELECT count(*) FROM rec_dispute WHERE county = '" + of + "'")
          .front()
          .front()
          .number;
  const std::string n =
      fmt::format("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) ",
                  records / own);
  const std::string county = "CAST(900000 + i / 20 AS TEXT)";
  const std::string town = "CAST(900000 + i / 20 AS TEXT) || CAST(100 + i % 20 AS TEXT)";
  const std::string id = "CAST(printf('%08x', i) || substr(id, 9) AS BLOB)";
  std::string names;
  std::string values;
  for (const auto &row :
       BareSqlite::read(database, "SELECT name FROM pragma_table_info('rec_dispute')")) {
    const auto &name = row.front().bytes;
    const char *comma = names.empty() ? "" : ", ";
    names += comma + name;
    values += comma + (name == "county"                              ? county
                       : name == "id"                                ? id
                       : name == "owner_org" || name == "town"       ? town
                       : name == "place_org" || name == "place_town" ? std::string("NULL")
                                                                     : name);
  }
  BareSqlite::run(
      database,
      fmt::format(
          "BEGIN; {0} INSERT INTO rec_dispute ({1}) SELECT {2} FROM n, rec_dispute WHERE county = "
          "'{6}'; {0} INSERT INTO record_home SELECT {3}, {4}, type, batch FROM n, record_home "
          "WHERE county = '{6}' AND type = 'dispute'; {0} INSERT INTO tally SELECT {4}, 0, {5}, "
          "month, indicator, dimension, grp, value FROM n, tally WHERE county = '{6}' AND level = "
          "0 "
          "AND indicator LIKE 'disputes%'; INSERT INTO tally SELECT county, 1, county, month, "
          "indicator, dimension, grp, sum(value) FROM tally WHERE county >= '900000' AND level = 0 "
          "GROUP BY county, month, indicator, dimension, grp; {0} INSERT INTO office SELECT {4}, "
          "{5} FROM n; COMMIT;",
          n, names, values, id, county, town, of));
}

/// The example towns with their full year, among strangers.
class Surrounded {
public:
  Surrounded() {
    options_.data = folder_.path() / "demo";
    options_.key = folder_.path() / "demo.key";
    for (const auto &town : must(service::prepare_examples(options_, open_sqlite, {})))
      if (town.report.org.county() == kCounty) town_ = town.report;
    const auto database = options_.data / sqlite::kFileName;
    surround(database, kCounty, long_run() ? 10'000'000 : 200'000);
    records_ = BareSqlite::read(database, "SELECT count(*) FROM rec_dispute").front()[0].number;
    space_ = must(service::Workspace::open(options_, open_sqlite));
  }
  service::Environment &environment() { return space_->environment(); }
  const service::DraftRequest &report() const { return town_; }
  std::int64_t records() const { return records_; }
  /// A clerk of the office who sees nothing else.
  service::Actor clerk() const { return {"clerk", town_.org, {}, false}; }

private:
  static constexpr const char *kCounty = "500229";
  testing::Folder folder_;
  service::WorkspaceOptions options_;
  service::DraftRequest town_;
  std::unique_ptr<service::Workspace> space_;
  std::int64_t records_ = 0;
};

Surrounded &surrounded() {
  static Surrounded kept;
  return kept;
}

/// All figures of a town-year through the service. Wanted: under 5 ms.
void figures_of_a_town(benchmark::State &state) {
  auto &all = surrounded();
  service::Figures figures(all.environment());
  const auto year = Period::year(all.report().year);
  for (auto _ : state)
    benchmark::DoNotOptimize(must(figures.compute(all.report().org, year, {}, all.clerk())).size());
  state.counters["records"] = static_cast<double>(all.records());
}
BENCHMARK(figures_of_a_town)->Unit(benchmark::kMillisecond);

/// A page of the office's ledger. It must not cost more for what lies around it.
void a_page_of_a_ledger(benchmark::State &state) {
  auto &all = surrounded();
  service::Ledgers ledgers(all.environment());
  record::Query query;
  query.type = "publicity_event";
  query.scope = all.report().org;
  query.limit = 20;
  query.newest_first = true;
  for (auto _ : state)
    if (must(ledgers.list(query, all.clerk())).empty()) state.SkipWithError("no page");
}
BENCHMARK(a_page_of_a_ledger)->Unit(benchmark::kMillisecond);

/// A full year's report, composed and written as .docx. Wanted: under 100 ms.
void report_to_docx(benchmark::State &state) {
  auto &all = surrounded();
  service::Reports reports(all.environment());
  for (auto _ : state)
    benchmark::DoNotOptimize(
        must(report::render_docx(must(reports.draft(all.report(), all.clerk())))).size());
}
BENCHMARK(report_to_docx)->Unit(benchmark::kMillisecond);

} // namespace
