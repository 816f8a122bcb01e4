#include "exchange/archive.h"
#include "exchange/test_type.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace yifa;
using namespace yifa::exchange;

namespace {

/// Sixty-four digits that depend on every byte: enough here.
class ToyDigest final : public Digest {
public:
  void update(std::string_view bytes) override {
    for (char c : bytes) state_ = (state_ ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  }
  std::string hex() override { return fmt::format("{:064x}", state_); }

private:
  std::uint64_t state_ = 14695981039346656037ULL;
};

std::unique_ptr<Digest> toy() { return std::make_unique<ToyDigest>(); }

std::string toy_hash(std::string_view bytes) {
  ToyDigest digest;
  digest.update(bytes);
  return digest.hex();
}

record::Event event(const std::string &chain, std::int64_t seq, const std::string &body) {
  record::Event made;
  made.chain = chain;
  made.seq = seq;
  made.body = body;
  made.hash = std::string(31, static_cast<char>(seq)) + '\xFF';
  return made;
}

void write_archive(const std::filesystem::path &folder) {
  auto writer = ArchiveWriter::create(folder, toy);
  REQUIRE(writer.has_value());
  REQUIRE(writer->event(event("370306104", 1, R"({"x":"\u0000 一"})")).has_value());
  REQUIRE(writer
              ->org({*OrgCode::parse("370306104"),
                     "商家镇",
                     record::Org::Kind::Town,
                     *Date::parse("2001-01-01"),
                     {},
                     {}})
              .has_value());
  REQUIRE(writer->event(event("370306104", 2, "{}")).has_value());
  REQUIRE(writer->event(event("admin:370306", 1, "{}")).has_value());
  CHECK_FALSE(writer->event(event("370306104", 3, "{}")).has_value()); // a chain comes together
  CHECK_FALSE(writer->event(event("admin:370306", 3, "{}")).has_value());
  RecordId id = *RecordId::parse("01890a5d-ac96-774b-bcce-b302099a8057");
  REQUIRE(writer->key({id, std::string("\0\x01\xFF", 3)}).has_value());
  REQUIRE(writer->answer({"370306", "local", "k1", "h", "{\"a\":1}"}).has_value());
  REQUIRE(writer->meta("cluster", "一").has_value());
  REQUIRE(writer->catalog_source("institutions/lecture.yaml", "id: lecture\n").has_value());
  CHECK_FALSE(writer->catalog_source("../escape", "x").has_value());
  bool given = false;
  REQUIRE(writer
              ->attachment(toy_hash("photo"),
                           [&]() -> Result<std::string> {
                             return std::exchange(given, true) ? "" : "photo";
                           })
              .has_value());
  CHECK_FALSE(writer->attachment(toy_hash("other"), []() -> Result<std::string> { return ""; })
                  .has_value());
  std::filesystem::remove(folder / "attachments" / toy_hash("other").substr(0, 2) /
                          toy_hash("other"));
}

} // namespace

TEST_CASE("an archive comes back as it went") {
  TestFolder folder("archive");
  {
    auto writer = ArchiveWriter::create(folder / "a", toy);
    REQUIRE(writer.has_value());
    REQUIRE(writer->event(event("370306104", 1, R"({"x":"\u0000 一"})")).has_value());
    REQUIRE(writer->event(event("370306104", 2, "{}")).has_value());
    REQUIRE(writer->event(event("admin:370306", 1, "{}")).has_value());
    record::Org town{*OrgCode::parse("370306104"), "商家镇", record::Org::Kind::Town,
                     *Date::parse("2001-01-01"),   {},       {}};
    REQUIRE(writer->org(town).has_value());
    RecordId id = *RecordId::parse("01890a5d-ac96-774b-bcce-b302099a8057");
    REQUIRE(writer->key({id, std::string("\0\x01\xFF", 3)}).has_value());
    REQUIRE(writer->key({id, std::string("\0", 1)}).has_value());
    REQUIRE(writer->key({id, ""}).has_value());
    REQUIRE(writer->answer({"370306", "local", "k1", "h", "{\"a\":1}"}).has_value());
    REQUIRE(writer->meta("cluster", "一").has_value());
    REQUIRE(writer->catalog_source("institutions/lecture.yaml", "id: lecture\n").has_value());
    bool given = false;
    REQUIRE(writer
                ->attachment(toy_hash("photo"),
                             [&]() -> Result<std::string> {
                               return std::exchange(given, true) ? "" : "photo";
                             })
                .has_value());
    REQUIRE(writer->finish({{"events", 3}}).has_value());
  }
  auto reader = ArchiveReader::open(folder / "a", toy);
  REQUIRE_MESSAGE(reader.has_value(), (reader ? "" : reader.error().text()));
  CHECK(reader->facts().at("events") == 3);
  CHECK(reader->chains() == std::vector<std::string>{"370306104", "admin:370306"});
  std::vector<record::Event> events;
  REQUIRE(reader
              ->events("370306104",
                       [&](record::Event &&e) -> Status {
                         events.push_back(std::move(e));
                         return Done{};
                       })
              .has_value());
  REQUIRE(events.size() == 2);
  CHECK(events[0].body == R"({"x":"\u0000 一"})");
  CHECK(events[1].previous == events[0].hash);
  std::vector<ArchiveKey> keys;
  REQUIRE(reader
              ->keys([&](ArchiveKey &&k) -> Status {
                keys.push_back(std::move(k));
                return Done{};
              })
              .has_value());
  REQUIRE(keys.size() == 3);
  CHECK(keys[0].wrapped == std::string("\0\x01\xFF", 3));
  CHECK(keys[1].wrapped == std::string("\0", 1));
  CHECK(keys[2].wrapped.empty());
  std::vector<record::Org> orgs;
  REQUIRE(reader
              ->orgs([&](record::Org &&o) -> Status {
                orgs.push_back(std::move(o));
                return Done{};
              })
              .has_value());
  REQUIRE(orgs.size() == 1);
  CHECK(orgs[0].from == *Date::parse("2001-01-01"));
  CHECK(orgs[0].kind == record::Org::Kind::Town);
  CHECK(reader->meta()->at("cluster") == "一");
  CHECK(reader->catalog_sources()->at("institutions/lecture.yaml") == "id: lecture\n");
  REQUIRE(reader->attachments().size() == 1);
  CHECK(std::filesystem::file_size(reader->attachment_path(reader->attachments()[0])) == 5);
}

TEST_CASE("a damaged archive names every damaged file") {
  TestFolder folder("damage");
  write_archive(folder / "unfinished");
  CHECK(ArchiveReader::open(folder / "unfinished", toy).error().message.find("no manifest") !=
        std::string::npos);
  CHECK_FALSE(ArchiveWriter::create(folder / "unfinished", toy).has_value()); // not empty
  {
    auto writer = ArchiveWriter::create(folder / "b", toy);
    REQUIRE(writer->event(event("370306104", 1, "{}")).has_value());
    REQUIRE(writer->meta("a", "b").has_value());
    REQUIRE(writer->finish({}).has_value());
  }
  folder.write("b/chains/370306104.jsonl", "{}\n");
  folder.write("b/stray.txt", "x");
  std::filesystem::remove(folder / "b/meta.json");
  auto reader = ArchiveReader::open(folder / "b", toy);
  REQUIRE_FALSE(reader.has_value());
  CHECK(reader.error().problems.size() == 3);
  folder.write("c/manifest.json", R"({"format":"yifa-archive","version":2,"files":[]})");
  CHECK(ArchiveReader::open(folder / "c", toy).error().message.find("form 2") != std::string::npos);
  folder.write(
      "d/manifest.json",
      R"({"format":"yifa-archive","version":1,"files":[{"path":"../../etc/passwd","size":1,"hash":"x"}]})");
  CHECK_FALSE(ArchiveReader::open(folder / "d", toy).has_value());
  folder.write("e/manifest.json", "[1,2");
  CHECK_FALSE(ArchiveReader::open(folder / "e", toy).has_value());
}
