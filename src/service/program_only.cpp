#include "service/program_only.h"

#include "catalog/submission.h"

namespace yifa::service {

Status permit_by_hand(const Actor &actor, const std::string &type, const std::string &action) {
  if (actor.local_operator || type != catalog::kSubmissionLedger) return Done{};
  if (action != "open" && action != "correct") return Done{};
  return forbidden("packages of a year are written by the program alone");
}

} // namespace yifa::service
