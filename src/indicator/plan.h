#pragma once

#include "base/result.h"
#include "indicator/contributions.h"
#include "record/query.h"

#include <string>
#include <vector>

/// What must be fetched before figures can be computed. The order of things at the caller:
///
///   Request request{org, period, ids};
///   Plan plan = TRY(indicator::plan(catalog, request));
///   Evidence evidence{villages and offices under org, names};
///   for (tally : plan.tallies)  append reader.tallies(tally) to evidence.rows
///   for (sweep : plan.sweeps)   for each record of sweep.query: indicator::gather(catalog, sweep,
///   type, record, around, evidence) figures = indicator::compute(catalog, request, evidence)
///
/// Whole months come from the tally alone; only a period cut inside a month has sweeps.
namespace yifa::indicator {

struct Request {
  OrgCode org;
  Period period;
  std::vector<std::string> ids; ///< empty: all
};

/// One look at records, for the days of cut months, of the named leaf indicators (all of the
/// query's type).
struct Sweep {
  record::Query query;
  std::vector<const catalog::Indicator *>
      indicators; ///< empty: the query's type holds zero returns
  /// Items whose day lies in `days` count if they count in `period`. For stocks: what counts on the
  /// last day of `period` less what counted on the last day of the month before.
  Period days;
  Period period;
};

struct Plan {
  std::vector<record::TallyQuery> tallies;
  std::vector<Sweep> sweeps;
  bool villages = false; ///< the figures need the villages under the scope
};

/// NotFound with the nearest id for an unknown indicator; Invalid for an empty period.
Result<Plan> plan(const catalog::Catalog &catalog, const Request &request);

/// The records that may belong to a leaf indicator's figure: a superset, to be judged by share()
/// (members.h). Bounded by the record's own day only where the indicator follows it, else by a
/// predicate on the indicator's own day.
record::Query candidates(const catalog::Catalog &catalog, const catalog::Indicator &leaf,
                         const OrgCode &scope, const Period &period);

/// The leaf indicators a figure is made of, each once, in catalog order: itself for count, sum and
/// distinct.
std::vector<const catalog::Indicator *> leaves(const catalog::Catalog &catalog,
                                               const catalog::Indicator &indicator);

} // namespace yifa::indicator
