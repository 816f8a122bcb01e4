#pragma once

#include "base/result.h"

#include <filesystem>
#include <memory>

#include <openssl/ssl.h>

/// Private to this room.
namespace yifa::http {

using TlsContext = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;

/// A server's side of TLS 1.2 and 1.3, without renegotiation or compression, speaking http/1.1.
/// Invalid when certificate or key cannot be read or do not belong together (says which).
Result<TlsContext> make_tls(const std::filesystem::path &certificate,
                            const std::filesystem::path &private_key);

} // namespace yifa::http
