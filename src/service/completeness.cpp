#include "service/completeness.h"

#include "procedure/rhythm.h"
#include "service/orgs.h"
#include "service/permission.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::service {
namespace {

/// Three months of four: what is written so often is missed where it is not.
bool mostly(int written, int of) { return of > 0 && 4 * written >= 3 * of; }

/// Rhythms that come round within a month, and how often in this one; nothing for longer ones,
/// which the list of duties tells (Outlooks::due).
std::int64_t times_in(const catalog::Rhythm &rhythm, Month month) {
  const auto stride = procedure::period_of(rhythm.every);
  if (!stride || stride->months > 1) return 0;
  const int days = last_day(month).days() - first_day(month).days() + 1;
  const std::int64_t rounds = stride->months == 1 ? 1 : days / stride->days;
  return rounds * rhythm.at_least;
}

/// Where a duty was recorded too seldom. A count of all records of the ledger bounds those that the
/// rhythm means from above: what is told is surely too little.
class RhythmGaps {
public:
  RhythmGaps(const catalog::Catalog &catalog, const MonthTable &table, const OrgCode &office,
             std::int64_t villages)
      : catalog_(catalog), table_(table), office_(office), villages_(villages) {}

  void add(const catalog::RecordType &type, std::vector<Gap> &gaps) const {
    for (const auto &rhythm : type.rhythms) {
      const auto *counted = rhythm.of.empty() ? &type : catalog_.type(rhythm.of);
      if (counted == nullptr) continue;
      for (int m = 1; m <= 12; ++m) {
        const Month month(table_.year(), static_cast<unsigned>(m));
        if (!table_.over(month)) break;
        const auto wanted = times_in(rhythm, month) * (rhythm.per == "village" ? villages_ : 1);
        const auto found = table_.count(office_, counted->id, month).records;
        if (found >= wanted) continue;
        std::erase_if(gaps, [&](const Gap &gap) { return gap.month == m && gap.type == counted; });
        gaps.push_back({m, counted, Gap::Why::Rhythm, &rhythm, wanted, found});
      }
    }
  }

private:
  const catalog::Catalog &catalog_;
  const MonthTable &table_;
  const OrgCode &office_;
  std::int64_t villages_;
};

/// The ledgers of one group laid together.
GroupYear laid_together(char group, const std::vector<const LedgerYear *> &ledgers,
                        const MonthTable &table) {
  GroupYear out;
  out.group = group;
  for (std::size_t m = 0; m < 12; ++m) {
    auto &cell = out.months[m];
    bool zero = false;
    bool silent = false;
    for (const auto *ledger : ledgers) {
      const auto &own = ledger->months[m];
      cell.records += own.records;
      cell.ahead = own.ahead;
      if (!table.confirmable(*ledger->type) || own.records > 0) continue;
      zero = zero || own.zero;
      silent = silent || !own.zero;
    }
    cell.zero = cell.records == 0 && zero && !silent;
  }
  bool first = true;
  for (const auto *ledger : ledgers) {
    out.total += ledger->total;
    if (ledger->last && (!out.last || *out.last < *ledger->last)) out.last = ledger->last;
    if (ledger->total == 0) continue;
    if (first) {
      out.unit = ledger->type->unit;
    } else if (out.unit != ledger->type->unit) {
      out.unit.clear();
    }
    first = false;
  }
  return out;
}

} // namespace

std::string_view to_string(Gap::Why why) {
  switch (why) {
  case Gap::Why::Silent:
    return "silent";
  case Gap::Why::Unconfirmed:
    return "unconfirmed";
  case Gap::Why::Rhythm:
    break;
  }
  return "rhythm";
}

Status check_record_year(int year) {
  if (year >= 1950 && year <= 9000) return Done{};
  return invalid(fmt::format("{} is no year of records", year),
                 {{"year", "write the year with four digits", "", ""}});
}

std::vector<Gap> silent_months(const MonthTable &table, const OrgCode &office,
                               const catalog::RecordType &type) {
  std::vector<Gap> gaps;
  if (!table.anything(office, type)) return gaps;
  const auto known = [&](int year, unsigned month) {
    return table.cell(office, type, Month(year, month)).known();
  };
  const auto why = table.confirmable(type) ? Gap::Why::Unconfirmed : Gap::Why::Silent;
  int last_year = 0;
  int told = 0;
  int over = 0;
  for (unsigned m = 1; m <= 12; ++m) {
    last_year += known(table.year() - 1, m) ? 1 : 0;
    if (!table.over(Month(table.year(), m))) continue;
    ++over;
    told += known(table.year(), m) ? 1 : 0;
  }
  for (unsigned m = 1; m <= 12; ++m) {
    if (!table.over(Month(table.year(), m)) || known(table.year(), m)) continue;
    const bool usual = mostly(told, over - 1) || mostly(last_year, 12);
    if (usual) gaps.push_back({static_cast<int>(m), &type, why, nullptr, 0, 0});
  }
  return gaps;
}

Result<std::vector<LedgerYear>> Completions::ledgers(store::Reader &reader, const MonthTable &table,
                                                     const OrgCode &org, const Actor &actor) {
  std::vector<LedgerYear> out;
  for (const auto &id : env_.catalog->type_ids()) {
    if (!has_ledger(actor, id)) continue;
    LedgerYear ledger;
    ledger.type = env_.catalog->type(id);
    for (unsigned m = 1; m <= 12; ++m) {
      const Month month(table.year(), m);
      const auto count = table.count(org, id, month);
      ledger.months[m - 1] = table.cell(org, *ledger.type, month);
      ledger.total += count.records;
      ledger.open += count.open;
      ledger.late += count.late;
    }
    if (const auto month = table.latest(org, id))
      ledger.last = TRY(last_day_in(reader, id, org, *month));
    out.push_back(std::move(ledger));
  }
  return out;
}

Result<std::vector<LedgerYear>> Completions::ledger_counts(const OrgCode &org, int year,
                                                           const Actor &actor) {
  TRY(permit_office(actor, org));
  TRY(check_record_year(year));
  auto reader = TRY(env_.store.read());
  const auto table = TRY(MonthTable::read(env_, *reader, org, year, false));
  return ledgers(*reader, table, org, actor);
}

Result<Completeness> Completions::of(const OrgCode &org, int year, const Actor &actor) {
  TRY(permit_office(actor, org));
  TRY(check_record_year(year));
  auto reader = TRY(env_.store.read());
  const auto table = TRY(MonthTable::read(env_, *reader, org, year, false));
  Completeness out;
  out.org = org;
  out.year = year;
  out.ledgers = TRY(ledgers(*reader, table, org, actor));
  // Duties of a town are the town's: of what lies beneath it or above it they say nothing.
  const bool town = org.level() == OrgLevel::Township;
  std::int64_t villages = 0;
  if (town)
    villages =
        static_cast<std::int64_t>(TRY(villages_on(*reader, org, Period::year(year).last())).size());
  const RhythmGaps rhythms(*env_.catalog, table, org, villages);
  std::map<char, std::vector<const LedgerYear *>> groups;
  std::map<char, std::vector<Gap>> gaps;
  for (const auto &ledger : out.ledgers) {
    groups[ledger.type->group].push_back(&ledger);
    auto found = silent_months(table, org, *ledger.type);
    if (town) rhythms.add(*ledger.type, found);
    std::erase_if(found, [&](const Gap &gap) { return !has_ledger(actor, gap.type->id); });
    auto &all = gaps[ledger.type->group];
    all.insert(all.end(), found.begin(), found.end());
  }
  for (const auto &[group, ledgers] : groups) {
    auto made = laid_together(group, ledgers, table);
    made.label = {std::string(env_.catalog->phrase(std::string("group_label.") + group)),
                  std::string(env_.catalog->phrase(std::string("group_label_en.") + group))};
    made.gaps = std::move(gaps[group]);
    std::stable_sort(made.gaps.begin(), made.gaps.end(),
                     [](const Gap &a, const Gap &b) { return a.month < b.month; });
    out.groups.push_back(std::move(made));
  }
  return out;
}

} // namespace yifa::service
