#include "http/form_in.h"

#include "base/text.h"

namespace yifa::http {
namespace {

constexpr std::size_t kMostFields = 40;

int form_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

Result<std::string> form_decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '+') {
      c = ' ';
    } else if (c == '%') {
      const int high = i + 2 < text.size() ? form_digit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? form_digit(text[i + 2]) : -1;
      if (high < 0 || low < 0) return invalid("the form has a bad escape");
      c = static_cast<char>(high * 16 + low);
      i += 2;
    }
    if (c == '\0') return invalid("the form holds a NUL");
    out += c;
  }
  if (!text::valid_utf8(out)) return invalid("the form is not UTF-8");
  return out;
}

} // namespace

Result<std::map<std::string, std::string>> parse_form(std::string_view body) {
  std::map<std::string, std::string> out;
  std::size_t fields = 0;
  while (!body.empty()) {
    const auto end = body.find('&');
    const auto pair = body.substr(0, end);
    body = end == std::string_view::npos ? std::string_view() : body.substr(end + 1);
    if (pair.empty()) continue;
    if (++fields > kMostFields) return invalid("the form has too many fields");
    const auto mark = pair.find('=');
    auto name = TRY(form_decode(pair.substr(0, mark)));
    auto value =
        mark == std::string_view::npos ? std::string() : TRY(form_decode(pair.substr(mark + 1)));
    out.emplace(std::move(name), std::move(value));
  }
  return out;
}

} // namespace yifa::http
