#include "bare.h"
#include "modes.h"
#include "nation.h"
#include "postgres/store.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <random>

#include <fmt/format.h>

namespace yifa::bench {
namespace {

using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point from) {
  return std::chrono::duration<double, std::milli>(Clock::now() - from).count();
}

struct Times {
  std::vector<double> ms;
  double at(double share) {
    std::sort(ms.begin(), ms.end());
    return ms[static_cast<std::size_t>(share * static_cast<double>(ms.size() - 1))];
  }
};

class Figures {
public:
  Figures(const std::string &url, std::int64_t towns, int indicators, int months)
      : url_(url), nation_(make_nation(towns)), indicators_(indicators), months_(months),
        bare_(url) {
    auto opened = postgres::open(url);
    if (!opened) give_up(opened.error().text());
    store_ = std::move(*opened);
  }

  int run() {
    fmt::print("{{\"towns\": {}, \"indicators\": {}, \"months\": {}, \"counties\": {}",
               nation_.towns.size(), indicators_, months_, nation_.counties.size());
    const auto filling = Clock::now();
    fill();
    fmt::print(", \"rows\": {}, \"fill_s\": {:.1f}, \"bytes\": {}", filled_,
               ms_since(filling) / 1000,
               bare_.rows("SELECT pg_total_relation_size('tally')")[0][0]);
    std::fflush(stdout);
    bare_.run("VACUUM ANALYZE tally");
    const auto making = Clock::now();
    if (const auto made = store_->rebuild_sums(); !made) give_up(made.error().text());
    fmt::print(", \"rebuild_s\": {:.2f}", ms_since(making) / 1000);
    std::fflush(stdout);
    check_nation();
    fmt::print(", \"asked\": {{");
    ask("risen");
    change();
    ask(", waiting");
    fmt::print("}}, \"added_up\": {{");
    add_up();
    fmt::print("}}, \"by_town\": {{");
    by_town();
    fmt::print("}}");
    const auto rising = Clock::now();
    const auto raised = store_->raise_sums();
    if (!raised) give_up(raised.error().text());
    fmt::print(", \"raised\": {}, \"raise_ms\": {:.1f}}}\n", *raised, ms_since(rising));
    check_nation();
    return 0;
  }

private:
  int first_month() const { return Month(2024, 1).index(); }
  static std::string name(int indicator) { return fmt::format("figure_{:03}", indicator); }

  std::int64_t value(const Town &town, int indicator) const {
    const auto share = town.weight / static_cast<double>(1 + indicator % 40);
    return 1 + static_cast<std::int64_t>(std::llround(1e6 * share));
  }

  /// A county's rows: of its towns, and their sums.
  void fill() {
    std::size_t town = 0;
    bare_.copy_in(
        "COPY tally (county, level, org, month, indicator, dimension, grp, value) FROM STDIN",
        [&](std::string &piece) {
          if (town == nation_.towns.size()) return false;
          const auto county = nation_.towns[town].code.substr(0, 6);
          std::vector<std::int64_t> sums(static_cast<std::size_t>(indicators_), 0);
          const auto add = [&](int level, const std::string &org, int month, int i,
                               std::int64_t sum) {
            fmt::format_to(std::back_inserter(piece), "{}\t{}\t{}\t{}\t{}\t\t\t{}\n", county, level,
                           org, first_month() + month, name(i), sum);
            ++filled_;
          };
          for (; town < nation_.towns.size() && nation_.towns[town].code.starts_with(county);
               ++town)
            for (int month = 0; month < months_; ++month)
              for (int i = 0; i < indicators_; ++i) {
                const auto sum = value(nation_.towns[town], i);
                if (month == 0) sums[static_cast<std::size_t>(i)] += sum;
                add(0, nation_.towns[town].code, month, i, sum);
              }
          for (int month = 0; month < months_; ++month)
            for (int i = 0; i < indicators_; ++i) {
              add(1, county, month, i, sums[static_cast<std::size_t>(i)]);
              whole_ += sums[static_cast<std::size_t>(i)];
            }
          return true;
        });
  }

  record::TallyQuery year(const std::string &scope, int indicator) const {
    record::TallyQuery query;
    if (!scope.empty()) query.scope = OrgCode::parse(scope).value();
    query.from = Month::from_index(first_month());
    query.to = query.from.plus(months_ - 1);
    if (indicator >= 0) query.indicators = {name(indicator)};
    return query;
  }

  void check_nation() {
    auto reader = std::move(store_->read().value());
    std::int64_t sum = 0;
    const auto rows = reader->tallies(year("", -1));
    if (!rows) give_up(rows.error().text());
    for (const auto &row : *rows) sum += row.value;
    if (sum != whole_) give_up(fmt::format("the nation says {}, its counties {}", sum, whole_));
  }

  /// A change in each of many counties, as half a second of a busy nation leaves them.
  void change() {
    for (int i = 0; i < 500; ++i) {
      const auto &town = nation_.towns[random_() % nation_.towns.size()];
      auto writer = std::move(store_->write({.county = town.code.substr(0, 6)}).value());
      for (int n = 0; n < 10; ++n) {
        record::Contribution c;
        c.indicator = name(static_cast<int>(random_() % static_cast<unsigned>(indicators_)));
        c.month = Month::from_index(first_month() + months_ - 1);
        c.value = 1;
        if (!writer->move(OrgCode::parse(town.code).value(), c, 1)) give_up("a move failed");
        whole_ += 1;
      }
      if (const auto done = writer->commit(); !done) give_up(done.error().text());
    }
  }

  std::vector<std::pair<std::string, std::vector<std::string>>> levels() const {
    std::vector<std::string> towns;
    for (const auto &town : nation_.towns) towns.push_back(town.code);
    return {{"town", towns},
            {"county", nation_.counties},
            {"city", nation_.cities},
            {"province", nation_.provinces},
            {"nation", {""}}};
  }

  void ask(const char *when) {
    const bool more = *when == ',';
    const std::string label = more ? when + 2 : when;
    fmt::print("{}\"{}\": {{", more ? ", " : "", label);
    bool first = true;
    for (const auto &[level, codes] : levels()) {
      Times one;
      Times all;
      for (int i = 0; i < 200; ++i) {
        const auto &code = codes[random_() % codes.size()];
        for (const bool whole : {false, true}) {
          const auto query = year(
              code, whole ? -1 : static_cast<int>(random_() % static_cast<unsigned>(indicators_)));
          const auto from = Clock::now();
          auto reader = std::move(store_->read().value());
          const auto rows = reader->tallies(query);
          (whole ? all : one).ms.push_back(ms_since(from));
          if (!rows || rows->empty()) give_up("a figure has no rows");
        }
      }
      fmt::print("{}\"{}\": {{\"one\": [{:.2f}, {:.2f}], \"all\": [{:.2f}, {:.2f}]}}",
                 first ? "" : ", ", level, one.at(0.5), one.at(0.99), all.at(0.5), all.at(0.99));
      first = false;
    }
    fmt::print("}}");
    std::fflush(stdout);
  }

  /// The same above the counties, added up from the counties' rows by the database.
  void add_up() {
    bool first = true;
    for (const auto &[level, codes] : levels()) {
      if (level == "town" || level == "county") continue;
      Times one;
      Times all;
      for (int i = 0; i < (level == "nation" ? 3 : 20); ++i) {
        const auto &code = codes[static_cast<std::size_t>(i) % codes.size()];
        // County after county by the key, as it would best be asked.
        const auto sql = [&](const std::string &where) {
          std::string list;
          for (const auto &county : nation_.counties)
            if (county.starts_with(code)) list += (list.empty() ? "('" : ", ('") + county + "')";
          return fmt::format("SELECT t.indicator, sum(t.value) FROM (VALUES {}) c(county) CROSS "
                             "JOIN LATERAL (SELECT * FROM tally WHERE county = c.county AND level "
                             "= 1 AND org = c.county AND month BETWEEN {} AND {}{}) t GROUP BY 1",
                             list, first_month(), first_month() + months_ - 1, where);
        };
        auto from = Clock::now();
        bare_.rows(sql(" AND indicator = '" + name(i) + "'"));
        one.ms.push_back(ms_since(from));
        from = Clock::now();
        bare_.rows(sql(""));
        all.ms.push_back(ms_since(from));
      }
      fmt::print("{}\"{}\": {{\"one\": [{:.2f}, {:.2f}], \"all\": [{:.2f}, {:.2f}]}}",
                 first ? "" : ", ", level, one.at(0.5), one.at(0.99), all.at(0.5), all.at(0.99));
      first = false;
      std::fflush(stdout);
    }
  }

  /// One figure of the year, town by town, above the counties: in one question, and county after
  /// county.
  void by_town() {
    for (const auto &[level, codes] : levels()) {
      if (level == "town" || level == "county") continue;
      Times once;
      Times apart;
      for (int i = 0; i < (level == "nation" ? 3 : 20); ++i) {
        const auto &code = codes[static_cast<std::size_t>(i) % codes.size()];
        auto query = year(code, i);
        query.by_org = true;
        std::size_t rows = 0;
        std::size_t rows_apart = 0;
        auto reader = std::move(store_->read().value());
        auto from = Clock::now();
        if (const auto told = reader->tallies(query)) rows = told->size();
        once.ms.push_back(ms_since(from));
        from = Clock::now();
        for (const auto &county : nation_.counties) {
          if (!county.starts_with(code)) continue;
          query.scope = OrgCode::parse(county).value();
          if (const auto told = reader->tallies(query)) rows_apart += told->size();
        }
        apart.ms.push_back(ms_since(from));
        if (rows == 0 || rows != rows_apart) give_up("towns are missing");
      }
      fmt::print("{}\"{}\": {{\"once\": [{:.2f}, {:.2f}], \"apart\": [{:.2f}, {:.2f}]}}",
                 level == "city" ? "" : ", ", level, once.at(0.5), once.at(0.99), apart.at(0.5),
                 apart.at(0.99));
      std::fflush(stdout);
    }
  }

  std::string url_;
  Nation nation_;
  int indicators_;
  int months_;
  Bare bare_;
  std::unique_ptr<store::Store> store_;
  std::mt19937_64 random_{7};
  std::int64_t filled_ = 0;
  std::int64_t whole_ = 0; ///< all the counties' sums together
};

} // namespace

int tallies(const std::vector<std::string> &words) {
  return Figures(words[0], std::stoll(words[1]), std::stoi(words[2]), std::stoi(words[3])).run();
}

} // namespace yifa::bench
