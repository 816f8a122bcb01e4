#include "procedure/rhythm.h"

#include <charconv>

namespace yifa::procedure {

std::optional<Stride> period_of(std::string_view every) {
  int n = 1;
  if (const auto blank = every.find(' '); blank != std::string_view::npos) {
    const auto *end = every.data() + blank;
    if (std::from_chars(every.data(), end, n).ptr != end || n < 1) return std::nullopt;
    every.remove_prefix(blank + 1);
  }
  if (every.ends_with('s')) every.remove_suffix(1);
  if (every == "day") return Stride{n, 0};
  if (every == "week") return Stride{7 * n, 0};
  if (every == "month") return Stride{0, n};
  if (every == "quarter") return Stride{0, 3 * n};
  if (every == "year") return Stride{0, 12 * n};
  return std::nullopt;
}

Date after(Date last, const Stride &stride) {
  return last.plus_months(stride.months).plus_days(stride.days);
}

} // namespace yifa::procedure
