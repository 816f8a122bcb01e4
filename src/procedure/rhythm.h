#pragma once

#include "base/date.h"

#include <optional>
#include <string_view>

/// Duties that come round.
namespace yifa::procedure {

struct Stride {
  int days = 0;
  int months = 0;
};

/// "week", "month", "15 days", "2 years" as the catalog writes `every`; nothing for other words.
std::optional<Stride> period_of(std::string_view every);

/// The last day on which the duty is to be done again, after it was done on `last`.
Date after(Date last, const Stride &stride);

} // namespace yifa::procedure
