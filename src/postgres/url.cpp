#include "postgres/url.h"

#include "base/text.h"

#include <charconv>
#include <memory>

#include <fmt/format.h>
#include <libpq-fe.h>

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

/// Says nothing of what was read: a password may stand anywhere in what is none.
Error no_url() {
  return invalid(
      "the store's URL cannot be read; it is written "
      "postgresql://account@host:port/database?name=value, and signs that mean something "
      "else there as %XX (@ is %40, / is %2F)");
}

struct OptionsFreed {
  void operator()(PQconninfoOption *options) const { PQconninfoFree(options); }
};

/// Whether libpq reads it, and as it was meant: where a sign of a password was taken for one of the
/// URL, the rest of it would be told as a host's or a port's name.
bool is_readable(const std::string &url) {
  const auto place = url.substr(0, url.find('?'));
  const auto begin = place.find("://") + 3;
  const auto at = place.find('@', begin);
  if (at != std::string::npos && (place.find('/', begin) < at || place.rfind('@') != at))
    return false;
  const std::unique_ptr<PQconninfoOption, OptionsFreed> options(
      PQconninfoParse(url.c_str(), nullptr));
  if (!options) return false;
  for (const auto *one = options.get(); one->keyword != nullptr; ++one)
    if (std::string_view(one->keyword) == "port" && one->val != nullptr &&
        std::string_view(one->val).find_first_not_of("0123456789,") != std::string_view::npos)
      return false;
  return true;
}

} // namespace

bool is_url(std::string_view text) {
  return text.starts_with("postgresql://") || text.starts_with("postgres://");
}

Result<Url> parse_url(std::string_view text) {
  Url url;
  const auto query = text.find('?');
  url.libpq = std::string(text.substr(0, query));
  char sign = '?';
  const auto more = query == std::string_view::npos ? std::string_view() : text.substr(query + 1);
  for (const auto &part : text::split(more, '&')) {
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
  if (!is_readable(url.libpq)) return no_url();
  return url;
}

std::string shown(std::string_view text) {
  const auto scheme = text.find("://");
  if (scheme != std::string_view::npos) return std::string(text.substr(0, scheme + 3)) + "…";
  return std::string(text.substr(0, text.find_first_of(" =")));
}

} // namespace yifa::postgres
