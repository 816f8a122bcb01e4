#include "blob/blobs.h"

#include "base/file.h"

#include <doctest/doctest.h>
#include <fstream>
#include <thread>
#include <unistd.h>
#include <vector>

namespace fs = std::filesystem;
using namespace yifa;

namespace {
struct Folder {
  fs::path path = fs::temp_directory_path() / ("yifa-blobs-" + std::to_string(::getpid()));
  Folder() { fs::create_directories(path); }
  ~Folder() { fs::remove_all(path); }
};
} // namespace

TEST_CASE("the same content is kept once and comes back whole") {
  Folder folder;
  auto blobs = blob::Blobs::open(folder.path / "blobs").value();
  REQUIRE(write_file(folder.path / "a.txt", "依法\n").has_value());
  REQUIRE(write_file(folder.path / "b.txt", "依法\n").has_value());
  auto a = blobs->put_file(folder.path / "a.txt").value();
  auto b = blobs->put_file(folder.path / "b.txt").value();
  CHECK(a.hash == b.hash);
  CHECK(!a.known);
  CHECK(b.known);
  std::string content;
  REQUIRE(blobs
              ->read(a.hash,
                     [&](std::string_view piece) -> Status {
                       content += piece;
                       return Done{};
                     })
              .has_value());
  CHECK(content == "依法\n");
  int count = 0;
  REQUIRE(blobs
              ->each([&](const std::string &hash, std::int64_t bytes) -> Status {
                CHECK(hash == a.hash);
                CHECK(bytes == 7);
                ++count;
                return Done{};
              })
              .has_value());
  CHECK(count == 1);
}

TEST_CASE("what was altered or is absent is told, and content brought again heals") {
  Folder folder;
  auto blobs = blob::Blobs::open(folder.path / "blobs").value();
  REQUIRE(write_file(folder.path / "a.txt", std::string(200'000, 'x')).has_value());
  auto kept = blobs->put_file(folder.path / "a.txt").value();
  CHECK(blobs->verify(kept.hash).has_value());
  std::ofstream(blobs->path_of(kept.hash), std::ios::app) << "y";
  CHECK(blobs->verify(kept.hash).error().code == ErrorCode::Unavailable);
  CHECK(blobs->put_file(folder.path / "a.txt").has_value());
  CHECK(blobs->verify(kept.hash).has_value());
  CHECK(blobs->verify(std::string(64, '0')).error().code == ErrorCode::NotFound);
  CHECK(blobs->verify("../../etc/passwd").error().code == ErrorCode::Invalid);
  CHECK(blobs->put_file(folder.path / "none").error().code == ErrorCode::NotFound);
}

TEST_CASE("what cannot be taken leaves nothing behind") {
  Folder folder;
  auto blobs = blob::Blobs::open(folder.path / "blobs").value();
  REQUIRE(write_file(folder.path / "big", std::string(2001, 'x')).has_value());
  auto refused = blobs->put_file(folder.path / "big", 2000);
  CHECK(refused.error().code == ErrorCode::Invalid);
  CHECK(refused.error().message.find("big") != std::string::npos);
  CHECK(blobs->put_file(folder.path).error().code == ErrorCode::Invalid);
  CHECK(blobs->put_file("/dev/zero").error().code == ErrorCode::Invalid);
  int pieces = 0;
  auto broken = blobs->put([&]() -> Result<std::string_view> {
    if (++pieces > 2) return unavailable("the line went dead");
    return std::string_view("piece");
  });
  CHECK(broken.error().message == "the line went dead");
  CHECK(fs::is_empty(folder.path / "blobs"));
}

TEST_CASE("a copy appears only when it is whole") {
  Folder folder;
  auto blobs = blob::Blobs::open(folder.path / "blobs").value();
  REQUIRE(write_file(folder.path / "a.txt", "签到表").has_value());
  auto kept = blobs->put_file(folder.path / "a.txt").value();
  REQUIRE(blobs->copy_to(kept.hash, folder.path / "out").has_value());
  CHECK(read_file(folder.path / "out").value() == "签到表");
  std::ofstream(blobs->path_of(kept.hash), std::ios::trunc) << "签名表";
  CHECK(blobs->copy_to(kept.hash, folder.path / "other").error().code == ErrorCode::Unavailable);
  CHECK(!fs::exists(folder.path / "other"));
}

TEST_CASE("many may put the same at once; leftovers of a crash are swept") {
  Folder folder;
  auto old = folder.path / "blobs" / "half.part";
  fs::create_directories(old.parent_path());
  REQUIRE(write_file(old, "half").has_value());
  fs::last_write_time(old, fs::file_time_type::clock::now() - std::chrono::hours(48));
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&folder] {
      auto blobs = blob::Blobs::open(folder.path / "blobs").value();
      for (int n = 0; n < 20; ++n) {
        auto content = "file " + std::to_string(n);
        std::string_view rest = content;
        CHECK(blobs->put([&rest]() -> Result<std::string_view> {
          return std::exchange(rest, std::string_view());
        }));
      }
    });
  for (auto &thread : threads) thread.join();
  std::size_t files = 0;
  for (const auto &entry : fs::recursive_directory_iterator(folder.path / "blobs"))
    files += entry.is_regular_file() ? 1U : 0U;
  CHECK(files == 20);
}
