#pragma once

#include "service/submission_figures.h"
#include "service/submission_keys.h"

/// A year on its way from a town to its county, as both edges print it (docs/contracts.md).
namespace yifa::wire {

json::object to_json(const service::Submissions::Made &made);
json::object to_json(const service::Submissions::Received &received);
json::object to_json(const service::Standing &standing);
json::object to_json(const service::TrustedKey &key);
/// Every town of a county, the missing ones too.
json::object towns_json(const OrgCode &county, int year,
                        const std::vector<service::Submissions::Town> &towns);
json::object to_json(const service::Comparison &comparison);
json::object to_json(const service::SubmissionSums &sums);

} // namespace yifa::wire
