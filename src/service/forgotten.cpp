#include "service/forgotten.h"

#include "base/file.h"
#include "base/text.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace yifa::service {

Status note_forgotten(const std::filesystem::path &list, const RecordId &record) {
  if (list.empty()) return Done{};
  const auto line = record.text() + "\n";
  const int fd = ::open(list.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const bool written = fd >= 0 &&
                       ::write(fd, line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
                       ::fsync(fd) == 0;
  const int why = errno;
  if (fd >= 0) ::close(fd);
  if (written) return Done{};
  return unavailable(
      fmt::format("cannot note in {} what is forgotten: {}", list.string(), std::strerror(why)));
}

Result<std::vector<RecordId>> read_forgotten(const std::filesystem::path &list) {
  std::vector<RecordId> found;
  std::error_code error;
  if (list.empty() || !std::filesystem::exists(list, error)) return found;
  for (const auto &line : text::split(TRY(read_file(list, 1U << 28)), '\n'))
    if (!line.empty()) found.push_back(TRY(RecordId::parse(line)));
  return found;
}

} // namespace yifa::service
