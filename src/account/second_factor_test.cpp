#include "account/code.h"
#include "account/qr.h"
#include "account/second_factor.h"

#include "base/text.h"

#include <set>

#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::account;

namespace {

const std::string kRfcSecret = "12345678901234567890";

std::optional<std::int64_t> step_of(std::string_view code, std::int64_t at,
                                    std::int64_t used = -1) {
  return totp_step(kRfcSecret, code, Moment::from_unix(at), used);
}

} // namespace

TEST_CASE("codes are those of RFC 6238, appendix B, cut to six digits") {
  CHECK(step_of("287082", 59) == 1);
  CHECK(step_of("081804", 1111111109) == 37037036);
  CHECK(step_of("050471", 1111111111) == 37037037);
  CHECK(step_of("005924", 1234567890) == 41152263);
  CHECK(step_of("279037", 2000000000) == 66666666);
  CHECK(step_of("353130", 20000000000) == 666666666);
}

TEST_CASE("a code fits one step before and after, once") {
  CHECK(step_of("287082", 29) == 1);
  CHECK(step_of("287082", 89) == 1);
  CHECK_FALSE(step_of("287082", 90));
  CHECK(step_of("287 082", 59) == 1);
  CHECK(step_of("２８７０８２", 59) == 1);
  CHECK_FALSE(step_of("287083", 59));
  CHECK_FALSE(step_of("", 59));
  CHECK_FALSE(step_of("2870821", 59));
  CHECK_FALSE(step_of("28708a", 59));
  CHECK_FALSE(step_of("287082", 59, 1)); // used already
  CHECK(step_of("287082", 59, 0) == 1);
  CHECK_FALSE(totp_step("", "287082", Moment::from_unix(59), -1));
}

TEST_CASE("the secret as text and as URI") {
  CHECK(totp_text("") == "");
  CHECK(totp_text("f") == "MY");
  CHECK(totp_text("foobar") == "MZXW6YTBOI"); // RFC 4648
  CHECK(totp_text(kRfcSecret) == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  CHECK(totp_uri(kRfcSecret, "依法", "zhou.lan") ==
        "otpauth://totp/%E4%BE%9D%E6%B3%95:zhou.lan?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&"
        "issuer=%E4%BE%9D%E6%B3%95&algorithm=SHA1&digits=6&period=30");
  CHECK(new_totp_secret().value().size() == 20);
  CHECK(new_totp_secret().value() != new_totp_secret().value());
}

TEST_CASE("the QR code is one SVG with a quiet zone") {
  const auto svg = qr_svg(totp_uri(kRfcSecret, "Yifa", "zhou.lan")).value();
  CHECK(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "));
  CHECK(svg.find("M4 4h7v1h-7z") != std::string::npos); // the upper edge of the finder pattern
  CHECK(svg.find("style") == std::string::npos);
  CHECK(qr_svg(std::string(5000, 'x')).error().code == ErrorCode::Invalid);
  CHECK_FALSE(qr_svg(std::string("a\0b", 3)));
}

TEST_CASE("recovery codes are kept as keyed hashes of whatever way they are typed") {
  const auto key = crypto::Key::from_bytes(std::string(32, 'k')).value();
  const auto codes = new_recovery_codes().value();
  CHECK(codes.size() == 10);
  CHECK(std::set<std::string>(codes.begin(), codes.end()).size() == 10);
  for (const auto &code : codes) {
    CHECK(code.size() == 11);
    CHECK(code[5] == '-');
    const auto hash = recovery_hash(key, "zhou.lan", code);
    CHECK(hash.size() == 64);
    CHECK(recovery_hash(key, "zhou.lan", " " + text::lower_ascii(code) + " ") == hash);
    CHECK(recovery_hash(key, "li.hua", code) != hash);
  }
  CHECK(recovery_hash(key, "a", "7K2MQ-9XWT").empty());
  CHECK(recovery_hash(key, "a", "287082").empty());
  CHECK(normal_code("oil-7ｋ 2") == "0117K2");
  CHECK(normal_code("u").empty());
  CHECK(normal_code("7!").empty());
  CHECK(new_code(28, 4).value().size() == 28 + 6);
}
