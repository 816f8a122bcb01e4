#pragma once

#include <string>
#include <string_view>

namespace yifa::ooxml {

/// What a file that is no zip is, and what to do about it, for a person: "this is an old Excel file
/// (.xls); …". `head` is its beginning, `tail` its end (they may be the same bytes).
std::string describe_foreign(std::string_view head, std::string_view tail);

} // namespace yifa::ooxml
