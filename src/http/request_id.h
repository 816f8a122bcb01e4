#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace yifa::http {

/// Names of requests: ten characters of Crockford's base32 (50 random bits), so that a line of the
/// log and a picture of a screen can be brought together. They tell nothing, not even an order.
/// One thread at a time.
class RequestIds {
public:
  std::string next();

private:
  std::array<std::uint8_t, 320> random_{};
  std::size_t used_ = sizeof random_;
};

} // namespace yifa::http
