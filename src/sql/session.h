#pragma once

#include "sql/gathering.h"
#include "sql/text_index.h"
#include "sql/type_sql.h"
#include "store/entries.h"
#include "store/port.h"
#include "store/shape.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

namespace yifa::sql {

/// One transaction: a snapshot to read, or the one writer. What records add to figures, where
/// chains end and the text to be searched are gathered and written once, at the latest by commit: a
/// record put five times in a transaction is indexed once.
class Session final : public store::Writer {
public:
  /// Over a connection whose transaction is begun. `county`: the only one whose records are
  /// written; empty: any. `late`: see store::Writing.
  Session(Home &home, std::unique_ptr<Connection> connection,
          std::shared_ptr<const store::Shape> shape, Mode mode, std::string county,
          bool late = false);
  Session(const Session &) = delete;
  Session &operator=(const Session &) = delete;
  ~Session() override;

  // Records (session_read.cpp, session_put.cpp)
  Result<std::optional<record::Record>> get(const std::string &type, const RecordId &id) override;
  Result<std::optional<std::string>> type_of(const RecordId &id) override;
  Result<std::optional<RecordId>> by_number(const std::string &type, const OrgCode &owner,
                                            const std::string &number) override;
  Result<std::vector<record::Record>> find(const record::Query &query) override;
  Status scan(const record::Query &query,
              const std::function<Status(record::Record &&)> &each) override;
  Result<std::vector<record::Record>> pointing(const std::string &county, const std::string &type,
                                               const std::string &link,
                                               const RecordId &target) override;
  Result<std::vector<record::Record>> alike(const catalog::RecordType &type,
                                            const record::Record &record) override;
  Result<std::vector<std::pair<std::string, RecordId>>>
  batch_members(const RecordId &batch) override;
  Status each_record(const std::string &type,
                     const std::function<Status(record::Record &&)> &each) override;
  Result<std::vector<store::Attached>> attached(const std::string &hash) override;
  Status each_attached(const std::function<Status(const store::Attached &)> &each) override;
  Result<std::vector<OrgCode>> offices_with_records(const OrgCode &scope) override;

  // Of many at once (session_many.cpp)
  Result<std::vector<record::Record>> records(const std::string &type,
                                              const std::vector<RecordId> &ids) override;
  Result<std::vector<std::pair<RecordId, record::Record>>>
  pointing(const std::string &county, const std::string &type, const std::string &link,
           const std::vector<RecordId> &targets) override;
  Result<std::vector<record::Event>> history(const std::vector<RecordId> &records) override;
  Result<std::vector<store::DueRow>> due_of(const std::vector<RecordId> &records) override;
  Result<std::vector<std::pair<RecordId, std::string>>>
  record_keys(const std::vector<RecordId> &records) override;
  Status
  each_meta(const std::string &prefix,
            const std::function<Status(const std::string &, const std::string &)> &each) override;

  Status put(const record::Record &record) override;
  Status put_derived(const record::Record &record) override;
  Status clear_derived_tables() override;

  // Figures (session_tally.cpp)
  Result<std::vector<record::TallyRow>> tallies(const record::TallyQuery &query) override;
  Status each_tally(
      const std::function<Status(const OrgCode &, const record::Contribution &)> &each) override;
  Status move(const OrgCode &owner, const record::Contribution &contribution,
              std::int64_t sign) override;

  // Records by month, and by what they hold (session_months.cpp, session_values.cpp)
  Result<std::vector<store::MonthCount>>
  counts_by_month(const store::MonthCountQuery &query) override;
  Result<std::vector<OrgCode>> offices_in_states(const store::StatesQuery &query) override;

  Result<std::optional<std::int64_t>> count(const record::Query &query, std::int64_t most) override;

  // Search (session_search.cpp)
  Result<std::vector<store::SearchHit>> search(const store::SearchQuery &query) override;

  // History (session_event.cpp)
  Result<std::vector<std::string>> chains() override;
  Result<std::optional<store::ChainHead>> head(const std::string &chain) override;
  Result<std::vector<record::Event>> events(const std::string &chain, std::int64_t after,
                                            std::int64_t limit) override;
  Result<std::vector<record::Event>> history(const RecordId &record) override;
  Status append(record::Event &event) override;

  // Organisations (session_org.cpp)
  Result<std::optional<record::Org>> org(const OrgCode &code) override;
  Result<std::optional<record::Org>> org_on(const OrgCode &code, Date day) override;
  Result<std::vector<record::Org>> orgs_named(const std::string &name, std::int64_t limit) override;
  Result<std::vector<record::Org>> orgs_under(const OrgCode &code, std::optional<OrgLevel> level,
                                              std::int64_t limit) override;
  Status put_org(const record::Org &org) override;

  // Answers, keys, registers, meta (session_keys.cpp)
  Result<std::optional<store::KeyedAnswer>>
  keyed(const std::string &county, const std::string &actor, const std::string &key) override;
  Result<std::optional<std::string>> record_key(const RecordId &record) override;
  Result<std::optional<std::string>> meta(const std::string &key) override;
  Result<std::vector<std::string>> meta_keys(const std::string &prefix) override;
  Result<std::vector<RecordId>> blind_matches(const OrgCode &owner, const std::string &type,
                                              const std::string &field,
                                              const std::string &mac) override;
  Status each_record_key(
      const std::function<Status(const RecordId &, const std::string &)> &each) override;
  Status each_answer(
      const std::function<Status(const std::string &, const std::string &, const std::string &,
                                 const store::KeyedAnswer &)> &each) override;
  Status each_register(const std::function<Status(const store::RegisterRow &)> &each) override;
  Status each_blind(const std::function<Status(const store::BlindRow &)> &each) override;
  Result<std::int64_t> next_number(const OrgCode &owner, const std::string &register_id,
                                   int year) override;
  Status keep_answer(const std::string &county, const std::string &actor, const std::string &key,
                     const store::KeyedAnswer &answer) override;
  Status put_record_key(const std::string &county, const RecordId &record,
                        const std::string &wrapped) override;
  Status drop_record_key(const RecordId &record) override;
  Status put_meta(const std::string &key, const std::string &value) override;
  Status drop_meta(const std::string &key) override;
  Status put_blind(const OrgCode &owner, const std::string &type, const RecordId &record,
                   const std::string &field, const std::string &mac) override;
  Status drop_blinds(const RecordId &record) override;
  Status put_register(const store::RegisterRow &row) override;

  // Who a matter was sent to (session_handlers.cpp)
  Result<std::vector<std::string>> handlers(const RecordId &record) override;
  Result<bool> handles(const std::string &user, const RecordId &record) override;
  Result<std::vector<std::pair<std::string, RecordId>>>
  handled_by(const std::string &user) override;
  Status each_handler(const std::function<Status(const std::string &, const RecordId &,
                                                 const std::string &)> &each) override;
  Status put_handler(const std::string &county, const RecordId &record,
                     const std::string &user) override;
  Status drop_handler(const RecordId &record, const std::string &user) override;

  // Steps inside a transaction (session_save.cpp), and what they will ask (session_foresee.cpp)
  Status foresee(const std::vector<store::Foreseen> &commands) override;
  Status save() override;
  Status keep() override;
  Status back() override;

  // Running time limits (session_due.cpp)
  Status due(const store::DueQuery &query,
             const std::function<Result<bool>(const store::DueRow &)> &each) override;
  Result<std::vector<store::DueRow>> due_of(const RecordId &record) override;
  Status put_due(const RecordId &record, std::vector<store::DueRow> running) override;
  Status clear_counts() override;

  // Whole (session_check.cpp)
  Status each_misfit(const MisfitSink &fault) override;

  Status commit() override;

private:
  class Traces;
  /// The numbers of one register that this transaction has given.
  struct Numbers {
    OrgCode owner;
    std::int64_t last = 0;
    bool moved = false; ///< further than the store's row says
  };
  /// (office, register, year)
  using RegisterKey = std::tuple<std::string, std::string, int>;
  /// (stock, office, contribution without value)
  using Move = std::tuple<bool, std::string, std::string, std::string, std::string, int>;
  /// (office, ledger, field, value, month)
  using ValueKey = std::tuple<std::string, std::string, std::string, std::string, int>;
  /// (county, level, office, ledger, month, field, value)
  using SumKey =
      std::tuple<std::string, int, std::string, std::string, int, std::string, std::string>;
  struct ValueCount {
    std::int64_t records = 0;
    std::int64_t late = 0;
    bool operator==(const ValueCount &) const = default;
  };
  struct Text {
    SearchRow row;
    bool fresh = false; ///< no text of this record is stored yet
  };
  /// A record as it is to stand, where its row is put off.
  struct Put {
    record::Record record;
    bool fresh = false;  ///< it has no row yet
    std::size_t had = 0; ///< parts that are stored
  };
  static constexpr std::size_t kPutOff = 128; ///< records whose rows are put off, at most
  /// (county, actor, client key)
  using AnswerKey = std::tuple<std::string, std::string, std::string>;

  /// A failed write spoils the transaction: what follows may stand on what is not there.
  template <typename R> R noted(R result) {
    if (!result && result.error().code != ErrorCode::Stale) spoiled_ = true;
    return result;
  }
  Status writable() const;
  /// A statement that sees all that was put.
  Result<Prepared> prepare(std::string_view sql, Use use = Use::Often);
  /// A transaction of one county alone says so wherever rows are found by a record's id: with the
  /// tables spread by county, one place is asked instead of all.
  std::string in_county() const { return county_.empty() ? "" : " AND county = ?2"; }
  Prepared &with_county(Prepared &rows, const RecordId &record) const {
    return county_.empty() ? rows.with(record) : rows.with(record, county_);
  }
  /// Internal when this transaction writes to another county alone.
  Status writes_to(const std::string &county) const;
  /// Internal when this transaction writes to one county alone.
  Status writes_everywhere() const;

  /// Asks `sql` of some hundred ids at a time: it ends where their list is to follow, and `rest`
  /// stands behind that. `first` are its parameters before the ids.
  Status of_many(const std::string &sql, const std::vector<store::Parameter> &first,
                 const std::vector<RecordId> &ids, const std::string &rest,
                 const std::function<Status(Prepared &)> &each);
  Result<record::Record> read_row(const store::TypeShape &type, const Prepared &row);
  /// Sees a row at hand, and what was read of it: as many empty parts as the record has.
  using Seen = std::function<void(const store::RowSource &, const record::Record &)>;
  /// Hands on the records of the rows, some at a time, with their parts.
  Status read_rows(const store::TypeShape &type, Prepared &rows,
                   const std::function<Status(record::Record &&)> &each, const Seen &seen = {});
  /// Parts of records of one county, each with how many it has.
  Status read_parts(const store::TypeShape &type, const std::string &county,
                    const std::vector<std::pair<record::Record *, std::int64_t>> &records);
  Result<std::optional<record::Record>> get_in(const store::TypeShape &type,
                                               const std::string &county, const RecordId &id);
  Status write(const record::Record &record, bool derived);
  Status write_new(const store::TypeShape &type, const record::Record &record);
  Status claim_home(const store::TypeShape &type, const record::Record &record);
  Status insert_row(const store::TypeShape &type, const record::Record &record);
  Status write_over(const store::TypeShape &type, const record::Record &record,
                    const record::Record &old);
  Status write_parts(const store::TypeShape &type, const record::Record &record, std::size_t had);
  Status write_entries(const store::TypeShape &type, const record::Record &record,
                       const store::Entries &before, const store::Entries &after);
  Status note_text(const store::TypeShape &type, const record::Record &record, bool fresh);
  /// Moves the counts by month and value by one record as it stands (+1) or stood (-1).
  void move_values(const store::TypeShape &type, const record::Record &record, std::int64_t sign);
  Status add_to_values(const SumKey &key, const ValueCount &count);
  Status add_to_months(const SumKey &key, const ValueCount &count);
  /// A count that is kept beside the records; nothing when the query asks for another.
  Result<std::optional<std::int64_t>> kept_count(const store::TypeShape &type,
                                                 const record::Query &query);
  Result<std::vector<record::Record>> records_of(const std::string &type, const std::string &sql,
                                                 const std::vector<store::Parameter> &parameters,
                                                 bool beside = false);
  const TypeSql &sql_of(const store::TypeShape &type);
  /// What is put off of a record's row (session_gather.cpp).
  const Put *put_off(const RecordId &id) const;
  Status put_off(const store::TypeShape &type, const record::Record &record, bool fresh,
                 std::size_t had);
  Status flush_records();
  Status write_record(const Put &put);
  bool is_put_off(std::string_view sql) const;
  Status foresee_answers(const std::string &county,
                         const std::vector<const store::Foreseen *> &commands);
  Status foresee_offices(const std::string &county,
                         const std::vector<const store::Foreseen *> &commands);
  Status foresee_records(const std::string &county,
                         const std::vector<const store::Foreseen *> &commands);
  const store::KeyedAnswer *answered(const AnswerKey &key) const;
  Status flush_answers();

  Status add_event(const std::string &county, record::Event &event, store::ChainHead &head);
  Status add_to_tally(bool stock, int level, const std::string &county, const std::string &org,
                      const Move &move, std::int64_t value);
  /// The same, a statement for many rows (session_sums.cpp); and what the sums above the counties
  /// do not hold yet.
  Status write_moves_at_once(const std::map<Move, std::int64_t> &own,
                             const std::map<Move, std::int64_t> &counties);
  Status write_values_at_once(const std::map<SumKey, ValueCount> &months,
                              const std::map<SumKey, ValueCount> &sums);
  Result<std::vector<std::string>> tally_counties(const char *table, const OrgCode &scope);
  Status flush_moves();
  Status write_moves(const std::map<Move, std::int64_t> &moves);
  Status flush_values();
  Status write_values(const std::map<ValueKey, ValueCount> &values);
  Status flush_heads();
  Status flush_texts();
  Status flush_registers();
  Status write_register(const store::RegisterRow &row);
  /// To be called before an entry of registers_ changes: back() returns to it.
  void save_register(const RegisterKey &key);
  Result<std::optional<SearchRow>> stored_text(const RecordId &id);
  Status flush();

  Home &home_;
  std::unique_ptr<Connection> connection_;
  Connection &db_;
  std::shared_ptr<const store::Shape> shape_;
  Mode mode_;
  std::string county_;
  Gathering rows_;
  bool spoiled_ = false;
  bool spent_ = false;
  /// Gathered to be written at once. While a step is open `now` holds what the step itself gathered
  /// and `before` what was there already: nothing needs to be copied to undo it.
  template <typename Map> struct Gathered {
    Map now;
    Map before;
    bool written = false; ///< `before` was written inside the step; undoing takes it back

    void save() {
      before = std::move(now);
      now.clear();
      written = false;
    }
    void back() {
      now = std::move(before);
      before.clear();
    }
    void clear() { now.clear(), before.clear(); }
    bool empty() const { return now.empty() && (before.empty() || written); }
  };
  /// Puts what a step gathered to what was there before it, by `into(before, key, value)`.
  template <typename Map, typename Into> static void join(Gathered<Map> &of, const Into &into) {
    if (!of.written) {
      for (auto &[key, value] : of.now) into(of.before, key, value);
      of.back();
    }
    of.before.clear();
  }
  /// What back() returns to, besides the file and what is gathered.
  struct Saved {
    std::map<std::string, store::ChainHead> heads;
    std::set<std::string> moved_heads;
    std::map<RegisterKey, std::optional<Numbers>> registers; ///< those that the step changed
    std::size_t text_bytes = 0;
  };
  std::optional<Saved> saved_;
  Gathered<std::map<Move, std::int64_t>> moves_;
  Gathered<std::map<ValueKey, ValueCount>> values_;
  std::map<std::string, store::ChainHead> heads_;
  std::set<std::string> moved_heads_;
  std::map<RegisterKey, Numbers> registers_;
  std::unordered_map<std::string, std::optional<record::Org>> orgs_; ///< looked up before
  std::set<std::pair<std::string, std::string>> offices_;            ///< known to be in `office`
  std::unordered_set<RecordId> no_limits_; ///< of records put here for the first time
  Gathered<std::unordered_map<RecordId, Text>> texts_;
  std::size_t text_bytes_ = 0;
  // Where refusals may come late: what is put off besides, and what was looked up before.
  Gathered<std::unordered_map<RecordId, Put>> records_;
  Gathered<std::map<AnswerKey, store::KeyedAnswer>> answers_;
  std::set<const store::TypeShape *> put_types_; ///< of records that may still be put off
  bool changed_ = false;                         ///< records that had a row may be put off
  std::set<std::int64_t> alike_;                 ///< digests of rows that may still be gathered
  std::unordered_map<RecordId, record::Record> read_; ///< as their rows stand
  std::unordered_map<RecordId, std::vector<store::DueRow>> limits_;
  bool no_limits_stand_ = false; ///< but those put since, which are in limits_
  std::map<AnswerKey, std::optional<store::KeyedAnswer>> foreseen_;
  std::set<std::string> foreseen_chains_;
  std::set<std::pair<std::string, std::string>> foreseen_registers_; ///< office, register
  std::unordered_map<const store::TypeShape *, TypeSql> sql_;
};

} // namespace yifa::sql
