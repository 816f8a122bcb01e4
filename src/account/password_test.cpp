#include "account/common.h"
#include "account/common_list.h"
#include "account/password.h"
#include "account/password_rules.h"
#include "account/pattern.h"

#include <atomic>
#include <ctime>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::account;

namespace {

std::string faults_of(std::string_view password) {
  std::string out;
  for (auto fault : password_faults(password, "zhou.lan", "周岚"))
    out += (out.empty() ? "" : " ") + std::string(to_string(fault));
  return out;
}

} // namespace

TEST_CASE("a password is right for its own hash only, at half or full width") {
  auto hash = hash_password("lamp river 7 stone").value();
  CHECK(hash.starts_with("$argon2id$v=19$m=65536,t=2,p=1$"));
  CHECK(password_fits("lamp river 7 stone", hash).value());
  CHECK(password_fits("lamp　river　７　stone", hash).value());
  CHECK_FALSE(password_fits("lamp river 7 Stone", hash).value());
  CHECK_FALSE(password_fits("", hash).value());
  CHECK_FALSE(password_fits(std::string(100'000, 'x'), hash).value());
  CHECK(hash_password("lamp river 7 stone").value() != hash);
  CHECK_FALSE(needs_rehash(hash));
  CHECK(needs_rehash("$argon2id$v=19$m=4096,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
                     "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
}

TEST_CASE("nobody's password is never right, not even the empty one, and costs the same work") {
  CHECK_FALSE(password_fits("", "").value());
  CHECK_FALSE(password_fits("lamp river 7 stone", "").value());
  auto seconds = [](const std::string &hash) {
    const auto start = std::clock(); // of this process: others may be busy
    CHECK_FALSE(password_fits("not this one", hash).value());
    return static_cast<double>(std::clock() - start);
  };
  const auto hash = hash_password("lamp river 7 stone").value();
  CHECK(seconds("") > 0.3 * seconds(hash)); // a refusal of the form would take no time at all
}

TEST_CASE("many at once all get their answer") {
  const auto hash = hash_password("lamp river 7 stone").value();
  std::atomic<int> right = 0;
  std::vector<std::thread> crowd;
  for (int i = 0; i < 6; ++i)
    crowd.emplace_back([&] {
      if (password_fits("lamp river 7 stone", hash).value()) ++right;
    });
  for (auto &one : crowd) one.join();
  CHECK(right == 6);
}

TEST_CASE("the list of leaked passwords is there and sorted") {
  const auto list = common_passwords();
  REQUIRE(list.size() > 100'000);
  std::string_view before;
  std::size_t words = 0;
  for (std::size_t at = 0; at < list.size();) {
    const auto end = std::min(list.find('\n', at), list.size());
    const auto word = list.substr(at, end - at);
    REQUIRE(before < word);
    before = word;
    at = end + 1;
    ++words;
  }
  CHECK(words > 10'000);
}

TEST_CASE("what is tried first is common, with capitals, signs and a few characters around it") {
  for (const std::string word : {"123456", "password", "PASSWORD", "P@ssw0rd", "zzzzzz1",
                                 "!qaz2wsx", "admin", "admin2024", "Admin@2024", "password19900101",
                                 "dragon88888888", "123qwerty!", "woaini1314", "ｐａｓｓｗｏｒｄ"})
    CHECK_MESSAGE(is_common(word), word);
  for (const std::string word : {"", "2", "correct horse battery", "river-lamp-stone",
                                 "password of a lamp", "dragon93847562", "司法所的旧灯笼"})
    CHECK_MESSAGE(!is_common(word), word);
}

TEST_CASE("patterns") {
  for (const char *text : {"aaaaaaaaaa", "1212121212", "abcabcabcabc", "好好好好好好好好好好"})
    CHECK_MESSAGE(is_repeated(text), text);
  for (const char *text : {"", "a", "abcdabceabcd", "lamp river"})
    CHECK_MESSAGE(!is_repeated(text), text);
  for (const char *text : {"1234567890", "9876543210", "qwertyuiop", "1qaz2wsx3edc", "abcdefghijk",
                           "qwerty123456", "asdfghjkl;", "zxcvbnm,./", "147258369", "qwe123!@#"})
    CHECK_MESSAGE(is_run(text), text);
  for (const char *text : {"", "a", "lamp river stone", "20480317", "qwertylamp12"})
    CHECK_MESSAGE(!is_run(text), text);
  for (const char *text : {"19900101", "1990-01-01", "1990.1.01x", "lihua19880808", "13812345678",
                           "a13812345678b", "110101199003070010", "11010119900307001x"})
    CHECK_MESSAGE(is_personal_number(text) == (std::string(text) != "1990.1.01x"), text);
  for (const char *text : {"", "19901301", "river-19880808-lamp", "12345678901234", "99999999"})
    CHECK_MESSAGE(!is_personal_number(text), text);
}

TEST_CASE("which passwords are taken") {
  CHECK(faults_of("lamp river 7") == "");
  CHECK(faults_of("旧灯笼在河的对岸亮着") == ""); // ten characters
  CHECK(faults_of("旧灯笼在河的对岸亮") == "too_short");
  CHECK(faults_of("") == "too_short");
  CHECK(faults_of(std::string(257, 'x')) == "too_long");
  CHECK(faults_of(std::string("lamp river\0x", 12)) == "not_text");
  CHECK(faults_of("lamp river\xff") == "not_text");
  CHECK(faults_of("my Zhou.Lan lamp") == "own_name");
  CHECK(faults_of("周岚的旧灯笼亮着呢啊") == "own_name");
  CHECK(faults_of("aaaaaaaaaaaa") == "repeated");
  CHECK(faults_of("1234567890") == "common run");
  CHECK(faults_of("lihua19880808") == "personal_number");
  CHECK(faults_of("8301746529") == ""); // digits alone are no fault
  CHECK(check_password("lamp river 7", "a", ""));
  auto refused = check_password("1234567890", "zhou.lan", "周岚", "new").error();
  CHECK(refused.code == ErrorCode::Invalid);
  REQUIRE(refused.problems.size() == 2);
  CHECK(refused.problems[0].where == "new");
}
