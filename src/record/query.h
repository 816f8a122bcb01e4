#pragma once

#include "record/record.h"

namespace yifa::record {

/// Which records of one ledger. Stores narrow by type, scope, period and states by index and may
/// narrow by `where`; the caller applies `matches` again, so a store may return too much but never
/// too little.
struct Query {
  std::string type;
  OrgCode scope;
  bool by_place = false;        ///< scope matches owner_org, or place_org too
  std::optional<Period> period; ///< by the record's day
  std::vector<std::string> states;
  catalog::Predicate where;
  bool with_withdrawn = false;
  bool only_late = false;                         ///< only those recorded late
  std::string handler;                            ///< only those sent to this user; empty: all
  bool newest_first = true;                       ///< by day, then id
  std::int64_t limit = 0;                         ///< 0: all
  std::optional<std::pair<Date, RecordId>> after; ///< continue behind this one
};

} // namespace yifa::record
