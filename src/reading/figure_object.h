#pragma once

#include "reading/figure_words.h"
#include "reading/text.h"

#include <string>
#include <string_view>
#include <vector>

namespace yifa::reading {

/// What a number counts and what was done with it.
struct FigureObject {
  std::string object;
  std::string verb;
};

/// Object and verb from the words of the clause before a number and behind its measure word:
/// 开展矛盾纠纷排查|73次 · 开展|4次|集中学习研讨 · |12名|专职执法队员全部….
FigureObject object_around(std::u32string_view before, std::u32string_view behind,
                           const FigureWords &words);
/// The things named one after another at the end of a phrase: 参考率、合格率 → both. A verb at its
/// head is left out.
std::vector<std::string> things_named(std::u32string_view phrase, const FigureWords &words);

} // namespace yifa::reading
