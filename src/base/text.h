#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Chinese and UTF-8 text: everything below takes and returns UTF-8.
namespace yifa::text {

/// Strictly valid UTF-8: no surrogates, no overlong forms.
bool valid_utf8(std::string_view text);
/// Code points of valid UTF-8; an ill-formed byte becomes U+FFFD.
std::u32string decode(std::string_view text);
std::string encode(std::u32string_view text);
std::string encode(char32_t c);
/// Number of code points.
std::size_t length(std::string_view text);
/// Columns on a terminal: a Han character counts two.
std::size_t width(std::string_view text);
/// At most `n` code points, with … when cut.
std::string shorten(std::string_view text, std::size_t n);

/// Full-width ASCII (Ａ １ ， 　) to half width; Chinese punctuation that has no ASCII twin stays.
std::string to_half_width(std::string_view text);
/// Removes blanks at both ends, the ideographic space and BOM among them.
std::string trim(std::string_view text);
std::string replace_all(std::string text, std::string_view from, std::string_view to);
std::vector<std::string> split(std::string_view text, char separator);
std::string join(const std::vector<std::string> &parts, std::string_view separator);
std::string lower_ascii(std::string_view text);
bool is_han(char32_t c);
/// Control characters other than tab and line feed, which no record may hold.
bool has_control(std::string_view text);

/// 一 二 … 十 十一 … up to 9999.
std::string chinese_number(int n);
/// Edit distance by code points, for "did you mean".
std::size_t distance(std::string_view a, std::string_view b);
/// The nearest of `names` within a third of the word's length; empty if none is near.
std::string nearest(std::string_view word, const std::vector<std::string> &names);

} // namespace yifa::text
