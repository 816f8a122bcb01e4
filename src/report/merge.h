#pragma once

#include "report/document.h"

#include <string>
#include <vector>

/// Two texts of one report laid beside each other.
namespace yifa::report {

/// Whether somebody changed the block since the draft it came from (null: it came from none): wrote
/// in it, took a sentence out, bound a number or kept one.
bool touched(const Block &block, const Block *drafted);

/// A draft made anew under a text people have worked on.
struct Merged {
  Document document;
  /// Blocks that were kept as people wrote them though the new draft has other words for them.
  std::vector<std::string> offers;
};

/// Untouched blocks follow the new draft; touched ones, new ones and gaps that were filled stay;
/// what was deleted stays deleted. `base`: the draft that `mine` was made from.
Merged merge(const Document &base, const Document &mine, const Document &theirs);

/// A block that two texts do not have alike; empty on the side that lacks it.
struct BlockChange {
  std::string block;
  std::vector<std::string> was; ///< sentences, the first with the block's number
  std::vector<std::string> is;
  bool operator==(const BlockChange &) const = default;
};
/// In the order of the newer text, what was deleted where it stood.
std::vector<BlockChange> compare(const Document &was, const Document &is);

} // namespace yifa::report
