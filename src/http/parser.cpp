#include "http/parser.h"

#include "base/text.h"

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>

namespace yifa::http {

namespace beast = boost::beast;

struct HeaderParser::State {
  beast::http::request_parser<beast::http::empty_body> parser;
};

namespace {

std::string_view parser_view(beast::string_view text) { return {text.data(), text.size()}; }

Refusal parser_refusal(const beast::error_code &failed) {
  using beast::http::error;
  if (failed == error::header_limit || failed == error::buffer_overflow)
    return {431, "The header is too large."};
  if (failed == error::bad_version) return {505, "Only HTTP/1.0 and HTTP/1.1 are spoken here."};
  return {400, "The request is malformed."};
}

} // namespace

HeaderParser::HeaderParser() : state_(std::make_unique<State>()) {
  // Both before the first byte is read. How much of a body may come is the handler's to say, once
  // it knows the header; BodyReader reads it.
  state_->parser.header_limit(16 * 1024);
  state_->parser.body_limit(boost::none);
}

HeaderParser::~HeaderParser() = default;

Fed HeaderParser::read(std::string_view bytes) {
  Fed fed;
  auto &parser = state_->parser;
  beast::error_code failed;
  while (!parser.is_header_done()) {
    fed.used += parser.put({bytes.data() + fed.used, bytes.size() - fed.used}, failed);
    if (failed == beast::http::error::need_more) return fed;
    if (failed) {
      fed.state = Fed::State::Refused;
      fed.refusal = parser_refusal(failed);
      return fed;
    }
  }
  fed.state = Fed::State::Done;
  return fed;
}

Opening HeaderParser::opening() {
  const auto &message = state_->parser.get();
  Opening out;
  out.method = message.method_string();
  out.target = message.target();
  out.version = static_cast<int>(message.version());
  for (const auto &field : message)
    out.headers.emplace_back(text::lower_ascii(parser_view(field.name_string())), field.value());
  return out;
}

} // namespace yifa::http
