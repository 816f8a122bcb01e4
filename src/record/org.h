#pragma once

#include "base/date.h"
#include "base/org_code.h"

#include <optional>
#include <string>

namespace yifa::record {

/// A node of the organisation tree.
struct Org {
  enum class Kind {
    Division,  ///< nation to county
    Town,      ///< 镇
    Township,  ///< 乡
    Street,    ///< 街道
    Village,   ///< 行政村, under a villagers' committee
    Community, ///< 社区, under a residents' committee; not counted in coverage over villages
    Department,
  };
  OrgCode code;
  std::string name; ///< full: 高观镇
  Kind kind = Kind::Division;
  std::optional<Date> from; ///< since when; open if unknown
  std::optional<Date> to;   ///< first day it no longer exists
  OrgCode successor;        ///< the nation (empty) if none
  bool operator==(const Org &) const = default;
};

std::string_view to_string(Org::Kind kind); ///< "division", "town", …

} // namespace yifa::record
