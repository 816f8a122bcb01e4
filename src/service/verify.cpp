#include "crypto/hash.h"
#include "indicator/contributions.h"
#include "service/journal.h"
#include "service/ledgers.h"
#include "service/upkeep.h"

#include <map>
#include <unordered_map>

#include <fmt/format.h>

namespace yifa::service {
namespace {

using record::Record;

constexpr std::size_t kMostFaults = 50;
constexpr std::int64_t kPage = 1000;

/// One walk over everything. A chain holds one office's records, so no more than one office is held
/// in memory.
class Verifier {
public:
  Verifier(Environment &env, store::Reader &reader,
           const std::function<void(double, const std::string &)> &progress)
      : env_(env), reader_(reader), progress_(progress), counter_(*env.catalog) {}

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
    return report_;
  }

private:
  void fault(const std::string &where, const std::string &message) {
    if (report_.faults.size() < kMostFaults) report_.faults.push_back({where, message, "", ""});
  }

  Status check_chain(const std::string &chain) {
    std::unordered_map<RecordId, Record> replayed;
    std::string previous;
    std::int64_t seq = 0;
    bool sound = true;
    while (sound) {
      auto page = TRY(reader_.events(chain, seq, kPage));
      for (const auto &event : page) {
        auto where = fmt::format("chain {} event {}", chain, event.seq);
        if (event.seq != seq + 1) {
          fault(where, fmt::format("follows event {}: events are missing", seq));
          sound = false;
          break;
        }
        // The genesis follows nothing.
        if (event.hash != crypto::sha256(event.previous, event.body) ||
            (seq > 0 && event.previous != previous)) {
          fault(where, "does not carry the hash that its content and its predecessor give");
          sound = false;
          break;
        }
        previous = event.hash;
        seq = event.seq;
        report_.events += 1;
        if (event.type.starts_with("@")) continue;
        if (auto done = replay(*env_.catalog, event, replayed[event.record]); !done) {
          fault(where, done.error().message);
          sound = false;
          break;
        }
      }
      if (page.size() < static_cast<std::size_t>(kPage)) break;
    }
    if (!sound) return Done{};
    auto head = TRY(reader_.head(chain));
    if (!head || head->seq != seq || head->hash != previous)
      fault(fmt::format("chain {} event {}", chain, seq),
            head ? fmt::format("is the last one, but the chain was {} events long", head->seq)
                 : "belongs to a chain whose end is not known");
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
        Around around(env_, reader_);
        auto view = around.view();
        for (auto &each : counter_.contributions(edition, record, view))
          add(record.owner_org, each, each.value);
        Record again = record;
        if (record::derive(edition, again, view))
          fault(fmt::format("{} {} ({})", record.type, record.id.text(), record.number),
                "a derived field is not what it would be now");
        return around.status();
      }));
    report_.records = rows;
    if (rows != replayed_ && report_.faults.empty())
      fault("rows", fmt::format("{} rows stand against {} records in the events", rows, replayed_));
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
  /// its own, which must be that sum.
  Status check_county_sums() {
    std::map<std::string, std::map<Key, std::int64_t>> counties;
    for (const auto &[key, value] : counted_) {
      auto county = TRY(OrgCode::parse(std::get<0>(key))).county();
      if (county.empty()) continue;
      auto summed = key;
      std::get<0>(summed) = county;
      counties[county][summed] += value;
    }
    for (auto &[county, sums] : counties)
      for (bool stock : {false, true}) {
        record::TallyQuery query;
        query.scope = TRY(OrgCode::parse(county));
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
            fault(fmt::format("tally of the county {} {} {}", county,
                              Month::from_index(std::get<4>(key)).text(), std::get<1>(key)),
                  fmt::format("says {}, its offices give {}", stands[key], value));
        for (const auto &[key, value] : stands)
          if (value != 0 && !sums.contains(key))
            fault(fmt::format("tally of the county {} {} {}", county,
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

  Environment &env_;
  store::Reader &reader_;
  const std::function<void(double, const std::string &)> &progress_;
  indicator::Counter counter_;
  VerifyReport report_;
  std::int64_t replayed_ = 0;
  std::map<Key, std::int64_t> counted_;
};

} // namespace

Result<VerifyReport> verify(Environment &environment,
                            const std::function<void(double, const std::string &)> &progress) {
  TRY(environment.store.check());
  auto reader = TRY(environment.store.read());
  auto report = TRY(Verifier(environment, *reader, progress).run());
  // Attachments: what a record names must be there and unaltered.
  TRY(reader->each_attached([&](const store::Attached &use) -> Status {
    report.attachments += 1;
    auto whole = environment.blobs.verify(use.hash);
    if (!whole && report.faults.size() < kMostFaults)
      report.faults.push_back({fmt::format("attachment {} of {} {}", use.hash.substr(0, 12),
                                           use.type, use.record.text()),
                               whole.error().message, "", ""});
    return Done{};
  }));
  return report;
}

} // namespace yifa::service
