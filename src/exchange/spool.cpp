#include "exchange/spool.h"

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

namespace yifa::exchange {
namespace {

Error spool_fault() {
  return unavailable(
      fmt::format("the temporary folder cannot hold the rows: {}", std::strerror(errno)));
}

} // namespace

Result<Spool> Spool::create() {
  Spool spool;
  spool.file_.reset(std::tmpfile());
  if (!spool.file_) return spool_fault();
  return spool;
}

Result<Spool::Place> Spool::add(std::string_view text) {
  if (!writing_ && std::fseek(file_.get(), static_cast<long>(end_), SEEK_SET) != 0)
    return spool_fault();
  writing_ = true;
  std::uint64_t size = text.size();
  if (std::fwrite(&size, sizeof size, 1, file_.get()) != 1 ||
      std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size())
    return spool_fault();
  Place place = end_;
  end_ = after(place, text);
  return place;
}

Result<std::string> Spool::get(Place place) {
  writing_ = false;
  std::uint64_t size = 0;
  if (std::fseek(file_.get(), static_cast<long>(place), SEEK_SET) != 0 ||
      std::fread(&size, sizeof size, 1, file_.get()) != 1)
    return spool_fault();
  std::string text(static_cast<std::size_t>(size), '\0');
  if (std::fread(text.data(), 1, text.size(), file_.get()) != text.size()) return spool_fault();
  return text;
}

} // namespace yifa::exchange
