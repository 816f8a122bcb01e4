#include "store/verify.h"
#include "indicator/contributions.h"
#include "service/account_history.h"
#include "service/dues.h"
#include "service/journal.h"
#include "service/ledgers.h"
#include "service/nearby.h"
#include "service/personal.h"
#include "service/upkeep.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

namespace yifa::service {
namespace {

using record::Record;

constexpr std::size_t kMostFaults = 50;
/// Records whose surroundings are fetched together.
constexpr std::size_t kTogether = 256;

std::vector<RecordId> ids_of(const std::vector<Record> &records) {
  std::vector<RecordId> ids;
  for (const auto &record : records) ids.push_back(record.id);
  return ids;
}

bool personal_papers(const std::vector<catalog::Field> &fields) {
  return std::any_of(fields.begin(), fields.end(), [](const catalog::Field &field) {
    return field.personal && field.type == catalog::FieldType::File;
  });
}

bool personal_papers(const catalog::RecordType &type) {
  return personal_papers(type.fields) ||
         std::any_of(type.parts.begin(), type.parts.end(),
                     [](const auto &part) { return personal_papers(part.fields); });
}

/// One walk over everything, in a few statements for some hundred records. A chain holds one town's
/// records, so no more than one town is held in memory.
class Verifier {
public:
  Verifier(Environment &env, store::Reader &reader,
           const std::function<void(double, const std::string &)> &progress)
      : env_(env), reader_(reader), progress_(progress), counter_(*env.catalog),
        calendar_(*env.catalog), nearby_(reader) {}

  Result<VerifyReport> run() {
    auto chains = TRY(reader_.chains());
    for (std::size_t i = 0; i < chains.size(); ++i) {
      if (progress_)
        progress_(0.6 * static_cast<double>(i) / static_cast<double>(chains.size()), chains[i]);
      TRY(check_chain(chains[i]));
    }
    for (auto &[type, replayed] : waiting_) TRY(check_replayed(type, replayed));
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
    replayed_ += static_cast<std::int64_t>(replayed.size());
    for (auto &[id, record] : replayed) {
      auto &[type, waiting] = *waiting_.try_emplace(record.type).first;
      waiting.push_back(std::move(record));
      if (waiting.size() == kTogether) TRY(check_replayed(type, waiting));
    }
    return Done{};
  }

  /// Holds what the events say against the rows.
  Status check_replayed(const std::string &type, std::vector<Record> &replayed) {
    std::unordered_map<RecordId, Record> rows;
    for (auto &row : TRY(reader_.records(type, ids_of(replayed)))) {
      const auto id = row.id;
      rows.emplace(id, std::move(row));
    }
    for (const auto &record : replayed) {
      const auto stored = rows.find(record.id);
      if (stored == rows.end())
        fault(fmt::format("{} {}", type, record.id.text()), "its events are there, its row is not");
      else if (auto difference = compare(record, stored->second); !difference.empty())
        fault(fmt::format("{} {} ({})", type, record.id.text(), stored->second.number),
              fmt::format("the row is not what its events say: {}", difference));
    }
    replayed.clear();
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

  /// Walks the records of a ledger, some together.
  Status each_some(const std::string &type,
                   const std::function<Status(const std::vector<Record> &)> &each) {
    std::vector<Record> some;
    TRY(reader_.each_record(type, [&](Record &&record) -> Status {
      some.push_back(std::move(record));
      if (some.size() < kTogether) return Done{};
      TRY(each(some));
      some.clear();
      return Done{};
    }));
    return some.empty() ? Status(Done{}) : each(some);
  }

  Status check_rows() {
    for (const auto &type : env_.catalog->type_ids())
      TRY(each_some(type, [&](const std::vector<Record> &some) { return check_some(some); }));
    TRY(check_due_count());
    if (report_.records != replayed_) {
      fault("rows", fmt::format("{} rows stand against {} records in the events", report_.records,
                                replayed_));
      TRY(name_rows_without_events());
    }
    return Done{};
  }

  Status check_some(const std::vector<Record> &some) {
    report_.records += static_cast<std::int64_t>(some.size());
    std::unordered_map<RecordId, std::vector<store::DueRow>> due;
    for (auto &row : TRY(reader_.due_of(ids_of(some)))) {
      const auto id = row.record;
      due[id].push_back(std::move(row));
    }
    std::vector<const Record *> left;
    for (const auto &record : some) left.push_back(&record);
    // Each is judged again while it asks for what was not fetched.
    while (!left.empty()) {
      std::vector<const Record *> again;
      for (const auto *record : left)
        if (!TRY(check_record(*record, due[record->id]))) again.push_back(record);
      if (!again.empty()) TRY(nearby_.fetch());
      left = std::move(again);
    }
    nearby_.clear();
    return check_personal_papers(some);
  }

  /// False, and nothing was told or counted, when something around it must be fetched first.
  Result<bool> check_record(const Record &record, std::vector<store::DueRow> &due) {
    const auto &edition = edition_of(*env_.catalog, record);
    Around around(env_, reader_, &calendar_, &nearby_);
    auto view = around.view();
    const auto contributions = counter_.contributions(edition, record, view);
    Record again = record;
    const bool moved = record::derive(edition, again, view);
    const auto running = TRY(running_limits(edition, record, around));
    TRY(around.status());
    if (nearby_.lacks()) return false;
    for (const auto &each : contributions) add(record.owner_org, each, each.value);
    const auto where = [&] {
      return fmt::format("{} {} ({})", record.type, record.id.text(), record.number);
    };
    if (moved) fault(where(), "a derived field is not what it would be now");
    // The time limits kept for lists and alarms are those that run.
    due_ += static_cast<std::int64_t>(running.size());
    std::sort(due.begin(), due.end());
    if (due != running) fault(where(), "the time limits kept for it are not those that run");
    return true;
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
      TRY(each_some(type, [&](const std::vector<Record> &some) -> Status {
        if (report_.faults.size() == kMostFaults) return Done{};
        std::set<RecordId> told;
        for (const auto &event : TRY(reader_.history(ids_of(some)))) told.insert(event.record);
        for (const auto &record : some)
          if (!told.contains(record.id))
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
  Status check_personal_papers(const std::vector<Record> &some) {
    std::unordered_map<RecordId, const Record *> sealed;
    std::vector<RecordId> ids;
    for (const auto &record : some) {
      if (record.personal.empty() || record.forgotten || !env_.master) continue;
      if (!personal_papers(edition_of(*env_.catalog, record))) continue;
      sealed.emplace(record.id, &record);
      ids.push_back(record.id);
    }
    for (const auto &[id, wrapped] : TRY(reader_.record_keys(ids))) {
      auto whole = *sealed.at(id);
      const auto &type = edition_of(*env_.catalog, whole);
      auto personal = unseal(env_, wrapped, whole);
      if (!personal || !fill(type, *personal, whole)) continue; // told with the record's key
      check_papers(type.fields, whole.values, whole);
      for (const auto &part : whole.parts)
        check_papers(type.parts[static_cast<std::size_t>(part.part)].fields, part.values, whole);
    }
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
  Nearby nearby_;
  std::int64_t due_ = 0;
  VerifyReport report_;
  std::int64_t replayed_ = 0;
  std::map<std::string, std::vector<Record>> waiting_; ///< replayed, by type, not yet compared
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
