#pragma once

#include "reading/check.h"

#include <string_view>
#include <vector>

/// What the files of the rules about substance share.
namespace yifa::reading {

/// Up to a comma, a colon or what ends a sentence; 、 goes on. Brackets and titles are no borders.
Span whole_clause(const Text &text, std::size_t at);
/// Where a text tells of the work done: the lead, the chapters, but no shortcomings and no plans.
bool tells_of_work(const Case &report, std::size_t at);
/// Whether one of the words stands there.
bool mentions_word(std::u32string_view text, const Words &words);
/// The figures in a span that are of one of the kinds.
std::vector<const Figure *> figures_in(const Case &report, Span span,
                                       std::initializer_list<FigureKind> kinds);

// check_substance_vague.cpp: vague_figure, vague_beside_exact
void check_vague(Case &report);
// check_substance_approx.cpp: doubtful_approximation, double_approximation
void check_approximations(Case &report);
// check_substance_claims.cpp: full_claim, praise, demand_for_result
void check_claims(Case &report);
// check_substance_plans.cpp: plan_of_existing
void check_planned_again(Case &report);
// check_substance_scope.cpp: unit_odd, scope_differs, role_count
void check_scope(Case &report);

} // namespace yifa::reading
