#pragma once

#include "catalog/model.h"

#include <string>
#include <string_view>

namespace yifa::record {

/// A resident identity number: 18 characters, a real day of birth, the check character of GB 11643
/// (ISO 7064 MOD 11-2).
bool valid_id_card(std::string_view number);
/// A unified social credit code: 18 characters without I O S V Z, the check character of GB 32100.
bool valid_credit_code(std::string_view code);

/// Brings a text to the written form of its format (half-width, capital letters, no blanks inside a
/// number). Invalid with the reason as message ("the check digit is wrong"), which never repeats
/// the value: it may name a person.
Result<std::string> to_format(catalog::TextFormat format, std::string_view text);

/// A text as a record keeps it: valid UTF-8, no control characters, no invisible or
/// direction-changing marks, line ends as line feeds (blanks when `one_line`), at most 20 000 code
/// points, trimmed. Invalid with the reason as message.
Result<std::string> to_plain(std::string_view text, bool one_line);

} // namespace yifa::record
