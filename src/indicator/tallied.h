#pragma once

#include "indicator/cut.h"
#include "indicator/figures.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

/// Tally rows brought into the shape figures are computed from.
namespace yifa::indicator {

/// Sums by group or key; the names live in the evidence's rows.
using Sums = std::map<std::string_view, std::int64_t>;

/// The rows of one leaf indicator, summed over offices and months.
struct Tallied {
  std::int64_t total = 0;
  std::vector<Sums> groups; ///< by Indicator::by, without zeros
  Sums keys;                ///< of a distinct count, without zeros
};

class Tallies {
public:
  /// The evidence must outlive it.
  Tallies(const catalog::Catalog &catalog, const Request &request, const Evidence &evidence);

  Tallied of(const catalog::Indicator &leaf) const;
  /// Offices that have anything in the period in the same ledger, flows and stocks apart.
  const std::set<OrgCode> &offices_with(const catalog::Indicator &leaf) const;
  /// Offices whose zero returns of the category cover the whole period.
  std::set<OrgCode> offices_confirming(const std::string &category) const;
  /// The offices expected to report.
  const std::set<OrgCode> &offices() const { return offices_; }

private:
  OrgCode office_of(const OrgCode &owner) const;
  /// A cohort's group without its outcome's month; nothing if the outcome does not count in the
  /// period.
  std::optional<std::string_view> group_within(std::string_view group) const;

  const Request &request_;
  Cut cut_;
  std::unordered_map<std::string_view, std::vector<const record::TallyRow *>> rows_;
  std::set<OrgCode> offices_;
  std::map<std::pair<std::string, bool>, std::set<OrgCode>> present_; ///< (type, stock)
  std::map<std::string, std::map<OrgCode, std::set<Month>>> confirmed_;
  std::size_t months_ = 0; ///< stretches of the period a zero must cover: whole months and pieces
};

} // namespace yifa::indicator
