#include "http/openapi.h"

#include "base/text.h"

#include <fmt/format.h>

namespace yifa::http {
namespace {

json::object reference(const std::string &schema) {
  return {{"$ref", "#/components/schemas/" + schema}};
}

json::object content(const std::string &media, json::value schema) {
  return {{media, json::object{{"schema", std::move(schema)}}}};
}

json::array parameters_of(const Route &route) {
  json::array out;
  std::size_t at = 0;
  while ((at = route.path.find('{', at)) != std::string::npos) {
    const auto end = route.path.find('}', at);
    out.push_back({{"name", route.path.substr(at + 1, end - at - 1)},
                   {"in", "path"},
                   {"required", true},
                   {"schema", {{"type", "string"}}}});
    at = end;
  }
  for (const auto &parameter : route.parameters) {
    json::object schema{{"type", parameter.type}};
    if (parameter.many) schema = {{"type", "array"}, {"items", {{"type", parameter.type}}}};
    out.push_back({{"name", parameter.name},
                   {"in", "query"},
                   {"description", parameter.what},
                   {"required", parameter.required},
                   {"schema", std::move(schema)}});
  }
  const auto header = [&](const char *name, const char *what, bool required) {
    out.push_back({{"name", name},
                   {"in", "header"},
                   {"description", what},
                   {"required", required},
                   {"schema", {{"type", "string"}}}});
  };
  if (route.access != Route::Access::Anyone && route.method != Method::Get)
    header("X-CSRF-Token", "As GET /api/v1/session gave it", true);
  if (route.keyed)
    header("Idempotency-Key", "Names the act: sent again it is the same act, done once", false);
  return out;
}

json::object responses_of(const Route &route) {
  json::object success{{"description", "Done"}};
  json::object forms;
  if (!route.gives.empty()) forms = content("application/json", reference(route.gives));
  for (const auto &media : text::split(route.media, ','))
    if (!text::trim(media).empty())
      forms[text::trim(media)] = json::object{{"schema", json::object()}};
  if (!forms.empty()) success["content"] = std::move(forms);
  json::object out{{std::to_string(route.status), success}};
  if (route.also != 0) out[std::to_string(route.also)] = std::move(success);
  if (route.method == Method::Get &&
      (!route.gives.empty() || route.media.find("application/json") != std::string::npos))
    out["304"] = json::object{{"description", "As the client has it (If-None-Match)"}};
  out["default"] =
      json::object{{"description", "Not done, and why"},
                   {"content", content("application/problem+json", reference("Problem"))}};
  return out;
}

json::object operation_of(const Route &route) {
  json::object out{
      {"operationId", route.id}, {"summary", route.summary}, {"parameters", parameters_of(route)}};
  if (route.body == Route::Body::Json)
    out["requestBody"] =
        json::object{{"required", true},
                     {"content", content("application/json", route.takes.empty()
                                                                 ? json::object{{"type", "object"}}
                                                                 : reference(route.takes))}};
  if (route.body == Route::Body::File)
    out["requestBody"] = json::object{
        {"required", true},
        {"content", content("application/octet-stream", json::object{{"type", "string"}})}};
  out["responses"] = responses_of(route);
  if (route.access == Route::Access::Anyone) out["security"] = json::array();
  return out;
}

} // namespace

json::object openapi(const Router &router) {
  json::object paths;
  for (const auto &route : router.all()) {
    if (!route->path.starts_with("/api/")) continue;
    auto &path = paths[route->path];
    if (!path.is_object()) path = json::object();
    path.as_object()[text::lower_ascii(std::string(to_string(route->method)))] =
        operation_of(*route);
  }
  auto schemas = parse_json(api_schemas());
  json::object components{
      {"securitySchemes",
       {{"session", {{"type", "apiKey"}, {"in", "cookie"}, {"name", "yifa_session"}}}}},
      {"schemas", schemas ? *schemas : json::value(json::object())}};
  return {{"openapi", "3.1.0"},
          {"info",
           {{"title", "Yifa"},
            {"version", "1"},
            {"description", "A township's ledgers held to the law (docs/api.md)."}}},
          {"paths", std::move(paths)},
          {"components", std::move(components)},
          {"security", json::array{json::object{{"session", json::array()}}}}};
}

} // namespace yifa::http
