#include "base/text.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace yifa::text {
namespace {

/// Reads one code point at `at`; moves it on. U+FFFD and one byte for ill-formed input, with `ok`
/// false.
char32_t next(std::string_view text, std::size_t &at, bool &ok) {
  auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned char lead = byte(at);
  if (lead < 0x80) return text[at++];
  int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
  bool bad = lead < 0xC2 || lead > 0xF4 || at + static_cast<std::size_t>(more) >= text.size();
  char32_t c = lead & (0x3F >> more);
  if (!bad) {
    for (int i = 1; i <= more && !bad; ++i) {
      unsigned char b = byte(at + static_cast<std::size_t>(i));
      bad = (b & 0xC0) != 0x80;
      c = (c << 6) | (b & 0x3F);
    }
  }
  bad = bad || (more == 2 && c < 0x800) || (more == 3 && (c < 0x10000 || c > 0x10FFFF)) ||
        (c >= 0xD800 && c <= 0xDFFF);
  if (bad) {
    ok = false;
    ++at;
    return 0xFFFD;
  }
  at += static_cast<std::size_t>(more) + 1;
  return c;
}

} // namespace

bool valid_utf8(std::string_view text) {
  bool ok = true;
  for (std::size_t at = 0; at < text.size() && ok;) next(text, at, ok);
  return ok;
}

std::u32string decode(std::string_view text) {
  std::u32string out;
  out.reserve(text.size() / 2);
  bool ok = true;
  for (std::size_t at = 0; at < text.size();) out.push_back(next(text, at, ok));
  return out;
}

namespace {

void append(std::string &out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

} // namespace

std::string encode(char32_t c) {
  std::string out;
  append(out, c);
  return out;
}

std::string encode(std::u32string_view text) {
  std::string out;
  out.reserve(text.size() * 3);
  for (char32_t c : text) append(out, c);
  return out;
}

std::size_t length(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

std::size_t width(std::string_view text) {
  auto points = decode(text);
  return std::accumulate(
      points.begin(), points.end(), std::size_t{0}, [](std::size_t n, char32_t c) {
        return n + (c >= 0x1100 &&
                            (c < 0x2000 || c >= 0x2E80 || c == 0x2014 || c == 0x201C || c == 0x201D)
                        ? 2
                        : 1);
      });
}

std::string shorten(std::string_view text, std::size_t n) {
  auto points = decode(text);
  if (points.size() <= n) return std::string(text);
  return encode(std::u32string_view(points).substr(0, n > 0 ? n - 1 : 0)) + "…";
}

std::string to_half_width(std::string_view text) {
  // Full-width forms begin with EF BC or EF BD, the wide space with E3 80.
  auto wide = [&](std::size_t i) {
    auto lead = static_cast<unsigned char>(text[i]);
    return lead == 0xEF || lead == 0xE3;
  };
  std::size_t at = 0;
  while (at < text.size() && !wide(at)) ++at;
  if (at == text.size() && valid_utf8(text)) return std::string(text);
  auto points = decode(text);
  for (char32_t &c : points) {
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
    if (c == 0x3000) c = ' ';
  }
  return encode(points);
}

std::string trim(std::string_view text) {
  auto blank = [](char32_t c) {
    return c == ' ' || (c >= 9 && c <= 13) || c == 0x3000 || c == 0xA0 || c == 0xFEFF ||
           c == 0x200B;
  };
  // The first and the last character decide; most text has nothing to trim.
  bool ok = true;
  std::size_t from = 0;
  for (std::size_t at = 0; at < text.size(); from = at)
    if (!blank(next(text, at, ok))) break;
  text.remove_prefix(from);
  while (!text.empty()) {
    std::size_t at = text.size() - 1;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
    std::size_t end = at;
    if (!blank(next(text, end, ok)) || end != text.size()) break;
    text.remove_suffix(text.size() - at);
  }
  return valid_utf8(text) ? std::string(text) : encode(decode(text));
}

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
  if (from.empty()) return text;
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  std::size_t at = 0;
  while (true) {
    auto end = text.find(separator, at);
    parts.emplace_back(text.substr(at, end == std::string_view::npos ? end : end - at));
    if (end == std::string_view::npos) return parts;
    at = end + 1;
  }
}

std::string join(const std::vector<std::string> &parts, std::string_view separator) {
  std::string out;
  for (const auto &part : parts) {
    if (&part != parts.data()) out += separator;
    out += part;
  }
  return out;
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char &c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

bool is_han(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x323AF) || c == 0x3007;
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    auto u = static_cast<unsigned char>(c);
    return (u < 0x20 && u != '\n' && u != '\t') || u == 0x7F;
  });
}

std::string chinese_number(int n) {
  static constexpr std::array<const char *, 10> digits = {"零", "一", "二", "三", "四",
                                                          "五", "六", "七", "八", "九"};
  static constexpr std::array<const char *, 4> places = {"", "十", "百", "千"};
  if (n <= 0 || n > 9999) return std::to_string(n);
  std::string out;
  bool gap = false;
  for (int place = 3, power = 1000; place >= 0; --place, power /= 10) {
    int digit = n / power % 10;
    if (digit == 0) {
      gap = !out.empty();
      continue;
    }
    if (gap) out += digits[0];
    gap = false;
    if (!(digit == 1 && place == 1 && out.empty())) out += digits[static_cast<std::size_t>(digit)];
    out += places[static_cast<std::size_t>(place)];
  }
  return out;
}

std::size_t distance(std::string_view a, std::string_view b) {
  auto x = decode(a);
  auto y = decode(b);
  std::vector<std::size_t> row(y.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= x.size(); ++i) {
    std::size_t corner = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= y.size(); ++j) {
      std::size_t up = row[j];
      row[j] = std::min({up + 1, row[j - 1] + 1, corner + (x[i - 1] == y[j - 1] ? 0U : 1U)});
      corner = up;
    }
  }
  return row.back();
}

std::string nearest(std::string_view word, const std::vector<std::string> &names) {
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(1, length(word) / 3) + 1;
  for (const auto &name : names) {
    auto d = distance(word, name);
    if (d < best_distance) {
      best_distance = d;
      best = name;
    }
  }
  return best;
}

} // namespace yifa::text
