// Bare SQLite at one record a commit: `yifa_http_bare_rows MODEL_DB FOLDER COUNT` writes rows that
// the store wrote into MODEL_DB again. "one_row": nothing but the ledger's row; "all_rows": every
// table a record goes to, but for the tally.

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

} // namespace
} // namespace yifa::bench

int main(int argc, char **argv) {
  using namespace yifa::bench;
  if (argc != 4) {
    fmt::print(stderr, "yifa_http_bare_rows MODEL_DB FOLDER COUNT\n");
    return 2;
  }
  const std::filesystem::path folder = argv[2];
  const auto count = static_cast<std::size_t>(std::atoll(argv[3]));
  const auto one = rate(argv[1], folder / "one_row.db", 1, count);
  const auto all = rate(argv[1], folder / "all_rows.db", kTables.size(), count);
  fmt::print("{{\"one_row\": {:.1f}, \"all_rows\": {:.1f}}}\n", one, all);
  return 0;
}
