#include "http/tls.h"

#include <openssl/err.h>

namespace yifa::http {

namespace {

Error tls_error(const std::string &what) {
  auto code = ERR_get_error();
  const char *why = code == 0 ? nullptr : ERR_reason_error_string(code);
  ERR_clear_error();
  return invalid(why == nullptr ? what : what + ": " + why);
}

/// Chooses http/1.1 among what the client offers; a client that offers only others gets no protocol
/// named, which the standard allows.
int tls_choose(SSL *, const unsigned char **chosen, unsigned char *length,
               const unsigned char *offered, unsigned int size, void *) {
  static constexpr unsigned char ours[] = "\x08http/1.1";
  unsigned char *found = nullptr;
  if (SSL_select_next_proto(&found, length, ours, sizeof ours - 1, offered, size) !=
      OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_NOACK;
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

} // namespace

Result<TlsContext> make_tls(const std::filesystem::path &certificate,
                            const std::filesystem::path &private_key) {
  ERR_clear_error();
  TlsContext out(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
  if (!out) return internal_error("OpenSSL gives no context");
  auto *tls = out.get();
  SSL_CTX_set_min_proto_version(tls, TLS1_2_VERSION);
  SSL_CTX_set_options(tls, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                               SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_SINGLE_ECDH_USE);
  SSL_CTX_set_mode(tls, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(tls, tls_choose, nullptr);
  if (SSL_CTX_use_certificate_chain_file(tls, certificate.c_str()) != 1)
    return tls_error("cannot use the certificate " + certificate.string());
  if (SSL_CTX_use_PrivateKey_file(tls, private_key.c_str(), SSL_FILETYPE_PEM) != 1)
    return tls_error("cannot use the private key " + private_key.string());
  if (SSL_CTX_check_private_key(tls) != 1)
    return tls_error("the private key does not belong to the certificate");
  return out;
}

} // namespace yifa::http
