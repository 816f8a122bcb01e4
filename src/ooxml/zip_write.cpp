#include "ooxml/zip.h"

#include <algorithm>
#include <cstdlib>

#include <zlib.h>

namespace yifa::ooxml {
namespace {

// Written by hand: libzip stamps entries by the local time zone and offers no other date.
constexpr std::uint16_t kVersion = 20;
constexpr std::uint16_t kUtf8Names = 0x0800;
constexpr std::uint16_t kStored = 0, kDeflated = 8;
constexpr std::uint16_t kTime = 0, kDate = 0x0021; // 1980-01-01 00:00
constexpr std::uint64_t kMost = 0xFFFFFFFFULL;

void put16(std::string &out, std::uint32_t n) {
  out += static_cast<char>(n & 0xFF);
  out += static_cast<char>((n >> 8) & 0xFF);
}
void put32(std::string &out, std::uint64_t n) {
  put16(out, static_cast<std::uint32_t>(n & 0xFFFF));
  put16(out, static_cast<std::uint32_t>((n >> 16) & 0xFFFF));
}

/// Raw deflate; empty when zlib has no memory or the result is not smaller.
std::string deflated(std::string_view content) {
  z_stream stream{};
  if (deflateInit2(&stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) != Z_OK) return {};
  std::string out(deflateBound(&stream, static_cast<uLong>(content.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(content.data()));
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = reinterpret_cast<Bytef *>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  bool done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return done && out.size() < content.size() ? out : std::string();
}

} // namespace

void ZipWriter::add(std::string_view name, std::string_view content) {
  std::string packed = deflated(content);
  std::uint16_t method = packed.empty() ? kStored : kDeflated;
  std::string_view data = packed.empty() ? content : std::string_view(packed);
  std::uint64_t offset = bytes_.size();
  if (count_ == 0xFFFE || offset + data.size() + 4096 > kMost || content.size() > kMost ||
      name.size() > 0xFFFF)
    std::abort();
  bool ascii = std::all_of(name.begin(), name.end(), [](char c) { return (c & 0x80) == 0; });
  auto crc = crc32_z(0, reinterpret_cast<const Bytef *>(content.data()), content.size());

  std::string common; // what local header and directory share
  put16(common, kVersion);
  put16(common, ascii ? 0 : kUtf8Names);
  put16(common, method);
  put16(common, kTime);
  put16(common, kDate);
  put32(common, crc);
  put32(common, data.size());
  put32(common, content.size());
  put16(common, static_cast<std::uint32_t>(name.size()));
  put16(common, 0); // extra field

  bytes_ += "PK\x03\x04";
  bytes_ += common;
  bytes_ += name;
  bytes_ += data;

  directory_ += "PK\x01\x02";
  put16(directory_, kVersion);
  directory_ += common;
  put16(directory_, 0); // comment
  put16(directory_, 0); // disk
  put16(directory_, 0); // internal attributes
  put32(directory_, 0); // external attributes
  put32(directory_, offset);
  directory_ += name;
  ++count_;
}

std::string ZipWriter::finish() {
  std::uint64_t at = bytes_.size();
  bytes_ += directory_;
  bytes_ += "PK\x05\x06";
  put32(bytes_, 0); // disks
  put16(bytes_, count_);
  put16(bytes_, count_);
  put32(bytes_, directory_.size());
  put32(bytes_, at);
  put16(bytes_, 0); // comment
  std::string out = std::move(bytes_);
  *this = ZipWriter();
  return out;
}

} // namespace yifa::ooxml
