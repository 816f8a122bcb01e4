#pragma once

#include "service/month_table.h"

namespace yifa::service {

/// A month in which a ledger says less than it should.
struct Gap {
  enum class Why {
    Silent,      ///< it is written in three months of four, this or last year, and not in this one
    Unconfirmed, ///< the same of a ledger whose zero can be confirmed: neither record nor zero
    Rhythm,      ///< a duty that comes round was recorded less often than its article asks
  };
  int month = 0;
  const catalog::RecordType *type = nullptr;
  Why why = Why::Silent;
  const catalog::Rhythm *rhythm = nullptr; ///< of Rhythm
  std::int64_t wanted = 0;                 ///< of Rhythm: how often
  std::int64_t found = 0;
};
std::string_view to_string(Gap::Why why); ///< "silent", "unconfirmed", "rhythm"

struct LedgerYear {
  const catalog::RecordType *type = nullptr;
  YearCells months;
  std::int64_t total = 0;
  std::int64_t open = 0; ///< of ledgers whose matters end: those that have not
  std::int64_t late = 0;
  std::optional<Date> last; ///< own day of the latest record
};

struct GroupYear {
  char group = 'A';
  catalog::Words label;
  YearCells months; ///< zero: no record, and every ledger of the group that can confirm it did
  std::int64_t total = 0;
  std::string unit; ///< measure word when all its ledgers with records share one; else empty
  std::optional<Date> last;
  std::vector<Gap> gaps; ///< by month, then as the catalog orders ledgers
};

struct Completeness {
  OrgCode org;
  int year = 0;
  std::vector<GroupYear> groups; ///< A to G, those with ledgers of the actor
  std::vector<LedgerYear> ledgers;
};

/// How complete a year is: by ledger and by group, month by month.
class Completions {
public:
  explicit Completions(Environment &environment) : env_(environment) {}

  /// Only of ledgers the actor has. Forbidden outside his scope; Invalid for a year out of reason.
  Result<Completeness> of(const OrgCode &org, int year, const Actor &actor);

  /// The same without gaps: what GET /ledgers lists, every ledger of the actor in catalog order.
  Result<std::vector<LedgerYear>> ledger_counts(const OrgCode &org, int year, const Actor &actor);

private:
  Result<std::vector<LedgerYear>> ledgers(store::Reader &reader, const MonthTable &table,
                                          const OrgCode &org, const Actor &actor);

  Environment &env_;
};

/// The gaps of one ledger and office in the months that are over; rhythms apart.
std::vector<Gap> silent_months(const MonthTable &table, const OrgCode &office,
                               const catalog::RecordType &type);

/// Invalid unless the year is one that records can have.
Status check_record_year(int year);

} // namespace yifa::service
