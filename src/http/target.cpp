#include "http/target.h"

#include "base/text.h"

#include <algorithm>

namespace yifa::http {

namespace {

int target_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool target_control(char c) {
  auto u = static_cast<unsigned char>(c);
  return u < 0x20 || u == 0x7F;
}

/// Decodes %XX once. `path`: a slash or backslash that was hidden is refused, + is a plus.
Result<std::string> target_decode(std::string_view text, bool path) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size()) return invalid("the address ends within an escape");
      int high = target_digit(text[i + 1]);
      int low = target_digit(text[i + 2]);
      if (high < 0 || low < 0) return invalid("the address has a bad escape");
      c = static_cast<char>(high * 16 + low);
      i += 2;
      if (path && c == '/') return invalid("the address hides a slash");
    } else if (c == '+' && !path) {
      c = ' ';
    }
    if (target_control(c)) return invalid("the address holds a control character");
    if (path && c == '\\') return invalid("the address holds a backslash");
    out += c;
  }
  if (!text::valid_utf8(out)) return invalid("the address is not UTF-8");
  return out;
}

Status target_segments(std::string_view path) {
  for (std::size_t from = 1; from <= path.size();) {
    auto end = std::min(path.find('/', from), path.size());
    auto segment = path.substr(from, end - from);
    if (segment == "." || segment == "..") return invalid("the address climbs");
    if (segment.empty() && end < path.size()) return invalid("the address has an empty segment");
    from = end + 1;
  }
  return Done{};
}

/// What follows scheme and host, if those are there.
std::string_view target_origin(std::string_view text) {
  for (std::string_view scheme : {"http://", "https://"}) {
    if (text::lower_ascii(text.substr(0, scheme.size())) != scheme) continue;
    auto slash = text.find_first_of("/?", scheme.size());
    return slash == std::string_view::npos ? std::string_view("/") : text.substr(slash);
  }
  return text;
}

} // namespace

Result<Target> parse_target(std::string_view text) {
  if (text.size() > kLongestTarget) return invalid("the address is too long");
  if (text.find('#') != std::string_view::npos) return invalid("the address has a fragment");
  if (text.empty() || text[0] != '/') text = target_origin(text);
  auto mark = text.find('?');
  auto path = text.substr(0, mark);
  if (path.empty() || path[0] != '/') return invalid("the address does not begin with a slash");
  Target out;
  out.path = TRY(target_decode(path, true));
  TRY(target_segments(out.path));
  if (mark == std::string_view::npos) return out;
  auto rest = text.substr(mark + 1);
  while (!rest.empty()) {
    auto end = std::min(rest.find('&'), rest.size());
    auto pair = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (pair.empty()) continue;
    auto equals = std::min(pair.find('='), pair.size());
    auto name = TRY(target_decode(pair.substr(0, equals), false));
    auto value = TRY(target_decode(pair.substr(std::min(equals + 1, pair.size())), false));
    out.query.emplace_back(std::move(name), std::move(value));
  }
  return out;
}

} // namespace yifa::http
