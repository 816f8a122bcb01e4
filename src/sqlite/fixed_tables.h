#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace yifa::sqlite {

/// The tables that no catalog changes, as numbered steps: step n brings a database from
/// user_version n − 1 to n. A step that was released is never edited; a change is a further step.
const std::vector<std::string> &fixed_table_steps();

/// The step that makes `month_count`: a store with records in it is counted when it is taken.
constexpr std::int64_t kMonthCountStep = 4;

/// Marks the file as ours ("yifa" in ASCII).
constexpr int kApplicationId = 0x79696661;

} // namespace yifa::sqlite
