#pragma once

#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace yifa::exchange {

enum class Charset { Utf8, Gb18030, Utf16Le, Utf16Be };
std::string_view to_string(Charset charset); ///< "UTF-8", "GB 18030", …

/// A text file as UTF-8, piece by piece, whatever it was written in. The charset is found by a pass
/// over the whole file: a byte order mark decides; else strict UTF-8; else strict GB 18030. Short
/// GB 18030 text that happens to be well-formed UTF-8 of Latin or Cyrillic letters only (the
/// 联通 accident) is taken as GB 18030. The mark itself is not delivered.
class TextInput {
public:
  /// NotFound, Unavailable, or Invalid: not a text in any of these (with the line and byte at which
  /// each reading failed), or a file that is really a spreadsheet, archive or PDF.
  static Result<TextInput> open(const std::filesystem::path &path);
  static Result<TextInput> from_bytes(std::string bytes);
  TextInput(TextInput &&) noexcept;
  TextInput &operator=(TextInput &&) noexcept;
  ~TextInput();

  Charset charset() const;
  std::uint64_t bytes_total() const;
  std::uint64_t bytes_read() const;
  /// Replaces `piece` by the next stretch of whole characters; false at the end.
  Result<bool> next(std::string &piece);
  Status rewind();

private:
  struct Impl;
  explicit TextInput(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// The same for bytes in memory.
Result<std::string> to_utf8(std::string_view bytes);

} // namespace yifa::exchange
