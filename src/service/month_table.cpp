#include "service/month_table.h"

#include "indicator/contributions.h"
#include "service/orgs.h"

#include <algorithm>

namespace yifa::service {
namespace {

/// Whether a record in that state still waits for something: only where the ledger has an end.
bool months_open(const catalog::RecordType &type, const std::string &state) {
  const bool has_end = std::any_of(type.states.begin(), type.states.end(),
                                   [](const catalog::State &each) { return each.ends; });
  const auto *at = type.state(state);
  return has_end && (at == nullptr || !at->ends);
}

} // namespace

Result<MonthTable> MonthTable::read(Environment &environment, store::Reader &reader,
                                    const OrgCode &scope, int year, bool by_town) {
  const auto &catalog = *environment.catalog;
  MonthTable table;
  table.year_ = year;
  table.today_ = environment.clock.today();
  table.scope_ = scope;
  table.by_town_ = by_town;
  const Month first(year - 1, 1);
  const Month last(year, 12);
  for (const auto &row : TRY(reader.counts_by_month({scope, first, last, by_town}))) {
    const auto *type = catalog.type(row.type);
    if (type == nullptr) continue;
    auto &count = table.counts_[by_town ? row.org.township() : scope][row.type]
                               [static_cast<std::size_t>(row.month.index() - first.index())];
    count.records += row.records;
    count.late += row.late;
    if (months_open(*type, row.state)) count.open += row.records;
  }
  for (const auto &indicator : catalog.indicators)
    if (!indicator.zero.empty()) {
      table.categories_[indicator.type].insert(indicator.zero);
      table.all_categories_.insert(indicator.zero);
    }
  TRY(table.read_zeros(reader));
  return table;
}

/// Above the counties the kept sums tell whether every town can have confirmed anything at all;
/// hardly ever it can, and then town after town is asked.
Status MonthTable::read_zeros(store::Reader &reader) {
  record::TallyQuery zeros;
  zeros.scope = scope_;
  zeros.from = Month(year_ - 1, 1);
  zeros.to = Month(year_, 12);
  zeros.indicators = {std::string(indicator::zero_returns)};
  zeros.by_month = true;
  const bool above = scope_.level() < OrgLevel::County;
  std::int64_t most = 0;
  if (above)
    for (const auto &row : TRY(reader.tallies(zeros))) most = std::max(most, row.value);
  if (above && most == 0) return Done{};
  if (!by_town_ && scope_.level() < OrgLevel::Township)
    offices_ = TRY(offices_on(reader, scope_, Period::year(year_).last()));
  if (above && !by_town_ && most < static_cast<std::int64_t>(offices_.size())) return Done{};
  zeros.by_org = true;
  for (const auto &row : TRY(reader.tallies(zeros)))
    if (row.value > 0) zeros_.insert({row.org.township(), row.group, row.month});
  return Done{};
}

const std::array<MonthTable::Count, 24> *MonthTable::months_of(const OrgCode &office,
                                                               const std::string &type) const {
  const auto ledgers = counts_.find(office);
  if (ledgers == counts_.end()) return nullptr;
  const auto found = ledgers->second.find(type);
  return found == ledgers->second.end() ? nullptr : &found->second;
}

MonthTable::Count MonthTable::count(const OrgCode &office, const std::string &type,
                                    Month month) const {
  const auto *months = months_of(office, type);
  const int at = month.index() - Month(year_ - 1, 1).index();
  return months == nullptr || at < 0 || at > 23 ? Count{} : (*months)[static_cast<std::size_t>(at)];
}

bool MonthTable::anything(const OrgCode &office, const catalog::RecordType &type) const {
  return confirmable(type) || months_of(office, type.id) != nullptr;
}

bool MonthTable::confirmed(const OrgCode &office, const std::string &category, Month month) const {
  const auto says = [&](const OrgCode &town) { return zeros_.contains({town, category, month}); };
  if (by_town_ || scope_.level() >= OrgLevel::Township) return says(office.township());
  return !offices_.empty() && std::all_of(offices_.begin(), offices_.end(), says);
}

bool MonthTable::confirmable(const catalog::RecordType &type) const {
  return type.confirms_zero || categories_.contains(type.id);
}

MonthCell MonthTable::cell(const OrgCode &office, const catalog::RecordType &type,
                           Month month) const {
  MonthCell out;
  out.records = count(office, type.id, month).records;
  out.ahead = first_day(month) > today_;
  if (out.records > 0) return out;
  const auto says = [&](const std::string &category) { return confirmed(office, category, month); };
  if (type.confirms_zero) {
    // The returns themselves: months one of them covers are spoken for.
    out.zero = std::any_of(all_categories_.begin(), all_categories_.end(), says);
  } else if (const auto found = categories_.find(type.id); found != categories_.end()) {
    out.zero = std::all_of(found->second.begin(), found->second.end(), says);
  }
  return out;
}

std::optional<Month> MonthTable::latest(const OrgCode &office, const std::string &type) const {
  for (unsigned month = 12; month >= 1; --month)
    if (count(office, type, Month(year_, month)).records > 0) return Month(year_, month);
  return std::nullopt;
}

Result<std::optional<Date>> last_day_in(store::Reader &reader, const std::string &type,
                                        const OrgCode &scope, Month month) {
  if (scope.level() < OrgLevel::County) return std::optional<Date>();
  record::Query query;
  query.type = type;
  query.scope = scope;
  query.period = Period{first_day(month), last_day(month).plus_days(1)};
  query.limit = 1;
  const auto found = TRY(reader.find(query));
  return found.empty() ? std::optional<Date>() : std::optional<Date>(found.front().day);
}

} // namespace yifa::service
