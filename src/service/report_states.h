#pragma once

#include "record/record.h"

#include <string_view>

/// Names of the report's ledger that the desk goes by (catalog/institutions/annual_report.yaml).
namespace yifa::service {

inline constexpr std::string_view kDraftStep = "draft";     ///< its role writes the text
inline constexpr std::string_view kApproveStep = "approve"; ///< signs the text
inline constexpr std::string_view kSubmitStep = "submit";   ///< hands it in
inline constexpr std::string_view kRemarkPart = "remark";

/// Whether the text may still be changed.
constexpr bool is_editable(std::string_view state) {
  return state == "collecting" || state == "drafting";
}
/// Whether the superior has it, or had it.
constexpr bool is_handed_in(std::string_view state) {
  return state == "submitted" || state == "returned" || state == "accepted" || state == "published";
}

/// Whether what was handed in stands: it was not sent back.
constexpr bool is_sealed(std::string_view state) {
  return state == "submitted" || state == "accepted" || state == "published";
}
/// Whether it is signed and has not left yet.
constexpr bool is_signed(std::string_view state) { return state == "approved"; }

/// The year a report's record is of.
int report_year(const catalog::Catalog &catalog, const record::Record &record);

} // namespace yifa::service
