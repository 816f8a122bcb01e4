#pragma once

#include "reading/check.h"

namespace yifa::reading {

// The parts of check_arithmetic(), in files of their own.

void check_rates(Case &report);      ///< rates against their terms, impossible ones
void check_parts(Case &report);      ///< parts against totals, results against what they came of
void check_statements(Case &report); ///< one thing said twice, rhythms against counts

/// Whether two measure words count the same kind of thing: 件 and 起, 人 and 名.
bool same_family(const std::string &a, const std::string &b, const Lexicon &lexicon);
/// A number with its measure word, as a message says it: 219件.
std::string amount_words(const Figure &figure);
/// An exact amount said of this year: no 余, no range, no plan, no other year.
bool exact_amount(const Figure &figure);
/// Of a segment between 。 and ；: where the figure's stands.
Span segment_of(const Case &report, const Figure &figure);

} // namespace yifa::reading
