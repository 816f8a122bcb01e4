#include "http/call.h"

#include "base/text.h"
#include "service/orgs.h"

#include <charconv>

#include <fmt/format.h>

namespace yifa::http {
namespace {

/// Sees no record at all.
const service::Actor kNobody = [] {
  service::Actor actor;
  actor.no_records = true;
  return actor;
}();

Error bad_parameter(std::string_view name, std::string message) {
  return invalid("the address was not understood",
                 {{std::string(name), std::move(message), "", ""}});
}

} // namespace

json::value Call::said(json::value value) const {
  if (!english) desk.messages().translate_in(value);
  return value;
}

Result<store::Reader *> Call::reader() {
  if (!reader_) reader_ = TRY(environment().store.read());
  return reader_.get();
}

Result<wire::Names *> Call::names() {
  if (!names_)
    names_ = std::make_unique<wire::Names>(
        wire::Names::in(environment(), *TRY(reader()), visitor ? actor() : kNobody));
  return names_.get();
}

Result<json::object> Call::body() const {
  if (request.body.empty()) return json::object();
  auto parsed = TRY(parse_json(request.body));
  auto *object = parsed.if_object();
  if (object == nullptr) return invalid("the body is no JSON object");
  return std::move(*object);
}

std::string Call::text(std::string_view name) const { return request.parameter(name).value_or(""); }

bool Call::flag(std::string_view name) const {
  const auto said = text(name);
  return said == "1" || said == "true" || said == "yes";
}

std::vector<std::string> Call::words(std::string_view name) const {
  std::vector<std::string> out;
  for (const auto &[key, value] : request.query)
    if (key == name)
      for (auto &one : yifa::text::split(value, ','))
        if (!one.empty()) out.push_back(one);
  return out;
}

Result<std::int64_t> Call::number(std::string_view name, std::int64_t otherwise, std::int64_t least,
                                  std::int64_t most) const {
  const auto said = request.parameter(name);
  if (!said) return otherwise;
  std::int64_t value = 0;
  const auto *end = said->data() + said->size();
  const auto read = std::from_chars(said->data(), end, value);
  if (read.ec != std::errc() || read.ptr != end || value < least || value > most)
    return bad_parameter(name, fmt::format("is a number from {} to {}", least, most));
  return value;
}

Result<OrgCode> Call::org() {
  const auto said = text("org");
  if (said.empty()) return visitor ? visitor->user().org : OrgCode();
  return service::resolve_org(*TRY(reader()), said, visitor ? visitor->user().org : OrgCode());
}

Result<int> Call::year() const {
  const auto now = desk.environment().clock.today().year();
  return static_cast<int>(TRY(number("year", now, 1949, now + 2)));
}

Result<Period> Call::period() {
  if (const auto said = text("period"); !said.empty()) return Period::parse(said);
  return Period::year(TRY(year()));
}

Result<Date> Call::day(std::string_view name, Date otherwise) const {
  const auto said = text(name);
  if (said.empty()) return otherwise;
  return Date::parse(said);
}

Result<RecordId> Call::record(std::size_t at) const { return RecordId::parse(captured[at]); }

Response answer(const json::value &value, int status) {
  Response response;
  response.status = status;
  response.body = json::serialize(value);
  return response;
}

Response nothing() {
  Response response;
  response.status = 204;
  response.type.clear();
  return response;
}

Response download(std::string bytes, const std::string &type, const std::string &name) {
  Response response;
  response.type = type;
  std::string encoded;
  for (const unsigned char c : name)
    encoded += std::isalnum(c) != 0 || c == '.' || c == '-' || c == '_'
                   ? std::string(1, static_cast<char>(c))
                   : fmt::format("%{:02X}", c);
  response.headers.emplace_back("Content-Disposition", "attachment; filename*=UTF-8''" + encoded);
  response.body = std::move(bytes);
  return response;
}

} // namespace yifa::http
