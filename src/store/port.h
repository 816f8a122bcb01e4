#pragma once

#include "catalog/model.h"
#include "record/event.h"
#include "record/org.h"
#include "record/query.h"
#include "record/record.h"
#include "record/tally.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// The port every backend implements. No meaning of the law lives behind it: it keeps, finds and
/// adds up. All writing of one county happens in one transaction at a time; whatever a Writer did
/// is either wholly there after commit() says done, or not at all.
namespace yifa::store {

/// The answer a client key was given.
struct KeyedAnswer {
  std::string request_hash; ///< of the canonical request
  std::string answer;       ///< canonical JSON of the receipt
};

/// Where a chain ends: the number and hash of its last event.
struct ChainHead {
  std::int64_t seq = 0;
  std::string hash; ///< 32 raw bytes
};

/// One use of an attachment.
struct Attached {
  std::string type;
  RecordId record;
  std::string field; ///< "photos", "part.photos", "rows.column"
  std::string hash;  ///< lower-case hexadecimal SHA-256
};

/// How far a register has counted.
struct RegisterRow {
  OrgCode owner;
  std::string register_id;
  int year = 0;
  std::int64_t last = 0;
};

/// A keyed hash of a personal value (put_blind).
struct BlindRow {
  OrgCode owner;
  std::string type;
  RecordId record;
  std::string field;
  std::string mac;
};

/// A time limit that runs: begun, not met, of a matter that has not ended. One that is paused
/// stands here with the day it would end on if the pause were over.
struct DueRow {
  OrgCode owner;
  Date due;
  std::string binds; ///< office, party, superior
  std::string type;
  RecordId record;
  std::string rule;
  RecordId part; ///< nil on the record itself
  auto operator<=>(const DueRow &) const = default;
};

struct DueQuery {
  OrgCode scope;
  std::optional<Date> until;        ///< due up to this day
  std::optional<Date> parties_from; ///< a party's own time that ended before is left out
};

/// Records of one ledger in one state whose own day lies in one month, withdrawn ones left out.
struct MonthCount {
  OrgCode org; ///< the office that keeps them, when asked by office
  std::string type;
  Month month;
  std::string state;
  std::int64_t records = 0;
  std::int64_t late = 0; ///< of them recorded late
};

struct MonthCountQuery {
  OrgCode scope; ///< offices that keep records, with the whole subtree
  Month from;
  Month to; ///< inclusive
  bool by_org = false;
  bool by_month = true;             ///< else all months together, as the first of them
  std::vector<std::string> types{}; ///< ledgers; empty: all
};

/// Records of some ledgers in some of their states, whose own day lies in the months.
struct StatesQuery {
  OrgCode scope; ///< offices that keep records, with the whole subtree
  Month from;
  Month to;                                               ///< inclusive
  std::map<std::string, std::vector<std::string>> states; ///< by ledger
};

struct SearchHit {
  std::string type;
  RecordId record;
  OrgCode owner_org;
  Date day;
  std::string title; ///< the text that was indexed as title
  double rank = 0;   ///< smaller is better; 0 when ordered by date
};

struct SearchQuery {
  std::string words; ///< blank-separated; all must occur
  OrgCode scope;
  std::vector<std::string> types; ///< empty: all
  bool by_date = false;           ///< newest first, by id within a day
  /// In the order of lists instead: by day, then id, both falling or both rising.
  enum class Listed { No, NewestFirst, OldestFirst };
  Listed listed = Listed::No;
  /// Only texts of those days.
  std::optional<Date> from;
  std::optional<Date> until; ///< inclusive
  std::int64_t limit = 50;
  std::int64_t offset = 0;
};

/// Everything as of one moment; reading never blocks writing. Values that are not filled come back
/// as empty Values. Used by one thread at a time. Must not outlive its Store.
class Reader {
public:
  virtual ~Reader() = default;

  /// Nothing if there is no such record of that type under that county; Unavailable if the store
  /// fails.
  virtual Result<std::optional<record::Record>> get(const std::string &type,
                                                    const RecordId &id) = 0;
  /// The type of a record id, wherever it is.
  virtual Result<std::optional<std::string>> type_of(const RecordId &id) = 0;
  virtual Result<std::optional<RecordId>> by_number(const std::string &type, const OrgCode &owner,
                                                    const std::string &number) = 0;
  /// Records in the query's order; may return records that `where` rejects.
  virtual Result<std::vector<record::Record>> find(const record::Query &query) = 0;
  /// Calls `each` for every record of the query, streaming; stops with its error.
  virtual Status scan(const record::Query &query,
                      const std::function<Status(record::Record &&)> &each) = 0;
  /// Records of `type` in the county whose link field `link` ("field", "part.field" or
  /// "rows.column") holds `target` (back links), withdrawn ones too; by day, then id.
  virtual Result<std::vector<record::Record>> pointing(const std::string &county,
                                                       const std::string &type,
                                                       const std::string &link,
                                                       const RecordId &target) = 0;
  /// Not withdrawn records of the same office, other than this one, that equal it in all `alike`
  /// fields that are not personal (personal ones: blind_matches). Nothing when none of those is
  /// filled.
  virtual Result<std::vector<record::Record>> alike(const catalog::RecordType &type,
                                                    const record::Record &record) = 0;
  virtual Result<std::vector<record::TallyRow>> tallies(const record::TallyQuery &query) = 0;
  /// By office, ledger, month and state, without zeros. Kept beside the records: costs the same
  /// however many there are.
  virtual Result<std::vector<MonthCount>> counts_by_month(const MonthCountQuery &query) = 0;
  /// Offices that keep at least one such record, withdrawn ones left out, by code. Looks at each
  /// office's counts until it finds one.
  virtual Result<std::vector<OrgCode>> offices_in_states(const StatesQuery &query) = 0;
  virtual Result<std::vector<SearchHit>> search(const SearchQuery &query) = 0;
  /// Running time limits, the earliest first, until `each` says false; stops with its error.
  virtual Status due(const DueQuery &query,
                     const std::function<Result<bool>(const DueRow &)> &each) = 0;
  /// Those of one record, in the order of DueRow.
  virtual Result<std::vector<DueRow>> due_of(const RecordId &record) = 0;
  virtual Result<std::vector<std::string>> chains() = 0;
  /// The end of a chain; nothing if it has not begun. Inside a Writer the next event gets head.seq
  /// + 1 (2 when the chain has not begun, since append writes the genesis first).
  virtual Result<std::optional<ChainHead>> head(const std::string &chain) = 0;
  /// Events of a chain with seq > after, at most `limit`, in order.
  virtual Result<std::vector<record::Event>> events(const std::string &chain, std::int64_t after,
                                                    std::int64_t limit) = 0;
  virtual Result<std::vector<record::Event>> history(const RecordId &record) = 0;
  virtual Result<std::vector<std::pair<std::string, RecordId>>>
  batch_members(const RecordId &batch) = 0;

  virtual Result<std::optional<record::Org>> org(const OrgCode &code) = 0;
  /// Offices of that name: the whole name (张家村 and 张家村委会 are one), or, if none, the name
  /// without its suffix (高观 for 高观镇). Higher levels first, then by code.
  virtual Result<std::vector<record::Org>> orgs_named(const std::string &name,
                                                      std::int64_t limit) = 0;
  /// Nodes of the subtree without its root, in code order; `level` narrows; limit 0: all. Ended
  /// nodes and former names are among them: a day's tree is those with from <= day < to.
  virtual Result<std::vector<record::Org>>
  orgs_under(const OrgCode &code, std::optional<OrgLevel> level, std::int64_t limit) = 0;
  /// Offices that keep at least one record, by code.
  virtual Result<std::vector<OrgCode>> offices_with_records(const OrgCode &scope) = 0;

  virtual Result<std::optional<KeyedAnswer>>
  keyed(const std::string &county, const std::string &actor, const std::string &key) = 0;
  /// The record's wrapped key; nothing if it never had one or was forgotten.
  virtual Result<std::optional<std::string>> record_key(const RecordId &record) = 0;
  virtual Result<std::optional<std::string>> meta(const std::string &key) = 0;
  virtual Result<std::vector<std::string>> meta_keys(const std::string &prefix) = 0;

  /// The node as it was named on that day (a renamed node has one entry a name); org() gives the
  /// latest.
  virtual Result<std::optional<record::Org>> org_on(const OrgCode &code, Date day) = 0;
  /// Records of the office that hold the same keyed hash in a personal field (put_blind).
  virtual Result<std::vector<RecordId>> blind_matches(const OrgCode &owner, const std::string &type,
                                                      const std::string &field,
                                                      const std::string &mac) = 0;
  /// Users a record was sent to, by name; and the other way round, by type and id.
  virtual Result<std::vector<std::string>> handlers(const RecordId &record) = 0;
  virtual Result<bool> handles(const std::string &user, const RecordId &record) = 0;
  virtual Result<std::vector<std::pair<std::string, RecordId>>>
  handled_by(const std::string &user) = 0;
  /// How many records a query finds; `most` means "at least so many", where counting further would
  /// have to look at records. Nothing when `where` asks for what columns cannot decide.
  virtual Result<std::optional<std::int64_t>> count(const record::Query &query,
                                                    std::int64_t most) = 0;
  /// Records that name the attachment.
  virtual Result<std::vector<Attached>> attached(const std::string &hash) = 0;

  // Of many at once, a statement for some hundreds of them; in no order unless told. For who goes
  // through whole ledgers.
  /// Records of one type; what is not there is left out.
  virtual Result<std::vector<record::Record>> records(const std::string &type,
                                                      const std::vector<RecordId> &ids) = 0;
  /// As pointing() of each target, which are all of that county; with the target it points to.
  virtual Result<std::vector<std::pair<RecordId, record::Record>>>
  pointing(const std::string &county, const std::string &type, const std::string &link,
           const std::vector<RecordId> &targets) = 0;
  /// As history(), by chain and number, without the hash before each.
  virtual Result<std::vector<record::Event>> history(const std::vector<RecordId> &records) = 0;
  virtual Result<std::vector<DueRow>> due_of(const std::vector<RecordId> &records) = 0;
  /// Wrapped keys, of those that have one.
  virtual Result<std::vector<std::pair<RecordId, std::string>>>
  record_keys(const std::vector<RecordId> &records) = 0;

  // Whole-table walks for verify and archive; each stops with the callback's error. None sorts,
  // none loads the table.
  /// Every record of a type, withdrawn ones too, by county and id.
  virtual Status each_record(const std::string &type,
                             const std::function<Status(record::Record &&)> &each) = 0;
  /// Every tally row as it stands, an office's own (never the sums kept beside them), in no order.
  virtual Status each_tally(
      const std::function<Status(const OrgCode &owner, const record::Contribution &row)> &each) = 0;
  virtual Status each_attached(const std::function<Status(const Attached &)> &each) = 0;
  virtual Status each_record_key(
      const std::function<Status(const RecordId &, const std::string &wrapped)> &each) = 0;
  virtual Status
  each_answer(const std::function<Status(const std::string &county, const std::string &actor,
                                         const std::string &key, const KeyedAnswer &)> &each) = 0;
  virtual Status each_register(const std::function<Status(const RegisterRow &)> &each) = 0;
  virtual Status
  each_handler(const std::function<Status(const std::string &county, const RecordId &record,
                                          const std::string &user)> &each) = 0;
  virtual Status each_blind(const std::function<Status(const BlindRow &)> &each) = 0;
  /// Keys that begin so, in their order, with what they hold. `prefix` is not empty.
  virtual Status each_meta(
      const std::string &prefix,
      const std::function<Status(const std::string &key, const std::string &value)> &each) = 0;

  /// Holds everything kept beside the records so that they are found (scope columns, homes,
  /// offices, links, attachments, look-alikes, search text, keys, registers) against what each
  /// record gives, both ways. What does not fit goes to `fault`; an error when the store fails.
  using MisfitSink = std::function<void(const std::string &where, const std::string &what)>;
  virtual Status each_misfit(const MisfitSink &fault) = 0;
};

/// What a command to come will look up.
struct Foreseen {
  OrgCode owner;     ///< the office that will keep the record
  std::string actor; ///< with the client key; both may be empty
  std::string client_key;
  std::string type;
  std::optional<RecordId> record;     ///< that is there already
  std::vector<std::string> registers; ///< of the owner, that may be asked for a number
};

/// A backend may put a write off: what its tables refuse is then told by a later step, by keep() or
/// by commit(), and nothing of the transaction (or of the step) is kept.
class Writer : public Reader {
public:
  /// Appends to the chain: fills seq, previous and hash = SHA-256(previous ‖ body). Body must
  /// already hold the rest (ask head() for the seq it will get). Before the first event of a chain
  /// the genesis is written: type "@chain", action "genesis", the event's own `at`, body naming the
  /// algorithm. An event that is itself a genesis (an archive coming back) takes its place.
  virtual Status append(record::Event &event) = 0;
  /// Inserts (version 1) or replaces the row of a record, its parts, its search text and its index
  /// rows. Stale when the stored version is not record.version − 1.
  virtual Status put(const record::Record &record) = 0;
  /// As put without the version check and without raising it: derived fields moved because a linked
  /// record did. Inserts a record that is not there, at any version (rebuild, archive).
  virtual Status put_derived(const record::Record &record) = 0;
  /// Adds to the tally; a row that becomes 0 is removed.
  virtual Status move(const OrgCode &owner, const record::Contribution &contribution,
                      std::int64_t sign) = 0;
  /// The next number of a register: 1, 2, … without gap within (owner, register, year).
  virtual Result<std::int64_t> next_number(const OrgCode &owner, const std::string &register_id,
                                           int year) = 0;
  virtual Status keep_answer(const std::string &county, const std::string &actor,
                             const std::string &key, const KeyedAnswer &answer) = 0;
  /// `county`: the record's.
  virtual Status put_record_key(const std::string &county, const RecordId &record,
                                const std::string &wrapped) = 0;
  virtual Status drop_record_key(const RecordId &record) = 0;
  virtual Status put_org(const record::Org &org) = 0;
  /// Keeps a keyed hash of a personal value, so that equals can be found without reading any
  /// (DECISIONS 28).
  virtual Status put_blind(const OrgCode &owner, const std::string &type, const RecordId &record,
                           const std::string &field, const std::string &mac) = 0;
  /// Forgets all keyed hashes of a record: before it is corrected, and when it is forgotten.
  virtual Status drop_blinds(const RecordId &record) = 0;
  /// Sets a register's last number: an archive coming back.
  virtual Status put_register(const RegisterRow &row) = 0;
  virtual Status put_meta(const std::string &key, const std::string &value) = 0;
  virtual Status drop_meta(const std::string &key) = 0;
  /// Sends a record to a user, or takes it back from him; no error when it stood so already.
  virtual Status put_handler(const std::string &county, const RecordId &record,
                             const std::string &user) = 0;
  virtual Status drop_handler(const RecordId &record, const std::string &user) = 0;
  /// Asks together what commands to come, of one county, would ask one by one. Changes nothing of
  /// what they find, and may do nothing.
  virtual Status foresee(const std::vector<Foreseen> &commands) = 0;
  /// Several commands in one transaction, each wholly or not at all: what was done since save() is
  /// kept by keep() or undone by back(), also after a failed write. They do not nest.
  virtual Status save() = 0;
  virtual Status keep() = 0;
  virtual Status back() = 0;
  /// What runs on a record from now on, in place of what stood there.
  virtual Status put_due(const RecordId &record, std::vector<DueRow> running) = 0;
  /// Empties what is counted from records: tallies and running time limits. Used when the catalog
  /// changed and everything is counted again.
  virtual Status clear_counts() = 0;
  /// Empties every table that replay refills (rows, tallies, search): used by rebuild.
  virtual Status clear_derived_tables() = 0;
  /// Durable when it returns. The writer is spent afterwards; destroying an uncommitted one undoes
  /// everything.
  virtual Status commit() = 0;
};

/// What a transaction is going to write.
struct Writing {
  bool bulk = false;    ///< very much at once: may relax work a row, never durability of commit
  std::string county{}; ///< records, events and numbers of this county alone; empty: of any
  /// What the tables refuse may be told by commit() alone, without saying whose fault it was: for
  /// who then carries out his commands one by one. An engine that is far away asks less often.
  bool late = false;
};

/// Something an engine counts of itself, for who watches.
struct Gauge {
  std::string name;  ///< "connections"
  std::string label; ///< "pool=\"reading\",state=\"idle\""; may be empty
  double value = 0;
  bool only_rises = false;
};

class Store {
public:
  virtual ~Store() = default;
  virtual Result<std::unique_ptr<Reader>> read() = 0;
  /// Waits up to a limit for those who write the same; Unavailable then.
  virtual Result<std::unique_ptr<Writer>> write(const Writing &how = {}) = 0;
  /// Whether changes of different counties go on beside one another.
  virtual bool writes_apart() const { return false; }
  /// Creates or extends tables for the catalog (after plan() allowed it) and binds the store to it.
  /// Call it at every start: without a difference it writes nothing. Until then only events,
  /// organisations, answers, keys and meta can be used. Invalid, listing every column, when a field
  /// changed its type; Unavailable when the tables are newer than this program.
  virtual Status migrate(const catalog::Catalog &catalog) = 0;
  /// What migrate would do, a line a table or column; empty when nothing. Errors as migrate's.
  virtual Result<std::vector<std::string>> planned(const catalog::Catalog &catalog) = 0;
  /// A consistent copy into one file while others write; verified by opening it again. Unavailable,
  /// and no file left, otherwise.
  virtual Status backup(const std::string &file) = 0;
  /// Whether the engine is backed up by tools of its own, so that backup() is always Unavailable.
  virtual bool has_backups_of_its_own() const { return false; }
  /// Lets an account of the engine use the store without being able to alter its tables or to
  /// change or remove history. Unavailable where there are no accounts.
  virtual Status grant(const std::string &) {
    return unavailable("this store is a file: who may use it is said by the rights of the file");
  }
  /// Spreads the tables over the servers of a cluster, by county; a line a table. Unavailable where
  /// there is none.
  virtual Result<std::vector<std::string>> distribute() {
    return unavailable("this store is a file: it lies where it lies");
  }
  /// How it fares just now; nothing for an engine that counts nothing.
  virtual std::vector<Gauge> gauges() { return {}; }
  /// Where sums above the counties are kept and follow the writers: adds what they left behind and
  /// tells how many changes that were; figures are exact without it. 0 where nothing waits, or
  /// another one does it.
  virtual Result<std::int64_t> raise_sums() { return std::int64_t{0}; }
  /// Makes those sums anew from the counties'; false where none are kept. Unavailable while
  /// somebody writes to every county at once.
  virtual Result<bool> rebuild_sums() { return false; }
  /// The engine's own check of its file: pages, references, the search index.
  virtual Status check() = 0;
};

} // namespace yifa::store
