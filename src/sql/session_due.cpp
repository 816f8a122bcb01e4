#include "sql/fixed_rows.h"
#include "sql/session.h"
#include "sql/stored_rows.h"

#include <algorithm>
#include <tuple>

namespace yifa::sql {

Status Session::due(const store::DueQuery &query,
                    const std::function<Result<bool>(const store::DueRow &)> &each) {
  auto sql = due_rows();
  const auto county = query.scope.county();
  const auto end = query.scope.end();
  std::vector<store::Parameter> bound;
  const auto bind = [&](store::Parameter value) {
    bound.push_back(std::move(value));
    return "?" + std::to_string(bound.size());
  };
  std::string where;
  const auto add = [&](const std::string &condition) {
    where += (where.empty() ? " WHERE " : " AND ") + condition;
  };
  const auto level = query.scope.level();
  if (level == OrgLevel::County) {
    add("county = " + bind(county));
  } else if (level > OrgLevel::County) {
    // Worded as the index of a town's limits is, which holds them in the order they are told.
    add("substr(owner_org, 1, 9) = " + bind(query.scope.township().text()));
    if (level > OrgLevel::Township) {
      add("owner_org >= " + bind(query.scope.first()));
      add("owner_org < " + bind(end));
    }
  } else if (!query.scope.is_nation()) {
    add("owner_org >= " + bind(query.scope.first()));
    add("owner_org < " + bind(end));
  }
  if (query.until) add("due <= " + bind(std::int64_t{query.until->days()}));
  if (query.parties_from)
    add("(binds <> 'party' OR due >= " + bind(std::int64_t{query.parties_from->days()}) + ")");
  auto rows = TRY(prepare(sql + where + " ORDER BY due, owner_org, record, rule, part", Use::Walk));
  rows.bind_all(bound);
  while (TRY(rows.step()))
    if (!TRY(each(TRY(due_row(rows))))) break;
  return Done{};
}

Result<std::vector<store::DueRow>> Session::due_of(const RecordId &record) {
  if (const auto known = limits_.find(record); known != limits_.end()) return known->second;
  std::vector<store::DueRow> found;
  auto rows = TRY(prepare(due_rows() + " WHERE record = ?1" + in_county()));
  with_county(rows, record);
  while (TRY(rows.step())) found.push_back(TRY(due_row(rows)));
  std::sort(found.begin(), found.end());
  return found;
}

Result<std::vector<store::DueRow>> Session::due_of(const std::vector<RecordId> &records) {
  std::vector<store::DueRow> found;
  TRY(of_many(due_rows() + " WHERE record IN ", {}, records, "", [&](Prepared &rows) -> Status {
    while (TRY(rows.step())) found.push_back(TRY(due_row(rows)));
    return Done{};
  }));
  return found;
}

Status Session::put_due(const RecordId &record, std::vector<store::DueRow> running) {
  TRY(writable());
  for (const auto &row : running) TRY(writes_to(row.owner.county()));
  std::sort(running.begin(), running.end());
  auto write = [&]() -> Status {
    const bool first =
        no_limits_.erase(record) > 0 || (no_limits_stand_ && !limits_.contains(record));
    const auto before = first ? std::vector<store::DueRow>() : TRY(due_of(record));
    if (before == running) return Done{};
    if (!before.empty()) {
      auto clear = TRY(prepare("DELETE FROM due WHERE record = ?1" + in_county()));
      TRY(with_county(clear, record).run());
    }
    for (const auto &row : running) {
      auto put = TRY(rows_.adding(fixed_rows().due));
      TRY(put.with(row.owner.county(), row.owner, row.due.days(), row.binds, row.type, row.record,
                   row.rule, row.part)
              .run());
    }
    if (rows_.late()) limits_[record] = running;
    return Done{};
  };
  return noted(write());
}

Status Session::clear_counts() {
  TRY(writes_everywhere());
  moves_.clear();
  limits_.clear();
  no_limits_stand_ = rows_.late();
  TRY(noted(rows_.write()));
  std::vector<std::string> tables = {"tally", "tally_stock", "due"};
  if (db_.dialect().keeps_node_sums()) tables.emplace_back("rising");
  return noted(db_.empty_tables(tables));
}

} // namespace yifa::sql
