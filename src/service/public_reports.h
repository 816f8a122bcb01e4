#pragma once

#include "report/document.h"
#include "report/sources.h"
#include "service/public_shelf.h"

#include <set>

namespace yifa::service {

/// A published report in the office's list.
struct PublicReportItem {
  RecordId record;
  int year = 0;
  Date published_on;
};

/// A published report: the text that was handed in, with the values it was sealed with. Nothing in
/// it is counted anew.
struct PublicReport {
  RecordId record;
  int year = 0;
  Date published_on;
  std::optional<Date> sealed_on;
  std::string number;                       ///< of the document
  std::string url;                          ///< where else it was published
  bool paper = false;                       ///< the field `body` may be handed out
  std::optional<report::Document> document; ///< nothing when the text was not written here
  std::string text_hash;
  std::string manifest_hash;
  std::set<std::string> redefined; ///< indicators whose definition is another today
};

/// Twelve hexadecimal digits by which readers may hold a figure against its seal: of a hash over
/// the manifest's hash, what the figure is and its value. Who changes one of them changes these.
std::string sealed_check(const PublicReport &report, const report::SourceRow &row);

class PublicReports {
public:
  explicit PublicReports(PublicShelf &shelf) : shelf_(shelf) {}

  /// The latest year first, one a year.
  Result<std::vector<PublicReportItem>> of(const OrgCode &office);
  /// NotFound when none is published; Unavailable when the kept text cannot be read or is not the
  /// one the manifest names: a text that is not the sealed one is not shown.
  Result<PublicReport> one(const OrgCode &office, int year);

private:
  PublicShelf &shelf_;
};

} // namespace yifa::service
