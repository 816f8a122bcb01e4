#include "base/result.h"

namespace yifa {

std::string_view to_string(ErrorCode code) {
  switch (code) {
  case ErrorCode::Invalid:
    return "invalid";
  case ErrorCode::Refused:
    return "refused";
  case ErrorCode::NotFound:
    return "not_found";
  case ErrorCode::Stale:
    return "stale";
  case ErrorCode::Forbidden:
    return "forbidden";
  case ErrorCode::Unavailable:
    return "unavailable";
  case ErrorCode::Internal:
    break;
  }
  return "internal";
}

std::string Error::text() const {
  std::string out = message;
  for (const auto &problem : problems) {
    out += "\n  ";
    if (!problem.where.empty()) out += problem.where + ": ";
    out += problem.message;
    if (!problem.source.empty()) out += " [" + problem.source + "]";
    if (!problem.supply.empty()) out += " (" + problem.supply + ")";
  }
  return out;
}

Error invalid(std::string message, std::vector<Problem> problems) {
  return {ErrorCode::Invalid, std::move(message), std::move(problems)};
}
Error refused(std::string message, std::vector<Problem> problems) {
  return {ErrorCode::Refused, std::move(message), std::move(problems)};
}
Error not_found(std::string message) { return {ErrorCode::NotFound, std::move(message), {}}; }
Error stale(std::string message) { return {ErrorCode::Stale, std::move(message), {}}; }
Error forbidden(std::string message) { return {ErrorCode::Forbidden, std::move(message), {}}; }
Error unavailable(std::string message) { return {ErrorCode::Unavailable, std::move(message), {}}; }
Error internal_error(std::string message) { return {ErrorCode::Internal, std::move(message), {}}; }

} // namespace yifa
