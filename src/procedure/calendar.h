#pragma once

#include "catalog/model.h"

#include <string>
#include <unordered_map>

namespace yifa::procedure {

/// Which days are working days: Monday to Friday, less the holidays and plus the make-up days of
/// the State Council's notices. Local holidays of minority areas (全国年节及纪念日放假办法 第四条)
/// stand in an overlay's calendar.
class Calendar {
public:
  explicit Calendar(const catalog::Catalog &catalog);

  struct Day {
    bool works = false;
    std::string why; ///< 星期六, 春节, 春节调休上班; empty on a plain working day
  };
  /// By the notices; of a year without one by its weekday alone.
  Day on(Date day) const;
  bool works(Date day) const;
  /// Whether the notice of that year is in the catalog.
  bool knows(int year) const { return years_.contains(year); }
  int first_year() const { return first_; }
  int last_year() const { return last_; }

private:
  struct Named {
    bool works = false;
    std::string holiday;
  };
  std::unordered_map<std::int32_t, Named> named_; ///< by Date::days
  std::unordered_map<int, bool> years_;
  int first_ = 0;
  int last_ = 0;
};

} // namespace yifa::procedure
