#pragma once

#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace yifa::blob {

/// Attachments by the SHA-256 of their content, in DIR/ab/cdef…: the same content is kept once,
/// whoever brings it. Several programs may use the folder at once.
class Blobs {
public:
  static constexpr std::int64_t kMostBytes = 1LL << 30;

  /// Makes the folder when it is not there. Unavailable.
  static Result<std::unique_ptr<Blobs>> open(const std::filesystem::path &folder);

  struct Kept {
    std::string hash; ///< lower-case hexadecimal
    std::int64_t bytes = 0;
    bool known = false; ///< this content was there before
  };
  /// Streams a file in; durable when it returns. NotFound, Unavailable, Invalid when it is larger
  /// than kMostBytes.
  Result<Kept> put_file(const std::filesystem::path &file, std::int64_t most = kMostBytes);

  /// The next piece of what is brought in; empty at its end.
  using Source = std::function<Result<std::string_view>()>;
  /// The same from a stream; an error of the source leaves nothing behind.
  Result<Kept> put(const Source &source, std::int64_t most = kMostBytes);

  /// Hands the content over in pieces. NotFound; Unavailable when what lies there no longer has the
  /// hash: then the last pieces must not be used, and the message says so.
  Status read(const std::string &hash,
              const std::function<Status(std::string_view piece)> &each) const;

  /// Whether something of that hash was kept; not whether it is still unaltered.
  bool has(const std::string &hash) const;

  /// Whether it is there and unaltered. NotFound, Unavailable.
  Status verify(const std::string &hash) const;

  /// Writes the content to a file, which appears only when it is whole and unaltered. Errors as
  /// read's.
  Status copy_to(const std::string &hash, const std::filesystem::path &file) const;

  /// Every hash in the folder, sorted by hash; what is no attachment is passed over.
  Status each(const std::function<Status(const std::string &hash, std::int64_t bytes)> &each) const;

  std::filesystem::path path_of(const std::string &hash) const;

private:
  explicit Blobs(std::filesystem::path folder) : folder_(std::move(folder)) {}
  /// Removes what a crash left half received.
  void sweep() const;

  std::filesystem::path folder_;
};

/// Sixty-four lower-case hexadecimal digits.
bool is_hash(std::string_view text);

} // namespace yifa::blob
