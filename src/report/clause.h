#pragma once

#include "report/ground.h"
#include "report/prose.h"

#include <string>
#include <vector>

namespace yifa::report {

/// What one clause has to say, without final punctuation. Inside this room.
struct Piece {
  std::string id; ///< of the sentence
  std::string clause;
  int order = 50;
  catalog::Clause::Join join = catalog::Clause::Join::Sentence;
  Prose prose;
  std::vector<FigureRef> rests_on;
  std::vector<Author> authors;
  std::string zero_noun; ///< what did not happen; the prose is then empty
  FigureRef zero_ref;
  bool zero = false; ///< a confirmed zero, by noun or in the clause's own words
};

/// Writes a clause of figures: one piece, or none when it has nothing to say. Notes what is missing
/// and what was said.
std::vector<Piece> write_clause(Ground &ground, const catalog::Clause &clause,
                                const std::string &topic);

/// Writes an `each` clause for one topic: a piece a record.
std::vector<Piece> write_each(Ground &ground, const catalog::Clause &clause,
                              const std::string &topic);

} // namespace yifa::report
