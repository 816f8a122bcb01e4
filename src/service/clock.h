#pragma once

#include "service/environment.h"

#include <optional>

/// When the annual report of a year is due, and where it stands.
namespace yifa::service {

/// A time limit of the report as a clock shows it.
struct ClockHand {
  std::string rule;
  Date due;    ///< the last day that is in time
  Date before; ///< the day named by the article where it says "before"; else the due day
  std::int64_t days_left = 0; ///< to the due day; negative when past
  std::string says;           ///< as the catalog writes it
  std::string what;           ///< in words: 次年3月1日前
  std::string source;
  std::string certainty;
  std::string delegated; ///< who may set another day; empty when the statute fixes it
};

struct ReportClock {
  int year = 0;
  std::optional<ClockHand> submit;  ///< nothing when no rule of that year says so
  std::optional<ClockHand> publish; ///< likewise
  std::optional<record::Record> report;
  const catalog::RecordType *type = nullptr; ///< of the report
};

/// The ledger whose records are annual reports, and its time limits.
inline constexpr const char *kReportLedger = "annual_report";
inline constexpr const char *kReportSubmit = "REPORT.UP";
inline constexpr const char *kReportPublish = "REPORT.PUBLIC";

/// The year a record of that ledger reports on; nothing when it is not filled.
std::optional<int> reported_year(const catalog::Catalog &catalog, const record::Record &report);

/// The reports of a year under the scope that were not withdrawn, by day and id.
Result<std::vector<record::Record>> reports_of(Environment &environment, store::Reader &reader,
                                               const OrgCode &scope, int year);

/// Both time limits of a year and the office's own report. Forbidden outside the actor's scope;
/// without the ledger the report is left out.
Result<ReportClock> report_clock(Environment &environment, const OrgCode &org, int year,
                                 const Actor &actor);
/// The time limits alone, which are the same for every office.
Result<ReportClock> report_days(Environment &environment, int year);

} // namespace yifa::service
