#pragma once

#include "service/public_reports.h"

#include <optional>
#include <string>
#include <vector>

/// The figure beside the sign-in: of what a place has published and sealed, nothing else.
namespace yifa::service {

struct DoorRow {
  std::string label;
  std::string number; ///< as printed
  double value = 0;
};

struct Door {
  std::string org_name;
  int year = 0;
  std::string label;
  std::string number; ///< as printed
  std::string unit;
  std::vector<DoorRow> rows; ///< its groups, the largest first; may be empty
};

/// Of the report that was published last: the counted figure with most groups printed in it.
/// Nothing when no report with a sealed text is published, or none of its figures counts anything.
/// Unavailable.
Result<std::optional<Door>> public_door(PublicShelf &shelf, bool english);

} // namespace yifa::service
