#pragma once

#include "base/json.h"
#include "http/message.h"

#include <optional>
#include <string>
#include <vector>

/// Reading members of a body. Invalid, naming the member, when it is of another kind.
namespace yifa::http {

/// Empty when absent or null.
Result<std::string> text_in(const json::object &body, std::string_view name);
Result<bool> flag_in(const json::object &body, std::string_view name, bool otherwise = false);
Result<std::int64_t> number_in(const json::object &body, std::string_view name,
                               std::int64_t otherwise, std::int64_t least, std::int64_t most);
/// Nothing when absent; null is the empty list.
Result<std::optional<std::vector<std::string>>> texts_in(const json::object &body,
                                                         std::string_view name);

} // namespace yifa::http
