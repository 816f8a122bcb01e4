#pragma once

#include "report/paper.h"
#include "service/environment.h"

namespace yifa::service {

/// What the law would require of a matter that begins on a day: steps with their conditions, and
/// the time limits with dates worked out before anything is recorded.
struct ProcedurePlan {
  struct Demand {
    std::string says;    ///< in words
    std::string subject; ///< in a word or two; may be empty
    std::string source;  ///< with its marks
    bool forbids = false;
  };
  struct Step {
    std::string id; ///< transition, or part when `beside`
    std::string label;
    std::string role;
    std::string from; ///< labels of states; empty: any open one
    std::vector<std::string> asks;
    std::vector<std::string> papers; ///< documents the step issues
    std::vector<Demand> demands;
    bool beside = false;
    bool aside = false;      ///< no step of the ordinary way: suspension, dropping, correction …
    std::optional<Date> day; ///< latest day of what it asks for, where one follows
    bool assumed = false;
  };
  struct Limit {
    std::string rule;
    std::string begins; ///< label of what starts it
    std::string until;
    std::string says;
    std::string plainly;     ///< the same without the matters it is for
    std::optional<Date> day; ///< latest, or earliest of times of waiting; nothing when it starts
                             ///< from something no date follows for
    bool assumed = false;    ///< its start is itself the latest day of another limit
    bool estimated = false;
    std::string source;
    std::string certainty;
    std::string binds;
  };
  const catalog::RecordType *type = nullptr;
  Date from;
  std::string law;
  std::vector<Step> steps;
  std::vector<Limit> limits; ///< those with a day first, by day
};

/// NotFound with the nearest name for an unknown ledger; Invalid for one without steps of its own.
Result<ProcedurePlan> plan_procedure(const catalog::Catalog &catalog, const std::string &ledger,
                                     Date from);

/// The plan on paper: on one page the ordinary way, what it may not go on without and the days; or
/// in `full` every step with all that is asked of it.
report::Paper plan_paper(const catalog::Catalog &catalog, const ProcedurePlan &plan, bool full);

} // namespace yifa::service
