#pragma once

#include "catalog/model.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

/// A small ledger for the tests of this room: every kind of field, rows, a part with rows.
namespace yifa::exchange {

inline catalog::Field test_field(std::string id, catalog::FieldType type, std::string zh,
                                 std::string en = {}) {
  catalog::Field field;
  field.id = std::move(id);
  field.type = type;
  field.label = {std::move(zh), std::move(en)};
  return field;
}

inline catalog::RecordType test_type() {
  using enum catalog::FieldType;
  catalog::RecordType type;
  type.id = "lecture";
  type.label = {"宣传活动", "Publicity event"};
  type.fields = {test_field("title", Text, "标题", "Title"),
                 test_field("held_on", Date, "日期", "Date"),
                 test_field("topic", Code, "主题", "Topic"),
                 test_field("people", Count, "参加人数", "People"),
                 test_field("share", Number, "满意率", "Share"),
                 test_field("cost", Money, "经费", "Cost"),
                 test_field("open", Flag, "公开", "Open"),
                 test_field("village", Org, "所在村", "Village"),
                 test_field("at", Moment, "时刻", "Moment"),
                 test_field("materials", Rows, "宣传材料", "Materials"),
                 test_field("speaker", Text, "主讲人", "Speaker"),
                 test_field("heavy", Flag, "重大", "Heavy"),
                 test_field("doc_no", Text, "文号", "Document number"),
                 test_field("review", Link, "审核", "Review")};
  type.fields[0].required = true;
  type.fields[1].required = true;
  type.fields[2].many = true;
  type.fields[2].list = "topics";
  type.fields[3].unit = "人次";
  type.fields[4].unit = "%";
  type.fields[9].columns = {test_field("kind", Code, "种类", "Kind"),
                            test_field("copies", Count, "份数", "Copies")};
  type.fields[9].columns[0].required = true;
  type.fields[9].columns[0].list = "kinds";
  type.fields[10].personal = true;
  type.fields[11].derive.emplace();
  type.fields[12].by_register = true;
  catalog::Part visit;
  visit.id = "visit";
  visit.label = {"回访", "Return visit"};
  visit.fields = {test_field("visited_on", Date, "回访日期", "Visited on"),
                  test_field("note", Text, "情况", "Note"),
                  test_field("asked", Rows, "问询", "Asked")};
  visit.fields[0].required = true;
  visit.fields[2].columns = {test_field("question", Text, "问题", "Question")};
  type.parts = {visit};
  type.states = {{"planned", {"已计划", "Planned"}, false}, {"held", {"已举办", "Held"}, true}};
  type.list_columns = {"held_on", "title", "speaker", "@state"};
  return type;
}

/// A folder that goes with the test.
class TestFolder {
public:
  explicit TestFolder(const std::string &name)
      : path_(std::filesystem::temp_directory_path() /
              ("yifa_exchange_" + name + "_" + std::to_string(::getpid()))) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  TestFolder(const TestFolder &) = delete;
  TestFolder &operator=(const TestFolder &) = delete;
  ~TestFolder() { std::filesystem::remove_all(path_); }
  std::filesystem::path operator/(const std::string &name) const { return path_ / name; }
  const std::filesystem::path &path() const { return path_; }
  std::filesystem::path write(const std::string &name, const std::string &content) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << content;
    return path_ / name;
  }

private:
  std::filesystem::path path_;
};

} // namespace yifa::exchange
