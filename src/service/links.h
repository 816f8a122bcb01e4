#pragma once

#include "service/ledgers.h"

/// What a record is tied to, both ways.
namespace yifa::service {

struct RecordLink {
  std::string field; ///< "field", "part.field" or "rows.column": of the record itself, or of the
                     ///< one that points here
  std::string ledger;
  std::string ledger_label;
  RecordId record;
  std::string number;
  std::string label; ///< what the record is called
  std::string state;
  bool withdrawn = false;
};

struct RecordLinks {
  std::vector<RecordLink> links;     ///< in the order of the fields
  std::vector<RecordLink> backlinks; ///< by ledger as the catalog has them, then day
  bool more = false;                 ///< more than kMostBacklinks point here
};

inline constexpr std::size_t kMostBacklinks = 200;

/// Only records the actor may see. NotFound, Forbidden as Ledgers::show.
Result<RecordLinks> record_links(Environment &environment, const RecordId &record,
                                 const Actor &actor, bool english = false);

} // namespace yifa::service
