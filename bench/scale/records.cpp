#include "bare.h"
#include "modes.h"
#include "nation.h"
#include "postgres/store.h"
#include "service/ledgers.h"
#include "service/workspace.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <random>
#include <set>

#include <fmt/format.h>

namespace yifa::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t kTogether = 64; ///< commands a flush, as many clients of one county share it
constexpr std::size_t kForeseen = 1024; ///< commands looked up together
constexpr std::int64_t kBulk = 5000;    ///< records a transaction of an import
/// Recorded singly at each size: so many that most of a county's work meets pages that its own last
/// batch left in memory, as in a day of work; the filling before has just driven them all out.
constexpr std::int64_t kSingly = 32'000;
constexpr std::int64_t kSinglyLeast = 6400; ///< at small sizes
constexpr std::int64_t kInBulk = 25'000;    ///< likewise, at most half of them
constexpr int kRounds = 5;                  ///< of each, the median counts
constexpr int kYear = 365; ///< days that an import is of: one of the last five years
constexpr int kMonth = 30; ///< days that people who record their acts one by one look back

double us_since(Clock::time_point from) {
  return std::chrono::duration<double, std::micro>(Clock::now() - from).count();
}

template <typename R> auto must(R result) {
  if (!result) give_up(result.error().text());
  return std::move(*result);
}

std::unique_ptr<service::Workspace> open_place(const std::string &url,
                                               const std::filesystem::path &folder) {
  const auto opener = [](const std::string &at, const std::filesystem::path &) {
    return postgres::open(at);
  };
  service::WorkspaceOptions options;
  options.data = folder;
  options.store = url;
  must(service::Workspace::init(options, false, opener));
  options.store.clear();
  return must(service::Workspace::open(options, opener));
}

/// Rows that some records left, by table, in COPY's text form.
using Rows = std::map<std::string, std::vector<std::string>>;

class Records {
public:
  Records(const std::string &url, const std::filesystem::path &folder, const std::string &other,
          std::int64_t towns)
      : nation_(make_nation(towns)), place_(open_place(url, folder)), env_(place_->environment()),
        ledgers_(env_), bare_(url) {
    open_place(other, folder.string() + "-bare");
    other_ = std::make_unique<Bare>(other);
    for (const auto &row : bare_.rows(
             "SELECT table_name, max(CASE WHEN column_name = 'record' THEN 'record' ELSE 'id' END) "
             "FROM information_schema.columns WHERE table_schema = 'public' AND column_name IN "
             "('id', 'record') AND (table_name LIKE 'rec\\_%' OR table_name IN ('event', 'alike', "
             "'search_text', 'due', 'link', 'attachment', 'record_home')) AND table_name !~ "
             "'_[0-9]+$' GROUP BY 1 "
             "ORDER BY length(table_name)"))
      tables_.emplace_back(row[0], row[1]);
    std::vector<double> weights;
    for (const auto &town : nation_.towns) weights.push_back(town.weight);
    town_ = std::discrete_distribution<std::size_t>(weights.begin(), weights.end());
    for (std::size_t i = 0; i < nation_.towns.size(); ++i)
      beside_[nation_.towns[i].code.substr(0, 6)].push_back(i);
    put_places();
  }

  void run(const std::vector<std::int64_t> &sizes) {
    fmt::print("{{\"towns\": {}, \"sizes\": [", nation_.towns.size());
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      fmt::print("{}{{", i > 0 ? ", " : "");
      measure(sizes[i]);
      fmt::print("}}");
      std::fflush(stdout);
    }
    fmt::print("]}}\n");
  }

private:
  void put_places() {
    auto writer = must(env_.store.write({.bulk = true}));
    std::set<std::string> put;
    for (const auto &town : nation_.towns)
      for (const std::size_t digits : {2U, 4U, 6U, 9U}) {
        record::Org org;
        org.code = must(OrgCode::parse(town.code.substr(0, digits)));
        if (!put.insert(org.code.text()).second) continue;
        org.name = "合成" + org.code.text() + (digits == 9 ? "镇" : "");
        org.kind = digits == 9 ? record::Org::Kind::Town : record::Org::Kind::Division;
        must(writer->put_org(org));
      }
    must(writer->commit());
  }

  /// The next record of a town; what each ledger gets is as in bench/http/fill.cpp.
  record::Command opening(const Town &town, Date last, int days) {
    static constexpr const char *kKinds[] = {"neighbour", "marriage", "land", "contract", "house"};
    const auto n = ++made_;
    const auto today = env_.clock.today();
    const auto day =
        last.plus_days(-static_cast<std::int32_t>(random_() % static_cast<unsigned>(days)));
    record::Command command;
    command.action = "open";
    command.actor = "synthetic";
    command.client_key = fmt::format("synthetic-{}", n);
    command.tell_alike = false;
    command.org = must(OrgCode::parse(town.code));
    if (n % 20 < 12) {
      command.type = "dispute";
      command.fields = {{"found_on", day.text()},
                        {"origin", n % 3 == 0 ? "grid" : "screening"},
                        {"kind", kKinds[n / 7 % 5]},
                        {"many", n % 11 == 0},
                        {"amount", std::to_string(n % 900)}};
    } else if (n % 20 < 16) {
      command.type = "publicity_event";
      command.fields = {{"held_on", day.text()},
                        {"title", fmt::format("合成活动{}", n)},
                        {"topics", json::array{"constitution"}},
                        {"form", "lecture"},
                        {"people", 20 + n % 80}};
    } else if (n % 20 < 18) {
      command.type = "safety_inspection";
      command.fields = {{"held_on", day.text()},
                        {"field", "fire"},
                        {"place", fmt::format("合成单位{}", n % 500)}};
    } else {
      const bool waits = n % 20 == 18;
      const auto received = waits ? today.plus_days(-static_cast<std::int32_t>(n * 7 % 60)) : day;
      command.type = "petition";
      command.fields = {{"received_on", received.text()},
                        {"channel", "visit"},
                        {"kind", "claim"},
                        {"contactable", true}};
      if (!waits) command.fields["told_on"] = received.text();
    }
    return command;
  }

  /// Commands of one county in one transaction; `step`: each wholly or not at all.
  void together(std::int64_t count, bool bulk, int days) {
    const auto county = nation_.towns[town_(random_)].code.substr(0, 6);
    const auto &towns = beside_.at(county);
    auto writer = must(env_.store.write({.bulk = bulk, .county = county, .late = true}));
    const auto ago = bulk ? static_cast<std::int32_t>(random_() % 5) * kYear : 0;
    const auto last = env_.clock.today().plus_days(-ago);
    std::vector<record::Command> commands;
    for (std::int64_t i = 0; i < count; ++i)
      commands.push_back(opening(nation_.towns[towns[random_() % towns.size()]], last, days));
    for (std::size_t i = 0; i < commands.size(); ++i) {
      if (i % kForeseen == 0) foresee(*writer, commands, i);
      const auto &command = commands[i];
      if (!bulk) must(writer->save());
      const auto receipt = must(ledgers_.apply_in(*writer, command, actor_));
      if (!bulk) must(writer->keep());
      if (command.action == "open" && command.type == "dispute" && !bulk)
        opened_.emplace_back(county, receipt.record);
    }
    must(writer->commit());
  }

  void foresee(store::Writer &writer, const std::vector<record::Command> &commands,
               std::size_t from) {
    std::vector<service::Ledgers::Asked> asked;
    for (auto i = from; i < std::min(commands.size(), from + kForeseen); ++i)
      asked.push_back({commands[i], actor_});
    must(ledgers_.foresee(writer, asked));
  }

  double fill(std::int64_t count, std::int64_t batch, bool bulk) {
    const auto from = Clock::now();
    for (std::int64_t done = 0; done < count; done += batch)
      together(std::min(batch, count - done), bulk, bulk ? kYear : kMonth);
    return us_since(from) / static_cast<double>(count);
  }

  /// A step of each dispute that was opened singly, as many a transaction as openings were.
  double act() {
    std::map<std::string, std::vector<RecordId>> by_county;
    for (const auto &[county, record] : opened_) by_county[county].push_back(record);
    std::size_t steps = 0;
    const auto from = Clock::now();
    for (const auto &[county, found] : by_county)
      for (std::size_t at = 0; at < found.size(); at += kTogether) {
        auto writer = must(env_.store.write({.county = county, .late = true}));
        std::vector<record::Command> commands;
        for (auto i = at; i < std::min<std::size_t>(found.size(), at + kTogether); ++i, ++steps) {
          auto &command = commands.emplace_back();
          command.type = "dispute";
          command.action = "settle";
          command.actor = "synthetic";
          command.record = found[i];
          command.reason = "合成";
          command.client_key = "synthetic-settle-" + found[i].text();
          command.fields = {{"result", "oral"}, {"concluded_on", env_.clock.today().text()}};
        }
        foresee(*writer, commands, 0);
        for (const auto &command : commands) {
          must(writer->save());
          must(ledgers_.apply_in(*writer, command, actor_));
          must(writer->keep());
        }
        must(writer->commit());
      }
    opened_.clear();
    return us_since(from) / static_cast<double>(steps);
  }

  std::string last_id() {
    const auto last =
        bare_.rows("SELECT encode(id, 'hex') FROM record_home ORDER BY id DESC LIMIT 1");
    return last.empty() ? "00" : last[0][0];
  }

  Rows rows_since(const std::string &id, std::int64_t first_key) {
    Rows rows;
    for (const auto &[table, key] : tables_) {
      auto found = bare_.copy_out(fmt::format("COPY (SELECT * FROM {0} WHERE {1} > '\\x{2}' ORDER "
                                              "BY {1}) TO STDOUT",
                                              table, key, id));
      if (!found.empty()) rows[table] = std::move(found);
    }
    rows["answer"] = bare_.copy_out(
        fmt::format("COPY (SELECT * FROM answer WHERE key LIKE 'synthetic-%' AND key !~ 'settle' "
                    "AND substr(key, 11)::bigint > {}) TO STDOUT",
                    first_key));
    return rows;
  }

  /// Microseconds a record of each round, for the same rows added by the database itself in batches
  /// as large.
  std::vector<double> bare_rates(const Rows &rows, std::int64_t round, std::int64_t batch,
                                 bool copied) {
    std::vector<double> us;
    const auto records = round * kRounds;
    auto from = Clock::now();
    for (std::int64_t at = 0; at < records; at += batch) {
      other_->run("BEGIN");
      for (const auto &[table, lines] : rows) {
        const auto share = [&](std::int64_t n) {
          return static_cast<std::size_t>(static_cast<std::int64_t>(lines.size()) *
                                          std::min(n, records) / records);
        };
        const std::vector<std::string_view> part(lines.begin() + static_cast<long>(share(at)),
                                                 lines.begin() +
                                                     static_cast<long>(share(at + batch)));
        if (!copied) {
          other_->insert(table, part);
          continue;
        }
        bool given = false;
        other_->copy_in("COPY " + table + " FROM STDIN", [&](std::string &piece) {
          for (const auto line : part) piece += line;
          return !std::exchange(given, true);
        });
      }
      other_->run("COMMIT");
      if ((at + batch) % round != 0) continue;
      us.push_back(us_since(from) / static_cast<double>(round));
      from = Clock::now();
    }
    return us;
  }

  /// Microseconds a record, the median of some rounds: through the program, and of the same rows
  /// put there by the database itself.
  std::pair<double, double> against_bare(std::int64_t records, std::int64_t batch, bool bulk) {
    const auto mark = last_id();
    const auto key = made_;
    const auto round = records / kRounds;
    std::vector<double> own;
    for (int i = 0; i < kRounds; ++i) own.push_back(fill(round, std::min(batch, round), bulk));
    const auto rows = rows_since(mark, key);
    auto bare = bare_rates(rows, round, std::min(batch, round), bulk);
    std::sort(own.begin(), own.end());
    std::sort(bare.begin(), bare.end());
    return {own[kRounds / 2], bare[kRounds / 2]};
  }

  void measure(std::int64_t size) {
    const auto bulk = std::min(kInBulk, size / 2);
    const auto whole = kRounds * kTogether; // a round is whole batches
    const auto singly = std::clamp(size / 4, kSinglyLeast, kSingly) / whole * whole;
    const auto before = std::max<std::int64_t>(0, size - bulk - singly - made_);
    const auto filling = fill(before, kBulk, true);
    bare_.run("VACUUM ANALYZE");
    const auto [bulk_us, copy_us] = against_bare(bulk, kBulk, true);
    const auto [create_us, insert_us] = against_bare(singly, kTogether, false);
    const auto act_us = act();
    must(env_.store.raise_sums());
    const auto [middle, slow] = due_lists();
    fmt::print(
        "\"records\": {}, \"filling_us\": {:.1f}, \"bulk_us\": {:.1f}, \"copy_us\": {:.1f}, "
        "\"create_us\": {:.1f}, \"insert_us\": {:.1f}, \"act_us\": {:.1f}, \"due\": [{:.2f}, "
        "{:.2f}], \"bytes\": {}",
        made_, before > 0 ? filling : 0, bulk_us, copy_us, create_us, insert_us, act_us, middle,
        slow, bare_.rows("SELECT pg_database_size(current_database())")[0][0]);
  }

  /// The first 200 lines of a county's list, in milliseconds.
  std::pair<double, double> due_lists() {
    std::vector<double> ms;
    for (int i = 0; i < 200; ++i) {
      store::DueQuery query;
      query.scope = must(OrgCode::parse(nation_.towns[town_(random_)].code.substr(0, 6)));
      query.until = env_.clock.today().plus_days(30);
      const auto from = Clock::now();
      auto reader = must(env_.store.read());
      int lines = 0;
      must(
          reader->due(query, [&](const store::DueRow &) -> Result<bool> { return ++lines < 200; }));
      ms.push_back(us_since(from) / 1000);
    }
    std::sort(ms.begin(), ms.end());
    return {ms[100], ms[197]};
  }

  Nation nation_;
  std::unique_ptr<service::Workspace> place_;
  service::Environment &env_;
  service::Ledgers ledgers_;
  service::Actor actor_ = service::local_operator("synthetic");
  Bare bare_;
  std::unique_ptr<Bare> other_;
  std::vector<std::pair<std::string, std::string>> tables_; ///< with the column of the record's id
  std::map<std::string, std::vector<std::size_t>> beside_;  ///< towns by county
  std::discrete_distribution<std::size_t> town_;
  std::mt19937_64 random_{11};
  std::int64_t made_ = 0;
  std::vector<std::pair<std::string, RecordId>> opened_;
};

} // namespace

int records(const std::vector<std::string> &words) {
  std::vector<std::int64_t> sizes;
  for (std::size_t i = 4; i < words.size(); ++i) sizes.push_back(std::stoll(words[i]));
  std::sort(sizes.begin(), sizes.end());
  Records(words[0], words[1], words[2], std::stoll(words[3])).run(sizes);
  return 0;
}

} // namespace yifa::bench
