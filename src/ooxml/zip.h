#pragma once

#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace yifa::ooxml {

/// What an archive may cost before it is refused. The defaults let any honest office file through.
struct ZipLimits {
  std::size_t entries = 10'000;
  std::uint64_t file_bytes = 1ULL << 30;  ///< the archive itself
  std::uint64_t entry_bytes = 1ULL << 30; ///< one entry, unpacked
  std::uint64_t total_bytes = 2ULL << 30; ///< all entries, unpacked
  std::uint64_t ratio = 400;              ///< unpacked : packed of one entry
  std::uint64_t ratio_from = 1 << 20;     ///< entries unpacking to less are not judged by ratio
  std::size_t name_bytes = 255;
  std::size_t name_depth = 12; ///< folders in a name
};

struct ZipEntry {
  std::string name; ///< normalised: forward slashes, no leading slash
  std::uint64_t packed = 0;
  std::uint64_t size = 0; ///< as declared; what is read is held to it
};

/// Reads an archive from a file or from memory, entry by entry. Nothing is ever written to disk
/// under a name from the archive, and an archive inside the archive is only bytes: it is not
/// opened. Names are found regardless of ASCII case, as OPC wants.
class ZipReader {
public:
  /// Invalid, in words for a person: not a zip (a PDF, web page, text or old binary Office file is
  /// named as such), damaged, encrypted, over a limit, unsafe or doubled names. NotFound and
  /// Unavailable for the file itself.
  static Result<ZipReader> open(const std::filesystem::path &path, const ZipLimits &limits = {});
  static Result<ZipReader> from_bytes(std::string bytes, const ZipLimits &limits = {});
  ZipReader(ZipReader &&) noexcept;
  ZipReader &operator=(ZipReader &&) noexcept;
  ~ZipReader();

  const std::vector<ZipEntry> &entries() const;
  bool has(std::string_view name) const;
  /// The whole entry. NotFound; Invalid when damaged, when longer than declared or over a limit,
  /// and when longer than `most` bytes.
  Result<std::string> read(std::string_view name, std::uint64_t most = 64ULL << 20) const;
  /// The entry in pieces of at most 64 KiB. An error returned by `piece` ends the reading and is
  /// returned.
  Status stream(std::string_view name, const std::function<Status(std::string_view)> &piece) const;

private:
  struct Open;
  explicit ZipReader(std::unique_ptr<Open> open);
  std::unique_ptr<Open> open_;
};

/// Builds an archive in memory. The same entries in the same order give the same bytes: the time is
/// 1980-01-01 everywhere and nothing of the machine is written. Entries keep the order given.
class ZipWriter {
public:
  /// Precondition: a name once, and fewer than 65 535 entries of less than 4 GiB together.
  void add(std::string_view name, std::string_view content);
  /// The finished archive; the writer is empty afterwards.
  std::string finish();

private:
  std::string bytes_;
  std::string directory_;
  std::uint16_t count_ = 0;
};

} // namespace yifa::ooxml
