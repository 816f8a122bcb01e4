#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

#include <boost/json.hpp>

namespace yifa {

namespace json = boost::json;

/// Strict JSON, depth ≤ 64. Invalid with line and column otherwise.
Result<json::value> parse_json(std::string_view text);
/// Two-space indentation, keys in their order, one trailing line feed: what people read and what is
/// compared.
std::string pretty(const json::value &value);
/// Canonical: no blanks, object keys sorted by bytes. Hashes are taken over this form.
std::string canonical(const json::value &value);

} // namespace yifa
