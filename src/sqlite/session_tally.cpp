#include "sqlite/session.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::sqlite {
namespace {

using record::TallyQuery;
using record::TallyRow;

constexpr std::size_t kFewIndicators = 8;
constexpr int kFewMonths = 36;
constexpr std::size_t kMovesKept = 200'000;

/// One stretch of the tally: an office's own rows, or a county's sum.
struct Stretch {
  std::string county;
  int level = 0;
  std::string org;
};

/// Adds rows up by what was asked to be told apart.
class Adding {
public:
  explicit Adding(const TallyQuery &query) : query_(query) {}

  Status add(std::string_view indicator, std::string_view dimension, std::string_view group,
             int month, const std::string &org, std::int64_t value) {
    key_.clear();
    for (auto part : {indicator, dimension, group}) {
      key_ += part;
      key_ += '\0';
    }
    if (query_.by_month) key_.append(reinterpret_cast<const char *>(&month), sizeof month);
    if (query_.by_org) key_ += org;
    auto [found, fresh] = at_.try_emplace(key_, rows_.size());
    if (fresh) {
      TallyRow row;
      row.indicator = indicator;
      row.dimension = dimension;
      row.group = group;
      if (query_.by_month) row.month = Month::from_index(month);
      if (query_.by_org) row.org = TRY(store::stored_org(org));
      rows_.push_back(std::move(row));
    }
    auto &sum = rows_[found->second].value;
    auto next = checked_add(sum, value);
    if (!next)
      return internal_error(fmt::format("the figure {} is too large to be added up", indicator));
    sum = *next;
    return Done{};
  }

  std::vector<TallyRow> rows() && {
    std::erase_if(rows_, [](const TallyRow &row) { return row.value == 0; });
    std::sort(rows_.begin(), rows_.end(), [](const TallyRow &a, const TallyRow &b) {
      return std::tie(a.indicator, a.dimension, a.group, a.org, a.month) <
             std::tie(b.indicator, b.dimension, b.group, b.org, b.month);
    });
    return std::move(rows_);
  }

private:
  const TallyQuery &query_;
  std::string key_;
  std::unordered_map<std::string, std::size_t> at_;
  std::vector<TallyRow> rows_;
};

/// Finds the stretches of a scope by hopping from key to key, so that what lies between costs
/// nothing.
class Stretches {
public:
  Stretches(Connection &db, const TallyQuery &query) : db_(db), query_(query) {}

  Result<std::vector<Stretch>> all() {
    const auto &scope = query_.scope;
    const auto level = scope.level();
    if (level >= OrgLevel::County) {
      if (level == OrgLevel::County && !query_.by_org)
        return std::vector<Stretch>{{scope.text(), 1, scope.text()}};
      TRY(offices(scope.county()));
      return std::move(out_);
    }
    // Offices above the counties keep their own rows under no county.
    TRY(offices(""));
    const auto end = scope.end();
    // The empty county was taken above.
    std::string county = scope.is_nation() ? std::string("0") : scope.first();
    const auto next =
        fmt::format("SELECT min(county) FROM {} WHERE county >= ?1 AND county < ?2", table());
    while (true) {
      auto rows = TRY(db_.prepare(next));
      rows.with(county, end);
      if (!TRY(rows.step()) || rows.is_null(0)) break;
      county = rows.text_at(0);
      if (query_.by_org) {
        TRY(offices(county));
      } else {
        out_.push_back({county, 1, county});
      }
      county += ' '; // behind this county, before the next
    }
    return std::move(out_);
  }

  const char *table() const { return query_.stock ? "tally_stock" : "tally"; }

private:
  Status offices(const std::string &county) {
    const auto end = query_.scope.end();
    std::string org = query_.scope.first();
    const auto next = fmt::format(
        "SELECT min(org) FROM {} WHERE county = ?1 AND level = 0 AND org >= ?2 AND org < ?3",
        table());
    while (true) {
      auto rows = TRY(db_.prepare(next));
      rows.with(county, org, end);
      if (!TRY(rows.step()) || rows.is_null(0)) return Done{};
      org = rows.text_at(0);
      out_.push_back({county, 0, org});
      org += ' ';
    }
  }

  Connection &db_;
  const TallyQuery &query_;
  std::vector<Stretch> out_;
};

} // namespace

Result<std::vector<TallyRow>> Session::tallies(const TallyQuery &query) {
  TRY(noted(flush_moves()));
  Stretches stretches(db_, query);
  const auto found = TRY(stretches.all());
  Adding sums(query);
  const int first = query.stock ? 0 : query.from.index();
  const int last = query.to.index();
  const bool few = !query.indicators.empty() && query.indicators.size() <= kFewIndicators &&
                   (query.stock || last - first < kFewMonths);
  const auto select = fmt::format(
      "SELECT indicator, dimension, grp, month, value FROM {} WHERE county = ?1 AND level = "
      "?2 AND org = ?3 AND month >= ?4 AND month <= ?5",
      stretches.table());
  // Month stands before indicator in a flow's key: one hop a month, and no range, or every row of
  // the month would be looked at.
  const auto select_one =
      query.stock
          ? select + " AND indicator = ?6"
          : "SELECT indicator, dimension, grp, month, value FROM tally WHERE county = ?1 AND level "
            "= ?2 AND org = ?3 AND month = ?4 AND indicator = ?5";
  auto wanted = [&](std::string_view indicator) {
    return query.indicators.empty() || std::find(query.indicators.begin(), query.indicators.end(),
                                                 indicator) != query.indicators.end();
  };
  auto take = [&](Prepared &rows, const Stretch &at) -> Status {
    while (TRY(rows.step())) {
      auto indicator = rows.bytes(0);
      if (!few && !wanted(indicator)) continue;
      TRY(sums.add(indicator, rows.bytes(1), rows.bytes(2), static_cast<int>(rows.integer(3)),
                   at.org, rows.integer(4)));
    }
    rows.reset();
    return Done{};
  };
  for (const auto &at : found) {
    if (!few) {
      auto rows = TRY(db_.prepare(select));
      TRY(take(rows.with(at.county, at.level, at.org, first, last), at));
      continue;
    }
    auto rows = TRY(db_.prepare(select_one));
    for (const auto &indicator : query.indicators) {
      if (query.stock) {
        TRY(take(rows.with(at.county, at.level, at.org, first, last, indicator), at));
        continue;
      }
      for (int month = first; month <= last; ++month)
        TRY(take(rows.with(at.county, at.level, at.org, month, indicator), at));
    }
  }
  return std::move(sums).rows();
}

Status Session::each_tally(
    const std::function<Status(const OrgCode &, const record::Contribution &)> &each) {
  TRY(noted(flush_moves()));
  for (bool stock : {false, true}) {
    auto rows = TRY(db_.prepare(
        fmt::format("SELECT org, month, indicator, dimension, grp, value FROM {} WHERE level = 0",
                    stock ? "tally_stock" : "tally")));
    while (TRY(rows.step())) {
      record::Contribution row;
      row.month = Month::from_index(static_cast<int>(rows.integer(1)));
      row.indicator = rows.text_at(2);
      row.dimension = rows.text_at(3);
      row.group = rows.text_at(4);
      row.stock = stock;
      row.value = rows.integer(5);
      TRY(each(TRY(rows.org_at(0)), row));
    }
  }
  return Done{};
}

Status Session::move(const OrgCode &owner, const record::Contribution &c, std::int64_t sign) {
  TRY(writable());
  if (c.value == 0) return Done{};
  auto &sum =
      moves_[Move(c.stock, owner.text(), c.indicator, c.dimension, c.group, c.month.index())];
  auto next = checked_add(sum, sign < 0 ? -c.value : c.value);
  if (!next)
    return noted(Status(
        internal_error(fmt::format("the figure {} is too large to be added up", c.indicator))));
  sum = *next;
  if (moves_.size() < kMovesKept) return Done{};
  return noted(flush_moves());
}

Status Session::add_to_tally(bool stock, int level, const std::string &county,
                             const std::string &org, const Move &move, std::int64_t value) {
  // The sum is NULL, which the column refuses, when it does not fit into 64 bits: SQLite would turn
  // it into a float.
  static constexpr const char *kSums[] = {
      "INSERT INTO tally (county, level, org, indicator, dimension, grp, month, value) VALUES (?1, "
      "?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO UPDATE SET value = iif(typeof(value + "
      "excluded.value) = 'integer', value + excluded.value, NULL)",
      "INSERT INTO tally_stock (county, level, org, indicator, dimension, grp, month, value) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO UPDATE SET value = "
      "iif(typeof(value + excluded.value) = 'integer', value + excluded.value, NULL)"};
  static constexpr const char *kZeros[] = {
      "DELETE FROM tally WHERE county = ?1 AND level = ?2 AND org = ?3 AND indicator = ?4 AND "
      "dimension = ?5 AND grp = ?6 AND month = ?7 AND value = 0",
      "DELETE FROM tally_stock WHERE county = ?1 AND level = ?2 AND org = ?3 AND indicator = ?4 "
      "AND dimension = ?5 AND grp = ?6 AND month = ?7 AND value = 0"};
  const auto &[is_stock, owner, indicator, dimension, group, month] = move;
  auto add = TRY(db_.prepare(kSums[stock ? 1 : 0]));
  TRY(add.with(county, level, org, indicator, dimension, group, month, value).run());
  // What only ever rose is not back at zero; a zero left standing would be no fault, only a row.
  if (value > 0 && !stock) return Done{};
  auto remove = TRY(db_.prepare(kZeros[stock ? 1 : 0]));
  return remove.with(county, level, org, indicator, dimension, group, month).run();
}

Status Session::flush_moves() {
  if (moves_.empty()) return Done{};
  std::map<Move, std::int64_t> counties;
  for (const auto &[move, value] : moves_) {
    if (value == 0) continue;
    const auto &owner = std::get<1>(move);
    const auto county = owner.size() >= 6 ? owner.substr(0, 6) : std::string();
    TRY(add_to_tally(std::get<0>(move), 0, county, owner, move, value));
    if (county.empty()) continue;
    auto summed = move;
    std::get<1>(summed) = county;
    auto &sum = counties[summed];
    auto next = checked_add(sum, value);
    if (!next) return internal_error("a county's figure is too large to be added up");
    sum = *next;
  }
  for (const auto &[move, value] : counties)
    if (value != 0)
      TRY(add_to_tally(std::get<0>(move), 1, std::get<1>(move), std::get<1>(move), move, value));
  moves_.clear();
  return Done{};
}

} // namespace yifa::sqlite
