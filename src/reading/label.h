#pragma once

#include "reading/lexicon.h"
#include "reading/structure.h"

#include <optional>
#include <string_view>

namespace yifa::reading {

/// Where the text of a paragraph begins behind blanks and a mark a converter left ("[bookmark:
/// …]").
std::size_t text_begin(const Text &text, Span paragraph);
/// The number a heading begins with at `at` of the paragraph, in any written form: 一、 （一） (一)
/// 一)
/// 1. 1、 （1） 1) ① 第一，. A number without any mark ("2优化环境") counts where Han text that is
/// no measure word follows.
std::optional<Label> heading_label(const Text &text, Span paragraph, std::size_t at,
                                   const Lexicon &lexicon);
/// 一是, 二是 … at `at`.
std::optional<Label> point_label(std::u32string_view text, std::size_t at);

/// 。！？；：，、 and their half-width twins: what ends a clause.
bool ends_clause(char32_t c);
/// 。！？ and … : what ends a sentence.
bool ends_sentence(char32_t c);

} // namespace yifa::reading
