#include "postgres/url.h"

#include "base/text.h"

#include <charconv>

#include <fmt/format.h>

namespace yifa::postgres {
namespace {

Status take(std::string_view name, std::string_view value, int least, int most, int &into) {
  int number = 0;
  const auto *end = value.data() + value.size();
  if (value.empty() || std::from_chars(value.data(), end, number).ptr != end || number < least ||
      number > most)
    return invalid(fmt::format("the store's URL says {}={}; it takes a number from {} to {}", name,
                               value, least, most));
  into = number;
  return Done{};
}

} // namespace

bool is_url(std::string_view text) {
  return text.starts_with("postgresql://") || text.starts_with("postgres://");
}

Result<Url> parse_url(std::string_view text) {
  Url url;
  const auto query = text.find('?');
  url.libpq = std::string(text.substr(0, query));
  if (query == std::string_view::npos) return url;
  char sign = '?';
  for (const auto &part : text::split(text.substr(query + 1), '&')) {
    const auto equals = part.find('=');
    const auto name = part.substr(0, equals);
    const auto value = equals == std::string::npos ? std::string() : part.substr(equals + 1);
    if (name == "yifa_connections") {
      TRY(take(name, value, 1, 500, url.connections));
    } else if (name == "yifa_wait") {
      TRY(take(name, value, 1, 600, url.wait_seconds));
    } else if (name == "yifa_partitions") {
      TRY(take(name, value, 0, 64, url.partitions));
    } else if (name == "yifa_direct") {
      int direct = 0;
      TRY(take(name, value, 0, 1, direct));
      url.direct = direct == 1;
    } else if (name.starts_with("yifa_")) {
      return invalid(fmt::format("the store's URL says {}; it knows yifa_connections, yifa_wait, "
                                 "yifa_direct and yifa_partitions",
                                 name));
    } else if (!part.empty()) {
      url.libpq += sign + part;
      sign = '&';
    }
  }
  return url;
}

std::string shown(std::string_view text) {
  const auto host = text.find("://");
  const auto at = text.rfind('@', text.find('?'));
  if (host == std::string_view::npos || at == std::string_view::npos) return std::string(text);
  const auto colon = text.find(':', host + 3);
  if (colon == std::string_view::npos || colon > at) return std::string(text);
  return std::string(text.substr(0, colon)) + std::string(text.substr(at));
}

} // namespace yifa::postgres
