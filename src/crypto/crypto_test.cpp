#include "base/file.h"
#include "crypto/hash.h"
#include "crypto/key.h"
#include "crypto/master_key.h"

#include <filesystem>

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace yifa;
using namespace yifa::crypto;
namespace fs = std::filesystem;

namespace {

struct Folder {
  fs::path path;
  Folder() {
    std::string form = (fs::temp_directory_path() / "yifa-crypto-XXXXXX").string();
    path = ::mkdtemp(form.data());
  }
  ~Folder() { fs::remove_all(path); }
};

Key key_of(char c) { return Key::from_bytes(std::string(32, c)).value(); }

} // namespace

TEST_CASE("sha256 gives the published values") {
  CHECK(hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256("ab", "c") == sha256("abc"));
  Sha256 stream;
  for (int i = 0; i < 1000; ++i) stream.update(std::string(1000, 'a'));
  CHECK(hex(stream.finish()) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  stream.update("abc");
  CHECK(stream.finish() == sha256("abc"));
  CHECK(from_hex("00fFa0") == std::string("\x00\xff\xa0", 3));
  CHECK(from_hex("0").empty());
  CHECK(from_hex("zz").empty());
}

TEST_CASE("hmac gives the value of RFC 4231, case 1 padded to a key of 32 bytes") {
  std::string bytes(20, '\x0b');
  bytes.resize(32, '\0'); // HMAC pads short keys with zeros, so this is the same key
  CHECK(hex(hmac(Key::from_bytes(bytes).value(), "Hi There")) ==
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
}

TEST_CASE("what is sealed opens with the same key and binding only") {
  auto key = key_of('k');
  for (const std::string &plain :
       {std::string(), std::string("张三，身份证号略"), std::string(100'000, 'x')}) {
    auto sealed = seal(key, plain, "record 1").value();
    CHECK(sealed.size() == plain.size() + 29);
    CHECK(open(key, sealed, "record 1").value() == plain);
    CHECK(open(key, sealed, "record 2").error().code == ErrorCode::Invalid);
    CHECK_FALSE(open(key_of('j'), sealed, "record 1"));
    CHECK(seal(key, plain, "record 1").value() != sealed);
  }
  auto sealed = seal(key, "secret", "").value();
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    auto changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    CHECK_FALSE(open(key, changed, ""));
    CHECK_FALSE(open(key, std::string_view(sealed).substr(0, i), ""));
  }
}

TEST_CASE("keys are wrapped for one record") {
  auto master = Key::random().value();
  auto key = Key::random().value();
  CHECK_FALSE(master == key);
  auto wrapped = wrap(master, key, "record key 1").value();
  CHECK(unwrap(master, wrapped, "record key 1").value() == key);
  CHECK_FALSE(unwrap(master, wrapped, "record key 2"));
  CHECK_FALSE(unwrap(key, wrapped, "record key 1"));
  CHECK(key_id(master) != key_id(key));
  CHECK(key_id(master).size() == 16);
  CHECK_FALSE(derive(master, "a") == derive(master, "b"));
  CHECK(derive(master, "a") == derive(master, "a"));
}

TEST_CASE("the master key file") {
  Folder folder;
  auto data = folder.path / "data";
  fs::create_directories(data);
  auto file = folder.path / "keys" / "master.key";
  SUBCASE("is made once, closed to others, and read back") {
    auto key = create_master_key(file, data).value();
    struct stat info = {};
    REQUIRE(::stat(file.c_str(), &info) == 0);
    CHECK((info.st_mode & 0777) == 0600);
    CHECK(info.st_size == 32);
    CHECK(load_master_key(file).value() == key);
    CHECK(create_master_key(file, data).error().code == ErrorCode::Stale);
    CHECK(load_master_key(file).value() == key);
  }
  SUBCASE("never lies inside the data directory, whatever the spelling") {
    CHECK(create_master_key(data / "master.key", data).error().code == ErrorCode::Invalid);
    CHECK(create_master_key(data / "a" / ".." / "b" / "master.key", data).error().code ==
          ErrorCode::Invalid);
    fs::create_directory_symlink(data, folder.path / "link");
    CHECK(create_master_key(folder.path / "link" / "master.key", data).error().code ==
          ErrorCode::Invalid);
    CHECK_FALSE(fs::exists(data / "master.key"));
    CHECK(create_master_key(folder.path / "data-keys", data));
  }
  SUBCASE("is refused when others can read it or it is no key") {
    REQUIRE(create_master_key(file, data));
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
    auto refused = load_master_key(file);
    CHECK(refused.error().code == ErrorCode::Forbidden);
    CHECK(refused.error().message.find("chmod 600") != std::string::npos);
    auto other = folder.path / "short";
    REQUIRE(write_file(other, "too short"));
    fs::permissions(other, fs::perms::owner_read);
    CHECK(load_master_key(other).error().code == ErrorCode::Invalid);
    CHECK(load_master_key(folder.path / "none").error().code == ErrorCode::NotFound);
    CHECK(load_master_key(folder.path).error().code == ErrorCode::Invalid);
  }
}

TEST_CASE("the recovery key survives paper and says when it did not") {
  for (char c : {'\0', 'k', '\xff'}) {
    auto key = key_of(c);
    auto text = recovery_text(key);
    CHECK(text.size() == 14 * 5 - 1);
    CHECK(parse_recovery(text).value() == key);
    std::string spoken = " \n";
    for (char s : text)
      spoken += s == '-' ? ' ' : s == '0' ? 'o' : s == '1' ? 'l' : static_cast<char>(::tolower(s));
    CHECK(parse_recovery(spoken).value() == key);
  }
  auto text = recovery_text(Key::random().value());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '-') continue;
    auto wrong = text;
    wrong[i] = wrong[i] == '7' ? '8' : '7';
    CHECK(parse_recovery(wrong).error().code == ErrorCode::Invalid);
  }
  CHECK_FALSE(parse_recovery(text.substr(0, 68)));
  CHECK_FALSE(parse_recovery(text + "0"));
  CHECK_FALSE(parse_recovery("U" + text.substr(1)));
  CHECK_FALSE(parse_recovery(""));
}
