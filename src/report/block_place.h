#pragma once

#include "base/result.h"
#include "report/document.h"

#include <cstddef>
#include <string_view>

/// Places inside a block: offsets count code points of its sentences' text, without the block's own
/// number.
namespace yifa::report {

/// The block of that id; nullptr if there is none.
Block *find_block(Document &document, std::string_view id);
const Block *find_block(const Document &document, std::string_view id);

/// What the block says without its number.
std::string words_of(const Block &block);

struct RunPlace {
  std::size_t sentence = 0; ///< index in Block::sentences
  std::size_t run = 0;      ///< index in Sentence::runs
};

/// Makes the words from `start` to `end` a run of their own and says where it is. Invalid when they
/// are no words of one sentence, or hold a figure.
Result<RunPlace> part_run(Block &block, std::size_t start, std::size_t end);

/// The stretch of the number within the words from `start` to `end`: 5 of “约5场”, 2万 of “2万份”.
/// Invalid when no digit stands there.
struct NumberSpan {
  std::size_t start = 0;
  std::size_t end = 0;
};
Result<NumberSpan> number_in(const Block &block, std::size_t start, std::size_t end,
                             std::string_view behind);

/// Joins neighbouring runs that are plain text alike and drops empty ones.
void join_runs(std::vector<Run> &runs);

} // namespace yifa::report
