#pragma once

#include "service/public_shelf.h"

namespace yifa::service {

/// What the office does to people by force of law, and who does it, as it must be published.
struct PublicItem {
  std::string code;
  std::string name;
  std::string power; ///< code: whose power it is
  std::string basis;
  Date from;
  std::optional<Date> to;
};

struct PublicOfficer {
  std::string name;
  std::string certificate;
  std::optional<Date> valid_to;
};

/// A decision that was published, or a penalty.
struct PublicResult {
  RecordId record;
  std::string title; ///< of a penalty its number and matter
  std::string kind;  ///< in words
  Date decided_on;
  Date published_on;
  std::string file; ///< the field with the text that may be handed out; empty: none
  std::string url;
};

struct PublicYearData {
  RecordId record;
  int year = 0;
  Date published_on;
};

struct PublicEnforcement {
  std::vector<PublicItem> items; ///< in force and in a published list, by code
  /// Qualified today; none while no list of items is published: both belong together.
  std::vector<PublicOfficer> officers;
  std::vector<PublicResult> results; ///< the latest first
  std::vector<PublicYearData> years; ///< likewise
  bool any() const { return !(items.empty() && results.empty() && years.empty()); }
};

/// Source: 国办发〔2018〕118号; 行政处罚法 第三十九、四十八条
Result<PublicEnforcement> public_enforcement(PublicShelf &shelf, const OrgCode &office,
                                             bool english);

} // namespace yifa::service
