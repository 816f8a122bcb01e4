#include "service/pack.h"

#include "base/json.h"
#include "crypto/hash.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <unistd.h>

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

namespace yifa::service {
namespace {

namespace fs = std::filesystem;

constexpr const char *kManifest = "manifest.json";
constexpr std::size_t kPiece = 1 << 18;

struct CloseWriter {
  void operator()(archive *a) const { archive_write_free(a); }
};
struct CloseReader {
  void operator()(archive *a) const { archive_read_free(a); }
};
struct FreeEntry {
  void operator()(archive_entry *e) const { archive_entry_free(e); }
};
using Writing = std::unique_ptr<archive, CloseWriter>;
using Reading = std::unique_ptr<archive, CloseReader>;
using Entry = std::unique_ptr<archive_entry, FreeEntry>;

std::string why(archive *a) {
  const char *text = archive_error_string(a);
  return text != nullptr ? text : "unknown reason";
}

Status put_header(archive *out, const std::string &name, std::int64_t size) {
  Entry entry(archive_entry_new());
  archive_entry_set_pathname(entry.get(), name.c_str());
  archive_entry_set_size(entry.get(), size);
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), 0600);
  if (archive_write_header(out, entry.get()) != ARCHIVE_OK)
    return unavailable(fmt::format("cannot write the backup: {}", why(out)));
  return Done{};
}

Status put_bytes(archive *out, std::string_view bytes) {
  while (!bytes.empty()) {
    auto n = archive_write_data(out, bytes.data(), bytes.size());
    if (n <= 0) return unavailable(fmt::format("cannot write the backup: {}", why(out)));
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return Done{};
}

/// Streams one file in; its digest comes back.
Result<std::string> put_file(archive *out, const PackEntry &entry) {
  std::error_code error;
  auto size = fs::file_size(entry.from, error);
  if (error)
    return unavailable(fmt::format("cannot read {}: {}", entry.from.string(), error.message()));
  TRY(put_header(out, entry.name, static_cast<std::int64_t>(size)));
  std::ifstream in(entry.from, std::ios::binary);
  crypto::Sha256 digest;
  std::string piece(kPiece, '\0');
  std::uint64_t done = 0;
  while (in && done < size) {
    in.read(piece.data(),
            static_cast<std::streamsize>(std::min<std::uint64_t>(kPiece, size - done)));
    auto got = std::string_view(piece).substr(0, static_cast<std::size_t>(in.gcount()));
    digest.update(got);
    TRY(put_bytes(out, got));
    done += got.size();
  }
  if (done != size)
    return unavailable(fmt::format("{} changed while it was read", entry.from.string()));
  return crypto::hex(digest.finish());
}

/// Walks a pack: `take` gets each name and then its pieces (an empty piece ends it).
Status walk(const fs::path &file, const std::function<Status(const std::string &name)> &begin,
            const std::function<Status(std::string_view piece)> &piece,
            const std::function<Status()> &end) {
  Reading in(archive_read_new());
  archive_read_support_format_tar(in.get());
  if (archive_read_open_filename(in.get(), file.c_str(), kPiece) != ARCHIVE_OK)
    return invalid(fmt::format("{} is no backup: {}", file.string(), why(in.get())));
  archive_entry *entry = nullptr;
  while (true) {
    int next = archive_read_next_header(in.get(), &entry);
    if (next == ARCHIVE_EOF) return Done{};
    if (next != ARCHIVE_OK)
      return invalid(fmt::format("{} is damaged: {}", file.string(), why(in.get())));
    const char *name = archive_entry_pathname_utf8(entry);
    if (name == nullptr || archive_entry_filetype(entry) != AE_IFREG)
      return invalid(fmt::format("{} holds something that is no file", file.string()));
    TRY(begin(name));
    const void *bytes = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    while (true) {
      int got = archive_read_data_block(in.get(), &bytes, &size, &offset);
      if (got == ARCHIVE_EOF) break;
      if (got != ARCHIVE_OK)
        return invalid(fmt::format("{} is damaged: {}", file.string(), why(in.get())));
      TRY(piece({static_cast<const char *>(bytes), size}));
    }
    TRY(end());
  }
}

/// Reads a pack and compares every file with the manifest. With `folder` the files are written
/// there.
Status check_pack(const fs::path &file, const fs::path *folder) {
  std::map<std::string, std::string> digests;
  std::string name;
  std::string manifest;
  crypto::Sha256 digest;
  std::ofstream out;
  TRY(walk(
      file,
      [&](const std::string &each) -> Status {
        name = each;
        fs::path path(each);
        for (const auto &part : path)
          if (part == ".." || part == "." || part.empty())
            return invalid(fmt::format("the backup holds the name \"{}\"", each));
        if (path.is_absolute() || digests.contains(each))
          return invalid(fmt::format("the backup holds the name \"{}\"", each));
        if (folder != nullptr && each != kManifest) {
          std::error_code error;
          fs::create_directories((*folder / path).parent_path(), error);
          out.open(*folder / path, std::ios::binary | std::ios::trunc);
          if (!out) return unavailable(fmt::format("cannot write {}", (*folder / path).string()));
        }
        return Done{};
      },
      [&](std::string_view piece) -> Status {
        digest.update(piece);
        if (name == kManifest) {
          if (manifest.size() + piece.size() > (64U << 20))
            return invalid("the backup's manifest is too large");
          manifest += piece;
        } else if (folder != nullptr) {
          out.write(piece.data(), static_cast<std::streamsize>(piece.size()));
          if (!out) return unavailable(fmt::format("cannot write {}: is the disk full?", name));
        }
        return Done{};
      },
      [&]() -> Status {
        digests[name] = crypto::hex(digest.finish());
        if (out.is_open()) {
          out.close();
          if (!out) return unavailable(fmt::format("cannot write {}: is the disk full?", name));
        }
        return Done{};
      }));
  if (manifest.empty())
    return invalid(
        fmt::format("{} is cut off or no backup of Yifa: it has no manifest", file.string()));
  auto parsed = TRY(parse_json(manifest));
  const auto *listed = parsed.is_object() ? parsed.get_object().if_contains("files") : nullptr;
  if (listed == nullptr || !listed->is_object()) return invalid("the backup's manifest is damaged");
  std::vector<Problem> problems;
  digests.erase(kManifest);
  for (const auto &member : listed->get_object()) {
    auto found = digests.find(member.key());
    if (found == digests.end()) {
      problems.push_back({std::string(member.key()), "is missing", "", ""});
    } else {
      if (!member.value().is_string() ||
          found->second != std::string_view(member.value().get_string()))
        problems.push_back({found->first, "was altered", "", ""});
      digests.erase(found);
    }
  }
  for (const auto &[other, hash] : digests)
    problems.push_back({other, "is not in the manifest", "", ""});
  if (!problems.empty()) return invalid(fmt::format("{} is not whole", file.string()), problems);
  return Done{};
}

} // namespace

Result<std::int64_t> write_pack(const fs::path &file, const std::vector<PackEntry> &entries) {
  auto beside = file;
  beside += fmt::format(".{}.part", ::getpid());
  auto write = [&]() -> Status {
    Writing out(archive_write_new());
    archive_write_set_format_pax_restricted(out.get());
    if (archive_write_open_filename(out.get(), beside.c_str()) != ARCHIVE_OK)
      return unavailable(fmt::format("cannot write {}: {}", file.string(), why(out.get())));
    json::object digests;
    for (const auto &entry : entries) digests[entry.name] = TRY(put_file(out.get(), entry));
    auto manifest = pretty(
        json::object{{"format", "yifa backup"}, {"version", 1}, {"files", std::move(digests)}});
    TRY(put_header(out.get(), kManifest, static_cast<std::int64_t>(manifest.size())));
    TRY(put_bytes(out.get(), manifest));
    if (archive_write_close(out.get()) != ARCHIVE_OK)
      return unavailable(fmt::format("cannot write {}: {}", file.string(), why(out.get())));
    return Done{};
  };
  auto done = write();
  if (done) {
    int handle = ::open(beside.c_str(), O_RDONLY | O_CLOEXEC);
    bool synced = handle >= 0 && ::fsync(handle) == 0;
    if (handle >= 0) ::close(handle);
    if (!synced)
      done = unavailable(fmt::format("cannot write {}: {}", file.string(), std::strerror(errno)));
  }
  if (done) done = check_pack(beside, nullptr);
  std::error_code error;
  if (done) {
    fs::rename(beside, file, error);
    if (error)
      done = unavailable(fmt::format("cannot write {}: {}", file.string(), error.message()));
  }
  if (!done) {
    fs::remove(beside, error);
    return std::move(done).error();
  }
  return static_cast<std::int64_t>(fs::file_size(file, error));
}

Status read_pack(const fs::path &file, const fs::path &folder) { return check_pack(file, &folder); }

} // namespace yifa::service
