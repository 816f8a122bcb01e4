#include "sql/session.h"
#include "sql/tally_asking.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::sql {
namespace {

using record::TallyQuery;
using record::TallyRow;

constexpr std::size_t kMovesKept = 200'000;

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

} // namespace

/// Counties below a scope above them that have rows.
Result<std::vector<std::string>> Session::tally_counties(const char *table, const OrgCode &scope) {
  std::vector<std::string> out;
  const auto end = scope.end();
  // Offices above the counties keep their own rows under the empty county, which is not looked for.
  std::string county = scope.is_nation() ? std::string("0") : scope.first();
  auto rows = TRY(
      prepare(fmt::format("SELECT min(county) FROM {} WHERE county >= ?1 AND county < ?2", table)));
  while (true) {
    rows.with(county, end);
    if (!TRY(rows.step()) || rows.is_null(0)) return out;
    county = rows.text_at(0);
    if (county.size() >= 6) out.push_back(county); // a node above may stand among them
    county += ' ';                                 // behind this county, before the next
    rows.reset();
  }
}

Result<std::vector<TallyRow>> Session::tallies(const TallyQuery &query) {
  TRY(noted(flush_moves()));
  const TallyAsking asking(query);
  Adding sums(query);
  const auto take = [&](const store::Statement &statement) -> Status {
    auto rows = TRY(prepare(statement.sql));
    rows.bind_all(statement.parameters);
    while (TRY(rows.step()))
      if (asking.wanted(rows.bytes(0)))
        TRY(sums.add(rows.bytes(0), rows.bytes(1), rows.bytes(2), static_cast<int>(rows.integer(3)),
                     query.by_org ? rows.text_at(5) : "", rows.integer(4)));
    return Done{};
  };
  /// One statement, or, of few indicators, one for each.
  const auto take_each = [&](const auto &statement) -> Status {
    if (!asking.few()) return take(statement(nullptr));
    for (const auto &indicator : query.indicators) TRY(take(statement(&indicator)));
    return Done{};
  };
  const auto take_county = [&](const std::string &county, bool offices) {
    return take_each(
        [&](const std::string *indicator) { return asking.of_county(county, offices, indicator); });
  };
  const auto level = query.scope.level();
  if (level >= OrgLevel::County) {
    TRY(take_county(query.scope.county(), level > OrgLevel::County || query.by_org));
    return std::move(sums).rows();
  }
  TRY(take_county("", true));
  const auto &dialect = db_.dialect();
  if (dialect.keeps_node_sums() && !query.by_org) {
    TRY(take_county(query.scope.text(), false));
    TRY(take(asking.rising()));
    return std::move(sums).rows();
  }
  // On several servers the counties are asked one after the other, each where it lies.
  if (dialect.keeps_node_sums() && !dialect.spread()) {
    TRY(take_each([&](const std::string *indicator) { return asking.beneath(indicator); }));
    return std::move(sums).rows();
  }
  for (const auto &county : TRY(tally_counties(asking.table(), query.scope)))
    TRY(take_county(county, query.by_org));
  return std::move(sums).rows();
}

Status Session::each_tally(
    const std::function<Status(const OrgCode &, const record::Contribution &)> &each) {
  TRY(noted(flush_moves()));
  for (bool stock : {false, true}) {
    auto rows = TRY(prepare(
        fmt::format("SELECT org, month, indicator, dimension, grp, value FROM {} WHERE level = 0",
                    stock ? "tally_stock" : "tally"),
        Use::Walk));
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
  TRY(writes_to(owner.county()));
  if (c.value == 0) return Done{};
  auto &sum =
      moves_.now[Move(c.stock, owner.text(), c.indicator, c.dimension, c.group, c.month.index())];
  auto next = checked_add(sum, sign < 0 ? -c.value : c.value);
  if (!next)
    return noted(Status(
        internal_error(fmt::format("the figure {} is too large to be added up", c.indicator))));
  sum = *next;
  if (moves_.now.size() < kMovesKept) return Done{};
  return noted(flush_moves());
}

Status Session::add_to_tally(bool stock, int level, const std::string &county,
                             const std::string &org, const Move &move, std::int64_t value) {
  const char *table = stock ? "tally_stock" : "tally";
  const auto &[is_stock, owner, indicator, dimension, group, month] = move;
  auto add = TRY(prepare(fmt::format(
      "INSERT INTO {0} (county, level, org, indicator, dimension, grp, month, value) VALUES (?1, "
      "?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (county, level, org, indicator, dimension, grp, "
      "month) DO UPDATE SET value = {1}",
      table, db_.dialect().sum(std::string(table) + ".value", "excluded.value"))));
  TRY(add.with(county, level, org, indicator, dimension, group, month, value).run());
  // What only ever rose is not back at zero; a zero left standing would be no fault, only a row.
  if (value > 0 && !stock) return Done{};
  auto remove = TRY(prepare(fmt::format(
      "DELETE FROM {} WHERE county = ?1 AND level = ?2 AND org = ?3 AND indicator = ?4 AND "
      "dimension = ?5 AND grp = ?6 AND month = ?7 AND value = 0",
      table)));
  return remove.with(county, level, org, indicator, dimension, group, month).run();
}

Status Session::flush_moves() {
  if (saved_ && !moves_.written) {
    TRY(write_moves(moves_.before));
    moves_.written = true;
  }
  TRY(write_moves(moves_.now));
  moves_.now.clear();
  return Done{};
}

Status Session::write_moves(const std::map<Move, std::int64_t> &moves) {
  TRY(rows_.mark());
  const bool at_once = db_.dialect().takes_arrays();
  std::map<Move, std::int64_t> counties;
  for (const auto &[move, value] : moves) {
    if (value == 0) continue;
    const auto &owner = std::get<1>(move);
    const auto county = owner.size() >= 6 ? owner.substr(0, 6) : std::string();
    if (!at_once) TRY(add_to_tally(std::get<0>(move), 0, county, owner, move, value));
    if (county.empty()) continue;
    auto summed = move;
    std::get<1>(summed) = county;
    auto &sum = counties[summed];
    auto next = checked_add(sum, value);
    if (!next) return internal_error("a county's figure is too large to be added up");
    sum = *next;
  }
  if (at_once) return write_moves_at_once(moves, counties);
  const bool rise = db_.dialect().keeps_node_sums();
  for (const auto &[move, value] : counties) {
    if (value == 0) continue;
    const auto &[stock, county, indicator, dimension, group, month] = move;
    TRY(add_to_tally(stock, 1, county, county, move, value));
    if (!rise) continue;
    auto append = TRY(prepare("INSERT INTO rising (county, stock, month, indicator, dimension, "
                              "grp, value) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"));
    TRY(append.with(county, stock, month, indicator, dimension, group, value).run());
  }
  return Done{};
}

} // namespace yifa::sql
