#include "procedure/calendar.h"

#include <array>

namespace yifa::procedure {

Calendar::Calendar(const catalog::Catalog &catalog) {
  for (const auto &[year, notice] : catalog.calendars) {
    years_[year] = true;
    if (first_ == 0) first_ = year;
    last_ = year;
    for (const auto &[day, holiday] : notice.off) named_[day.days()] = {false, holiday};
    for (const auto &[day, holiday] : notice.work) named_[day.days()] = {true, holiday};
  }
}

bool Calendar::works(Date day) const {
  auto found = named_.find(day.days());
  return found != named_.end() ? found->second.works : day.weekday() < 5;
}

Calendar::Day Calendar::on(Date day) const {
  static constexpr std::array kWeekend = {"星期六", "星期日"};
  auto found = named_.find(day.days());
  if (found == named_.end())
    return day.weekday() < 5 ? Day{true, ""}
                             : Day{false, kWeekend[static_cast<std::size_t>(day.weekday() - 5)]};
  return {found->second.works, found->second.holiday + (found->second.works ? "调休上班" : "")};
}

} // namespace yifa::procedure
