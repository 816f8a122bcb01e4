#include "sql/session.h"
#include "sql/stored_rows.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::sql {

using record::Record;

namespace {

/// Distinct values as parameters, in places of few sizes: the last one fills those left over.
class Asked {
public:
  void add(std::string value) { values_.insert(std::move(value)); }
  bool empty() const { return values_.empty(); }
  std::size_t many() const { return places_for(values_.size()); }
  /// Binds them to the parameters from that one on.
  void bind(Prepared &rows, std::size_t from, bool bytes = false) const {
    auto value = values_.begin();
    for (std::size_t i = 0; i < many(); ++i) {
      const auto column = static_cast<int>(from + i) - 1;
      bytes ? rows.bytes(column, *value) : rows.text(column, *value);
      if (std::next(value) != values_.end()) ++value;
    }
  }
  std::string places(std::size_t from) const { return sql::places(from, many()); }

private:
  std::set<std::string> values_;
};

} // namespace

// What was put off of a record, an answer or a number stands in memory and is looked at first, so
// nothing has to be written before these questions.

Status Session::foresee(const std::vector<store::Foreseen> &commands) {
  if (!rows_.late()) return Done{};
  TRY(writable());
  if (saved_) return internal_error("what is to come is looked up before a step, not within");
  std::map<std::string, std::vector<const store::Foreseen *>> by_county;
  for (const auto &one : commands)
    by_county[county_.empty() ? one.owner.county() : county_].push_back(&one);
  for (const auto &[county, of] : by_county) {
    TRY(foresee_answers(county, of));
    TRY(foresee_records(county, of));
    TRY(foresee_offices(county, of));
  }
  return Done{};
}

Status Session::foresee_answers(const std::string &county,
                                const std::vector<const store::Foreseen *> &commands) {
  std::map<std::string, Asked> by_actor;
  for (const auto *one : commands)
    if (!one->client_key.empty()) by_actor[one->actor].add(one->client_key);
  for (const auto &[actor, keys] : by_actor) {
    auto rows = TRY(rows_.beside(fmt::format("SELECT key, request_hash, answer FROM answer WHERE "
                                             "county = ?1 AND actor = ?2 AND key IN ({})",
                                             keys.places(3))));
    rows.with(county, actor);
    keys.bind(rows, 3);
    std::map<std::string, store::KeyedAnswer> found;
    while (TRY(rows.step())) found[rows.text_at(0)] = {rows.text_at(1), rows.text_at(2)};
    for (const auto *one : commands) {
      if (one->actor != actor || one->client_key.empty()) continue;
      const auto answer = found.find(one->client_key);
      foreseen_[{county, actor, one->client_key}] =
          answer == found.end() ? std::nullopt : std::optional(answer->second);
    }
  }
  return Done{};
}

Status Session::foresee_offices(const std::string &county,
                                const std::vector<const store::Foreseen *> &commands) {
  Asked offices;
  Asked chains;
  Asked numbering;
  Asked registers;
  for (const auto *one : commands) {
    const auto known = one->record ? read_.find(*one->record) : read_.end();
    const auto &owner = known == read_.end() ? one->owner : known->second.owner_org;
    if (owner.is_nation()) continue;
    const auto office = owner.text();
    if (!orgs_.contains(office)) offices.add(office);
    const auto chain = owner.township().text();
    if (!heads_.contains(chain) && foreseen_chains_.insert(chain).second) chains.add(chain);
    for (const auto &of : one->registers) {
      if (foreseen_registers_.contains({office, of})) continue;
      numbering.add(office);
      registers.add(of);
    }
  }
  if (!offices.empty()) {
    auto rows =
        TRY(rows_.prepare(fmt::format("SELECT {} FROM org WHERE code IN ({}) ORDER BY code, since",
                                      kOrgColumns, offices.places(1))));
    offices.bind(rows, 1);
    while (TRY(rows.step())) {
      auto org = TRY(org_row(rows)); // the latest name comes last
      orgs_.insert_or_assign(org.code.text(), std::move(org));
    }
  }
  if (!chains.empty()) {
    auto rows = TRY(rows_.prepare(
        fmt::format("SELECT chain, seq, hash FROM chain WHERE county = ?1 AND chain IN ({})",
                    chains.places(2))));
    rows.with(county);
    chains.bind(rows, 2);
    while (TRY(rows.step()))
      heads_.emplace(rows.text_at(0), store::ChainHead{rows.integer(1), rows.text_at(2)});
  }
  if (numbering.empty()) return Done{};
  auto rows = TRY(rows_.prepare(fmt::format(
      "SELECT owner_org, register, year, last FROM register WHERE county = ?1 AND owner_org IN "
      "({}) AND register IN ({})",
      numbering.places(2), registers.places(2 + numbering.many()))));
  rows.with(county);
  numbering.bind(rows, 2);
  registers.bind(rows, 2 + numbering.many());
  while (TRY(rows.step()))
    registers_.try_emplace({rows.text_at(0), rows.text_at(1), static_cast<int>(rows.integer(2))},
                           Numbers{TRY(rows.org_at(0)), rows.integer(3), false});
  for (const auto *one : commands)
    for (const auto &of : one->registers) foreseen_registers_.insert({one->owner.text(), of});
  return Done{};
}

Status Session::foresee_records(const std::string &county,
                                const std::vector<const store::Foreseen *> &commands) {
  std::map<std::string, Asked> by_type;
  std::vector<RecordId> limits;
  for (const auto *one : commands) {
    if (!one->record || put_off(*one->record) != nullptr || read_.contains(*one->record)) continue;
    by_type[one->type].add(std::string(store::id_bytes(*one->record)));
    limits.push_back(*one->record);
  }
  if (by_type.empty()) return Done{};
  for (const auto &[name, ids] : by_type) {
    const auto *type = TRY(shape_->type(name));
    auto rows = TRY(rows_.beside(sql_of(*type).several + ids.places(2) + ")"));
    rows.with(county);
    ids.bind(rows, 2, true);
    TRY(read_rows(*type, rows, [&](Record &&record) -> Status {
      limits_.try_emplace(record.id);
      read_.insert_or_assign(record.id, std::move(record));
      return Done{};
    }));
  }
  std::map<RecordId, std::vector<store::DueRow>> found;
  for (auto &row : TRY(due_of(limits))) found[row.record].push_back(std::move(row));
  for (auto &[id, running] : found) {
    std::sort(running.begin(), running.end());
    limits_[id] = std::move(running);
  }
  return Done{};
}

} // namespace yifa::sql
