#include "exchange/csv.h"
#include "exchange/jsonl.h"

#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::exchange;

namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(const std::string &bytes) {
  auto reader = CsvReader::from_bytes(bytes);
  REQUIRE(reader.has_value());
  Rows rows;
  CsvRow row;
  for (;;) {
    auto more = reader->next(row);
    REQUIRE_MESSAGE(more.has_value(), (more ? "" : more.error().text()));
    if (!*more) return rows;
    rows.push_back(row.fields);
  }
}

std::string fault_of(const std::string &bytes, const CsvLimits &limits = {}) {
  auto reader = CsvReader::from_bytes(bytes, limits);
  if (!reader) return reader.error().message;
  CsvRow row;
  for (;;) {
    auto more = reader->next(row);
    if (!more) return more.error().message;
    if (!*more) return "";
  }
}

std::string written(const Rows &rows) {
  std::string out;
  CsvWriter writer([&](std::string_view bytes) -> Status {
    out += bytes;
    return Done{};
  });
  for (const auto &row : rows) REQUIRE(writer.row(row).has_value());
  return out;
}

} // namespace

TEST_CASE("RFC 4180 and what spreadsheets make of it") {
  CHECK(rows_of("a,b\r\n1,2\r\n") == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(rows_of("a,b\n1,2") == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(rows_of("a,b\r1,2\r") == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(rows_of("\"a \"\"x\"\"\",\"two\r\nlines\"\n,\n") ==
        Rows{{"a \"x\"", "two\r\nlines"}, {"", ""}});
  CHECK(rows_of("5\" pipe,b\n") == Rows{{"5\" pipe", "b"}});
  CHECK(rows_of("\"a\" ,b\n") == Rows{{"a", "b"}});
  CHECK(rows_of("\"\",\"\"\"\"\n") == Rows{{"", "\""}});
  CHECK(rows_of("").empty());
  CHECK(rows_of("\n\n") == Rows{{""}, {""}});
}

TEST_CASE("the separator is found") {
  CHECK(rows_of("a;b;c\n1,5;2;3\n") == Rows{{"a", "b", "c"}, {"1,5", "2", "3"}});
  CHECK(rows_of("a\tb\n1,5\t2\n") == Rows{{"a", "b"}, {"1,5", "2"}});
  CHECK(rows_of("\"x;y;z\",b\n") == Rows{{"x;y;z", "b"}});
  CHECK(rows_of("title line\na;b\n") == Rows{{"title line"}, {"a", "b"}});
  CHECK(rows_of("sep=;\na,x;b\n") == Rows{{"a,x", "b"}});
  CHECK(rows_of("one\ntwo\n") == Rows{{"one"}, {"two"}});
}

TEST_CASE("lines and rows are numbered apart") {
  auto reader = CsvReader::from_bytes("a\n\"x\ny\"\nz\n");
  REQUIRE(reader.has_value());
  CsvRow row;
  for (int i = 0; i < 3; ++i) REQUIRE(*reader->next(row));
  CHECK(row.line == 4);
  CHECK(row.number == 3);
  REQUIRE(reader->rewind().has_value());
  REQUIRE(*reader->next(row));
  CHECK(row.number == 1);
}

TEST_CASE("broken CSV says where") {
  CHECK(fault_of("a,b\n1,\"2\n3\n4").find("line 2: a quote is opened") == 0);
  CHECK(fault_of("a\n\"x\"y\n").find("line 2: text behind a closing quote") == 0);
  CHECK(fault_of(std::string("a\n\0\n", 4)).find("line 2: a NUL") == 0);
  CHECK(fault_of("a\n" + std::string(200, 'x'), {100, 10, 1000})
            .find("line 2: a value of more than 100") == 0);
  CHECK(fault_of("a\n" + std::string(20, ','), {100, 10, 1000}).find("more than 10 columns") !=
        std::string::npos);
  CHECK(fault_of("a\n" + std::string(50, 'x') + "," + std::string(80, 'y'), {100, 10, 100})
            .find("row of more than") != std::string::npos);
}

TEST_CASE("formulas are made harmless and come back as they were") {
  for (const char *text :
       {"=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "\rx", "'quoted", "'=x", "''"}) {
    auto guarded = csv_guard(text);
    CHECK(guarded.front() == '\'');
    CHECK(csv_unguard(guarded) == text);
  }
  for (const char *text : {"-12.5", "+3", "1,200", "", "a=b", "镇"}) CHECK(csv_guard(text) == text);
  CHECK(csv_unguard("'tis") == "'tis");
  Rows rows{{"标题", "a,b", "c;d", "e\"f", "two\nlines", " lead"},
            {""},
            {"=x", "-5", "", "é", "'", "\t"}};
  auto bytes = written(rows);
  CHECK(bytes.starts_with("\xEF\xBB\xBF标题,\"a,b\""));
  auto back = rows_of(bytes);
  for (auto &row : back)
    for (auto &field : row) field = csv_unguard(field);
  CHECK(back == rows);
}

TEST_CASE("JSONL: one bad line does not hide the others") {
  auto reader = JsonlReader::from_bytes("{\"a\":1}\r\n\n  \n{bad\n[1,2]");
  REQUIRE(reader.has_value());
  JsonLine line;
  REQUIRE(*reader->next(line));
  CHECK(line.line == 1);
  CHECK(line.value->as_object().at("a") == 1);
  REQUIRE(*reader->next(line));
  CHECK(line.line == 4);
  CHECK_FALSE(line.value.has_value());
  REQUIRE(*reader->next(line));
  CHECK(line.line == 5);
  CHECK(line.value->is_array());
  CHECK_FALSE(*reader->next(line));
  auto small = JsonlReader::from_bytes("{}\n" + std::string(100, ' ') + "{}", 50);
  REQUIRE(*small->next(line));
  CHECK_FALSE(small->next(line).has_value());
  CHECK(jsonl_line(json::object{{"标", "题\n"}}) == "{\"标\":\"题\\n\"}\n");
}
