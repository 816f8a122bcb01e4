#pragma once

#include "service/clock.h"
#include "service/figures.h"
#include "service/month_table.h"

#include <array>
#include <functional>

/// A county collecting the reports of its towns.
namespace yifa::service {

/// How far a town's report is. The states of the ledger between opening and submission are one
/// stage here; `TownRow::state` tells them apart.
enum class Stage { Collecting, Drafted, Submitted, Returned, Accepted, Published };
inline constexpr Stage kStages[] = {Stage::Collecting, Stage::Drafted,  Stage::Submitted,
                                    Stage::Returned,   Stage::Accepted, Stage::Published};
std::string_view to_string(Stage stage); ///< "collecting", "drafted", …

/// What only the report's text and the county's own notes tell; absent: not looked at.
struct TownReport {
  std::optional<std::int64_t> figures; ///< bound in the text
  std::optional<std::int64_t> errors;  ///< findings of the checker
  std::optional<std::int64_t> stale;   ///< figures that moved since they were written
  std::optional<Date> chased;
};

struct TownRow {
  OrgCode org;
  std::string name;
  Stage stage = Stage::Collecting;
  std::optional<RecordId> record;
  std::string state;         ///< of the record; empty without one
  std::optional<Date> since; ///< when it came into that state
  std::int64_t days = 0;     ///< since then
  bool late = false;         ///< the day to submit is past and it was not
  YearCells months;          ///< of all ledgers of the actor together
  std::optional<Date> last;  ///< own day of the latest record of the year
  std::int64_t gaps = 0;     ///< months of ledgers that are usually written and are not
  TownReport told;
};

using StageCounts = std::array<std::int64_t, std::size(kStages)>; ///< in the order of kStages

/// A place right beneath a city, a province or the nation.
struct NodeBeneath {
  OrgCode org;
  std::string name;
  std::int64_t towns = 0; ///< that exist on the last day of the year
  /// Reports of all offices there, a county's own among them, whose data are of the year. Read from
  /// counts, never from records.
  StageCounts reports{};
};

struct CountyYear {
  OrgCode org;
  std::string name;
  int year = 0;
  ReportClock clock;
  std::vector<TownRow> towns;       ///< by division code; of a county
  std::vector<NodeBeneath> nodes;   ///< by division code; above the counties
  std::vector<record::Figure> sums; ///< without groups

  StageCounts counts() const; ///< of the towns' reports, above the counties of all beneath
};

/// Tells what the rows of a report do not; called once a town, with its report if there is one.
using AskTown =
    std::function<Result<TownReport>(const OrgCode &town, const record::Record *report)>;

class Counties {
public:
  explicit Counties(Environment &environment) : env_(environment) {}

  /// Towns by stages, and the county's figures that exist; of a city, a province or the nation the
  /// figures, and the places beneath with their reports by stages. Invalid for a town; Forbidden
  /// outside the actor's scope.
  Result<CountyYear> year(const OrgCode &county, int year, const Actor &actor,
                          const AskTown &ask = {});

private:
  Status towns(store::Reader &reader, CountyYear &out, const Actor &actor, const AskTown &ask);
  Status nodes(store::Reader &reader, CountyYear &out, const Actor &actor);
  Status months(store::Reader &reader, const MonthTable &table, const Actor &actor, TownRow &row);
  Status report(store::Reader &reader, const record::Record &record, TownRow &row);

  Environment &env_;
};

} // namespace yifa::service
