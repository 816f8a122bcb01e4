#include "http/sniff.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>

#include <fmt/format.h>

namespace yifa::http {
namespace {

using namespace std::string_view_literals;

struct Magic {
  std::size_t at;
  std::string_view bytes;
  std::string_view type;
};
constexpr std::array<Magic, 10> kMagic{{
    {0, "\xFF\xD8\xFF"sv, "image/jpeg"},
    {0, "\x89PNG\r\n\x1A\n"sv, "image/png"},
    {0, "GIF8"sv, "image/gif"},
    {8, "WEBP"sv, "image/webp"},
    {0, "%PDF-"sv, "application/pdf"},
    {0, "PK\x03\x04"sv, "application/zip"},
    {0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, "application/msword"},
    {4, "ftypheic"sv, "image/heic"},
    {4, "ftyp"sv, "video/mp4"},
    {0, "OFD"sv, "application/ofd"},
}};

/// Endings an office uses, each with what the content must be.
const std::map<std::string, std::string_view, std::less<>> &endings() {
  static const std::map<std::string, std::string_view, std::less<>> known = {
      {".jpg", "image/jpeg"},         {".jpeg", "image/jpeg"},
      {".png", "image/png"},          {".gif", "image/gif"},
      {".webp", "image/webp"},        {".heic", "image/heic"},
      {".pdf", "application/pdf"},    {".zip", "application/zip"},
      {".docx", "application/zip"},   {".xlsx", "application/zip"},
      {".pptx", "application/zip"},   {".ofd", "application/zip"},
      {".doc", "application/msword"}, {".xls", "application/msword"},
      {".wps", "application/msword"}, {".et", "application/msword"},
      {".mp4", "video/mp4"},          {".txt", "text/plain"},
      {".csv", "text/plain"},
  };
  return known;
}

bool plain_text(std::string_view beginning) {
  return std::none_of(beginning.begin(), beginning.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && c != '\n' && c != '\r' && c != '\t';
  });
}

} // namespace

std::string sniff(std::string_view beginning) {
  for (const auto &magic : kMagic)
    if (beginning.size() >= magic.at + magic.bytes.size() &&
        beginning.substr(magic.at, magic.bytes.size()) == magic.bytes)
      return std::string(magic.type);
  return !beginning.empty() && plain_text(beginning) ? "text/plain" : "";
}

Result<std::string> type_of_upload(const std::filesystem::path &content, const std::string &name) {
  std::ifstream in(content, std::ios::binary);
  std::string beginning(4096, '\0');
  in.read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
  beginning.resize(static_cast<std::size_t>(in.gcount()));
  if (beginning.empty()) return invalid("the file is empty");
  const auto type = sniff(beginning);
  const auto ending = text::lower_ascii(std::filesystem::path(name).extension().string());
  const auto known = endings().find(ending);
  if (known == endings().end())
    return invalid(fmt::format("files ending in \"{}\" are not kept; pictures, PDF, Word, Excel, "
                               "WPS, OFD, text, zip and mp4 are",
                               ending));
  if (type != known->second)
    return invalid(
        fmt::format("the content is not what the name \"{}\" says", text::shorten(name, 60)));
  return type;
}

bool shown_in_place(std::string_view type) {
  return type == "image/jpeg" || type == "image/png" || type == "image/gif" ||
         type == "image/webp" || type == "application/pdf";
}

} // namespace yifa::http
