#pragma once

#include "reading/finding.h"
#include "reading/lexicon.h"

#include <string_view>

/// Single characters and small lists, as the checks of structure and residue ask for them.
namespace yifa::reading {

/// A blank of any width, the invisible ones among them; no line feed.
bool is_blank_mark(char32_t c);
/// Chinese punctuation: 。，、；：？！ quotes, brackets, dash and ellipsis of full width.
bool is_chinese_mark(char32_t c);
/// A Han character or Chinese punctuation.
bool is_chinese(char32_t c);
/// a–z, A–Z.
bool is_ascii_letter(char32_t c);
/// First offset at or after `at` that holds no blank; `end` at most.
std::size_t skip_blanks(std::u32string_view all, std::size_t at, std::size_t end);
/// The character at an offset of `span`, 0 outside of it.
char32_t mark_at(std::u32string_view all, Span span, std::size_t at);
/// The character before an offset of `span`, 0 at its start.
char32_t mark_before(std::u32string_view all, Span span, std::size_t at);

/// A rule's own list of words.
Words words_of(const Rule &rule, std::string_view list);

} // namespace yifa::reading
