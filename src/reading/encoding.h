#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

/// From the bytes of a text file to characters.
namespace yifa::reading {

enum class Faults {
  Refuse,  ///< an ill-formed byte is an error
  Replace, ///< it becomes U+FFFD: web pages are often cut or mixed
};

/// UTF-8 of a text in UTF-8, UTF-16 with its mark, or GB 18030 (with GBK and GB 2312). What the
/// bytes are decides; `hint` is the charset a web page names, followed for Big5 alone, since pages
/// err. A text that is UTF-8 but for a few bytes is a damaged UTF-8 text, no GB 18030.
/// Invalid: binary, or ill-formed, with the offset of the byte.
Result<std::string> decode_text(std::string_view bytes, Faults faults = Faults::Refuse,
                                std::string_view hint = {});

/// The text without what nobody sees: zero-width and direction marks, soft hyphens, byte order
/// marks, control characters. CR LF, CR, NEL, form feed, vertical tab and the separators of Unicode
/// become LF; em spaces the ideographic one, other odd blanks a plain one. Tabs stay.
std::string clean_characters(std::string_view text);

} // namespace yifa::reading
