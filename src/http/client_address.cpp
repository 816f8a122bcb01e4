#include "http/client_address.h"

#include "base/text.h"

#include <boost/asio/ip/address.hpp>

namespace yifa::http {
namespace {

using boost::asio::ip::address;

bool within(unsigned value, unsigned net, unsigned bits) {
  return (value >> (32 - bits)) == (net >> (32 - bits));
}

/// Loopback, private (RFC 1918) and unique local (RFC 4193) addresses.
bool near_by(const address &peer) {
  if (peer.is_loopback()) return true;
  if (peer.is_v4()) {
    const auto value = peer.to_v4().to_uint();
    return within(value, 0x0A000000, 8) || within(value, 0xAC100000, 12) ||
           within(value, 0xC0A80000, 16);
  }
  const auto v6 = peer.to_v6();
  if (v6.is_v4_mapped())
    return near_by(boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, v6));
  return (v6.to_bytes()[0] & 0xFE) == 0xFC;
}

/// "203.0.113.7", "[2001:db8::1]:443", "203.0.113.7:4711" → the address; empty when it is none.
std::string plain_address(std::string said) {
  said = text::trim(said);
  if (said.starts_with('[')) {
    said = said.substr(1, said.find(']') - 1);
  } else if (const auto colon = said.find(':');
             colon != std::string::npos && said.find(':', colon + 1) == std::string::npos) {
    said.resize(colon);
  }
  boost::system::error_code error;
  const auto parsed = boost::asio::ip::make_address(said, error);
  return error ? std::string() : parsed.to_string();
}

} // namespace

std::string client_behind_proxy(const Head &head) {
  boost::system::error_code error;
  const auto peer = boost::asio::ip::make_address(head.remote, error);
  if (error || !near_by(peer)) return head.remote;
  std::string_view hops;
  for (const auto &[name, value] : head.headers)
    if (name == "x-forwarded-for") hops = value;
  const auto client = plain_address(std::string(hops.substr(hops.rfind(',') + 1)));
  return client.empty() ? head.remote : client;
}

} // namespace yifa::http
