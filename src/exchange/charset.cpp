#include "exchange/charset.h"

#include "base/text.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fmt/format.h>
#include <iconv.h>

namespace yifa::exchange {
namespace {

constexpr std::size_t kPiece = 1 << 16;

/// Where a reading failed, for the message.
struct Spot {
  std::int64_t line = 1;
  std::int64_t byte = 1;
  unsigned value = 0;
};

/// Counts lines while bytes go by.
class Position {
public:
  void pass(std::string_view bytes) {
    for (char c : bytes) {
      ++byte_;
      if (c == '\n') ++line_, byte_ = 1;
    }
  }
  Spot at(unsigned char value) const { return {line_, byte_, value}; }

private:
  std::int64_t line_ = 1;
  std::int64_t byte_ = 1;
};

/// How many bytes the character beginning with `lead` has; 0 when none begins so.
std::size_t utf8_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xC2) return 0;
  if (lead < 0xE0) return 2;
  if (lead < 0xF0) return 3;
  return lead < 0xF5 ? 4 : 0;
}

/// Strict UTF-8 over pieces. `rest` keeps a character cut by a piece's end.
class Utf8Check {
public:
  /// False once ill-formed.
  bool take(std::string_view piece, bool last) {
    if (bad) return false;
    std::string joined;
    if (!rest_.empty()) {
      joined = rest_ + std::string(piece);
      piece = joined;
      rest_.clear();
    }
    std::size_t at = 0;
    while (at < piece.size()) {
      auto lead = static_cast<unsigned char>(piece[at]);
      std::size_t n = utf8_length(lead);
      if (n == 1) {
        ++at;
        continue;
      }
      if (n != 0 && at + n > piece.size() && !last) break;
      if (n == 0 || at + n > piece.size() || !text::valid_utf8(piece.substr(at, n))) {
        position_.pass(piece.substr(0, at));
        spot = position_.at(lead);
        bad = true;
        return false;
      }
      beyond_latin = beyond_latin || n > 2;
      foreign = true;
      at += n;
    }
    position_.pass(piece.substr(0, at));
    rest_ = std::string(piece.substr(at));
    return true;
  }
  bool bad = false;
  bool beyond_latin = false; ///< a character from U+0800 on: Han, kana, full-width forms
  bool foreign = false;      ///< a character beyond ASCII
  Spot spot;

private:
  Position position_;
  std::string rest_;
};

/// iconv of one charset into UTF-8 over pieces, strict.
class Converter {
public:
  explicit Converter(const char *from) : handle_(iconv_open("UTF-8", from)) {}
  Converter(const Converter &) = delete;
  Converter &operator=(const Converter &) = delete;
  ~Converter() {
    if (usable()) iconv_close(handle_);
  }
  bool usable() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

  /// Appends to `out`. False at a byte sequence that means nothing; `spot` says where.
  bool take(std::string_view piece, bool last, std::string &out) {
    std::string bytes = rest_ + std::string(piece);
    rest_.clear();
    char *in = bytes.data();
    std::size_t left = bytes.size();
    std::string buffer(std::max<std::size_t>(left * 2, 64), '\0');
    while (left > 0) {
      char *to = buffer.data();
      std::size_t room = buffer.size();
      std::size_t done = iconv(handle_, &in, &left, &to, &room);
      out.append(buffer.data(), buffer.size() - room);
      if (done != static_cast<std::size_t>(-1) || errno == E2BIG) continue;
      if (errno == EINVAL && !last) break; // a character cut by the piece's end
      position_.pass(std::string_view(bytes).substr(0, bytes.size() - left));
      spot = position_.at(static_cast<unsigned char>(*in));
      return false;
    }
    position_.pass(std::string_view(bytes).substr(0, bytes.size() - left));
    rest_ = bytes.substr(bytes.size() - left);
    return true;
  }
  Spot spot;

private:
  iconv_t handle_;
  Position position_;
  std::string rest_;
};

const char *iconv_name(Charset charset) {
  switch (charset) {
  case Charset::Utf8:
    return "UTF-8";
  case Charset::Gb18030:
    return "GB18030";
  case Charset::Utf16Le:
    return "UTF-16LE";
  case Charset::Utf16Be:
    return "UTF-16BE";
  }
  return "UTF-8";
}

std::string told(const Spot &spot) {
  return fmt::format("line {}, byte {} (0x{:02X})", spot.line, spot.byte, spot.value);
}

Status refuse_binary(std::string_view head) {
  using namespace std::string_view_literals;
  if (head.starts_with("PK\x03\x04"sv))
    return invalid(
        "the file is a workbook or a zip archive, not text; if it is a workbook, name it .xlsx");
  if (head.starts_with("\xD0\xCF\x11\xE0"sv))
    return invalid("the file is a workbook of the old .xls kind; save it as .xlsx or as CSV");
  if (head.starts_with("%PDF-"sv)) return invalid("the file is a PDF, not a table");
  return Done{};
}

} // namespace

std::string_view to_string(Charset charset) {
  switch (charset) {
  case Charset::Utf8:
    return "UTF-8";
  case Charset::Gb18030:
    return "GB 18030";
  case Charset::Utf16Le:
    return "UTF-16 (little-endian)";
  case Charset::Utf16Be:
    return "UTF-16 (big-endian)";
  }
  return "UTF-8";
}

struct TextInput::Impl {
  struct Closer {
    void operator()(std::FILE *file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Closer> file; ///< null: `bytes` holds the whole
  std::string bytes;
  std::uint64_t total = 0;
  std::uint64_t at = 0;
  std::size_t mark = 0; ///< bytes of the byte order mark
  Charset charset = Charset::Utf8;
  std::unique_ptr<Converter> converter;
  std::string cut; ///< of UTF-8: a character cut by the piece's end

  Result<std::string> raw(std::size_t most) {
    std::string out;
    if (!file) {
      out = bytes.substr(static_cast<std::size_t>(at), most);
    } else {
      out.resize(most);
      out.resize(std::fread(out.data(), 1, most, file.get()));
      if (std::ferror(file.get()) != 0)
        return unavailable(fmt::format("the file cannot be read: {}", std::strerror(errno)));
    }
    at += out.size();
    return out;
  }

  Status seek(std::uint64_t to) {
    if (file && std::fseek(file.get(), static_cast<long>(to), SEEK_SET) != 0)
      return unavailable("the file cannot be read again from its beginning");
    at = to;
    return Done{};
  }

  /// Runs the whole text through one converter; nothing when it is well formed.
  Result<std::optional<Spot>> trial(Charset as) {
    TRY(seek(mark));
    Converter trial(iconv_name(as));
    if (!trial.usable())
      return unavailable(fmt::format("this system cannot read {}", to_string(as)));
    for (;;) {
      auto piece = TRY(raw(kPiece));
      std::string out;
      if (!trial.take(piece, piece.size() < kPiece, out)) return std::optional<Spot>(trial.spot);
      if (piece.size() < kPiece) return std::optional<Spot>();
    }
  }

  Status detect() {
    auto head = TRY(raw(8));
    TRY(refuse_binary(head));
    using namespace std::string_view_literals;
    if (head.starts_with("\xEF\xBB\xBF")) mark = 3;
    if (head.starts_with("\xFF\xFE"sv)) charset = Charset::Utf16Le, mark = 2;
    if (head.starts_with("\xFE\xFF"sv)) charset = Charset::Utf16Be, mark = 2;
    if (charset != Charset::Utf8) {
      auto bad = TRY(trial(charset));
      if (bad)
        return invalid(fmt::format("the file says it is {} but is damaged at {}",
                                   to_string(charset), told(*bad)));
      return Done{};
    }
    TRY(seek(mark));
    Utf8Check check;
    for (bool last = false; !last && !check.bad;) {
      auto piece = TRY(raw(kPiece));
      last = piece.size() < kPiece;
      check.take(piece, last);
    }
    if (mark == 3 && check.bad)
      return invalid(
          fmt::format("the file says it is UTF-8 but is damaged at {}", told(check.spot)));
    bool doubtful = mark == 0 && check.foreign && !check.beyond_latin;
    if (!check.bad && !doubtful) return Done{};
    auto bad = TRY(trial(Charset::Gb18030));
    if (!bad) {
      charset = Charset::Gb18030;
    } else if (check.bad) {
      return invalid(fmt::format(
          "the text is neither UTF-8 (it fails at {}) nor GB 18030 (it fails at {}); save it "
          "as \"CSV UTF-8\" and try again",
          told(check.spot), told(*bad)));
    }
    return Done{};
  }

  Status begin() {
    TRY(seek(mark));
    cut.clear();
    converter =
        charset == Charset::Utf8 ? nullptr : std::make_unique<Converter>(iconv_name(charset));
    return Done{};
  }
};

TextInput::TextInput(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TextInput::TextInput(TextInput &&) noexcept = default;
TextInput &TextInput::operator=(TextInput &&) noexcept = default;
TextInput::~TextInput() = default;

Result<TextInput> TextInput::open(const std::filesystem::path &path) {
  std::error_code code;
  if (!std::filesystem::exists(path, code))
    return not_found(fmt::format("there is no file {}", path.string()));
  if (std::filesystem::is_directory(path, code))
    return invalid(fmt::format("{} is a folder, not a file", path.string()));
  auto impl = std::make_unique<Impl>();
  impl->file.reset(std::fopen(path.c_str(), "rb"));
  if (!impl->file)
    return unavailable(fmt::format("{} cannot be opened: {}", path.string(), std::strerror(errno)));
  impl->total = std::filesystem::file_size(path, code);
  if (code) return unavailable(fmt::format("{} cannot be read: {}", path.string(), code.message()));
  auto named = [&](Error error) {
    error.message = path.filename().string() + ": " + error.message;
    return error;
  };
  if (auto done = impl->detect(); !done) return named(done.error());
  TRY(impl->begin());
  return TextInput(std::move(impl));
}

Result<TextInput> TextInput::from_bytes(std::string bytes) {
  auto impl = std::make_unique<Impl>();
  impl->total = bytes.size();
  impl->bytes = std::move(bytes);
  TRY(impl->detect());
  TRY(impl->begin());
  return TextInput(std::move(impl));
}

Charset TextInput::charset() const { return impl_->charset; }
std::uint64_t TextInput::bytes_total() const { return impl_->total; }
std::uint64_t TextInput::bytes_read() const { return impl_->at; }
Status TextInput::rewind() { return impl_->begin(); }

Result<bool> TextInput::next(std::string &piece) {
  for (;;) {
    auto raw = TRY(impl_->raw(kPiece));
    if (raw.empty() && impl_->cut.empty()) return false;
    bool last = raw.size() < kPiece;
    piece.clear();
    if (impl_->converter) {
      // detect() has read the same bytes to the end; only a file changed meanwhile fails here.
      if (!impl_->converter->take(raw, last, piece))
        return unavailable("the file changed while it was read");
    } else {
      piece = impl_->cut + raw;
      impl_->cut.clear();
      std::size_t back = 0; // bytes of a last character that is not whole
      for (std::size_t n = 1; n <= std::min<std::size_t>(3, piece.size()) && !last; ++n) {
        auto c = static_cast<unsigned char>(piece[piece.size() - n]);
        if ((c & 0xC0) == 0x80) continue;
        if (utf8_length(c) > n) back = n;
        break;
      }
      impl_->cut = piece.substr(piece.size() - back);
      piece.resize(piece.size() - back);
    }
    if (!piece.empty()) return true;
    if (last) return false;
  }
}

Result<std::string> to_utf8(std::string_view bytes) {
  auto input = TRY(TextInput::from_bytes(std::string(bytes)));
  std::string out;
  std::string piece;
  while (TRY(input.next(piece))) out += piece;
  return out;
}

} // namespace yifa::exchange
