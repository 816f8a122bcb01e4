#pragma once

#include <string_view>

namespace yifa::http {

/// The name of the session's cookie. Where it is sent over TLS alone, browsers take a name that
/// begins so from this very host and for all of its pages only, never from a neighbour's.
constexpr std::string_view session_cookie(bool secure) {
  return secure ? "__Host-yifa_session" : "yifa_session";
}

} // namespace yifa::http
