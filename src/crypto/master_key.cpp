#include "crypto/master_key.h"

#include "base/text.h"
#include "crypto/hash.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/crypto.h>
#include <sys/stat.h>
#include <unistd.h>

namespace yifa::crypto {
namespace {

namespace fs = std::filesystem;

// Crockford's alphabet: no I, L, O, U.
constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kKeySigns = 52;  // 256 bits and four zero bits
constexpr std::size_t kCheckSigns = 4; // 20 bits
constexpr std::size_t kGroup = 4;

class KeyFile {
public:
  explicit KeyFile(int fd) : fd_(fd) {}
  KeyFile(const KeyFile &) = delete;
  KeyFile &operator=(const KeyFile &) = delete;
  ~KeyFile() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }

private:
  int fd_;
};

bool lies_inside(const fs::path &file, const fs::path &directory) {
  std::error_code ignored;
  auto inner = fs::weakly_canonical(fs::absolute(file, ignored), ignored).lexically_normal();
  auto outer = fs::weakly_canonical(fs::absolute(directory, ignored), ignored).lexically_normal();
  auto relative = inner.lexically_relative(outer);
  return !relative.empty() && *relative.begin() != "..";
}

Error cannot(const char *what, const fs::path &file) {
  return unavailable(
      fmt::format("cannot {} the master key {}: {}", what, file.string(), std::strerror(errno)));
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    auto n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

/// Five bits a sign, most significant first; a last part is filled with zeros.
std::string to_base32(std::string_view bytes, std::size_t signs) {
  std::string out;
  for (std::size_t i = 0; i < signs; ++i) {
    unsigned value = 0;
    for (std::size_t bit = i * 5; bit < i * 5 + 5; ++bit) {
      unsigned byte = bit / 8 < bytes.size() ? static_cast<unsigned char>(bytes[bit / 8]) : 0;
      value = value * 2 + (byte >> (7 - bit % 8) & 1);
    }
    out += kAlphabet[value];
  }
  return out;
}

std::string check_signs(std::string_view key_bytes) {
  return to_base32(sha256("yifa recovery key\n", key_bytes), kCheckSigns);
}

} // namespace

Status write_master_key(const fs::path &file, const fs::path &data_directory, const Key &key) {
  if (lies_inside(file, data_directory))
    return invalid(
        fmt::format("the master key {} would lie inside the data directory {}: whoever copies that "
                    "directory would have both the records and their key; choose another place",
                    file.string(), data_directory.string()));
  auto folder = fs::absolute(file).parent_path();
  std::error_code failed;
  if (!fs::exists(folder)) {
    fs::create_directories(folder, failed);
    if (failed)
      return unavailable(
          fmt::format("cannot make the folder {}: {}", folder.string(), failed.message()));
    fs::permissions(folder, fs::perms::owner_all, failed);
  }
  KeyFile made(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (made.get() < 0) {
    if (errno == EEXIST)
      return stale(
          fmt::format("{} exists already; a master key is never overwritten", file.string()));
    return cannot("write", file);
  }
  if (::fchmod(made.get(), 0600) != 0 || !write_all(made.get(), key.bytes()) ||
      ::fsync(made.get()) != 0) {
    auto error = cannot("write", file);
    ::unlink(file.c_str());
    return error;
  }
  KeyFile parent(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (parent.get() < 0 || ::fsync(parent.get()) != 0) return cannot("sync the folder of", file);
  return Done{};
}

Result<Key> create_master_key(const fs::path &file, const fs::path &data_directory) {
  auto key = TRY(Key::random());
  TRY(write_master_key(file, data_directory, key));
  return key;
}

Result<Key> load_master_key(const fs::path &file) {
  KeyFile opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (opened.get() < 0) {
    if (errno == ENOENT)
      return not_found(fmt::format("there is no master key at {}", file.string()));
    return cannot("read", file);
  }
  struct stat info = {};
  if (::fstat(opened.get(), &info) != 0) return cannot("read", file);
  if (!S_ISREG(info.st_mode)) return invalid(fmt::format("{} is not a file", file.string()));
  if ((info.st_mode & 077) != 0)
    return forbidden(fmt::format(
        "the master key {} can be reached by other users (mode {:o}); only its owner may "
        "read it: chmod 600 {}",
        file.string(), info.st_mode & 0777, file.string()));
  if (info.st_uid != ::geteuid() && ::geteuid() != 0)
    return forbidden(fmt::format("the master key {} belongs to another user", file.string()));
  if (info.st_size != static_cast<off_t>(Key::kSize))
    return invalid(fmt::format("{} is not a master key: it has {} bytes, a master key has 32",
                               file.string(), static_cast<std::int64_t>(info.st_size)));
  std::string bytes(Key::kSize, '\0');
  std::size_t got = 0;
  while (got < bytes.size()) {
    auto n = ::read(opened.get(), bytes.data() + got, bytes.size() - got);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return cannot("read", file);
    got += static_cast<std::size_t>(n);
  }
  auto key = Key::from_bytes(bytes);
  OPENSSL_cleanse(bytes.data(), bytes.size());
  return key;
}

std::string recovery_text(const Key &key) {
  auto signs = to_base32(key.bytes(), kKeySigns) + check_signs(key.bytes());
  std::string out;
  for (std::size_t i = 0; i < signs.size(); ++i) {
    if (i > 0 && i % kGroup == 0) out += '-';
    out += signs[i];
  }
  return out;
}

Result<Key> parse_recovery(std::string_view text) {
  std::string signs;
  for (char c : text::to_half_width(text)) {
    if (c == '-' || c == ' ' || (c >= '\t' && c <= '\r')) continue;
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    if (kAlphabet.find(c) == std::string_view::npos)
      return invalid(
          fmt::format("a recovery key holds letters and digits only; sign {} is something else",
                      signs.size() + 1));
    signs += c;
  }
  if (signs.size() != kKeySigns + kCheckSigns)
    return invalid(fmt::format("a recovery key has {} signs in groups of four; this one has {}",
                               kKeySigns + kCheckSigns, signs.size()));
  std::string bytes(Key::kSize, '\0');
  unsigned rest = 0;
  for (std::size_t bit = 0; bit < kKeySigns * 5; ++bit) {
    auto value = static_cast<unsigned>(kAlphabet.find(signs[bit / 5]));
    unsigned one = value >> (4 - bit % 5) & 1;
    if (bit / 8 < bytes.size()) {
      bytes[bit / 8] =
          static_cast<char>(static_cast<unsigned char>(bytes[bit / 8]) | one << (7 - bit % 8));
    } else {
      rest |= one;
    }
  }
  if (rest != 0 || signs.substr(kKeySigns) != check_signs(bytes))
    return invalid("the recovery key does not fit its own check: a sign was read or typed wrongly");
  auto key = Key::from_bytes(bytes);
  OPENSSL_cleanse(bytes.data(), bytes.size());
  return key;
}

} // namespace yifa::crypto
