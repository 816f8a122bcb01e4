#pragma once

#include "http/call.h"
#include "http/metrics.h"
#include "http/training.h"
#include "http/web_files.h"

#include <iosfwd>

namespace yifa::http {

struct AppOptions {
  bool secure = false;         ///< behind TLS, ours or a proxy's: cookies are Secure, HSTS is sent
  bool proxied = false;        ///< X-Forwarded-For of a proxy is believed (client_address.h)
  std::ostream *log = nullptr; ///< one line a request; null: none
  std::int64_t json_limit = 1 << 20;   ///< bytes of a JSON body
  std::int64_t file_limit = 100 << 20; ///< bytes of an upload
};

/// Everything the server answers: the interface under /api/v1, the pages of the public under
/// /public, the web application everywhere else.
class App final : public Handler {
public:
  App(Desk &desk, Training &training, AppOptions options);

  BodyPlan plan(const Head &head) override;
  Response serve(Request request) override;
  void served(const Head &head, int status, std::uint64_t bytes, double seconds) override;

  const Router &router() const { return router_; }

private:
  Result<Response> run(Request request);
  /// Whoever is signed in needs no door.
  Status ask_door(const Route &route, const Head &head);
  /// Session, form token and origin, as the route asks for them.
  Status permit_call(const Route &route, const Call &call);
  /// The answer of an operation, with its tag.
  static Result<Response> act(const Route &route, Call &call);
  Result<std::optional<Visitor>> visitor(const Head &head);
  Response failed(const Head &head, const Error &error);
  void harden(const Head &head, Response &response) const;

  Desk &desk_;
  Training &training_;
  AppOptions options_;
  Router router_;
  WebFiles files_;
  Metrics metrics_;
};

} // namespace yifa::http
