#include "ooxml/zip.h"

#include "base/text.h"
#include "ooxml/foreign.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <unordered_map>

#include <fmt/format.h>
#include <zip.h>

namespace yifa::ooxml {
namespace {

struct ZipFileCloser {
  void operator()(zip_file_t *file) const { zip_fclose(file); }
};

constexpr std::size_t kPiece = 64 * 1024;
constexpr std::size_t kSniff = 1 << 20;
constexpr std::size_t kTail = 0x10000 + 256; ///< where the end of the directory may stand

/// A name that can only mean a place inside the archive; empty when it could mean another.
std::string safe_name(std::string_view raw, const ZipLimits &limits) {
  if (raw.empty() || raw.size() > limits.name_bytes || !text::valid_utf8(raw)) return {};
  std::string name(raw);
  std::replace(name.begin(), name.end(), '\\', '/'); // some .NET writers
  if (name.front() == '/') name.erase(0, 1);
  if (std::any_of(name.begin(), name.end(),
                  [](char c) { return static_cast<unsigned char>(c) < 32 || c == 127; }))
    return {};
  std::size_t depth = 0, at = 0;
  while (at <= name.size()) {
    std::size_t slash = std::min(name.find('/', at), name.size());
    std::string_view part = std::string_view(name).substr(at, slash - at);
    bool folder_end = part.empty() && slash == name.size() && depth > 0;
    if ((part.empty() && !folder_end) || part == "." || part == "..") return {};
    if (part.size() > 1 && part[1] == ':' && depth == 0) return {};
    if (++depth > limits.name_depth + 1) return {};
    at = slash + 1;
  }
  return name;
}

std::string libzip_words(int code) {
  switch (code) {
  case ZIP_ER_CRC:
    return "its content does not match its checksum";
  case ZIP_ER_COMPNOTSUPP:
    return "it is packed by a method Office does not use";
  case ZIP_ER_NOPASSWD:
  case ZIP_ER_WRONGPASSWD:
  case ZIP_ER_ENCRNOTSUPP:
    return "it is encrypted";
  default:
    return "it is damaged";
  }
}

/// A name made printable for a message.
std::string shown_name(std::string_view name) {
  std::string out;
  for (char c : text::shorten(name, 60))
    out += static_cast<unsigned char>(c) < 32 || c == 127 ? '?' : c;
  return out;
}

std::uint64_t little_endian(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t n = 0;
  for (std::size_t i = size; i-- > 0;) n = n << 8 | static_cast<unsigned char>(bytes[at + i]);
  return n;
}

/// libzip reads a whole directory before anyone can count it, so its size is judged first, in every
/// record that may pass for the end of the archive. `tail` holds the last 64 KiB and a little more.
Status judge_directory(std::string_view tail, const ZipLimits &limits) {
  constexpr std::size_t kEnd = 22, kEntry = 46;
  for (auto at = tail.find("PK\x05\x06"); at != std::string_view::npos && at + kEnd <= tail.size();
       at = tail.find("PK\x05\x06", at + 1)) {
    std::uint64_t size = little_endian(tail, at + 12, 4);
    if (size > limits.entries * (kEntry + 2 * limits.name_bytes))
      return invalid(fmt::format("the archive's directory is larger than that of {} files; it is "
                                 "not opened",
                                 limits.entries));
  }
  return Done{};
}

Error not_a_zip(std::string_view head, std::string_view tail) {
  return invalid(describe_foreign(head, tail));
}

} // namespace

struct ZipReader::Open {
  struct Closer {
    void operator()(zip_t *archive) const { zip_discard(archive); }
  };
  std::string bytes; ///< the archive, when it was given in memory
  std::unique_ptr<zip_t, Closer> zip;
  ZipLimits limits;
  std::vector<ZipEntry> entries;
  std::vector<zip_uint64_t> indexes;                    ///< in libzip, parallel to entries
  std::unordered_map<std::string, std::size_t> by_name; ///< lower case → entry

  Status load(std::uint64_t file_size);
  Status judge(const zip_stat_t &stat, std::string_view name) const;
};

Status ZipReader::Open::judge(const zip_stat_t &stat, std::string_view name) const {
  constexpr zip_uint64_t kNeeded = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD;
  if ((stat.valid & kNeeded) != kNeeded)
    return invalid(fmt::format("the archive is damaged at \"{}\"", shown_name(name)));
  if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE)
    return invalid("the file is protected by a password; remove the password and save it again");
  if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE)
    return invalid(
        fmt::format("\"{}\" is packed by a method Office does not use", shown_name(name)));
  if (stat.size > limits.entry_bytes)
    return invalid(fmt::format("\"{}\" would unpack to {} MB; at most {} MB are read",
                               shown_name(name), stat.size >> 20, limits.entry_bytes >> 20));
  if (stat.size > limits.ratio_from && stat.size / limits.ratio > stat.comp_size)
    return invalid(fmt::format("\"{}\" unpacks to more than {} times its size; an Office file does "
                               "not do that, so it is not opened",
                               shown_name(name), limits.ratio));
  return Done{};
}

Status ZipReader::Open::load(std::uint64_t file_size) {
  zip_int64_t count = zip_get_num_entries(zip.get(), 0);
  if (count < 0 || static_cast<std::uint64_t>(count) > limits.entries)
    return invalid(
        fmt::format("the archive holds {} files; at most {} are read", count, limits.entries));
  std::uint64_t total = 0, packed = 0;
  for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    const char *raw = zip_get_name(zip.get(), i, ZIP_FL_ENC_RAW);
    if (!raw || zip_stat_index(zip.get(), i, 0, &stat) != 0)
      return invalid("the archive is damaged: its directory cannot be read");
    std::string name = safe_name(raw, limits);
    if (name.empty())
      return invalid(
          fmt::format("the archive holds a file of an unsafe name: \"{}\"", shown_name(raw)));
    if (name.back() == '/') continue; // a folder
    TRY(judge(stat, name));
    total += stat.size;
    packed += stat.comp_size;
    if (total > limits.total_bytes)
      return invalid(
          fmt::format("the archive would unpack to more than {} MB", limits.total_bytes >> 20));
    if (!by_name.emplace(text::lower_ascii(name), entries.size()).second)
      return invalid(fmt::format("the archive holds \"{}\" twice", shown_name(name)));
    entries.push_back({name, stat.comp_size, stat.size});
    indexes.push_back(i);
  }
  // Entries that share their bytes are the other way to build a bomb.
  if (packed > file_size) return invalid("the archive is damaged: its files overlap");
  return Done{};
}

ZipReader::ZipReader(std::unique_ptr<Open> open) : open_(std::move(open)) {}
ZipReader::ZipReader(ZipReader &&) noexcept = default;
ZipReader &ZipReader::operator=(ZipReader &&) noexcept = default;
ZipReader::~ZipReader() = default;

Result<ZipReader> ZipReader::open(const std::filesystem::path &path, const ZipLimits &limits) {
  std::error_code failed;
  auto status = std::filesystem::status(path, failed);
  if (status.type() == std::filesystem::file_type::not_found)
    return not_found(fmt::format("{} does not exist", path.string()));
  if (failed) return unavailable(fmt::format("{}: {}", path.string(), failed.message()));
  if (status.type() != std::filesystem::file_type::regular)
    return invalid(fmt::format("{} is not a file", path.string()));
  std::uint64_t size = std::filesystem::file_size(path, failed);
  if (failed) return unavailable(fmt::format("{}: {}", path.string(), failed.message()));
  if (size > limits.file_bytes)
    return invalid(fmt::format("the file is larger than {} MB", limits.file_bytes >> 20));

  std::ifstream in(path, std::ios::binary);
  if (!in) return unavailable(fmt::format("{} cannot be read", path.string()));
  std::string head(std::min<std::uint64_t>(size, kSniff), '\0');
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  auto foreign = [&]() -> Error {
    in.clear();
    std::string tail(head.size(), '\0');
    in.seekg(static_cast<std::streamoff>(size - tail.size()));
    in.read(tail.data(), static_cast<std::streamsize>(tail.size()));
    return not_a_zip(head, tail);
  };
  if (!head.starts_with("PK")) return foreign();

  std::string tail(std::min<std::uint64_t>(size, kTail), '\0');
  in.clear();
  in.seekg(static_cast<std::streamoff>(size - tail.size()));
  in.read(tail.data(), static_cast<std::streamsize>(tail.size()));
  TRY(judge_directory(tail, limits));

  auto made = std::make_unique<Open>();
  made->limits = limits;
  int code = 0;
  made->zip.reset(zip_open(path.c_str(), ZIP_RDONLY, &code));
  if (!made->zip) return foreign();
  TRY(made->load(size));
  return ZipReader(std::move(made));
}

Result<ZipReader> ZipReader::from_bytes(std::string bytes, const ZipLimits &limits) {
  if (bytes.size() > limits.file_bytes)
    return invalid(fmt::format("the file is larger than {} MB", limits.file_bytes >> 20));
  if (!bytes.starts_with("PK")) return not_a_zip(bytes, bytes);
  TRY(judge_directory(std::string_view(bytes).substr(bytes.size() - std::min(bytes.size(), kTail)),
                      limits));
  auto made = std::make_unique<Open>();
  made->limits = limits;
  made->bytes = std::move(bytes);
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t *source =
      zip_source_buffer_create(made->bytes.data(), made->bytes.size(), 0, &error);
  if (source) {
    made->zip.reset(zip_open_from_source(source, ZIP_RDONLY, &error));
    if (!made->zip) zip_source_free(source);
  }
  zip_error_fini(&error);
  if (!made->zip) return not_a_zip(made->bytes, made->bytes);
  TRY(made->load(made->bytes.size()));
  return ZipReader(std::move(made));
}

const std::vector<ZipEntry> &ZipReader::entries() const { return open_->entries; }

bool ZipReader::has(std::string_view name) const {
  return open_->by_name.contains(text::lower_ascii(name));
}

Status ZipReader::stream(std::string_view name,
                         const std::function<Status(std::string_view)> &piece) const {
  auto found = open_->by_name.find(text::lower_ascii(name));
  if (found == open_->by_name.end())
    return not_found(fmt::format("the archive holds no \"{}\"", shown_name(name)));
  const ZipEntry &entry = open_->entries[found->second];
  zip_t *zip = open_->zip.get();
  auto damaged = [&](int code) {
    return invalid(fmt::format("\"{}\" in the file cannot be read: {}", shown_name(entry.name),
                               libzip_words(code)));
  };
  std::unique_ptr<zip_file_t, ZipFileCloser> file(
      zip_fopen_index(zip, open_->indexes[found->second], 0));
  if (!file) return damaged(zip_error_code_zip(zip_get_error(zip)));
  std::string buffer(kPiece, '\0');
  std::uint64_t seen = 0;
  for (;;) {
    zip_int64_t n = zip_fread(file.get(), buffer.data(), buffer.size());
    if (n < 0) return damaged(zip_error_code_zip(zip_file_get_error(file.get())));
    if (n == 0) break;
    seen += static_cast<std::uint64_t>(n);
    if (seen > entry.size) return damaged(ZIP_ER_INCONS);
    TRY(piece(std::string_view(buffer.data(), static_cast<std::size_t>(n))));
  }
  if (seen != entry.size) return damaged(ZIP_ER_INCONS);
  return Done{};
}

Result<std::string> ZipReader::read(std::string_view name, std::uint64_t most) const {
  std::string content;
  TRY(stream(name, [&](std::string_view piece) -> Status {
    if (content.size() + piece.size() > most)
      return invalid(
          fmt::format("\"{}\" in the file is larger than {} MB", shown_name(name), most >> 20));
    content += piece;
    return Done{};
  }));
  return content;
}

} // namespace yifa::ooxml
