#include "courier/courier.h"

#include "base/text.h"

#include <algorithm>
#include <optional>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <fmt/format.h>

namespace yifa::courier {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using Tcp = asio::ip::tcp;
constexpr std::uint64_t kMostAnswer = 1 << 20;

bool this_machine(const std::string &host) {
  boost::system::error_code failed;
  const auto address = asio::ip::make_address(host, failed); // a name may lead anywhere
  return host == "localhost" || (!failed && address.is_loopback());
}

template <typename Stream>
asio::awaitable<Answer> exchange(Stream &stream, const Address &to, std::string_view type,
                                 std::string_view body, const Header &header) {
  http::request<http::span_body<const char>> request(http::verb::post, to.target, 11);
  request.set(http::field::host, to.host.find(':') == std::string::npos
                                     ? to.host + ":" + to.port
                                     : "[" + to.host + "]:" + to.port);
  request.set(http::field::user_agent, "yifa");
  request.set(http::field::content_type, boost::beast::string_view(type.data(), type.size()));
  request.set(http::field::accept_language, "en");
  request.set(http::field::connection, "close");
  if (!header.name.empty()) request.set(header.name, header.value);
  request.body() = {body.data(), body.size()};
  request.prepare_payload();
  boost::beast::flat_buffer buffer;
  http::response_parser<http::string_body> answer;
  answer.body_limit(kMostAnswer);
  // A server that refuses early may close before it has read everything: its answer is read still.
  boost::system::error_code cut;
  co_await http::async_write(stream, request, asio::redirect_error(asio::use_awaitable, cut));
  co_await http::async_read(stream, buffer, answer, asio::use_awaitable);
  co_return Answer{static_cast<int>(answer.get().result_int()), std::move(answer.get().body())};
}

asio::awaitable<Answer> carry(const Address &to, std::string_view type, std::string_view body,
                              const Header &header) {
  const auto executor = co_await asio::this_coro::executor;
  Tcp::resolver resolver(executor);
  const auto found = co_await resolver.async_resolve(to.host, to.port, asio::use_awaitable);
  if (!to.tls) {
    Tcp::socket socket(executor);
    co_await asio::async_connect(socket, found, asio::use_awaitable);
    co_return co_await exchange(socket, to, type, body, header);
  }
  asio::ssl::context context(asio::ssl::context::tls_client);
  context.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                      asio::ssl::context::no_tlsv1_1);
  context.set_default_verify_paths();
  asio::ssl::stream<Tcp::socket> stream(executor, context);
  stream.set_verify_mode(asio::ssl::verify_peer);
  stream.set_verify_callback(asio::ssl::host_name_verification(to.host));
  SSL_set_tlsext_host_name(stream.native_handle(), to.host.c_str());
  co_await asio::async_connect(stream.next_layer(), found, asio::use_awaitable);
  co_await stream.async_handshake(asio::ssl::stream_base::client, asio::use_awaitable);
  co_return co_await exchange(stream, to, type, body, header);
}

} // namespace

Result<Address> parse_address(const std::string &url) {
  const auto wrong = [&](const std::string &why) {
    return invalid(fmt::format("\"{}\" is no address of a county's instance: {}", url, why));
  };
  Address out;
  out.tls = url.starts_with("https://");
  if (!out.tls && !url.starts_with("http://")) return wrong("it begins with https://");
  auto rest = url.substr(url.find("//") + 2);
  const auto slash = rest.find('/');
  out.target = slash == std::string::npos ? "/" : rest.substr(slash);
  rest = rest.substr(0, slash);
  const auto colon = rest.rfind(':');
  if (rest.starts_with('[')) {
    const auto end = rest.find(']');
    if (end == std::string::npos) return wrong("a bracket is not closed");
    out.host = rest.substr(1, end - 1);
    if (end + 1 < rest.size() && rest[end + 1] == ':') out.port = rest.substr(end + 2);
  } else {
    out.host = rest.substr(0, colon);
    if (colon != std::string::npos) out.port = rest.substr(colon + 1);
  }
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == ':';
  };
  if (out.host.empty() || !std::all_of(out.host.begin(), out.host.end(), plain))
    return wrong("it names no host");
  if (out.port.empty()) out.port = out.tls ? "443" : "80";
  if (out.port.size() > 5 || out.port.find_first_not_of("0123456789") != std::string::npos)
    return wrong("the port is no number");
  // A line break in a path would be a header of its own.
  if (text::has_control(out.target) || out.target.find(' ') != std::string::npos)
    return wrong("the path holds a blank");
  if (!out.tls && !this_machine(out.host))
    return wrong("figures cross a network only over https://");
  return out;
}

Result<Answer> post(const std::string &url, std::string_view type, std::string_view body,
                    const Header &header, std::chrono::seconds limit) {
  const auto to = TRY(parse_address(url));
  asio::io_context io;
  std::optional<Answer> answer;
  std::string why;
  asio::co_spawn(
      io,
      [&]() -> asio::awaitable<void> {
        try {
          answer = co_await carry(to, type, body, header);
        } catch (const std::exception &failed) {
          why = failed.what();
        }
      },
      [&](const std::exception_ptr &) {});
  io.run_for(limit);
  if (answer) return std::move(*answer);
  if (why.empty()) why = fmt::format("no answer within {} seconds", limit.count());
  return unavailable(fmt::format("{} cannot be reached: {}", url, why));
}

} // namespace yifa::courier
