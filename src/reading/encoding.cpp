#include "reading/encoding.h"

#include "base/text.h"

#include <cerrno>
#include <fmt/format.h>
#include <iconv.h>
#include <optional>

namespace yifa::reading {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

struct IllByte {
  std::size_t at = 0; ///< offset of the first byte that means nothing
};

/// iconv of a whole text into UTF-8.
class TextConverter {
public:
  explicit TextConverter(const char *charset) : handle_(::iconv_open("UTF-8", charset)) {}
  TextConverter(const TextConverter &) = delete;
  TextConverter &operator=(const TextConverter &) = delete;
  ~TextConverter() {
    if (usable()) ::iconv_close(handle_);
  }
  bool usable() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

  /// Appends to `out`; each ill-formed byte becomes U+FFFD and only the first is told.
  std::optional<IllByte> convert(std::string_view bytes, Faults faults, std::string &out) {
    std::optional<IllByte> ill;
    // iconv takes its input as char *, but does not write there.
    char *in = const_cast<char *>(bytes.data());
    std::size_t left = bytes.size();
    std::string buffer(64 << 10, '\0');
    while (left > 0) {
      char *to = buffer.data();
      std::size_t room = buffer.size();
      bool done = ::iconv(handle_, &in, &left, &to, &room) != static_cast<std::size_t>(-1);
      bool full = !done && errno == E2BIG;
      out.append(buffer.data(), buffer.size() - room);
      if (done || full) continue;
      if (!ill) ill = IllByte{bytes.size() - left};
      if (faults == Faults::Refuse) return ill;
      out += kReplacement;
      ++in, --left;
    }
    return ill;
  }

private:
  iconv_t handle_;
};

struct Utf8Count {
  std::size_t sound = 0; ///< characters beyond ASCII
  std::size_t ill = 0;   ///< bytes that mean nothing
  std::size_t first_ill = 0;
};

Utf8Count count_utf8(std::string_view bytes) {
  Utf8Count count;
  for (std::size_t at = 0; at < bytes.size();) {
    auto lead = static_cast<unsigned char>(bytes[at]);
    if (lead < 0x80) {
      ++at;
      continue;
    }
    std::size_t n = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (at + n <= bytes.size() && text::valid_utf8(bytes.substr(at, n))) {
      ++count.sound;
      at += n;
      continue;
    }
    if (count.ill++ == 0) count.first_ill = at;
    ++at;
  }
  return count;
}

Error ill_formed(std::string_view bytes, std::size_t at, std::string_view charset) {
  return invalid(fmt::format("the text is damaged: byte {} (0x{:02X}) is no {}; open it, check it "
                             "there and save it again as UTF-8",
                             at + 1, static_cast<unsigned char>(bytes[at]), charset));
}

Result<std::string> convert_from(const char *charset, std::string_view told, std::string_view bytes,
                                 std::size_t offset, Faults faults) {
  TextConverter converter(charset);
  if (!converter.usable()) return unavailable(fmt::format("this system cannot convert {}", told));
  std::string out;
  auto ill = converter.convert(bytes.substr(offset), faults, out);
  if (ill && faults == Faults::Refuse) return ill_formed(bytes, offset + ill->at, told);
  return out;
}

bool unseen(char32_t c) {
  if (c < 0x20) return c != '\t' && c != '\n';
  return (c >= 0x7F && c < 0xA0) || c == 0xAD || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
         (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xFFF9 && c <= 0xFFFB) || (c & 0xFFFE) == 0xFFFE;
}

/// Blanks of other widths become the two kinds that Chinese texts know.
char32_t known_blank(char32_t c) {
  if (c == 0x2001 || c == 0x2003) return 0x3000;
  return (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x1680 ? U' ' : c;
}

bool ends_source_line(char32_t c) {
  return c == '\n' || c == '\v' || c == '\f' || c == '\r' || c == 0x85 || c == 0x2028 ||
         c == 0x2029;
}

} // namespace

Result<std::string> decode_text(std::string_view bytes, Faults faults, std::string_view hint) {
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    bytes.remove_prefix(3);
  } else if (bytes.starts_with("\xFF\xFE")) {
    return convert_from("UTF-16LE", "UTF-16", bytes, 2, faults);
  } else if (bytes.starts_with("\xFE\xFF")) {
    return convert_from("UTF-16BE", "UTF-16", bytes, 2, faults);
  }
  if (faults == Faults::Refuse && bytes.find('\0') != std::string_view::npos)
    return invalid("this is a binary file, not a text");
  auto utf8 = count_utf8(bytes);
  if (utf8.ill == 0) return std::string(bytes);
  // Han text in GB 18030 is hardly ever UTF-8 by chance, so mostly sound means damaged.
  if (utf8.sound > utf8.ill * 4) {
    if (faults == Faults::Refuse) return ill_formed(bytes, utf8.first_ill, "UTF-8");
    return text::encode(text::decode(bytes));
  }
  auto lower = text::lower_ascii(hint);
  if (lower.starts_with("big5")) return convert_from("BIG5-HKSCS", "Big5", bytes, 0, faults);
  return convert_from("GB18030", "UTF-8 or GB 18030", bytes, 0, faults);
}

std::string clean_characters(std::string_view text) {
  std::u32string out;
  out.reserve(text.size() / 2);
  bool after_return = false;
  for (char32_t c : text::decode(text)) {
    bool second = after_return && c == '\n';
    after_return = c == '\r';
    if (second) continue;
    if (ends_source_line(c))
      out += U'\n';
    else if (!unseen(c))
      out += known_blank(c);
  }
  return text::encode(out);
}

} // namespace yifa::reading
