#include "sql/node_sums.h"
#include "sql/row_sums.h"
#include "sql/session.h"
#include "sql/value_counts.h"
#include "store/row.h"

#include <charconv>

#include <fmt/format.h>

namespace yifa::sql {
namespace {

using record::Record;
using store::TypeShape;

/// Takes what would be written and holds it against the row that stands.
class Comparing final : public store::RowSink {
public:
  explicit Comparing(const store::RowSource &row) : row_(row) {}
  void null(int column) override { note(column, row_.is_null(column)); }
  void integer(int column, std::int64_t value) override {
    note(column, !row_.is_null(column) && row_.integer(column) == value);
  }
  void text(int column, std::string_view value) override { same_bytes(column, value); }
  void bytes(int column, std::string_view value) override { same_bytes(column, value); }
  void copied_text(int column, std::string_view value) override { same_bytes(column, value); }
  /// The first column that differs, or -1.
  int differs() const { return differs_; }

private:
  void same_bytes(int column, std::string_view value) {
    note(column, !row_.is_null(column) && row_.bytes(column) == value);
  }
  void note(int column, bool same) {
    if (!same && differs_ < 0) differs_ = column;
  }
  const store::RowSource &row_;
  int differs_ = -1;
};

/// The counter of a display number "2023-17"; nothing for a number of another form.
std::optional<std::pair<int, std::int64_t>> counted_number(const std::string &number) {
  const auto dash = number.find('-');
  int year = 0;
  std::int64_t n = 0;
  if (dash == std::string::npos) return std::nullopt;
  const auto *end = number.data() + number.size();
  if (std::from_chars(number.data(), number.data() + dash, year).ptr != number.data() + dash ||
      std::from_chars(number.data() + dash + 1, end, n).ptr != end)
    return std::nullopt;
  return std::pair{year, n};
}

/// A table of what records leave beside their rows, as it is held against them.
struct Trace {
  const char *table;
  std::vector<const char *> columns;
  std::size_t place; ///< the column by which its rows are looked up again when something differs
  int number = -1;   ///< the column of whole numbers
};

enum Left { kHome, kOffice, kKey, kLink, kAttachment, kAlike, kText };

const std::vector<Trace> &traces() {
  static const std::vector<Trace> all = {
      {"record_home", {"id", "county", "type"}, 0},
      {"office", {"county", "org"}, 1},
      {"record_key", {"record"}, 0},
      {"link", {"county", "type", "field", "target", "record"}, 4},
      {"attachment", {"county", "hash", "type", "record", "field"}, 3},
      {"alike", {"county", "owner_org", "type", "digest", "record"}, 4, 3},
      {"search_text", {"record", "county", "type", "owner_org", "day", "title", "body"}, 0, 4},
  };
  return all;
}

void add(RowBytes &row, std::string_view value) { row.add(value); }
void add(RowBytes &row, std::int64_t value) { row.add(value); }
void add(RowBytes &row, const RecordId &value) { row.add(store::id_bytes(value)); }
void add(RowBytes &row, const OrgCode &value) { row.add(value.text()); }

} // namespace

/// Walks all records and adds up what they should have left, so that what nobody left shows too;
/// then walks what stands there. Only where the two differ is each record asked for what it left.
class Session::Traces {
public:
  Traces(Session &session, const MisfitSink &fault) : in_(session), fault_(fault) {}

  Status run() {
    for (std::size_t i = 0; i < traces().size(); ++i) sums_.push_back(TRY(RowSums::make()));
    TRY(walk_records());
    bool same = true;
    for (std::size_t i = 0; i < traces().size(); ++i) {
      TRY(walk_trace(i));
      same = same && sums_[i].same();
    }
    if (!same) {
      naming_ = true;
      named_offices_.clear();
      TRY(walk_records());
    }
    for (std::size_t i = 0; i < traces().size(); ++i)
      if (sums_[i].met() != sums_[i].expected())
        fault_(fmt::format("table {}", traces()[i].table),
               fmt::format("holds {} entries, the records give {}", sums_[i].met(),
                           sums_[i].expected()));
    TRY(check_months());
    TRY(check_values());
    return check_registers();
  }

private:
  Status walk_records() {
    for (const auto &[id, type] : in_.shape_->types) TRY(walk_type(type));
    return Done{};
  }

  Status walk_type(const TypeShape &type) {
    const auto compare = [&](const store::RowSource &source, const Record &record) {
      Comparing row(source);
      store::write_record(type, record, row);
      if (row.differs() >= 0)
        tell(type, record,
             fmt::format("its column {} is not what the record gives",
                         type.table.columns[static_cast<std::size_t>(row.differs())].name));
    };
    auto rows =
        TRY(in_.prepare(fmt::format("SELECT {} FROM {} ORDER BY county, id",
                                    in_.sql_of(type).columns, store::quoted(type.table.name)),
                        Use::Walk));
    return in_.read_rows(
        type, rows, [&](Record &&record) { return check_record(type, record); },
        naming_ ? Seen() : Seen(compare));
  }

  Status walk_trace(std::size_t which) {
    const auto &trace = traces()[which];
    auto rows = TRY(in_.prepare(
        fmt::format("SELECT {} FROM {}", fmt::join(trace.columns, ", "), trace.table), Use::Walk));
    while (TRY(rows.step())) {
      row_.clear();
      for (int i = 0; i < static_cast<int>(trace.columns.size()); ++i)
        i == trace.number ? row_.add(rows.integer(i)) : row_.add(rows.bytes(i));
      sums_[which].meet(rows.bytes(static_cast<int>(trace.place)), row_);
    }
    return Done{};
  }

  Status check_record(const TypeShape &type, const Record &record) {
    const auto county = record.owner_org.county();
    TRY(left(kHome, type, record, record.id, county, type.id));
    if (named_offices_.emplace(record.owner_org.text()).second)
      TRY(left(kOffice, type, record, county, record.owner_org));
    if (!record.personal.empty() && !record.forgotten) TRY(left(kKey, type, record, record.id));
    const auto entries = store::entries_of(type, record);
    for (const auto &[field, target] : entries.links)
      TRY(left(kLink, type, record, county, type.id, field, target, record.id));
    for (const auto &[field, hash] : entries.files)
      TRY(left(kAttachment, type, record, county, hash, type.id, record.id, field));
    if (entries.alike)
      TRY(left(kAlike, type, record, county, record.owner_org, type.id, *entries.alike, record.id));
    const auto words = store::search_text(*in_.shape_, type, record);
    if (!words.title.empty() || !words.body.empty())
      TRY(left(kText, type, record, record.id, county, type.id, record.owner_org,
               std::int64_t{record.day.days()}, words.title, words.body));
    if (naming_) return Done{};
    count_month(type, record);
    if (auto counted = counted_number(record.number)) {
      auto &last =
          numbers_[{record.owner_org.text(), store::ledger_register(type.id), counted->first}];
      last = std::max(last, counted->second);
    }
    return Done{};
  }

  /// One row that the record should have left: added up, or, when names are sought, looked for.
  template <typename... A>
  Status left(Left which, const TypeShape &type, const Record &record, const A &...values) {
    const auto &trace = traces()[which];
    auto &sums = sums_[which];
    const auto place =
        which == kOffice ? std::string_view(record.owner_org.text()) : store::id_bytes(record.id);
    if (!naming_) {
      row_.clear();
      (add(row_, values), ...);
      sums.expect(place, row_);
      return Done{};
    }
    if (sums.same_at(place)) return Done{};
    std::string where;
    for (std::size_t i = 0; i < trace.columns.size(); ++i)
      where += fmt::format("{}{} = ?{}", i > 0 ? " AND " : "", trace.columns[i], i + 1);
    auto rows = TRY(in_.prepare(fmt::format("SELECT 1 FROM {} WHERE {}", trace.table, where)));
    rows.with(values...);
    if (!TRY(rows.step()))
      tell(type, record, fmt::format("its entry in {} is missing or another", trace.table));
    return Done{};
  }

  void count_month(const TypeShape &type, const Record &record) {
    if (record.withdrawn) return;
    const auto county = record.owner_org.county();
    for (const int level : {0, 1}) {
      if (level == 1 && county.empty()) continue;
      auto &count = months_[{level, level == 0 ? record.owner_org.text() : county,
                             record.day.month_of().index(), record.type, record.state}];
      count.first += 1;
      count.second += record.late ? 1 : 0;
    }
    count_value(record, kStateCounted, record.state);
    for (const int i : type.counted)
      if (const auto *code = record.value(i).get<catalog::Code>())
        count_value(record, type.at.fields[static_cast<std::size_t>(i)].id, code->text);
  }

  void count_value(const Record &record, const std::string &field, const std::string &value) {
    const auto county = record.owner_org.county();
    for (const int level : {0, 1}) {
      if (level == 1 && county.empty()) continue;
      auto &count = values_[{level, level == 0 ? record.owner_org.text().substr(0, 9) : county,
                             record.type, field, value, record.day.month_of().index()}];
      count.first += 1;
      count.second += record.late ? 1 : 0;
    }
  }

  /// So are those by value.
  Status check_values() {
    auto rows = TRY(in_.prepare(
        "SELECT level, org, type, field, value, month, records, late FROM value_count", Use::Walk));
    const auto tell = [&](const ValueKey &key, std::int64_t says, std::int64_t gives) {
      const auto &[level, org, type, field, value, month] = key;
      fault_(fmt::format("count of {} {} {} {} = {}", org, Month::from_index(month).text(), type,
                         field, value),
             fmt::format("says {}, the records give {}", says, gives));
    };
    while (TRY(rows.step())) {
      const ValueKey key{static_cast<int>(rows.integer(0)),
                         rows.text_at(1),
                         rows.text_at(2),
                         rows.text_at(3),
                         rows.text_at(4),
                         static_cast<int>(rows.integer(5))};
      const auto found = values_.find(key);
      const auto counted =
          found == values_.end() ? std::pair<std::int64_t, std::int64_t>{} : found->second;
      if (counted != std::pair{rows.integer(6), rows.integer(7)})
        tell(key, rows.integer(6), counted.first);
      if (found != values_.end()) values_.erase(found);
    }
    for (const auto &[key, counted] : values_) tell(key, 0, counted.first);
    return Done{};
  }

  /// The counts by month are those of the records, none more and none less.
  Status check_months() {
    auto rows =
        TRY(in_.prepare("SELECT level, org, month, type, state, records, late FROM month_count "
                        "WHERE level = 0 OR length(org) = 6",
                        Use::Walk));
    const auto tell = [&](const MonthKey &key, std::int64_t says, std::int64_t gives) {
      const auto &[level, org, month, type, state] = key;
      fault_(fmt::format("count of {} {} {} {}", org, Month::from_index(month).text(), type, state),
             fmt::format("says {}, the records give {}", says, gives));
    };
    while (TRY(rows.step())) {
      const MonthKey key{static_cast<int>(rows.integer(0)), rows.text_at(1),
                         static_cast<int>(rows.integer(2)), rows.text_at(3), rows.text_at(4)};
      const auto found = months_.find(key);
      const auto counted =
          found == months_.end() ? std::pair<std::int64_t, std::int64_t>{} : found->second;
      if (counted != std::pair{rows.integer(5), rows.integer(6)})
        tell(key, rows.integer(5), counted.first);
      if (found != months_.end()) months_.erase(found);
    }
    for (const auto &[key, counted] : months_) tell(key, 0, counted.first);
    return Done{};
  }

  Status check_registers() {
    TRY(in_.each_register([&](const store::RegisterRow &row) -> Status {
      auto found = numbers_.find({row.owner.text(), row.register_id, row.year});
      if (found == numbers_.end()) return Done{};
      if (found->second != row.last)
        fault_(
            fmt::format("register {} {} {}", row.owner.text(), row.register_id, row.year),
            fmt::format("stands at {}, the highest number given is {}", row.last, found->second));
      numbers_.erase(found);
      return Done{};
    }));
    for (const auto &[key, last] : numbers_)
      fault_(fmt::format("register {} {} {}", std::get<0>(key), std::get<1>(key), std::get<2>(key)),
             fmt::format("is missing; the highest number given is {}", last));
    return Done{};
  }

  void tell(const TypeShape &type, const Record &record, const std::string &what) const {
    fault_(fmt::format("{} {} ({})", type.id, record.id.text(), record.number), what);
  }

  Session &in_;
  const MisfitSink &fault_;
  std::vector<RowSums> sums_; ///< by Left
  RowBytes row_;
  bool naming_ = false; ///< the second walk: something differs, and who it is is looked for
  std::set<std::string> named_offices_;
  std::map<std::tuple<std::string, std::string, int>, std::int64_t> numbers_;
  /// Level, office, month, ledger, state → records, late ones.
  using MonthKey = std::tuple<int, std::string, int, std::string, std::string>;
  std::map<MonthKey, std::pair<std::int64_t, std::int64_t>> months_;
  /// Level, office, ledger, field, value, month → likewise.
  using ValueKey = std::tuple<int, std::string, std::string, std::string, std::string, int>;
  std::map<ValueKey, std::pair<std::int64_t, std::int64_t>> values_;
};

Status Session::each_misfit(const MisfitSink &fault) {
  TRY(noted(flush()));
  TRY(Traces(*this, fault).run());
  return db_.dialect().keeps_node_sums() ? check_node_sums(db_, fault) : Status(Done{});
}

} // namespace yifa::sql
