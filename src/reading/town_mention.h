#pragma once

#include "reading/check.h"

#include <string>
#include <string_view>
#include <vector>

namespace yifa::reading {

/// A town's name: 高观镇.
struct Town {
  std::u32string base; ///< 高观
  std::u32string kind; ///< 镇
  std::u32string name() const { return base + kind; }
  bool empty() const { return kind.empty(); }
};

/// Splits a name; empty where it ends in no kind of town.
Town read_town(const Lexicon &lexicon, std::u32string_view name);
/// Whether two names may be of one town: 张村镇 and 邓州市张村镇, 桃花回族乡 and 桃花乡.
bool same_town(const Town &a, const Town &b);

/// A town named in the running text.
struct TownMention {
  Town town;
  Span span;
  bool partner = false; ///< named as somebody else: 与双庙镇联合, 双庙镇派出所, one of several
};

/// The names in lead, headings and body that are surely names: a stop or a word such as 在 stands
/// before them, and they are no word such as 乡镇 or 成立镇….
std::vector<TownMention> town_mentions(const Case &report);

} // namespace yifa::reading
