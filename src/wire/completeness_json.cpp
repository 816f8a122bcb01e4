#include "wire/completeness_json.h"

#include "wire/ledger_json.h"

#include <algorithm>
#include <set>

namespace yifa::wire {
namespace {

json::value day_or_null(const std::optional<Date> &day) {
  return day ? json::value(day->text()) : json::value();
}

} // namespace

json::array months_json(const service::YearCells &months) {
  json::array out;
  for (std::size_t m = 0; m < months.size(); ++m)
    out.push_back({{"month", static_cast<std::int64_t>(m + 1)},
                   {"records", months[m].known() ? json::value(months[m].records) : json::value()},
                   {"zero", months[m].zero},
                   {"ahead", months[m].ahead}});
  return out;
}

json::object to_json(const service::Gap &gap, bool english) {
  json::object out{{"ledger", gap.type->id},
                   {"label", label_in(gap.type->label, english)},
                   {"month", gap.month},
                   {"why", std::string(to_string(gap.why))}};
  if (gap.rhythm == nullptr) return out;
  out["wanted"] = gap.wanted;
  out["found"] = gap.found;
  out["rule"] = gap.rhythm->id;
  out["source"] = gap.rhythm->source.text();
  out["certainty"] = std::string(catalog::to_string(gap.rhythm->source.seen));
  out["delegated"] = gap.rhythm->delegated;
  return out;
}

json::object to_json(const service::LedgerYear &ledger) {
  return {{"id", ledger.type->id},
          {"records", ledger.total},
          {"open", ledger.open},
          {"late", ledger.late},
          {"last", day_or_null(ledger.last)}};
}

json::object to_json(const service::Completeness &year, bool english) {
  std::set<const catalog::RecordType *> lacking;
  json::array groups;
  for (const auto &group : year.groups) {
    json::array gaps;
    for (const auto &gap : group.gaps) {
      gaps.push_back(to_json(gap, english));
      lacking.insert(gap.type);
    }
    groups.push_back({{"group", std::string(1, group.group)},
                      {"label", label_in(group.label, english)},
                      {"months", months_json(group.months)},
                      {"total", group.total},
                      {"unit", group.unit},
                      {"last", day_or_null(group.last)},
                      {"gaps", std::move(gaps)}});
  }
  json::array ledgers;
  for (const auto &ledger : year.ledgers) {
    const bool known = std::any_of(ledger.months.begin(), ledger.months.end(),
                                   [](const service::MonthCell &cell) { return cell.known(); });
    if (!known && !lacking.contains(ledger.type)) continue;
    ledgers.push_back({{"ledger", ledger.type->id},
                       {"months", months_json(ledger.months)},
                       {"total", ledger.total},
                       {"open", ledger.open},
                       {"late", ledger.late},
                       {"last", day_or_null(ledger.last)}});
  }
  return {{"org", year.org.text()},
          {"year", year.year},
          {"groups", std::move(groups)},
          {"ledgers", std::move(ledgers)}};
}

} // namespace yifa::wire
