#pragma once

#include "reading/check.h"

namespace yifa::reading {

// The parts of check_residue(), in files of their own.

void check_leftovers(Case &report); ///< fields, bookmarks, web code, wrong encodings, mirror sites
void check_placeholders(Case &report); ///< XX镇, 20xx, *次, __次, empty brackets
void check_traces(Case &report);       ///< comments, tracked changes, hidden text, broken lines
void check_width(Case &report);        ///< full and half width, blanks, doubled punctuation
void check_pairs(Case &report);        ///< brackets, quotes, the brackets of a document's number
void check_wording(Case &report);      ///< doubled words, misprints

} // namespace yifa::reading
