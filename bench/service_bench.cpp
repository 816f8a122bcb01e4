// The whole path of a record: from a command as written to a durable commit, against bare SQLite
// writing the same rows in the same transactions.

#include "bare_sqlite.h"
#include "whole_path.h"

#include "procedure/reckon.h"
#include "procedure/rules.h"
#include "service/imports.h"

#include <fstream>

namespace {

using namespace yifa;
using namespace yifa::bench;

constexpr const char *kRowTables[] = {"event",       "rec_dispute", "record_home",
                                      "search_text", "alike",       "answer"};
constexpr const char *kMoves = "SELECT n, county, level, org, month, indicator, dimension, grp, "
                               "value FROM moved ORDER BY rowid";

/// What `adds` openings wrote, read from the township that wrote it, and a bare database to write
/// it into again. The tally's writes are the ones that were made, move by move.
class Twin {
public:
  Twin(const std::filesystem::path &written, std::size_t adds)
      : bare_(folder_.path() / "bare.db"), moves_(adds) {
    for (const char *table : kRowTables) rows_.push_back(bare_.adopt(written, table));
    for (auto &rows : rows_)
      if (rows.size() > adds) rows.erase(rows.begin(), rows.end() - static_cast<long>(adds));
    bare_.adopt(written, "tally");
    bare_.prepare("INSERT INTO tally VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
                  "value = value + excluded.value");
    for (auto &move : bare_.read(written, kMoves)) {
      auto n = static_cast<std::size_t>(move.front().number);
      move.erase(move.begin());
      moves_[n].push_back(std::move(move));
    }
  }
  void begin() { bare_.begin(); }
  void write(std::size_t n) {
    for (std::size_t table = 0; table < rows_.size(); ++table)
      if (n < rows_[table].size()) bare_.write(table, rows_[table][n]);
    for (const auto &move : moves_[n]) bare_.write(rows_.size() + 1, move);
  }
  void commit() { bare_.commit(); }

private:
  testing::Folder folder_;
  BareSqlite bare_;
  std::vector<std::vector<Row>> rows_;
  std::vector<std::vector<Row>> moves_;
};

/// Has the township's database note every write to its tally, with the number of the opening.
void note_moves(const std::filesystem::path &database) {
  const std::string note = "INSERT INTO moved SELECT (SELECT count(*) - 1 FROM rec_dispute), "
                           "NEW.county, NEW.level, NEW.org, NEW.month, NEW.indicator, "
                           "NEW.dimension, NEW.grp, ";
  BareSqlite::run(database, "CREATE TABLE moved (n, county, level, org, month, indicator, "
                            "dimension, grp, value);"
                            "CREATE TRIGGER moved_new AFTER INSERT ON tally BEGIN " +
                                note +
                                "NEW.value; END;"
                                "CREATE TRIGGER moved_on AFTER UPDATE ON tally BEGIN " +
                                note + "NEW.value - OLD.value; END;");
}

/// Wanted: rate_of_bare at least 0.5.
void durable_adds(benchmark::State &state) {
  constexpr std::size_t kAdds = 1500;
  double ours = 0;
  double bare = 0;
  for (auto _ : state) {
    Township model;
    note_moves(model.database());
    service::Ledgers modelled(model.environment());
    for (std::size_t n = 0; n < kAdds; ++n)
      must(modelled.apply(dispute(model.office(), n), Township::clerk()));
    Twin twin(model.database(), kAdds);
    Township town;
    service::Ledgers ledgers(town.environment());
    for (std::size_t n = 0; n < kAdds; ++n) {
      auto command = dispute(town.office(), n);
      auto from = Steady::now();
      must(ledgers.apply(command, Township::clerk()));
      auto between = Steady::now();
      twin.begin();
      twin.write(n);
      twin.commit();
      bare += seconds(between);
      ours += std::chrono::duration<double>(between - from).count();
    }
  }
  state.counters["us_each"] = ours / kAdds * 1e6;
  state.counters["us_bare"] = bare / kAdds * 1e6;
  state.counters["rate_of_bare"] = bare / ours;
}
BENCHMARK(durable_adds)->Iterations(1)->Unit(benchmark::kMillisecond);

/// A sheet of disputes as a clerk keeps it. Wanted: rate_of_bare at least 0.25.
void bulk_import(benchmark::State &state) {
  constexpr std::size_t kRows = 20'000;
  double ours = 0;
  double bare = 0;
  for (auto _ : state) {
    testing::Folder folder;
    auto sheet = folder.path() / "disputes.csv";
    {
      std::ofstream out(sheet);
      out << "发现日期,来源,类别,涉及十人以上,涉及金额\n";
      static constexpr const char *kKinds[] = {"邻里", "婚姻家庭", "山林土地", "合同",
                                               "房屋宅基地"};
      for (std::size_t n = 0; n < kRows; ++n)
        out << must(Date::from(2023, 1, 1)).plus_days(static_cast<int>(n % 365)).text()
            << ",排查发现," << kKinds[n % 5] << "," << (n % 7 == 0 ? "是" : "否") << "," << n % 900
            << "\n";
    }
    service::ImportRequest request;
    request.files = {{sheet, "dispute"}};
    Township model;
    note_moves(model.database());
    {
      service::Ledgers ledgers(model.environment());
      request.org = model.office();
      must(service::Imports(ledgers).run(request, Township::clerk()));
    }
    Twin twin(model.database(), kRows);
    auto from = Steady::now();
    twin.begin();
    for (std::size_t n = 0; n < kRows; ++n) twin.write(n);
    twin.commit();
    bare += seconds(from);
    Township town;
    service::Ledgers ledgers(town.environment());
    from = Steady::now();
    must(service::Imports(ledgers).run(request, Township::clerk()));
    ours += seconds(from);
  }
  state.counters["us_each"] = ours / kRows * 1e6;
  state.counters["us_bare"] = bare / kRows * 1e6;
  state.counters["rate_of_bare"] = bare / ours;
}
BENCHMARK(bulk_import)->Iterations(1)->Unit(benchmark::kMillisecond);

/// A step through all its gates against a plain opening, in the same run: a dispute settled with
/// its session, agreement and people in force. Wanted: rate_of_add at least 0.4.
void step_through_gates(benchmark::State &state) {
  constexpr std::size_t kMatters = 600;
  double adds = 0;
  double steps = 0;
  for (auto _ : state) {
    Township town;
    service::Ledgers ledgers(town.environment());
    std::vector<RecordId> made;
    for (std::size_t n = 0; n < kMatters; ++n) {
      auto command = dispute(town.office(), n);
      auto from = Steady::now();
      made.push_back(must(ledgers.apply(command, Township::clerk())).record);
      adds += seconds(from);
    }
    for (const auto &id : made) {
      record::Command settle;
      settle.type = "dispute";
      settle.action = "settle";
      settle.record = id;
      settle.org = town.office();
      settle.reason = "口头化解";
      settle.fields = {{"concluded_on", "2023-12-30"}, {"result", "oral"}};
      auto from = Steady::now();
      must(ledgers.apply(settle, Township::clerk()));
      steps += seconds(from);
    }
  }
  state.counters["us_step"] = steps / kMatters * 1e6;
  state.counters["us_add"] = adds / kMatters * 1e6;
  state.counters["rate_of_add"] = adds / steps;
}
BENCHMARK(step_through_gates)->Iterations(1)->Unit(benchmark::kMillisecond);

/// Time limits explained, a second. Wanted: 100 000.
void deadlines_explained(benchmark::State &state) {
  Township town;
  const auto &catalog = *town.environment().catalog;
  const procedure::Calendar calendar(catalog);
  const auto rules = procedure::rules_on(catalog, must(Date::from(2024, 1, 1)));
  std::int64_t n = 0;
  for (auto _ : state)
    for (const auto &rule : rules) {
      procedure::ReckonInput input;
      input.from = must(Date::from(2022, 1, 1)).plus_days(static_cast<int>(n++ % 1200));
      benchmark::DoNotOptimize(procedure::reckon(*rule.deadline, input, calendar).has_value());
    }
  state.SetItemsProcessed(n);
}
BENCHMARK(deadlines_explained);

} // namespace
