#pragma once

#include "report/clause.h"

#include <string>
#include <vector>

namespace yifa::report {

/// A sentence on its way into a paragraph. Inside this room.
struct Line {
  std::string id;
  Prose prose;
  std::vector<std::string> clauses;
  std::vector<FigureRef> rests_on;
  std::vector<Author> authors;
  std::string topic;
  int item = 0;       ///< lines of one item stay together as one point
  bool glued = false; ///< goes on with the line before: no paragraph ends between them
};

/// Joins what the clauses of one topic say into sentences: by `join`; short ones by a semicolon;
/// zeros merged at the end. A sentence holds at most one semicolon and six numbers. Items are
/// numbered from `item` on: the words of each record are an item, what is counted is one together.
std::vector<Line> join_pieces(const Ground &ground, const std::string &topic,
                              std::vector<Piece> pieces, int &item);

/// 全年 at the first place of a section that asks for it; nothing at the others.
void place_span(const Ground &ground, std::vector<Line> &lines);

/// Chooses the verbs: from the left of its group the first that did not begin one of the two
/// sentences before; when all did, the first.
void place_verbs(const Ground &ground, std::vector<Line *> &paragraph);

/// Cuts lines into paragraphs of about 120 to 260 characters; an index is the first line of a
/// paragraph. A topic is parted only when it is long; what is shorter than 40 goes with its
/// neighbour.
std::vector<std::size_t> cut_paragraphs(const Ground &ground, const std::vector<Line> &lines);

} // namespace yifa::report
