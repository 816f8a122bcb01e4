#include "base/text.h"
#include "record/matches.h"
#include "service/ledgers.h"
#include "service/permission.h"

#include <algorithm>

namespace yifa::service {
namespace {

using catalog::FieldType;
using record::Query;
using record::Record;

/// The page a filter is judged by, when the first did not fill the list.
constexpr std::int64_t kWalked = 500;
constexpr std::int64_t kHitsAtOnce = 200;

/// Whether a record found by its words is one the query asks for, but for its predicate.
bool asked_for(const Query &query, const Record &record) {
  const bool inside = query.scope.contains(record.owner_org) ||
                      (query.by_place && query.scope.contains(record.place_org));
  if (!inside || record.withdrawn || (query.only_late && !record.late) ||
      (query.period && !query.period->contains(record.day)))
    return false;
  if (query.after) {
    const auto at = std::pair(record.day, record.id);
    if (query.newest_first ? at >= *query.after : at <= *query.after) return false;
  }
  return query.states.empty() ||
         std::find(query.states.begin(), query.states.end(), record.state) != query.states.end();
}

/// Steps through the hits of a search by days, a page at a time.
class HitsByDay {
public:
  HitsByDay(store::Reader &reader, const Query &query, const std::string &words) : reader_(reader) {
    asked_.words = words;
    asked_.scope = query.scope;
    asked_.types = {query.type};
    using Listed = store::SearchQuery::Listed;
    asked_.listed = query.newest_first ? Listed::NewestFirst : Listed::OldestFirst;
    asked_.limit = kHitsAtOnce;
    if (query.period) {
      asked_.from = query.period->from;
      asked_.until = query.period->last();
    }
    if (query.after) edge() = query.after->first;
  }

  /// Empty at the end.
  Result<std::vector<store::SearchHit>> next() {
    std::vector<store::SearchHit> hits;
    if (ended_) return hits;
    hits = TRY(reader_.search(asked_));
    ended_ = static_cast<std::int64_t>(hits.size()) < asked_.limit;
    if (ended_) return hits;
    // On from the day of the last one, behind what was given of it.
    const auto last = hits.back().day;
    const auto of_it =
        std::count_if(hits.begin(), hits.end(), [&](const auto &hit) { return hit.day == last; });
    asked_.offset = edge() == last ? asked_.offset + asked_.limit : of_it;
    edge() = last;
    return hits;
  }

private:
  std::optional<Date> &edge() {
    return asked_.listed == store::SearchQuery::Listed::OldestFirst ? asked_.from : asked_.until;
  }

  store::Reader &reader_;
  store::SearchQuery asked_;
  bool ended_ = false;
};

bool summed(const catalog::Field &field) {
  return !field.personal && !field.many && !field.absent &&
         (field.type == FieldType::Count || field.type == FieldType::Number ||
          field.type == FieldType::Money);
}

std::int64_t smallest_parts(const catalog::Value &value) {
  if (const auto *count = value.get<catalog::Count>()) return count->n;
  if (const auto *number = value.get<Decimal>()) return number->millionths();
  if (const auto *money = value.get<Money>()) return money->fen();
  return 0;
}

} // namespace

Status Ledgers::narrow_to(const Actor &actor, Query &query) {
  query.type = TRY(find_type(*env_.catalog, query.type))->id;
  if (actor.local_operator) return Done{};
  if (actor.matters_only) {
    query.scope = {};
    query.handler = actor.id;
    return Done{};
  }
  if (!actor.scope.contains(query.scope)) {
    if (!query.scope.contains(actor.scope)) return forbidden("you may not see this office");
    query.scope = actor.scope;
  }
  // What happened in his villages is his to see, whoever keeps it.
  query.by_place = true;
  return permit(actor, query.type, query.scope, query.scope);
}

Status Ledgers::walk(store::Reader &reader, Query query, const std::string &words,
                     const EachListed &each) {
  Around around(env_, reader);
  const auto view = around.view();
  const auto fits = [&](const Record &record) {
    return record::matches(query.where, edition_of(*env_.catalog, record), record, view);
  };
  if (!words.empty()) {
    HitsByDay hits(reader, query, words);
    for (auto page = TRY(hits.next()); !page.empty(); page = TRY(hits.next()))
      for (const auto &hit : page) {
        auto record = TRY(reader.get(hit.type, hit.record));
        if (!record || !asked_for(query, *record) || !fits(*record)) continue;
        TRY(around.status());
        if (!TRY(each(std::move(*record)))) return Done{};
      }
    return around.status();
  }
  // The store narrows, the predicate decides; so it may need more than one reading.
  while (true) {
    auto found = TRY(reader.find(query));
    const bool all = query.limit == 0 || static_cast<std::int64_t>(found.size()) < query.limit;
    if (!all) query.after = {found.back().day, found.back().id};
    for (auto &record : found) {
      if (!fits(record)) continue;
      TRY(around.status());
      if (!TRY(each(std::move(record)))) return Done{};
    }
    TRY(around.status());
    if (all) return Done{};
    query.limit = std::max(query.limit, kWalked);
  }
}

Result<std::vector<Record>> Ledgers::list(Query query, const Actor &actor,
                                          const std::string &words) {
  auto reader = TRY(env_.store.read());
  return list_in(*reader, std::move(query), actor, words);
}

Result<std::vector<Record>> Ledgers::list_in(store::Reader &reader, Query query, const Actor &actor,
                                             const std::string &words) {
  TRY(narrow_to(actor, query));
  if (!words.empty() && actor.matters_only) return forbidden("you may not search the ledgers");
  std::vector<Record> kept;
  const auto wanted = query.limit;
  TRY(walk(reader, std::move(query), words, [&](Record &&record) -> Result<bool> {
    kept.push_back(std::move(record));
    return wanted == 0 || static_cast<std::int64_t>(kept.size()) < wanted;
  }));
  return kept;
}

Result<std::int64_t> Ledgers::count_in(store::Reader &reader, Query query, const Actor &actor,
                                       std::int64_t most, const std::string &words) {
  TRY(narrow_to(actor, query));
  query.after.reset();
  if (words.empty())
    if (const auto known = TRY(reader.count(query, most))) return *known;
  if (!words.empty()) most = std::min(most, kMostFound);
  query.limit = std::min(most, kWalked);
  std::int64_t found = 0;
  TRY(walk(reader, std::move(query), words,
           [&](Record &&) -> Result<bool> { return ++found < most; }));
  return found;
}

Result<std::optional<std::vector<Ledgers::Sum>>> Ledgers::sums_in(store::Reader &reader,
                                                                  Query query, const Actor &actor,
                                                                  std::int64_t most,
                                                                  const std::string &words) {
  TRY(narrow_to(actor, query));
  const auto &fields = env_.catalog->type(query.type)->fields;
  std::vector<Sum> sums;
  std::vector<std::size_t> at;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (!summed(fields[i])) continue;
    sums.push_back({&fields[i]});
    at.push_back(i);
  }
  if (sums.empty()) return std::optional(std::move(sums));
  query.after.reset();
  query.limit = kWalked;
  std::int64_t seen = 0;
  TRY(walk(reader, std::move(query), words, [&](Record &&record) -> Result<bool> {
    for (std::size_t i = 0; i < at.size(); ++i) {
      const auto &value = record.value(static_cast<int>(at[i]));
      if (!value.filled()) continue;
      const auto sum = checked_add(sums[i].value, smallest_parts(value));
      if (!sum) return internal_error("a total is too large to be added up");
      sums[i].value = *sum;
      ++sums[i].records;
    }
    return ++seen <= most;
  }));
  if (seen > most) return std::optional<std::vector<Sum>>();
  return std::optional(std::move(sums));
}

} // namespace yifa::service
