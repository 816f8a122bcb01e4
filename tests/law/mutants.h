#pragma once

#include "case_runner.h"

namespace yifa::law {

/// Changes the law in one place at a time (drops a gate, turns its force round, counts a day more,
/// flips a unit, loosens an exemption …) and runs the tables until some case notices. Prints the
/// score and every change that none noticed, with the reason survivors.yaml gives. Returns 0 when
/// at least 95 of 100 were noticed. `words`: only ledgers of these names.
int mutate(Court &court, const std::vector<Table> &tables, const std::filesystem::path &tree,
           const std::vector<std::string> &words);

} // namespace yifa::law
