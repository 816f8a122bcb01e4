#include "http/listener_sample.h"

#include <cstdio>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

using namespace yifa;
using namespace yifa::http;

namespace {

/// A key and a certificate signed by itself, thrown away with the object.
class TlsSample {
public:
  explicit TlsSample(const std::string &name)
      : folder_(std::filesystem::temp_directory_path() / ("yifa_listener_tls_" + name)) {
    std::filesystem::create_directories(folder_);
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *cert = X509_new();
    X509_set_version(cert, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(cert), 1);
    X509_gmtime_adj(X509_getm_notBefore(cert), -60);
    X509_gmtime_adj(X509_getm_notAfter(cert), 3600);
    X509_set_pubkey(cert, key);
    auto *subject = X509_get_subject_name(cert);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char *>("localhost"), -1, -1, 0);
    X509_set_issuer_name(cert, subject);
    X509_sign(cert, key, EVP_sha256());
    auto *out = std::fopen(certificate().c_str(), "w");
    PEM_write_X509(out, cert);
    std::fclose(out);
    out = std::fopen(key_file().c_str(), "w");
    PEM_write_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(out);
    X509_free(cert);
    EVP_PKEY_free(key);
  }
  TlsSample(const TlsSample &) = delete;
  TlsSample &operator=(const TlsSample &) = delete;
  ~TlsSample() { std::filesystem::remove_all(folder_); }
  std::filesystem::path certificate() const { return folder_ / "cert.pem"; }
  std::filesystem::path key_file() const { return folder_ / "key.pem"; }

private:
  std::filesystem::path folder_;
};

struct TlsSession {
  explicit TlsSession(int socket, int newest = 0)
      : context(SSL_CTX_new(TLS_client_method())), ssl(SSL_new(context)) {
    if (newest != 0) {
      SSL_set_security_level(ssl, 0);
      SSL_set_min_proto_version(ssl, TLS1_VERSION);
      SSL_set_max_proto_version(ssl, newest);
    }
    SSL_set_alpn_protos(ssl, reinterpret_cast<const unsigned char *>("\x02h2\x08http/1.1"), 12);
    SSL_set_fd(ssl, socket);
    well = SSL_connect(ssl) == 1;
  }
  TlsSession(const TlsSession &) = delete;
  TlsSession &operator=(const TlsSession &) = delete;
  ~TlsSession() {
    SSL_free(ssl);
    SSL_CTX_free(context);
  }
  /// Sends, and reads until the server says it is through.
  std::string ask(const std::string &bytes) {
    SSL_write(ssl, bytes.data(), static_cast<int>(bytes.size()));
    std::string out;
    std::string part(65536, '\0');
    for (int n = 0; (n = SSL_read(ssl, part.data(), static_cast<int>(part.size()))) > 0;)
      out.append(part, 0, static_cast<std::size_t>(n));
    closed = (SSL_get_shutdown(ssl) & SSL_RECEIVED_SHUTDOWN) != 0;
    SSL_shutdown(ssl);
    return out;
  }
  SSL_CTX *context;
  SSL *ssl;
  bool well = false;
  bool closed = false;
};

} // namespace

TEST_CASE("the same is spoken through TLS") {
  TlsSample sample("one");
  SampleHandler handler;
  handler.on_serve = [](const Request &request) {
    Response out;
    CHECK(request.tls);
    CHECK(request.remote == "127.0.0.1");
    out.type = "text/plain";
    out.body = request.path == "/large" ? std::string(3'000'000, 'l') : request.body;
    return out;
  };
  auto options = sample_options();
  options.certificate = sample.certificate();
  options.private_key = sample.key_file();
  options.header_time = 1000ms;
  auto listener = sample_listener(handler, options);
  {
    SampleClient client(listener->port());
    TlsSession tls(client.descriptor());
    REQUIRE(tls.well);
    const unsigned char *chosen = nullptr;
    unsigned length = 0;
    SSL_get0_alpn_selected(tls.ssl, &chosen, &length);
    CHECK(std::string_view(reinterpret_cast<const char *>(chosen), length) == "http/1.1");
    auto got = tls.ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"
                       "GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    CHECK(got.starts_with("HTTP/1.1 200 OK\r\n"));
    CHECK(got.find("\r\n\r\nhelloHTTP/1.1 200 OK\r\n") != std::string::npos);
    CHECK(got.ends_with(std::string(3'000'000, 'l')));
    CHECK(tls.closed);
  }
  {
    SampleClient client(listener->port());
    TlsSession old(client.descriptor(), TLS1_1_VERSION);
    CHECK_FALSE(old.well);
  }
  SampleClient plain(listener->port());
  plain.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(plain.reply().status == 0);
  SampleClient silent(listener->port()); // a handshake has its deadline too
  CHECK(silent.ended());
  listener->stop();
}

TEST_CASE("a certificate that does not serve is said at the start") {
  TlsSample one("first");
  TlsSample two("second");
  SampleHandler handler;
  auto options = sample_options();
  options.certificate = one.certificate();
  options.private_key = two.key_file();
  CHECK(Listener::start(options, handler).error().code == ErrorCode::Invalid);
  options.private_key = "/nonexistent/key.pem";
  auto missing = Listener::start(options, handler);
  CHECK(missing.error().code == ErrorCode::Invalid);
  CHECK(missing.error().message.find("key.pem") != std::string::npos);
}
