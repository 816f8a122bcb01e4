#include "base/text.h"
#include "exchange/charset.h"
#include "exchange/csv.h"
#include "exchange/jsonl.h"
#include "exchange/orgs_in.h"
#include "exchange/table_in.h"
#include "exchange/test_type.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include <sys/mman.h>
#include <unistd.h>

using namespace yifa;
using namespace yifa::exchange;

namespace {

void hold(bool truth) {
  if (!truth) std::abort();
}

/// A file in memory that has a path.
class MemoryFile {
public:
  explicit MemoryFile(std::string_view bytes) : fd_(memfd_create("fuzz", 0)) {
    hold(fd_ >= 0 && write(fd_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  }
  MemoryFile(const MemoryFile &) = delete;
  MemoryFile &operator=(const MemoryFile &) = delete;
  ~MemoryFile() { close(fd_); }
  std::string path() const { return "/proc/self/fd/" + std::to_string(fd_); }

private:
  int fd_;
};

void fuzz_charset(std::string_view bytes) {
  auto text = to_utf8(bytes);
  if (!text) return hold(!text.error().message.empty());
  hold(text::valid_utf8(*text));
  // What was read once is UTF-8 and reads as itself, unless it is the Latin-only kind that is taken
  // for GB 18030.
  auto again = to_utf8("\xEF\xBB\xBF" + *text);
  hold(again.has_value() && *again == *text);
}

/// What was read can be written and read again.
void fuzz_csv(std::string_view bytes) {
  auto reader = CsvReader::from_bytes(std::string(bytes));
  if (!reader) return;
  std::vector<std::vector<std::string>> rows;
  CsvRow row;
  for (;;) {
    auto more = reader->next(row);
    if (!more) return hold(!more.error().message.empty());
    if (!*more) break;
    hold(!row.fields.empty() && row.line >= row.number);
    rows.push_back(row.fields);
  }
  std::string out;
  CsvWriter writer([&](std::string_view text) -> Status {
    out += text;
    return Done{};
  });
  if (rows.empty()) return;
  for (const auto &fields : rows) hold(writer.row(fields).has_value());
  auto back = CsvReader::from_bytes(out);
  hold(back.has_value());
  if (back->separator() != ',' || rows[0][0].starts_with("sep="))
    return; // a text full of ; in front is read otherwise
  for (const auto &fields : rows) {
    auto more = back->next(row);
    hold(more.has_value() && *more && row.fields.size() == fields.size());
    for (std::size_t i = 0; i < fields.size(); ++i) hold(csv_unguard(row.fields[i]) == fields[i]);
  }
}

void fuzz_table(std::string_view bytes, const std::string &name) {
  static const auto type = test_type();
  MemoryFile file(bytes);
  auto source = TableSource::open(file.path(), type, {(bytes.size() % 2) == 0, name});
  if (!source) {
    hold(!source.error().message.empty());
    return;
  }
  std::size_t first = 0;
  for (int pass = 0; pass < 2; ++pass) {
    std::size_t rows = 0;
    auto done = source->read([&](WrittenRow &&row) -> Status {
      ++rows;
      hold(!row.where.empty() && !row.raw.empty());
      for (const auto &problem : row.problems)
        hold(!problem.where.empty() && !problem.message.empty());
      for (const auto &part : row.parts)
        hold(part.part >= 0 && static_cast<std::size_t>(part.part) < type.parts.size());
      hold(!row.address("materials[1].copies").empty());
      for (const auto &member : row.fields) hold(type.field(member.key()) != nullptr);
      return Done{};
    });
    if (pass == 0)
      first = rows;
    else
      hold(rows == first);
    if (!done) return;
  }
}

void fuzz_orgs(std::string_view bytes) {
  MemoryFile file(bytes);
  auto done = read_orgs(file.path(), [](record::Org &&org) -> Status {
    hold(!org.name.empty() && text::valid_utf8(org.name));
    return Done{};
  });
  if (!done) hold(!done.error().message.empty());
}

} // namespace

/// The first byte chooses the reader; bytes that begin with PK are a workbook.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char *>(data), size);
  if (bytes.empty()) return 0;
  if (bytes.starts_with("PK")) {
    fuzz_table(bytes, "a.xlsx");
    return 0;
  }
  auto rest = bytes.substr(1);
  switch (bytes[0]) {
  case 'c':
    fuzz_charset(rest);
    break;
  case 'v':
    fuzz_csv(rest);
    break;
  case 't':
    fuzz_table(rest, "a.csv");
    break;
  case 'j':
    fuzz_table(rest, "a.jsonl");
    break;
  case 'o':
    fuzz_orgs(rest);
    break;
  default:
    fuzz_table(bytes, "a.csv");
    break;
  }
  return 0;
}
