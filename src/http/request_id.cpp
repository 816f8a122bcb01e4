#include "http/request_id.h"

#include <random>

#include <sys/random.h>

namespace yifa::http {

std::string RequestIds::next() {
  static constexpr char letters[] = "0123456789abcdefghjkmnpqrstvwxyz";
  constexpr std::size_t length = 10;
  if (used_ + length > random_.size()) {
    // One call of the system for many ids. Should it fail, ids may come from anywhere: no secret
    // depends on them.
    if (::getrandom(random_.data(), random_.size(), 0) != static_cast<ssize_t>(random_.size())) {
      std::minstd_rand other(static_cast<unsigned>(used_) + random_[0] + random_[1] * 256U);
      for (auto &byte : random_) byte = static_cast<std::uint8_t>(other() >> 8U);
    }
    used_ = 0;
  }
  std::string id(length, '0');
  for (auto &c : id) c = letters[random_[used_++] % 32];
  return id;
}

} // namespace yifa::http
