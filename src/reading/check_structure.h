#pragma once

#include "reading/check.h"

namespace yifa::reading {

// The parts of check_structure(), in files of their own.

void check_title(Case &report);     ///< title, addressee, signature, date, closing
void check_contents(Case &report);  ///< what a report must say
void check_numbering(Case &report); ///< 一、（一）1.（1） and 一是
void check_headings(Case &report);  ///< headings and the ends of paragraphs

} // namespace yifa::reading
