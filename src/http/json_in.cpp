#include "http/json_in.h"

#include <fmt/format.h>

namespace yifa::http {
namespace {

Error wrong_kind(std::string_view name, std::string message) {
  return invalid("the body was not understood", {{std::string(name), std::move(message), "", ""}});
}

} // namespace

Result<std::string> text_in(const json::object &body, std::string_view name) {
  const auto *found = body.if_contains(name);
  if (found == nullptr || found->is_null()) return std::string();
  const auto *said = found->if_string();
  if (said == nullptr) return wrong_kind(name, "is a text");
  return std::string(*said);
}

Result<bool> flag_in(const json::object &body, std::string_view name, bool otherwise) {
  const auto *found = body.if_contains(name);
  if (found == nullptr || found->is_null()) return otherwise;
  if (!found->is_bool()) return wrong_kind(name, "is true or false");
  return found->as_bool();
}

Result<std::int64_t> number_in(const json::object &body, std::string_view name,
                               std::int64_t otherwise, std::int64_t least, std::int64_t most) {
  const auto *found = body.if_contains(name);
  if (found == nullptr || found->is_null()) return otherwise;
  const auto *said = found->if_int64();
  if (said == nullptr || *said < least || *said > most)
    return wrong_kind(name, fmt::format("is a number from {} to {}", least, most));
  return *said;
}

Result<std::optional<std::vector<std::string>>> texts_in(const json::object &body,
                                                         std::string_view name) {
  const auto *found = body.if_contains(name);
  if (found == nullptr) return std::optional<std::vector<std::string>>();
  std::vector<std::string> out;
  if (found->is_null()) return std::optional(out);
  const auto *list = found->if_array();
  if (list == nullptr) return wrong_kind(name, "is a list of texts");
  for (const auto &one : *list) {
    if (!one.is_string()) return wrong_kind(name, "is a list of texts");
    out.emplace_back(one.as_string());
  }
  return std::optional(std::move(out));
}

} // namespace yifa::http
