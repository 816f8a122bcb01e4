#pragma once

#include "indicator/contributions.h"
#include "procedure/calendar.h"
#include "record/command.h"
#include "service/environment.h"
#include "service/neighbours.h"

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
  /// fields.
  Result<std::vector<record::Record>> list(record::Query query, const Actor &actor);

  /// How many `list` would give without a limit, counting no further than `most`.
  Result<std::int64_t> count(record::Query query, const Actor &actor, std::int64_t most);

  Result<std::vector<record::Event>> history(const RecordId &id, const Actor &actor);

  Environment &environment() { return env_; }

private:
  /// Lays the actor's scope over a query.
  static Status narrow_to(const Actor &actor, record::Query &query);
  /// Reading personal fields leaves a trace of its own (DECISIONS 26).
  Status note_reading(const record::Record &record, const Actor &actor);

  Environment &env_;
  Workings workings_;
};

/// The receipt kept as the answer to a client key, now `repeated`.
Result<record::Receipt> receipt_from(const std::string &answer);

/// Invalid with the nearest name when there is no such ledger.
Result<const catalog::RecordType *> find_type(const catalog::Catalog &catalog,
                                              const std::string &id);

/// The edition a record belongs to by its own day.
const catalog::RecordType &edition_of(const catalog::Catalog &catalog,
                                      const record::Record &record);

} // namespace yifa::service
