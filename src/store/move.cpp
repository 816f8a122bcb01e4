#include "store/move.h"

#include "crypto/hash.h"
#include "store/digest.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace yifa::store {
namespace {

/// What is kept at once: so much is done again at most when a move is cut off.
constexpr std::int64_t kKeptAtOnce = 2'000;
/// In the target while a move goes on: what is moved, and which ledgers and steps are over.
constexpr const char *kMoving = "move:source";
constexpr const char *kOver = "move:over:";

class Moving {
public:
  Moving(Store &from, Store &to, const catalog::Catalog &catalog, const MoveProgress &progress)
      : from_store_(from), to_store_(to), catalog_(catalog), progress_(progress) {}

  Result<Moved> run() {
    from_ = TRY(from_store_.read());
    TRY(begin());
    TRY(step("offices", 0.02, [this] { return offices(); }));
    TRY(step("events", 0.05, [this] { return events(); }));
    for (const auto &type : catalog_.type_ids())
      TRY(step("rows of " + type, 0.45, [&, this] { return records(type); }));
    TRY(step("keys", 0.8, [this] { return keys(); }));
    TRY(step("answers", 0.82, [this] { return answers(); }));
    TRY(step("counts", 0.85, [this] { return counts(); }));
    TRY(meta());
    TRY(compare());
    return std::move(moved_);
  }

private:
  void tell(double fraction, const std::string &what) const {
    if (progress_) progress_(fraction, what);
  }

  /// A writer whose work is kept now and then.
  Result<Writer *> writer() {
    if (!to_) to_ = TRY(to_store_.write({.bulk = true, .late = true}));
    return to_.get();
  }
  Status keep() {
    waiting_ = 0;
    if (!to_) return Done{};
    auto writer = std::move(to_);
    return writer->commit();
  }
  Status count_one() { return ++waiting_ < kKeptAtOnce ? Status(Done{}) : keep(); }

  /// Which history it is: the ends of all chains.
  Result<std::string> source() {
    crypto::Sha256 ends;
    for (const auto &chain : TRY(from_->chains()))
      if (const auto head = TRY(from_->head(chain)))
        ends.update(fmt::format("{} {} {}\n", chain, head->seq, crypto::hex(head->hash)));
    return crypto::hex(ends.finish());
  }

  Status begin() {
    const auto mine = TRY(source());
    auto to = TRY(writer());
    const auto known = TRY(to->meta(kMoving));
    if (known && *known != mine)
      return invalid("the store to move from has been written to since the move that was cut off; "
                     "move into an empty store");
    if (!known && (!TRY(to->chains()).empty() || !TRY(to->meta_keys("")).empty()))
      return invalid("the store to move into holds something already; name an empty one");
    moved_.resumed = known.has_value();
    if (!known) TRY(to->put_meta(kMoving, mine));
    return keep();
  }

  template <typename Do> Status step(const std::string &name, double fraction, const Do &work) {
    tell(fraction, name);
    const auto key = kOver + name;
    if (TRY(TRY(writer())->meta(key))) return Done{};
    TRY(work());
    TRY(TRY(writer())->put_meta(key, "1"));
    return keep();
  }

  Status offices() {
    for (const auto &org : TRY(from_->orgs_under(OrgCode(), std::nullopt, 0))) {
      TRY(TRY(writer())->put_org(org));
      TRY(count_one());
    }
    return Done{};
  }

  Status events() {
    for (const auto &chain : TRY(from_->chains())) {
      const auto head = TRY(TRY(writer())->head(chain));
      auto at = head ? head->seq : 0;
      while (true) {
        auto some = TRY(from_->events(chain, at, kKeptAtOnce));
        if (some.empty()) break;
        for (auto &event : some) {
          const auto hash = event.hash;
          TRY(TRY(writer())->append(event));
          if (event.hash != hash)
            return unavailable(
                fmt::format("event {} of chain {} does not have its hash", event.seq, chain));
          at = event.seq;
          TRY(count_one());
        }
      }
    }
    return Done{};
  }

  Status records(const std::string &type) {
    return from_->each_record(type, [&](record::Record &&record) -> Status {
      auto to = TRY(writer());
      if (moved_.resumed && TRY(to->get(type, record.id))) return Done{};
      TRY(to->put_derived(record));
      return count_one();
    });
  }

  Status keys() {
    TRY(from_->each_record_key([&](const RecordId &id, const std::string &wrapped) -> Status {
      const auto type = TRY(from_->type_of(id));
      const auto record = type ? TRY(from_->get(*type, id)) : std::nullopt;
      if (!record) return Done{}; // nothing it could open
      TRY(TRY(writer())->put_record_key(record->owner_org.county(), id, wrapped));
      return count_one();
    }));
    TRY(from_->each_blind([&](const BlindRow &row) -> Status {
      TRY(TRY(writer())->put_blind(row.owner, row.type, row.record, row.field, row.mac));
      return count_one();
    }));
    return from_->each_handler(
        [&](const std::string &county, const RecordId &record, const std::string &user) -> Status {
          TRY(TRY(writer())->put_handler(county, record, user));
          return count_one();
        });
  }

  Status answers() {
    return from_->each_answer([&](const std::string &county, const std::string &actor,
                                  const std::string &key, const KeyedAnswer &answer) -> Status {
      auto to = TRY(writer());
      if (moved_.resumed && TRY(to->keyed(county, actor, key))) return Done{};
      TRY(to->keep_answer(county, actor, key, answer));
      return count_one();
    });
  }

  /// In one transaction: half of a sum could not be told from the whole.
  Status counts() {
    TRY(keep());
    auto to = TRY(writer());
    TRY(to->clear_counts());
    TRY(from_->each_tally([&](const OrgCode &owner, const record::Contribution &row) -> Status {
      return to->move(owner, row, 1);
    }));
    std::map<RecordId, std::vector<DueRow>> limits;
    TRY(from_->due({}, [&](const DueRow &row) -> Result<bool> {
      limits[row.record].push_back(row);
      return true;
    }));
    for (auto &[record, rows] : limits) TRY(to->put_due(record, std::move(rows)));
    return from_->each_register([&](const RegisterRow &row) { return to->put_register(row); });
  }

  /// Each time anew: it changes without an event that would tell of it.
  Status meta() {
    tell(0.88, "what else is kept");
    auto to = TRY(writer());
    const auto mine = TRY(from_->meta_keys(""));
    for (const auto &key : TRY(to->meta_keys("")))
      if (!key.starts_with("move:") && !std::binary_search(mine.begin(), mine.end(), key))
        TRY(to->drop_meta(key));
    for (const auto &key : mine)
      if (const auto value = TRY(from_->meta(key))) TRY(to->put_meta(key, *value));
    return keep();
  }

  Status compare() {
    tell(0.9, "comparing");
    const auto there = TRY(digest_of(*from_, catalog_));
    {
      auto arrived = TRY(to_store_.read());
      moved_.digest = TRY(digest_of(*arrived, catalog_));
      for (const auto &chain : TRY(arrived->chains()))
        if (const auto head = TRY(arrived->head(chain))) moved_.events += head->seq;
      for (const auto &type : catalog_.type_ids())
        TRY(arrived->each_record(
            type, [&](record::Record &&) -> Status { return ++moved_.records, Done{}; }));
      TRY(arrived->each_tally([&](const OrgCode &, const record::Contribution &) -> Status {
        return ++moved_.tally_rows, Done{};
      }));
    }
    if (moved_.digest != there)
      return unavailable("what arrived is not what was sent; the new store must not be used");
    auto to = TRY(writer());
    for (const auto &key : TRY(to->meta_keys("move:"))) TRY(to->drop_meta(key));
    return keep();
  }

  Store &from_store_;
  Store &to_store_;
  const catalog::Catalog &catalog_;
  const MoveProgress &progress_;
  std::unique_ptr<Reader> from_;
  std::unique_ptr<Writer> to_;
  std::int64_t waiting_ = 0;
  Moved moved_;
};

} // namespace

Result<Moved> move(Store &from, Store &to, const catalog::Catalog &catalog,
                   const MoveProgress &progress) {
  if (!TRY(from.planned(catalog)).empty())
    return invalid("the store to move from was laid out for another catalog; open it once with "
                   "this yifa, then move it");
  TRY(from.migrate(catalog));
  TRY(to.migrate(catalog));
  return Moving(from, to, catalog, progress).run();
}

Status check_whole(Reader &reader) {
  if (TRY(reader.meta(kMoving)))
    return unavailable("a move into this store was cut off; run the same yifa store move again");
  return Done{};
}

} // namespace yifa::store
