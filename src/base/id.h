#pragma once

#include "base/date.h"
#include "base/result.h"

#include <array>
#include <compare>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace yifa {

/// The key of a record, part or attachment owner: a UUIDv7, made where the record is made.
class RecordId {
public:
  using Bytes = std::array<std::uint8_t, 16>;
  constexpr RecordId() = default;
  explicit constexpr RecordId(Bytes bytes) : bytes_(bytes) {}
  /// 8-4-4-4-12 hexadecimal, any case.
  static Result<RecordId> parse(std::string_view text);
  const Bytes &bytes() const { return bytes_; }
  bool is_nil() const { return bytes_ == Bytes{}; }
  std::string text() const;
  auto operator<=>(const RecordId &) const = default;

private:
  Bytes bytes_{};
};

/// Where new ids come from; passed, so that tests and the example towns repeat exactly.
class IdSource {
public:
  virtual ~IdSource() = default;
  virtual RecordId next() = 0;
};

/// UUIDv7 from the system clock in milliseconds, a counter within the millisecond and the system's
/// random bytes; of one source later ids sort later.
class RandomIds final : public IdSource {
public:
  RecordId next() override;

private:
  std::mutex mutex_; ///< one source serves all threads of a server
  std::uint64_t last_ = 0;
  std::uint64_t count_ = 0;
};

/// A fixed sequence from a seed, with an increasing time part.
class SeededIds final : public IdSource {
public:
  explicit SeededIds(std::uint64_t seed) : state_(seed) {}
  RecordId next() override;

private:
  std::uint64_t state_;
  std::uint64_t count_ = 0;
};

} // namespace yifa

template <> struct std::hash<yifa::RecordId> {
  std::size_t operator()(const yifa::RecordId &id) const noexcept {
    std::size_t h = 0;
    for (auto b : id.bytes()) h = h * 1099511628211ULL + b;
    return h;
  }
};
