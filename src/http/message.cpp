#include "http/message.h"

namespace yifa::http {

std::string_view to_string(Method method) {
  switch (method) {
  case Method::Get:
    return "GET";
  case Method::Head:
    return "HEAD";
  case Method::Post:
    return "POST";
  case Method::Put:
    return "PUT";
  case Method::Patch:
    return "PATCH";
  case Method::Delete:
    return "DELETE";
  case Method::Other:
    break;
  }
  return "OTHER";
}

std::string_view Head::header(std::string_view name) const {
  for (const auto &each : headers)
    if (each.first == name) return each.second;
  return {};
}

std::optional<std::string> Head::parameter(std::string_view name) const {
  for (const auto &each : query)
    if (each.first == name) return each.second;
  return std::nullopt;
}

} // namespace yifa::http
