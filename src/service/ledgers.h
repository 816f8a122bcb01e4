#pragma once

#include "indicator/contributions.h"
#include "procedure/calendar.h"
#include "record/command.h"
#include "service/environment.h"
#include "service/neighbours.h"

#include <functional>
#include <map>

namespace yifa::service {

/// Ids given beforehand to rows of an import, by type and row key: links name them before they are
/// stored.
using KeyedIds = std::map<std::pair<std::string, std::string>, RecordId>;

/// What is worked out once for carrying out commands.
struct Workings {
  Dependents dependents;
  indicator::Counter counter;
  std::optional<crypto::Key> request_key; ///< for hashes of requests; absent without a master key
  std::optional<crypto::Key> blind_key;   ///< for look-alikes by personal fields; likewise
  procedure::Calendar calendar;
};

/// Records in, records out: open, act, correct, withdraw, parts, forget; show and list.
class Ledgers {
public:
  explicit Ledgers(Environment &environment);

  /// Carries out one command in a transaction of its own. Invalid field by field, Refused with
  /// sources, Stale, NotFound, Forbidden, Unavailable; whatever the error, nothing changed.
  Result<record::Receipt> apply(const record::Command &command, const Actor &actor);
  /// The county alone that a command writes to, where the store tells counties apart; else, and for
  /// what lies above the counties, empty.
  Result<std::string> county_of(const record::Command &command);

  /// Looks up together what apply_in would ask for each of these one by one.
  struct Asked {
    const record::Command &command;
    const Actor &actor;
  };
  Status foresee(store::Writer &writer, const std::vector<Asked> &commands);
  /// The same inside a transaction of the caller, who commits. After an error the transaction must
  /// be given up, unless the error came from `check` (below), which writes nothing.
  Result<record::Receipt> apply_in(store::Writer &writer, const record::Command &command,
                                   const Actor &actor, const KeyedIds *keys = nullptr);

  /// Everything that can be judged of an opening without writing it: used by previews. The receipt
  /// has no number.
  Result<record::Receipt> check(store::Reader &reader, const record::Command &command,
                                const Actor &actor, const KeyedIds *keys = nullptr);

  /// The key of hashes of what came in; absent without a master key.
  const std::optional<crypto::Key> &request_key() const { return workings_.request_key; }

  struct Shown {
    record::Record record;
    const catalog::RecordType *type = nullptr;
    bool personal = false; ///< personal fields are filled in
  };
  /// By id, or by display number with the office and type. Personal fields only for those who
  /// handle the record; each such reading is written to the county's access chain.
  Result<Shown> show(const std::string &id_or_number, const std::string &type, const OrgCode &org,
                     bool personal, const Actor &actor);

  /// Records the actor may see, exactly those the query's predicate holds for, without personal
  /// fields. With `words` only those in whose text all of them occur; withdrawn ones have none.
  Result<std::vector<record::Record>> list(record::Query query, const Actor &actor,
                                           const std::string &words = {});
  /// The same inside a reader of the caller.
  Result<std::vector<record::Record>> list_in(store::Reader &reader, record::Query query,
                                              const Actor &actor, const std::string &words = {});

  /// How many `list` would give without a limit; `most` means "at least so many". With words, which
  /// are looked for one by one, it counts no further than kMostFound.
  Result<std::int64_t> count_in(store::Reader &reader, record::Query query, const Actor &actor,
                                std::int64_t most, const std::string &words = {});

  /// What the records of a list come to in one field, in the smallest part of its unit.
  struct Sum {
    const catalog::Field *field = nullptr;
    std::int64_t value = 0;
    std::int64_t records = 0; ///< that have it filled
  };
  /// Of every number, count and amount of money of the ledger that is not personal, over what
  /// `list` would give without a limit. Nothing when there are more records than `most`.
  Result<std::optional<std::vector<Sum>>> sums_in(store::Reader &reader, record::Query query,
                                                  const Actor &actor, std::int64_t most,
                                                  const std::string &words = {});

  Result<std::vector<record::Event>> history(const RecordId &id, const Actor &actor);

  Environment &environment() { return env_; }

private:
  /// The type's id in full, and the actor's scope laid over the query.
  Status narrow_to(const Actor &actor, record::Query &query);
  /// Calls `each` for the records of a narrowed query, in its order, until it says false.
  using EachListed = std::function<Result<bool>(record::Record &&)>;
  Status walk(store::Reader &reader, record::Query query, const std::string &words,
              const EachListed &each);
  /// Reading personal fields leaves a trace of its own (DECISIONS 26).
  Status note_reading(const record::Record &record, const Actor &actor);

  Environment &env_;
  Workings workings_;
};

/// How far a list with words is counted.
inline constexpr std::int64_t kMostFound = 1000;

/// The receipt kept as the answer to a client key, now `repeated`.
Result<record::Receipt> receipt_from(const std::string &answer);

/// Invalid with the nearest name when there is no such ledger.
Result<const catalog::RecordType *> find_type(const catalog::Catalog &catalog,
                                              const std::string &id);

/// The edition a record belongs to by its own day.
const catalog::RecordType &edition_of(const catalog::Catalog &catalog,
                                      const record::Record &record);

} // namespace yifa::service
