#include "courier/courier.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>
#include <doctest/doctest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

using namespace yifa;
using namespace yifa::courier;
namespace fs = std::filesystem;
namespace asio = boost::asio;
using Tcp = asio::ip::tcp;

namespace {

/// A key and a certificate for one name, signed by itself, thrown away with the object.
struct SelfSigned {
  fs::path folder;
  explicit SelfSigned(const char *names) {
    std::string form = (fs::temp_directory_path() / "yifa-courier-XXXXXX").string();
    folder = ::mkdtemp(form.data());
    EVP_PKEY *key = EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256");
    X509 *cert = X509_new();
    X509_set_version(cert, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(cert), 1);
    X509_gmtime_adj(X509_getm_notBefore(cert), -60);
    X509_gmtime_adj(X509_getm_notAfter(cert), 3600);
    X509_set_pubkey(cert, key);
    auto *subject = X509_get_subject_name(cert);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char *>("yifa test"), -1, -1, 0);
    X509_set_issuer_name(cert, subject);
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, cert, cert, nullptr, nullptr, 0);
    auto *extension = X509V3_EXT_conf_nid(nullptr, &context, NID_subject_alt_name, names);
    X509_add_ext(cert, extension, -1);
    X509_EXTENSION_free(extension);
    X509_sign(cert, key, EVP_sha256());
    write("cert.pem", [&](std::FILE *file) { PEM_write_X509(file, cert); });
    write("key.pem", [&](std::FILE *file) {
      PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
    });
    X509_free(cert);
    EVP_PKEY_free(key);
  }
  ~SelfSigned() { fs::remove_all(folder); }
  template <typename Each> void write(const char *name, Each each) const {
    std::FILE *file = std::fopen((folder / name).c_str(), "w");
    each(file);
    std::fclose(file);
  }
};

/// Answers every request with one text, over TLS when it is given a certificate.
class OneAnswer {
public:
  OneAnswer(std::string answer, const SelfSigned *certificate)
      : answer_(std::move(answer)),
        acceptor_(io_, Tcp::endpoint(asio::ip::address_v4::loopback(), 0)) {
    port = std::to_string(acceptor_.local_endpoint().port());
    if (certificate != nullptr) {
      context_.use_certificate_file((certificate->folder / "cert.pem").string(),
                                    asio::ssl::context::pem);
      context_.use_private_key_file((certificate->folder / "key.pem").string(),
                                    asio::ssl::context::pem);
    }
    thread_ = std::thread([this, tls = certificate != nullptr] { serve(tls); });
  }
  ~OneAnswer() {
    done_ = true;
    boost::system::error_code ignored;
    Tcp::socket last(io_);
    last.connect(acceptor_.local_endpoint(), ignored);
    thread_.join();
  }
  std::string port;
  std::string asked;

private:
  template <typename Stream> void talk(Stream &stream) {
    boost::system::error_code failed;
    asio::streambuf buffer;
    asio::read_until(stream, buffer, "\r\n\r\n", failed);
    asked.assign(asio::buffers_begin(buffer.data()), asio::buffers_end(buffer.data()));
    asio::write(stream, asio::buffer(answer_), failed);
  }
  void serve(bool tls) {
    while (!done_) {
      boost::system::error_code failed;
      if (tls) {
        asio::ssl::stream<Tcp::socket> stream(io_, context_);
        acceptor_.accept(stream.next_layer(), failed);
        if (done_ || failed) return;
        stream.handshake(asio::ssl::stream_base::server, failed);
        if (!failed) talk(stream);
      } else {
        Tcp::socket socket(io_);
        acceptor_.accept(socket, failed);
        if (done_ || failed) return;
        talk(socket);
      }
    }
  }

  std::string answer_;
  asio::io_context io_;
  asio::ssl::context context_{asio::ssl::context::tls_server};
  Tcp::acceptor acceptor_;
  std::atomic<bool> done_ = false;
  std::thread thread_;
};

constexpr const char *kFine = "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok";

} // namespace

TEST_CASE("addresses") {
  const auto plain = parse_address("https://county.example").value();
  CHECK(plain.tls);
  CHECK(plain.host == "county.example");
  CHECK(plain.port == "443");
  CHECK(plain.target == "/");
  const auto deep = parse_address("https://[::1]:8443/yifa/api").value();
  CHECK(deep.host == "::1");
  CHECK(deep.port == "8443");
  CHECK(deep.target == "/yifa/api");
  CHECK(parse_address("http://127.0.0.1:8080").value().port == "8080");
  for (const char *url :
       {"", "county.example", "ftp://county.example", "https://", "https://:1",
        "https://county.example:port", "https://county.example:123456",
        "https://user@county.example", "https://[::1", "https://a/b c", "https://a/b\r\nX: y",
        "http://county.example", "http://127.0.0.1.example", "http://127.evil"})
    CHECK_MESSAGE(parse_address(url).error().code == ErrorCode::Invalid, url);
}

TEST_CASE("a request and its answer") {
  OneAnswer county(kFine, nullptr);
  const auto answer = post("http://127.0.0.1:" + county.port + "/api", "text/plain", "words");
  REQUIRE(answer);
  CHECK(answer->status == 201);
  CHECK(answer->body == "ok");
  CHECK(county.asked.starts_with("POST /api HTTP/1.1\r\n"));
  CHECK(county.asked.find("Content-Length: 5\r\n") != std::string::npos);
}

TEST_CASE("what is no answer") {
  for (const char *said :
       {"", "nonsense\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n"}) {
    OneAnswer county(said, nullptr);
    CHECK(post("http://127.0.0.1:" + county.port, "text/plain", "x").error().code ==
          ErrorCode::Unavailable);
  }
  Tcp::acceptor::endpoint_type nobody(asio::ip::address_v4::loopback(), 1);
  CHECK(post("http://127.0.0.1:1", "text/plain", "x").error().code == ErrorCode::Unavailable);
}

TEST_CASE("silence ends") {
  asio::io_context io;
  Tcp::acceptor silent(io, Tcp::endpoint(asio::ip::address_v4::loopback(), 0));
  const auto answer = post("http://127.0.0.1:" + std::to_string(silent.local_endpoint().port()),
                           "text/plain", "x", {}, std::chrono::seconds(1));
  CHECK(answer.error().code == ErrorCode::Unavailable);
}

TEST_CASE("TLS: only of a trusted authority, only of that host") {
  const SelfSigned own("IP:127.0.0.1,DNS:localhost");
  const SelfSigned foreign("DNS:county.example");
  OneAnswer county(kFine, &own);
  OneAnswer other(kFine, &foreign);
  ::unsetenv("SSL_CERT_FILE");
  CHECK(post("https://127.0.0.1:" + county.port, "text/plain", "x").error().code ==
        ErrorCode::Unavailable);
  CHECK(county.asked.empty()); // nothing was said to it
  ::setenv("SSL_CERT_FILE", (own.folder / "cert.pem").c_str(), 1);
  const auto answer = post("https://127.0.0.1:" + county.port, "text/plain", "x");
  REQUIRE(answer);
  CHECK(answer->status == 201);
  ::setenv("SSL_CERT_FILE", (foreign.folder / "cert.pem").c_str(), 1);
  CHECK(post("https://127.0.0.1:" + other.port, "text/plain", "x").error().code ==
        ErrorCode::Unavailable);
  CHECK(other.asked.empty());
  ::unsetenv("SSL_CERT_FILE");
}
