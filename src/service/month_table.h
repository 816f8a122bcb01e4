#pragma once

#include "service/environment.h"

#include <array>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace yifa::service {

/// One month of a ledger or a group of ledgers.
struct MonthCell {
  std::int64_t records = 0;
  bool zero = false;  ///< nothing recorded, and zero returns cover the whole month
  bool ahead = false; ///< it has not begun
  bool known() const { return records > 0 || zero; }
};

using YearCells = std::array<MonthCell, 12>;

/// What offices recorded and confirmed as zero, by ledger and month of the records' own day, of a
/// year and the year before. Read from counts and tallies, never from records.
class MonthTable {
public:
  /// `by_town`: every town under the scope for itself; else the scope is one (and then a zero above
  /// a town must be confirmed by every town of the tree).
  static Result<MonthTable> read(Environment &environment, store::Reader &reader,
                                 const OrgCode &scope, int year, bool by_town);

  struct Count {
    std::int64_t records = 0;
    std::int64_t open = 0; ///< in a state that does not end, of ledgers that have one that does
    std::int64_t late = 0;
  };
  /// `office`: a town, or the scope that was read.
  Count count(const OrgCode &office, const std::string &type, Month month) const;
  MonthCell cell(const OrgCode &office, const catalog::RecordType &type, Month month) const;
  /// Whether anything at all is known of the ledger in the two years.
  bool anything(const OrgCode &office, const catalog::RecordType &type) const;
  /// Whether zero returns can say anything of the ledger.
  bool confirmable(const catalog::RecordType &type) const;
  /// The latest month of the year in which the ledger has a record.
  std::optional<Month> latest(const OrgCode &office, const std::string &type) const;

  int year() const { return year_; }
  Date today() const { return today_; }
  bool over(Month month) const { return last_day(month) < today_; }

private:
  Status read_zeros(store::Reader &reader);
  const std::array<Count, 24> *months_of(const OrgCode &office, const std::string &type) const;
  bool confirmed(const OrgCode &office, const std::string &category, Month month) const;

  int year_ = 0;
  Date today_;
  OrgCode scope_;
  bool by_town_ = false;
  std::vector<OrgCode> offices_; ///< who must confirm a zero of the scope
  /// By office and ledger: the 24 months from January of the year before.
  std::map<OrgCode, std::map<std::string, std::array<Count, 24>, std::less<>>> counts_;
  std::map<std::string, std::set<std::string>, std::less<>> categories_; ///< by ledger
  std::set<std::string> all_categories_;
  std::set<std::tuple<OrgCode, std::string, Month>> zeros_; ///< by town
};

/// The day of the latest record of the ledger in that month that an office of the scope keeps, by
/// the record's own day; nothing above a county, where no index tells.
Result<std::optional<Date>> last_day_in(store::Reader &reader, const std::string &type,
                                        const OrgCode &scope, Month month);

} // namespace yifa::service
