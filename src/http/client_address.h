#pragma once

#include "http/message.h"

#include <string>

namespace yifa::http {

/// Whose request it is when a proxy stands before the server: the last address in X-Forwarded-For,
/// which is the one the proxy itself saw; what stands before it the client may have made up. Only a
/// peer of this machine or of a private network is taken for a proxy: anybody else, and a header
/// that ends in no address, gives the peer's own.
std::string client_behind_proxy(const Head &head);

} // namespace yifa::http
