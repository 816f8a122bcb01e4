#include "ooxml/xml.h"

#include "base/text.h"

#include <optional>

#include <expat.h>
#include <fmt/format.h>

namespace yifa::ooxml {
namespace {

std::string_view local_name(std::string_view name) {
  auto colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// A tag or comment that never ends would be gathered whole by expat.
constexpr std::size_t kLongestToken = 4U << 20;

} // namespace

std::string_view XmlAttributes::get(std::string_view wanted) const {
  for (const char **at = pairs_; *at; at += 2)
    if (local_name(*at) == wanted) return at[1];
  return {};
}

bool XmlAttributes::has(std::string_view wanted) const {
  for (const char **at = pairs_; *at; at += 2)
    if (local_name(*at) == wanted) return true;
  return false;
}

bool XmlAttributes::flag(std::string_view wanted) const {
  auto value = get(wanted);
  return value == "1" || value == "true" || value == "on";
}

struct XmlParser::State {
  XmlHandler &handler;
  std::string part;
  XmlLimits limits;
  XML_Parser expat = nullptr;
  std::size_t depth = 0;
  std::size_t since_event = 0; ///< bytes fed since expat last reported anything
  std::optional<Error> failed;

  State(XmlHandler &h, std::string p, const XmlLimits &l)
      : handler(h), part(std::move(p)), limits(l), expat(XML_ParserCreate(nullptr)) {}
  ~State() {
    if (expat) XML_ParserFree(expat);
  }
  State(const State &) = delete;
  State &operator=(const State &) = delete;

  Error at_position(const std::string &what) const {
    return invalid(fmt::format("{}, line {}, column {}: {}", part, XML_GetCurrentLineNumber(expat),
                               XML_GetCurrentColumnNumber(expat) + 1, what));
  }
  void stop(Error error) {
    if (failed) return;
    failed = std::move(error);
    XML_StopParser(expat, XML_FALSE);
  }
  void take(Status status) {
    if (!status) stop(std::move(status).error());
  }
  Status parse(std::string_view piece, bool last) {
    if (failed) return *failed;
    if (XML_Parse(expat, piece.data(), static_cast<int>(piece.size()), last) == XML_STATUS_ERROR &&
        !failed)
      failed = at_position(
          fmt::format("this is not well-formed XML: {}", XML_ErrorString(XML_GetErrorCode(expat))));
    if (failed) return *failed;
    since_event += piece.size();
    if (since_event > kLongestToken) {
      failed = at_position("a tag or comment of more than 4 MB");
      return *failed;
    }
    return Done{};
  }
};

namespace {

void on_start(void *data, const XML_Char *name, const XML_Char **pairs) {
  auto &state = *static_cast<XmlParser::State *>(data);
  state.since_event = 0;
  if (state.failed) return;
  if (++state.depth > state.limits.depth)
    return state.stop(
        state.at_position(fmt::format("elements nested more than {} deep", state.limits.depth)));
  std::size_t count = 0;
  while (pairs[count]) count += 2;
  if (count / 2 > state.limits.attributes)
    return state.stop(
        state.at_position(fmt::format("more than {} attributes", state.limits.attributes)));
  state.take(state.handler.start(local_name(name), XmlAttributes(pairs)));
}

void on_end(void *data, const XML_Char *name) {
  auto &state = *static_cast<XmlParser::State *>(data);
  state.since_event = 0;
  if (state.failed) return;
  --state.depth;
  state.take(state.handler.end(local_name(name)));
}

void on_text(void *data, const XML_Char *text, int length) {
  auto &state = *static_cast<XmlParser::State *>(data);
  state.since_event = 0;
  if (state.failed) return;
  state.take(state.handler.text(std::string_view(text, static_cast<std::size_t>(length))));
}

void on_other(void *data, const XML_Char *, int) {
  static_cast<XmlParser::State *>(data)->since_event = 0;
}

void on_doctype(void *data, const XML_Char *, const XML_Char *, const XML_Char *, int) {
  auto &state = *static_cast<XmlParser::State *>(data);
  state.stop(state.at_position("a document type declaration; no Office file has one, so it is "
                               "not read"));
}

} // namespace

XmlParser::XmlParser(XmlHandler &handler, std::string part, const XmlLimits &limits)
    : state_(std::make_unique<State>(handler, std::move(part), limits)) {
  if (!state_->expat) {
    state_->failed = unavailable("not enough memory to read XML");
    return;
  }
  XML_SetUserData(state_->expat, state_.get());
  XML_SetElementHandler(state_->expat, on_start, on_end);
  XML_SetCharacterDataHandler(state_->expat, on_text);
  XML_SetDefaultHandler(state_->expat, on_other);
  XML_SetStartDoctypeDeclHandler(state_->expat, on_doctype);
}

XmlParser::XmlParser(XmlParser &&) noexcept = default;
XmlParser::~XmlParser() = default;

Status XmlParser::feed(std::string_view piece) {
  constexpr std::size_t kMost = 1U << 20; // expat counts in int, and rescans what it holds
  for (std::size_t at = 0; at < piece.size(); at += kMost)
    TRY(state_->parse(piece.substr(at, kMost), false));
  return Done{};
}

Status XmlParser::finish() { return state_->parse({}, true); }

Status parse_xml(std::string_view document, XmlHandler &handler, std::string part,
                 const XmlLimits &limits) {
  XmlParser parser(handler, std::move(part), limits);
  TRY(parser.feed(document));
  return parser.finish();
}

std::string xml_text(std::string_view raw) {
  std::string out;
  out.reserve(raw.size());
  std::u32string points = text::decode(raw);
  for (std::size_t i = 0; i < points.size(); ++i) {
    char32_t c = points[i];
    if (c == U'\r') {
      if (i + 1 < points.size() && points[i + 1] == U'\n') continue;
      c = U'\n';
    }
    bool allowed = c == U'\t' || c == U'\n' || (c >= 0x20 && c != 0x7F && (c < 0x80 || c > 0x9F));
    if (!allowed || (c & 0xFFFE) == 0xFFFE) continue;
    out += text::encode(c);
  }
  return out;
}

} // namespace yifa::ooxml
