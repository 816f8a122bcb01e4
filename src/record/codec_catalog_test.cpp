#include "catalog/loader.h"
#include "record/codec.h"

#include "base/text.h"

#include <doctest/doctest.h>

#include <set>

/// Every field of the shipped catalog under odd input: nothing crashes, what is accepted survives a
/// round trip, and what is refused says where without repeating a personal value.
using namespace yifa;
using namespace yifa::record;
using catalog::Field;

namespace {

std::vector<json::value> odd_inputs() {
  std::vector<json::value> all = {nullptr,
                                  true,
                                  false,
                                  0,
                                  1,
                                  -1,
                                  12,
                                  370306104,
                                  3.5,
                                  -0.0,
                                  1e308,
                                  INT64_MIN,
                                  UINT64_MAX,
                                  json::array{},
                                  json::object{},
                                  json::array{nullptr, "", "x"},
                                  json::array{json::array{1}},
                                  json::object{{"x", 1}}};
  for (const char *text : {"",
                           " ",
                           "　",
                           "0",
                           "是",
                           "否",
                           "true",
                           "2023-03-15",
                           "2023年3月15日",
                           "2023-02-29",
                           "2024-02-29",
                           "0000-00-00",
                           "9999-12-31",
                           "99999999999999999999",
                           "1,2,3",
                           "1,234",
                           "-5",
                           "+5",
                           "1e5",
                           "１２．５",
                           "12.345678901",
                           ".5",
                           "5.",
                           "12元",
                           "1.2万",
                           "万",
                           "亿",
                           "370306104",
                           "370306104201",
                           "370306104D01",
                           "370000104",
                           "张村",
                           "其他",
                           "other",
                           "其他、其他",
                           "、",
                           "；；",
                           "[",
                           "[]",
                           "[{}]",
                           "[{\"x\":1}]",
                           "{}",
                           "null",
                           "11010519491231002X",
                           "91350100M000100Y43",
                           "13800001111",
                           "http://a.cn",
                           "2023-03-15T09:30",
                           "2023-03-15T24:00",
                           "日",
                           "年月日",
                           "T",
                           "2023年3月15日时",
                           "2023年3月15日9点5分6秒",
                           "\n",
                           "a\nb",
                           "\t",
                           "\x01",
                           "\x7F",
                           "\xFF\xFE",
                           "\xC3",
                           "\xED\xA0\x80",
                           "\xF4\x90\x80\x80",
                           "\xE2\x80\xAE"
                           "x",
                           "👨‍👩‍👧",
                           "𠮷",
                           "\xEF\xBB\xBF"
                           "2023-03-15",
                           "0189f7c1-0000-7000-8000-00000000000a",
                           "'; DROP TABLE records; --",
                           "=HYPERLINK(\"http://x\")",
                           "%s%n",
                           "../../etc/passwd"})
    all.emplace_back(text);
  all.emplace_back(std::string("a\0b", 3));
  all.emplace_back(std::string(3'000, 'x'));
  all.emplace_back(std::string(300'000, '\xE6'));
  all.emplace_back(text::encode(std::u32string(20'001, U'法')));
  return all;
}

void check_accepted(const Field &field, const Value &value, const DecodeContext &context) {
  auto written = encode_value(field, value);
  auto exact = decode_exact(field, written);
  REQUIRE_MESSAGE(exact.has_value(), field.id << " " << json::serialize(written));
  CHECK_MESSAGE(*exact == value, field.id);
  auto lenient = decode_value(field, written, context, field.id);
  REQUIRE_MESSAGE(lenient.has_value(), field.id << " " << json::serialize(written));
  CHECK_MESSAGE(*lenient == value, field.id);
  CHECK(text::valid_utf8(display(context.catalog, field, value)));
}

void check_refused(const Field &field, const Error &error, const json::value &input) {
  CHECK(error.code == ErrorCode::Invalid);
  REQUIRE_FALSE(error.problems.empty());
  for (const auto &problem : error.problems) {
    CHECK_MESSAGE(problem.where.starts_with(field.id), field.id);
    CHECK_MESSAGE(text::valid_utf8(problem.message), field.id);
    CHECK(problem.message.size() < 2'000);
    if (field.personal && input.is_string() && input.get_string().size() > 8)
      CHECK_MESSAGE(problem.message.find(std::string(input.get_string())) == std::string::npos,
                    field.id);
  }
}

} // namespace

TEST_CASE("odd input to every field of the catalog") {
  auto sources = catalog::read_sources(YIFA_SOURCE_DIR "/catalog");
  REQUIRE(sources.has_value());
  auto loaded = catalog::load(*sources);
  REQUIRE(loaded.catalog);
  DecodeContext context{*loaded.catalog, *Date::parse("2023-06-01"), {}, {}};
  auto inputs = odd_inputs();
  std::size_t accepted = 0;
  std::size_t refused = 0;
  auto check_all = [&](const std::vector<Field> &fields) {
    for (const auto &field : fields) {
      for (const auto &input : inputs) {
        auto value = decode_value(field, input, context, field.id);
        if (!value) {
          ++refused;
          check_refused(field, value.error(), input);
        } else if (value->filled()) {
          ++accepted;
          check_accepted(field, *value, context);
        }
      }
    }
  };
  std::set<std::string> shapes; // fields of one shape behave alike; each shape once is enough
  std::vector<Field> fields;
  auto add = [&](const std::vector<Field> &all) {
    for (const auto &field : all) {
      auto shape = std::to_string(static_cast<int>(field.type)) + field.list +
                   (field.many ? "m" : "") + (field.personal ? "p" : "") +
                   std::to_string(static_cast<int>(field.format)) +
                   (field.type == catalog::FieldType::Rows ? field.id : "") +
                   (field.level ? std::to_string(static_cast<int>(*field.level)) : "") +
                   (field.lines > 1 ? "l" : "");
      if (shapes.insert(shape).second) fields.push_back(field);
    }
  };
  for (const auto &type : loaded.catalog->editions) {
    add(type.fields);
    for (const auto &part : type.parts) add(part.fields);
    // A label leads to its field, unless several share it.
    for (const auto &field : type.fields) {
      auto index = field_named(type.fields, field.label.zh);
      if (index) CHECK(type.fields[static_cast<std::size_t>(*index)].label.zh == field.label.zh);
      CHECK(*field_named(type.fields, field.id) == static_cast<int>(&field - type.fields.data()));
    }
  }
  check_all(fields);
  CHECK(accepted > 300);
  CHECK(refused > 5'000);
  // Every code of every list is read by its code and by its label.
  for (const auto &entry : loaded.catalog->lists) {
    Field field;
    field.id = "code";
    field.type = catalog::FieldType::Code;
    field.list = entry.first;
    for (const auto &word : entry.second.codes) {
      if ((word.from && context.day < *word.from) || (word.to && *word.to <= context.day)) continue;
      auto by_code = decode_value(field, json::value(word.code), context, "code");
      REQUIRE_MESSAGE(by_code.has_value(), entry.first << " " << word.code);
      CHECK(*by_code == Value(catalog::Code{word.code}));
      auto by_label = decode_value(field, json::value(word.label.zh), context, "code");
      if (by_label)
        CHECK_MESSAGE(*by_label == Value(catalog::Code{word.code}),
                      entry.first << " " << word.code);
    }
  }
}
