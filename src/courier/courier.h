#pragma once

#include "base/result.h"

#include <chrono>
#include <string>
#include <string_view>

/// One request to another instance of Yifa, and its answer. Nothing is followed or kept: no
/// redirect, no cookie, no connection.
namespace yifa::courier {

struct Answer {
  int status = 0;
  std::string body;
};

/// Where a request goes.
struct Address {
  bool tls = false;
  std::string host;
  std::string port;
  std::string target; ///< path, "/" at least
};
/// "https://HOST[:PORT][/path]", or "http://" of this machine itself. Invalid for anything else:
/// figures do not cross a network in clear.
Result<Address> parse_address(const std::string &url);

/// One header more than the usual ones; none when the name is empty. Neither holds a line break.
struct Header {
  std::string name;
  std::string value;
};

/// Posts a body. With https the certificate must be of that host and of an authority this machine
/// trusts ($SSL_CERT_FILE names others). Invalid for the address; Unavailable when nobody answers
/// within `limit`, the certificate does not hold or the answer is no HTTP or larger than 1 MiB.
Result<Answer> post(const std::string &url, std::string_view type, std::string_view body,
                    const Header &header = {},
                    std::chrono::seconds limit = std::chrono::seconds(120));

} // namespace yifa::courier
