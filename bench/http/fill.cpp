// Made-up records for the measurements of the server: `yifa_http_fill DIR COUNT` makes the data
// directory when there is none and adds records until it holds COUNT of them.

#include "service/ledgers.h"
#include "service/workspace.h"
#include "sqlite/store.h"

#include <chrono>
#include <cstdlib>

#include <fmt/format.h>

namespace yifa::bench {
namespace {

constexpr int kTowns = 40;
constexpr int kVillages = 8;
constexpr int kTogether = 2000; ///< records a transaction
constexpr int kDays = 5 * 365;
/// So many are kept by one village (desk.py), so that a page of its lists is full in the smallest
/// directory too: how long a list takes is compared, not how much it shows.
constexpr std::int64_t kOfOneVillage = 1000;
constexpr std::int64_t kThatVillage = 85;
const std::string kCounty = "990101"; // of a province that does not exist

std::string town(std::int64_t n) { return fmt::format("{}{}", kCounty, 100 + n % kTowns); }

std::string village(std::int64_t n) {
  return fmt::format("{}{}", town(n), 201 + n / kTowns % kVillages);
}

Status put_places(service::Environment &env) {
  auto writer = TRY(env.store.write());
  const auto put = [&](const std::string &code, const std::string &name,
                       record::Org::Kind kind) -> Status {
    record::Org org;
    org.code = TRY(OrgCode::parse(code));
    org.name = name;
    org.kind = kind;
    return writer->put_org(org);
  };
  TRY(put("99", "合成省", record::Org::Kind::Division));
  TRY(put("9901", "合成市", record::Org::Kind::Division));
  TRY(put(kCounty, "合成县", record::Org::Kind::Division));
  for (int t = 0; t < kTowns; ++t) {
    TRY(put(town(t), fmt::format("合成{:02}镇", t), record::Org::Kind::Town));
    for (int v = 0; v < kVillages; ++v)
      TRY(put(village(t + v * kTowns), fmt::format("合成{:02}村", v), record::Org::Kind::Village));
  }
  return writer->commit();
}

/// Where the n-th record lies.
std::int64_t place(std::int64_t n) { return n < kOfOneVillage ? kThatVillage : n; }

/// The n-th record of the county on its day; of a hundred: sixty disputes, twenty events of
/// publicity, ten inspections, ten petitions of which five wait for their answer.
record::Command opening(std::int64_t n, Date day, Date today) {
  static constexpr const char *kKinds[] = {"neighbour", "marriage", "land", "contract", "house"};
  static constexpr const char *kForms[] = {"lecture", "micro", "consult", "case"};
  record::Command command;
  command.action = "open";
  command.actor = "synthetic";
  command.client_key = fmt::format("synthetic-{}", n);
  command.tell_alike = false;
  const auto which = (n < kOfOneVillage ? n : n / kTowns) % 20; // every town gets of everything
  const auto in_village = village(place(n));
  if (which < 12) {
    command.type = "dispute";
    command.fields = {{"found_on", day.text()},    {"origin", n % 3 == 0 ? "grid" : "screening"},
                      {"kind", kKinds[n / 7 % 5]}, {"village", in_village},
                      {"many", n % 11 == 0},       {"amount", std::to_string(n % 900)}};
  } else if (which < 16) {
    command.type = "publicity_event";
    command.fields = {{"held_on", day.text()},
                      {"title", fmt::format("合成活动{}", n)},
                      {"topics", json::array{"constitution"}},
                      {"form", kForms[n / 7 % 4]},
                      {"villages", json::array{in_village}},
                      {"people", 20 + n % 80}};
  } else if (which < 18) {
    command.type = "safety_inspection";
    command.fields = {{"held_on", day.text()},
                      {"field", "fire"},
                      {"place", fmt::format("合成单位{}", n % 500)},
                      {"village", in_village}};
  } else {
    const bool waits = which == 18;
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

/// Adds the records from `have` to `wanted`, their days in order, as a county fills its ledgers.
Status add_records(service::Environment &env, std::int64_t have, std::int64_t wanted) {
  service::Ledgers ledgers(env);
  const auto actor = service::local_operator("synthetic");
  const auto today = env.clock.today();
  const auto first = today.plus_days(-kDays);
  for (auto n = have; n < wanted;) {
    auto writer = TRY(env.store.write());
    for (const auto end = std::min<std::int64_t>(wanted, n + kTogether); n < end; ++n) {
      const auto passed =
          n < kOfOneVillage ? n * kDays / kOfOneVillage : (n - have) * kDays / (wanted - have);
      auto command = opening(n, first.plus_days(static_cast<std::int32_t>(passed)), today);
      // What comes from the grid is kept by the village, the rest by the town.
      const bool by_village = n < kOfOneVillage || n % 3 == 0;
      command.org = TRY(OrgCode::parse(by_village ? village(place(n)) : town(n)));
      TRY(ledgers.apply_in(*writer, command, actor));
    }
    TRY(writer->commit());
  }
  return Done{};
}

Status fill(const std::filesystem::path &folder, std::int64_t wanted) {
  const auto open_sqlite = [](const std::string &, const std::filesystem::path &data) {
    return sqlite::open(data);
  };
  service::WorkspaceOptions options;
  options.data = folder;
  const auto kind = service::folder_kind(folder);
  const bool fresh = kind == service::FolderKind::Absent || kind == service::FolderKind::Empty;
  if (fresh) TRY(service::Workspace::init(options, false, open_sqlite));
  auto space = TRY(service::Workspace::open(options, open_sqlite));
  auto &env = space->environment();
  if (fresh) TRY(put_places(env));
  std::int64_t have = 0;
  {
    auto reader = TRY(env.store.read());
    store::MonthCountQuery query;
    query.scope = TRY(OrgCode::parse(kCounty));
    query.from = env.clock.today().plus_days(-2 * kDays).month_of();
    query.to = env.clock.today().month_of();
    for (const auto &row : TRY(reader->counts_by_month(query))) have += row.records;
  }
  const auto from = std::chrono::steady_clock::now();
  TRY(add_records(env, have, wanted));
  const auto took = std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
  fmt::print("{{\"before\": {}, \"records\": {}, \"seconds\": {:.1f}}}\n", have,
             std::max(have, wanted), took);
  return Done{};
}

} // namespace
} // namespace yifa::bench

int main(int argc, char **argv) {
  if (argc != 3) {
    fmt::print(stderr, "yifa_http_fill DIR COUNT\n");
    return 2;
  }
  const auto done = yifa::bench::fill(argv[1], std::atoll(argv[2]));
  if (!done) fmt::print(stderr, "{}\n", done.error().text());
  return done ? 0 : 1;
}
