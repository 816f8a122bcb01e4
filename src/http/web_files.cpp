#include "http/web_files.h"

#include "crypto/hash.h"

#include <fmt/format.h>

namespace yifa::http {
namespace {

constexpr std::string_view kPage = "index.html";

std::string type_of(std::string_view path) {
  static const std::map<std::string_view, std::string> types = {
      {"html", "text/html; charset=utf-8"},
      {"js", "text/javascript; charset=utf-8"},
      {"css", "text/css; charset=utf-8"},
      {"json", "application/json"},
      {"svg", "image/svg+xml"},
      {"png", "image/png"},
      {"ico", "image/x-icon"},
      {"webmanifest", "application/manifest+json"},
      {"woff2", "font/woff2"},
      {"txt", "text/plain; charset=utf-8"},
  };
  const auto dot = path.rfind('.');
  const auto found =
      types.find(dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1));
  return found == types.end() ? "application/octet-stream" : found->second;
}

} // namespace

WebFiles::WebFiles() {
  for (const auto &file : web_files()) {
    Kept kept;
    kept.content = file.content;
    kept.type = type_of(file.path);
    kept.hashed = file.path.starts_with("assets/");
    // A name that changes with its content is tag enough: nothing of size is read at the start.
    kept.tag = fmt::format(
        "W/\"{}\"", kept.hashed
                        ? std::string(file.path)
                        : crypto::hex(crypto::sha256(std::string(file.content))).substr(0, 16));
    files_.emplace(std::string(file.path), std::move(kept));
  }
}

Response WebFiles::answer(const Head &head) const {
  Response response;
  if (head.method != Method::Get && head.method != Method::Head) {
    response.status = 405;
    response.headers.emplace_back("Allow", "GET, HEAD");
    return response;
  }
  std::string_view path = std::string_view(head.path).substr(1);
  auto found = files_.find(path);
  if (found == files_.end()) {
    // An address of the application: its own router shows the page.
    if (path.rfind('.') != std::string_view::npos && path.rfind('.') > path.rfind('/') + 1) {
      response.status = 404;
      response.type = "text/plain; charset=utf-8";
      response.body = "There is no such file.\n";
      return response;
    }
    found = files_.find(kPage);
  }
  if (found == files_.end()) {
    response.status = 404;
    response.type = "text/plain; charset=utf-8";
    response.body = "This program was built without its web application.\n";
    return response;
  }
  const auto &kept = found->second;
  response.type = kept.type;
  response.headers.emplace_back("ETag", kept.tag);
  response.headers.emplace_back("Cache-Control",
                                kept.hashed ? "public, max-age=31536000, immutable" : "no-cache");
  if (head.header("if-none-match") == kept.tag) {
    response.status = 304;
    return response;
  }
  response.fixed = kept.content; // which the compressor packs when somebody first asks for it
  return response;
}

} // namespace yifa::http
