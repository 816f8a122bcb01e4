#pragma once

#include "reading/structure.h"

#include <vector>

namespace yifa::reading {

/// Which paragraphs the body of the report is made of: behind the head, before the tail.
struct BodyRange {
  std::size_t first = 0; ///< paragraph index
  std::size_t last = 0;  ///< one past
};

/// Finds title, number, issuer and addressee at the top, closing, signature, date and notes at the
/// end; fills roles and spans. Everything else stays Role::Body.
BodyRange read_head_and_tail(const Text &text, const Lexicon &lexicon, Structure &out);

/// Place, issuing body and year, from what the head says first and the lead after it.
void read_identity(const Text &text, const Lexicon &lexicon, const Told &told, Structure &out);

} // namespace yifa::reading
