#include "store/verify.h"
#include "indicator/contributions.h"
#include "service/account_history.h"
#include "service/dues.h"
#include "service/journal.h"
#include "service/ledgers.h"
#include "service/personal.h"
#include "service/upkeep.h"

#include <map>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

namespace yifa::service {
namespace {

using record::Record;

constexpr std::size_t kMostFaults = 50;

/// One walk over everything. A chain holds one office's records, so no more than one office is held
/// in memory.
class Verifier {
public:
  Verifier(Environment &env, store::Reader &reader,
           const std::function<void(double, const std::string &)> &progress)
      : env_(env), reader_(reader), progress_(progress), counter_(*env.catalog),
        calendar_(*env.catalog) {}

  Result<VerifyReport> run() {
    auto chains = TRY(reader_.chains());
    for (std::size_t i = 0; i < chains.size(); ++i) {
      if (progress_)
        progress_(0.6 * static_cast<double>(i) / static_cast<double>(chains.size()), chains[i]);
      TRY(check_chain(chains[i]));
    }
    report_.chains = static_cast<std::int64_t>(chains.size());
    if (progress_) progress_(0.6, "rows");
    TRY(check_rows());
    if (progress_) progress_(0.85, "tallies");
    TRY(check_tallies());
    if (progress_) progress_(0.9, "what lies beside the rows");
    TRY(reader_.each_misfit(
        [&](const std::string &where, const std::string &what) { fault(where, what); }));
    TRY(verify_accounts(
        reader_, [&](const std::string &where, const std::string &what) { fault(where, what); }));
    TRY(check_attachments());
    return report_;
  }

private:
  void fault(const std::string &where, const std::string &message) {
    if (report_.faults.size() < kMostFaults) report_.faults.push_back({where, message, "", ""});
  }

  Status check_chain(const std::string &chain) {
    std::unordered_map<RecordId, Record> replayed;
    bool told = false;
    auto broken = store::check_chain(reader_, chain, [&](const record::Event &event) -> Status {
      report_.events += 1;
      if (event.type.starts_with("@")) return Done{};
      auto done = replay(*env_.catalog, event, replayed[event.record]);
      if (done) return Done{};
      fault(fmt::format("chain {} event {}", chain, event.seq), done.error().message);
      told = true;
      return done;
    });
    if (told) return Done{};
    const auto fault_in_chain = TRY(std::move(broken));
    if (fault_in_chain) {
      fault(fmt::format("chain {} event {}", chain, fault_in_chain->seq), fault_in_chain->what);
      return Done{};
    }
    for (const auto &[id, record] : replayed) {
      auto stored = TRY(reader_.get(record.type, id));
      if (!stored) {
        fault(fmt::format("{} {}", record.type, id.text()), "its events are there, its row is not");
      } else if (auto difference = compare(record, *stored); !difference.empty()) {
        fault(fmt::format("{} {} ({})", record.type, id.text(), stored->number),
              fmt::format("the row is not what its events say: {}", difference));
      }
    }
    replayed_ += static_cast<std::int64_t>(replayed.size());
    return Done{};
  }

  /// The first thing in which the row is not the replayed record; derived fields are judged apart.
  std::string compare(const Record &told, const Record &row) const {
    if (told.version != row.version)
      return fmt::format("version {} against {}", row.version, told.version);
    if (told.state != row.state) return fmt::format("state {} against {}", row.state, told.state);
    if (told.day != row.day)
      return fmt::format("day {} against {}", row.day.text(), told.day.text());
    if (told.owner_org != row.owner_org || told.place_org != row.place_org) return "office";
    if (told.number != row.number) return "number";
    if (told.edition != row.edition) return "edition";
    if (told.late != row.late || told.withdrawn != row.withdrawn ||
        told.withdrawn_reason != row.withdrawn_reason)
      return "late or withdrawn";
    if (told.recorded_at != row.recorded_at || told.created_by != row.created_by)
      return "who recorded it and when";
    if (told.batch != row.batch) return "batch";
    if (told.personal != row.personal || told.forgotten != row.forgotten)
      return "sealed personal fields";
    if (told.parts != row.parts) return "parts";
    const auto &fields = env_.catalog->type(told.type)->fields;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (fields[i].derive || fields[i].personal) continue;
      static const catalog::Value none;
      const auto &a = i < told.values.size() ? told.values[i] : none;
      if (!(a == row.values[i])) return fields[i].id;
    }
    return {};
  }

  Status check_rows() {
    std::int64_t rows = 0;
    for (const auto &type : env_.catalog->type_ids())
      TRY(reader_.each_record(type, [&](Record &&record) -> Status {
        rows += 1;
        const auto &edition = edition_of(*env_.catalog, record);
        Around around(env_, reader_, &calendar_);
        auto view = around.view();
        for (auto &each : counter_.contributions(edition, record, view))
          add(record.owner_org, each, each.value);
        Record again = record;
        if (record::derive(edition, again, view))
          fault(fmt::format("{} {} ({})", record.type, record.id.text(), record.number),
                "a derived field is not what it would be now");
        TRY(check_due(record, TRY(running_limits(edition, record, around))));
        TRY(check_personal_papers(edition, record));
        return around.status();
      }));
    report_.records = rows;
    TRY(check_due_count());
    if (rows != replayed_) {
      fault("rows", fmt::format("{} rows stand against {} records in the events", rows, replayed_));
      TRY(name_rows_without_events());
    }
    return Done{};
  }

  /// The time limits kept for lists and alarms are those that run.
  Status check_due(const Record &record, const std::vector<store::DueRow> &running) {
    due_ += static_cast<std::int64_t>(running.size());
    if (TRY(reader_.due_of(record.id)) != running)
      fault(fmt::format("{} {} ({})", record.type, record.id.text(), record.number),
            "the time limits kept for it are not those that run");
    return Done{};
  }

  /// None is kept beyond those of the records.
  Status check_due_count() {
    std::int64_t kept = 0;
    TRY(reader_.due({}, [&](const store::DueRow &) -> Result<bool> {
      ++kept;
      return true;
    }));
    if (kept != due_)
      fault("due", fmt::format("{} time limits are kept, the records have {}", kept, due_));
    return Done{};
  }

  Status name_rows_without_events() {
    for (const auto &type : env_.catalog->type_ids())
      TRY(reader_.each_record(type, [&](Record &&record) -> Status {
        if (report_.faults.size() < kMostFaults && TRY(reader_.history(record.id)).empty())
          fault(fmt::format("{} {} ({})", record.type, record.id.text(), record.number),
                "stands in a row, and no event tells of it");
        return Done{};
      }));
    return Done{};
  }

  using Key = std::tuple<std::string, std::string, std::string, std::string, int, bool>;
  static Key key_of(const OrgCode &owner, const record::Contribution &row) {
    return {owner.text(), row.indicator, row.dimension, row.group, row.month.index(), row.stock};
  }
  void add(const OrgCode &owner, const record::Contribution &row, std::int64_t value) {
    auto key = key_of(owner, row);
    auto &sum = counted_[key];
    sum += value;
    if (sum == 0) counted_.erase(key);
  }

  /// A county's figure is not added up from its offices when it is asked for: it stands in rows of
  /// its own, which must be that sum; and there are no such rows without offices.
  Status check_county_sums() {
    std::map<std::string, std::map<Key, std::int64_t>> counties; // "" is the whole store
    for (const auto &[key, value] : counted_) {
      const auto county = TRY(OrgCode::parse(std::get<0>(key))).county();
      for (const auto &scope : std::set<std::string>{county, ""}) {
        auto summed = key;
        std::get<0>(summed) = scope;
        counties[scope][summed] += value;
      }
    }
    for (auto &[county, sums] : counties)
      for (bool stock : {false, true}) {
        record::TallyQuery query;
        if (!county.empty()) query.scope = TRY(OrgCode::parse(county));
        query.from = Month::from_index(0);
        query.to = Month(9999, 12);
        query.stock = stock;
        query.by_month = true;
        std::map<Key, std::int64_t> stands;
        for (const auto &row : TRY(reader_.tallies(query)))
          stands[{county, row.indicator, row.dimension, row.group, row.month.index(), stock}] =
              row.value;
        for (const auto &[key, value] : sums)
          if (std::get<5>(key) == stock && value != 0 && stands[key] != value)
            fault(fmt::format("tally of {} {} {}", county.empty() ? "all" : "the county " + county,
                              Month::from_index(std::get<4>(key)).text(), std::get<1>(key)),
                  fmt::format("says {}, its offices give {}", stands[key], value));
        for (const auto &[key, value] : stands)
          if (value != 0 && !sums.contains(key))
            fault(fmt::format("tally of {} {} {}", county.empty() ? "all" : "the county " + county,
                              Month::from_index(std::get<4>(key)).text(), std::get<1>(key)),
                  fmt::format("says {}, its offices give none", value));
      }
    return Done{};
  }

  Status check_tallies() {
    TRY(check_county_sums());
    TRY(reader_.each_tally([&](const OrgCode &owner, const record::Contribution &row) -> Status {
      report_.tally_rows += 1;
      auto found = counted_.find(key_of(owner, row));
      std::int64_t counted = found == counted_.end() ? 0 : found->second;
      if (counted != row.value)
        fault(fmt::format("tally {} {} {} {}", owner.text(), row.month.text(), row.indicator,
                          row.dimension.empty() ? "" : row.dimension + "=" + row.group),
              fmt::format("says {}, the records give {}", row.value, counted));
      if (found != counted_.end()) counted_.erase(found);
      return Done{};
    }));
    for (const auto &[key, value] : counted_)
      fault(fmt::format("tally {} {} {}", std::get<0>(key),
                        Month::from_index(std::get<4>(key)).text(), std::get<1>(key)),
            fmt::format("is missing; the records give {}", value));
    return Done{};
  }

  /// Papers named in personal fields stand in no index: they are looked for with the master key.
  Status check_personal_papers(const catalog::RecordType &type, const Record &record) {
    if (record.personal.empty() || record.forgotten || !env_.master) return Done{};
    auto whole = record;
    auto personal = unseal(env_, reader_, record);
    if (!personal || !fill(type, *personal, whole)) return Done{}; // told with the record's key
    check_papers(type.fields, whole.values, whole);
    for (const auto &part : whole.parts)
      check_papers(type.parts[static_cast<std::size_t>(part.part)].fields, part.values, whole);
    return Done{};
  }

  void check_papers(const std::vector<catalog::Field> &fields,
                    const std::vector<catalog::Value> &values, const Record &record) {
    for (std::size_t i = 0; i < fields.size() && i < values.size(); ++i) {
      if (!fields[i].personal || fields[i].type != catalog::FieldType::File) continue;
      std::vector<catalog::Value> papers{values[i]};
      if (const auto *many = values[i].get<std::vector<catalog::Value>>()) papers = *many;
      for (const auto &paper : papers)
        if (const auto *hash = paper.get<catalog::FileHash>())
          check_blob(hash->hex, record.type, record.id);
    }
  }

  void check_blob(const std::string &hash, const std::string &type, const RecordId &record) {
    report_.attachments += 1;
    if (auto whole = env_.blobs.verify(hash); !whole)
      fault(fmt::format("attachment {} of {} {}", hash.substr(0, 12), type, record.text()),
            whole.error().message);
  }

  /// What a record names must be there and unaltered.
  Status check_attachments() {
    return reader_.each_attached([&](const store::Attached &use) -> Status {
      check_blob(use.hash, use.type, use.record);
      return Done{};
    });
  }

  Environment &env_;
  store::Reader &reader_;
  const std::function<void(double, const std::string &)> &progress_;
  indicator::Counter counter_;
  procedure::Calendar calendar_;
  std::int64_t due_ = 0;
  VerifyReport report_;
  std::int64_t replayed_ = 0;
  std::map<Key, std::int64_t> counted_;
};

} // namespace

Result<VerifyReport> verify(Environment &environment,
                            const std::function<void(double, const std::string &)> &progress) {
  auto engine = environment.store.check();
  auto reader = TRY(environment.store.read());
  auto report = Verifier(environment, *reader, progress).run();
  if (engine) return report;
  // A damaged file is a finding, and what could still be read of it stands beside.
  VerifyReport damaged;
  if (report) damaged = std::move(*report);
  damaged.faults.insert(damaged.faults.begin(), {"store", engine.error().message, "", ""});
  if (!report) damaged.faults.push_back({"store", report.error().message, "", ""});
  return damaged;
}

} // namespace yifa::service
