#pragma once

#include "procedure/gates.h"

#include <string_view>
#include <vector>

/// What the closed list of gates cannot say: one file and one function each. The catalog calls
/// them by name (`{rule: penalty.not_heavier_after_defence}`) and gives the article.
namespace yifa::rules {

/// The rule of that name; null when there is none.
procedure::SpecialRule find(std::string_view name);

/// The names of all rules.
std::vector<std::string> names();

/// A ledger that calls a rule must hold the names the rule reads: one problem each otherwise.
std::vector<Problem> check(const catalog::Catalog &catalog);

} // namespace yifa::rules
