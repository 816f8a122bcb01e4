#pragma once

#include "reading/lexicon.h"
#include "reading/text.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace yifa::reading {

/// A town as a text names it.
struct PlaceName {
  std::u32string name; ///< with its kind: 高观镇
  std::u32string kind; ///< 镇, 乡, 民族乡, 街道, 苏木
  Span span;           ///< in the text it was found in
};

/// The first town named at or after `from`, without the county or city before it.
std::optional<PlaceName> find_place(std::u32string_view text, const Lexicon &lexicon,
                                    std::size_t from = 0);
/// Every town named in a text, in order.
std::vector<PlaceName> find_places(std::u32string_view text, const Lexicon &lexicon);

/// A year written as 2023年, ２０２３年 or 二〇二三年, with 度 or not.
struct YearName {
  int year = 0;
  Span span; ///< of digits and 年
};
std::optional<YearName> find_year(std::u32string_view text, std::size_t from = 0);

} // namespace yifa::reading
