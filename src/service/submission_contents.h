#pragma once

#include "catalog/submission.h"
#include "service/ledgers.h"

#include <map>
#include <string>
#include <vector>

/// What a town's year looks like when it is handed in: gathered by the town, judged by the county.
namespace yifa::service {

struct SubmissionContents {
  std::map<std::string, std::string> items; ///< by name (submission_package.h); UTF-8 text
  std::vector<std::string> lacks;           ///< asked for and not there: "report", "manifest"
};

/// Figures, report and rows of an office's year, as the rule asks, of one reading of the store. The
/// same records give the same bytes. Personal fields are left out but for those the rule names,
/// whose reading is recorded.
Result<SubmissionContents> gather_submission(Ledgers &ledgers, const catalog::SubmissionRule &rule,
                                             const OrgCode &office, int year, const Actor &actor);

/// Whether the contents are what a county may take in: nothing that its rule does not ask for, all
/// of that office and year, no personal field beyond the rule, every value of its field's kind.
/// Refused for what may not leave a town, naming the fields; Invalid for the rest.
Status judge_submission(const catalog::Catalog &catalog, const catalog::SubmissionRule &rule,
                        const OrgCode &office, int year,
                        const std::map<std::string, std::string> &items);

} // namespace yifa::service
