#pragma once

#include "base/result.h"

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

namespace yifa::exchange {

/// Texts put aside on disk, read back by their place. The file has no name and goes with its owner.
class Spool {
public:
  using Place = std::uint64_t;
  static Result<Spool> create();
  /// Unavailable on a full disk.
  Result<Place> add(std::string_view text);
  Result<std::string> get(Place place);
  /// Place of the first text, and of the one behind `place`.
  static constexpr Place begin() { return 0; }
  Place end() const { return end_; }
  static Place after(Place place, std::string_view text) { return place + 8 + text.size(); }

private:
  struct Closer {
    void operator()(std::FILE *file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Closer> file_;
  Place end_ = 0;
  bool writing_ = true;
};

} // namespace yifa::exchange
