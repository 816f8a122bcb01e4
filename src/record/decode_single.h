#pragma once

#include "record/codec.h"

namespace yifa::record {

/// "日期 (held_on): is needed", with the path as `where`.
Error fault(const catalog::Field &field, const std::string &path, std::string_view what);

/// Half width, without blanks at the ends.
std::string tidy(std::string_view written);

/// Whether a label reads like something tidied; whether it has the same letters as something in
/// lower case.
bool same_label(std::string_view label, std::string_view tidied);
bool same_letters(std::string_view label, std::string_view lowered);

/// One value of a field that is not `rows`, whatever its `many` says. Empty for blank text.
Result<Value> read_single(const catalog::Field &field, const json::value &written,
                          const DecodeContext &context, const std::string &path);

} // namespace yifa::record
