// The store against bare SQLite, in one run: absolute figures say more about the disk than about
// us.

#include "bare_sqlite.h"
#include "folder.h"
#include "small_catalog.h"
#include "sqlite/store.h"

#include <chrono>
#include <cstdlib>
#include <random>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

namespace {

using namespace yifa;
using namespace yifa::testing;
using bench::BareSqlite;
using bench::Cell;
using Clock = std::chrono::steady_clock;

constexpr const char *kOffice = "370306104";

bool long_run() { return std::getenv("YIFA_BENCH_LONG") != nullptr; }

template <typename R> auto must(R result) {
  if (!result) {
    fmt::print(stderr, "{}\n", result.error().text());
    std::abort();
  }
  return std::move(result.value());
}

double seconds(Clock::time_point from) {
  return std::chrono::duration<double>(Clock::now() - from).count();
}

struct Opened {
  Folder folder;
  catalog::Catalog catalog = small_catalog();
  std::unique_ptr<store::Store> store = must(sqlite::open(folder.path()));
  Opened() { must(store->migrate(catalog)); }
};

record::Record mediation(std::uint64_t n) {
  auto day = Date::from(2023, 1, 1).value().plus_days(static_cast<int>(n % 365));
  auto r = matter(n, kOffice, day.text(),
                  fmt::format("{}村第{}组村民关于宅基地边界的矛盾纠纷", n % 24, n % 9));
  r.values[kRemark] = words("双方因翻建房屋时滴水檐位置发生争执，经村调解员实地丈量并查阅土地证，双"
                            "方同意以原墙基为界，签订调解协议书。");
  r.values[kUrgent] = catalog::Value(n % 7 == 0);
  r.values[kCost] = catalog::Value(Money::from_fen(static_cast<std::int64_t>(n) * 100));
  return r;
}

/// All that one record leaves: event, row, tallies, the answer to its key.
void add(store::Writer &w, std::uint64_t n) {
  auto r = mediation(n);
  auto e = event_of(r);
  must(w.append(e));
  must(w.put(r));
  for (const auto &c : contributions_of(r)) must(w.move(r.owner_org, c, 1));
  must(w.keep_answer("370306", "clerk", fmt::format("key-{}", n),
                     {std::string(64, 'h'), "{\"number\":\"2023-1\",\"state\":\"open\"}"}));
}

/// The rows of `count` adds, as the store itself made them, and a bare database to write them into
/// again.
class Twin {
public:
  explicit Twin(std::uint64_t count) : bare_(folder_.path() / "bare.db") {
    Opened model;
    auto w = must(model.store->write({.bulk = true}));
    for (std::uint64_t n = 1; n <= count; ++n) add(*w, n);
    must(w->commit());
    w.reset();
    model.store.reset();
    auto file = model.folder.path() / sqlite::kFileName;
    for (const char *table : {"event", "rec_matter", "answer", "search_text"})
      rows_.push_back(bare_.adopt(file, table));
    rows_[0].erase(rows_[0].begin()); // the genesis
    bare_.adopt(file, "tally");
    bare_.prepare("INSERT INTO tally VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
                  "value = value + excluded.value");
    for (std::uint64_t n = 1; n <= count; ++n) {
      std::vector<bench::Row> moves;
      auto r = mediation(n);
      for (const auto &c : contributions_of(r))
        moves.push_back({Cell::of(std::string("370306")), Cell::of(std::int64_t{0}),
                         Cell::of(r.owner_org.text()), Cell::of(std::int64_t{c.month.index()}),
                         Cell::of(c.indicator), Cell::of(c.dimension), Cell::of(c.group),
                         Cell::of(c.value)});
      moves_.push_back(std::move(moves));
    }
  }

  void begin() { bare_.begin(); }
  void write(std::uint64_t n) {
    for (std::size_t table = 0; table < rows_.size(); ++table)
      bare_.write(table, rows_[table][n - 1]);
    for (const auto &move : moves_[n - 1]) bare_.write(rows_.size() + 1, move);
  }
  void commit() { bare_.commit(); }

private:
  Folder folder_;
  BareSqlite bare_;
  std::vector<std::vector<bench::Row>> rows_;
  std::vector<std::vector<bench::Row>> moves_;
};

/// Wanted: rate_of_bare at least 0.5.
void durable_single_adds(benchmark::State &state) {
  constexpr std::uint64_t kAdds = 1500;
  double ours = 0;
  double bare = 0;
  std::uint64_t adds = 0;
  for (auto _ : state) {
    Opened opened;
    Twin twin(kAdds);
    for (std::uint64_t n = 1; n <= kAdds; ++n) {
      auto from = Clock::now();
      auto w = must(opened.store->write());
      add(*w, n);
      must(w->commit());
      w.reset();
      auto between = Clock::now();
      twin.begin();
      twin.write(n);
      twin.commit();
      bare += seconds(between);
      ours += std::chrono::duration<double>(between - from).count();
    }
    adds += kAdds;
  }
  state.counters["us_each"] = ours / static_cast<double>(adds) * 1e6;
  state.counters["us_bare"] = bare / static_cast<double>(adds) * 1e6;
  state.counters["rate_of_bare"] = bare / ours;
}
BENCHMARK(durable_single_adds)->Iterations(1)->Unit(benchmark::kMillisecond);

/// Wanted: rate_of_bare at least 0.25.
void bulk(benchmark::State &state) {
  constexpr std::uint64_t kRows = 20'000;
  double ours = 0;
  double bare = 0;
  for (auto _ : state) {
    Opened opened;
    Twin twin(kRows);
    auto from = Clock::now();
    twin.begin();
    for (std::uint64_t n = 1; n <= kRows; ++n) twin.write(n);
    twin.commit();
    bare += seconds(from);
    from = Clock::now();
    auto w = must(opened.store->write({.bulk = true}));
    for (std::uint64_t n = 1; n <= kRows; ++n) add(*w, n);
    must(w->commit());
    ours += seconds(from);
  }
  state.counters["us_each"] = ours / kRows * 1e6;
  state.counters["us_bare"] = bare / kRows * 1e6;
  state.counters["rate_of_bare"] = bare / ours;
}
BENCHMARK(bulk)->Iterations(1)->Unit(benchmark::kMillisecond);

/// All figures of a town-year, with the tallies of ten million records (with YIFA_BENCH_LONG; else
/// of a twentieth) in the database: 1 500 towns, 10 years, 170 figures in 4 groups of which a third
/// has something in a month. Wanted: below 5 ms.
class Province {
public:
  Province() {
    const int towns = long_run() ? 1500 : 75;
    std::mt19937 random(1);
    for (int town = 0; town < towns; ++town) {
      auto w = must(opened_.store->write({.bulk = true}));
      auto office = org(fmt::format("37{:04}1{:02}", 101 + town / 15, town % 15 + 1));
      offices.push_back(office);
      record::Contribution c;
      for (int month = 0; month < 120; ++month)
        for (int figure = 0; figure < 170; ++figure)
          for (int group = 0; group < 4; ++group) {
            if (random() % 3 != 0) continue;
            c.indicator = fmt::format("institution_{}.figure_{}", figure % 60, figure);
            c.dimension = group == 0 ? "" : "kind";
            c.group = group == 0 ? "" : fmt::format("code_{}", group);
            c.month = Month(2015, 1).plus(month);
            c.value = 1 + group;
            must(w->move(office, c, 1));
            ++rows;
          }
      must(w->commit());
    }
  }
  store::Store &store() { return *opened_.store; }
  std::vector<OrgCode> offices;
  std::int64_t rows = 0;

private:
  Opened opened_;
};

void figures_of_a_year(benchmark::State &state) {
  static Province province;
  std::mt19937 random(7);
  std::size_t rows = 0;
  for (auto _ : state) {
    record::TallyQuery query;
    auto office = province.offices[random() % province.offices.size()];
    query.scope = state.range(0) == 0 ? office : OrgCode::parse(office.county()).value();
    query.from = Month(2015 + static_cast<int>(random() % 10), 1);
    query.to = query.from.plus(11);
    auto reader = must(province.store().read());
    rows += must(reader->tallies(query)).size();
  }
  state.counters["tally_rows"] = static_cast<double>(province.rows);
  state.counters["figures"] = static_cast<double>(rows) / static_cast<double>(state.iterations());
}
BENCHMARK(figures_of_a_year)->ArgName("county")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

/// Wanted: 660 000 nodes (with YIFA_BENCH_LONG; else 66 000) loaded in a minute, a lookup or a
/// subtree in a millisecond.
class Tree {
public:
  Tree() {
    auto from = Clock::now();
    auto w = must(opened_.store->write({.bulk = true}));
    const int provinces = long_run() ? 30 : 3;
    for (int p = 0; p < provinces; ++p)
      for (int county = 0; county < 100; ++county)
        for (int town = 0; town < 14; ++town)
          for (int village = 0; village < 16; ++village) put(*w, p, county, town, village);
    must(w->commit());
    load = seconds(from);
  }
  void put(store::Writer &w, int p, int county, int town, int village) {
    record::Org o;
    auto code =
        fmt::format("{:02}{:02}{:02}1{:02}", 11 + p, county / 10 + 1, county % 10 + 1, town + 1);
    o.code = org(village == 0 ? code : fmt::format("{}2{:02}", code, village));
    o.name = village == 0 ? fmt::format("镇名{}{}镇", county, town)
                          : fmt::format("村名{}{}{}村委会", county, town, village);
    o.kind = village == 0 ? record::Org::Kind::Town : record::Org::Kind::Village;
    must(w.put_org(o));
    ++nodes;
  }
  store::Store &store() { return *opened_.store; }
  double load = 0;
  std::int64_t nodes = 0;

private:
  Opened opened_;
};

void organisations(benchmark::State &state) {
  static Tree tree;
  std::mt19937 random(3);
  for (auto _ : state) {
    auto reader = must(tree.store().read());
    auto town =
        fmt::format("11{:02}{:02}1{:02}", random() % 10 + 1, random() % 10 + 1, random() % 14 + 1);
    if (state.range(0) == 0) benchmark::DoNotOptimize(must(reader->org(org(town))));
    if (state.range(0) == 1)
      benchmark::DoNotOptimize(must(reader->orgs_under(org(town), OrgLevel::Village, 0)));
    if (state.range(0) == 2)
      benchmark::DoNotOptimize(
          must(reader->orgs_named(fmt::format("镇名{}{}", random() % 100, random() % 14), 20)));
    if (state.range(0) == 3)
      benchmark::DoNotOptimize(must(reader->orgs_under(org(town.substr(0, 6)), std::nullopt, 0)));
  }
  state.counters["nodes"] = static_cast<double>(tree.nodes);
  state.counters["load_s"] = tree.load;
}
BENCHMARK(organisations)
    ->ArgName("lookup_subtree_name_county")
    ->DenseRange(0, 3)
    ->Unit(benchmark::kMicrosecond);

/// 20 000 records (with YIFA_BENCH_LONG 500 000): a rare word, a common word ranked or by date, a
/// page of a ledger.
class Shelf {
public:
  Shelf() {
    count = long_run() ? 500'000 : 20'000;
    for (std::uint64_t n = 1; n <= count;) {
      auto w = must(opened_.store->write({.bulk = true}));
      for (std::uint64_t i = 0; i < 50'000 && n <= count; ++i, ++n) add(*w, n);
      must(w->commit());
    }
  }
  store::Store &store() { return *opened_.store; }
  std::uint64_t count = 0;

private:
  Opened opened_;
};

Shelf &shelf() {
  static Shelf made;
  return made;
}

void search(benchmark::State &state) {
  static const char *const kWords[] = {"2023-777", "滴水檐", "滴水檐", "纠纷", "檐"};
  store::SearchQuery query;
  query.words = kWords[state.range(0)];
  query.by_date = state.range(0) == 2;
  std::size_t hits = 0;
  shelf();
  for (auto _ : state) hits = must(must(shelf().store().read())->search(query)).size();
  state.counters["hits"] = static_cast<double>(hits);
  state.counters["records"] = static_cast<double>(shelf().count);
}
BENCHMARK(search)->ArgName("words")->DenseRange(0, 4)->Unit(benchmark::kMillisecond);

void page_of_a_ledger(benchmark::State &state) {
  record::Query query;
  query.type = "matter";
  query.scope = org(state.range(0) == 0 ? kOffice : "370306");
  query.limit = 50;
  shelf();
  for (auto _ : state) benchmark::DoNotOptimize(must(must(shelf().store().read())->find(query)));
}
BENCHMARK(page_of_a_ledger)->ArgName("county")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

} // namespace
