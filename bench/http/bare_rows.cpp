// Bare SQLite at one record a commit: `yifa_http_bare_rows MODEL_DB FULL_DB FOLDER COUNT` writes
// rows that the store wrote into MODEL_DB again. "one_row": nothing but the ledger's row;
// "all_rows": every table a record goes to, but for the tally; "one_row_full": the ledger's row
// into FULL_DB, among all that stand there; they are taken out again.

#include "bare_sqlite.h"

#include <array>
#include <chrono>
#include <cstdlib>

#include <fmt/format.h>

namespace yifa::bench {
namespace {

constexpr std::array kTables = {"rec_dispute", "event", "record_home",
                                "search_text", "alike", "answer"};

/// Records a second with the first `tables` of kTables.
double rate(const std::filesystem::path &model, const std::filesystem::path &file,
            std::size_t tables, std::size_t count) {
  BareSqlite bare(file);
  std::vector<std::vector<Row>> rows;
  for (std::size_t table = 0; table < tables; ++table)
    rows.push_back(bare.adopt(model, kTables[table]));
  count = std::min(count, rows.front().size());
  const auto from = std::chrono::steady_clock::now();
  for (std::size_t n = 0; n < count; ++n) {
    bare.begin();
    for (std::size_t table = 0; table < tables; ++table)
      if (n < rows[table].size()) bare.write(table, rows[table][n]);
    bare.commit();
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - from;
  return static_cast<double>(count) / took.count();
}

/// The ledger's rows a second into `file`, which holds many already; numbers are made unlike those.
double rate_among(const std::filesystem::path &model, const std::filesystem::path &file,
                  std::size_t count) {
  const std::string table = kTables.front();
  std::string columns;
  std::string marks;
  for (const auto &row :
       BareSqlite::read(model, "SELECT name FROM pragma_table_info('" + table + "')")) {
    const auto name = "\"" + row.front().bytes + "\"";
    if (!columns.empty()) columns += ", ", marks += ", ";
    columns += row.front().bytes == "number" ? "'B' || " + name : name;
    marks += "?";
  }
  const auto rows =
      BareSqlite::read(model, "SELECT " + columns + " FROM " + table + " ORDER BY rowid");
  BareSqlite bare(file);
  bare.prepare("INSERT INTO " + table + " VALUES (" + marks + ")");
  count = std::min(count, rows.size());
  const auto from = std::chrono::steady_clock::now();
  for (std::size_t n = 0; n < count; ++n) {
    bare.begin();
    bare.write(0, rows[n]);
    bare.commit();
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - from;
  BareSqlite::run(file, "DELETE FROM " + table + " WHERE number GLOB 'B*'");
  return static_cast<double>(count) / took.count();
}

} // namespace
} // namespace yifa::bench

int main(int argc, char **argv) {
  using namespace yifa::bench;
  if (argc != 5) {
    fmt::print(stderr, "yifa_http_bare_rows MODEL_DB FULL_DB FOLDER COUNT\n");
    return 2;
  }
  const std::filesystem::path folder = argv[3];
  const auto count = static_cast<std::size_t>(std::atoll(argv[4]));
  const auto one = rate(argv[1], folder / "one_row.db", 1, count);
  const auto all = rate(argv[1], folder / "all_rows.db", kTables.size(), count);
  const auto among = rate_among(argv[1], argv[2], count);
  fmt::print("{{\"one_row\": {:.1f}, \"all_rows\": {:.1f}, \"one_row_full\": {:.1f}}}\n", one, all,
             among);
  return 0;
}
