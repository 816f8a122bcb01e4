#include "exchange/template_out.h"

#include "base/text.h"
#include "exchange/names.h"
#include "ooxml/xlsx_write.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace yifa::exchange {
namespace {

using catalog::Field;
using catalog::FieldType;

const std::string &in_language(const catalog::Words &words, bool english,
                               const std::string &otherwise) {
  const auto &chosen = english && !words.en.empty() ? words.en : words.zh;
  return chosen.empty() ? otherwise : chosen;
}

bool in_template(const Field &field) { return typed_by_people(field) && !field.personal; }

/// What form a cell has, with an example.
std::string form_of(const Field &field, bool english) {
  auto say = [&](std::string_view zh, std::string_view en) {
    return std::string(english ? en : zh);
  };
  switch (field.type) {
  case FieldType::Date:
    return say("日期，如2023-03-15或2023年3月15日", "a day, such as 2023-03-15");
  case FieldType::Moment:
    return say("日期和时刻，如2023-03-15 09:30", "day and time, such as 2023-03-15 09:30");
  case FieldType::Count:
    return say("整数", "a whole number");
  case FieldType::Number:
    return say("数字，可带小数", "a number, decimals allowed");
  case FieldType::Money:
    return say("金额，以元计，如1200.50或1.2万", "an amount in yuan, such as 1200.50");
  case FieldType::Flag:
    return say("是或否", "是 or 否 (yes or no)");
  case FieldType::Code:
    return field.many ? say("从清单选取，几项以、分开", "from the list; several separated by 、")
                      : say("从清单选取", "from the list");
  case FieldType::Org:
    return say("单位或村的名称，也可填代码", "the name of an office or village, or its code");
  case FieldType::Link:
    return say("所指记录的编号，如2023-18，或记录键",
               "the number of the record meant, such as 2023-18, or its key");
  case FieldType::File:
    return say("已上传附件的SHA-256值", "the SHA-256 of an attachment already stored");
  case FieldType::Rows:
    return say("另填同名工作表", "on the sheet of that name");
  case FieldType::Text:
    break;
  }
  switch (field.format) {
  case catalog::TextFormat::Url:
    return say("网址，如https://www.gov.cn/", "an address, such as https://www.gov.cn/");
  case catalog::TextFormat::Phone:
    return say("电话号码", "a telephone number");
  case catalog::TextFormat::IdCard:
    return say("十八位公民身份号码", "an 18-digit identity number");
  case catalog::TextFormat::CreditCode:
    return say("十八位统一社会信用代码", "an 18-character credit code");
  case catalog::TextFormat::IdOrCredit:
    return say("身份号码或统一社会信用代码", "identity number or credit code");
  case catalog::TextFormat::Plain:
    break;
  }
  return say("文字", "text");
}

std::vector<std::string> choices_of(const catalog::Catalog &catalog, const Field &field,
                                    bool english) {
  if (field.type == FieldType::Flag) return {"是", "否"};
  if (field.type != FieldType::Code) return {};
  std::vector<std::string> out;
  const auto *list = catalog.list(field.list);
  if (list == nullptr) return out;
  // A label that two codes share could not be read back: those go by their codes.
  std::multiset<std::string> labels;
  for (const auto &code : list->codes) labels.insert(in_language(code.label, english, code.code));
  for (const auto &code : list->codes) {
    if (code.to) continue; // no longer in use
    const auto &label = in_language(code.label, english, code.code);
    out.push_back(labels.count(label) > 1 ? code.code : label);
  }
  return out;
}

class Workbook {
public:
  Workbook(const catalog::Catalog &catalog, const catalog::RecordType &type, bool english)
      : catalog_(catalog), type_(type), english_(english) {}

  Status write(const std::filesystem::path &path) {
    auto writer = TRY(
        ooxml::XlsxWriter::create(path, {in_language(type_.label, english_, type_.id), "", {}}));
    TRY(main_sheet(writer));
    for (const auto &field : type_.fields)
      if (in_template(field) && field.type == FieldType::Rows)
        TRY(child_sheet(writer, field.id, field.label, field.columns));
    for (const auto &part : type_.parts) {
      TRY(child_sheet(writer, part.id, part.label, part.fields));
      for (const auto &field : part.fields)
        if (in_template(field) && field.type == FieldType::Rows)
          TRY(child_sheet(
              writer, part.id + "." + field.id,
              {part.label.zh + "." + field.label.zh, part.label.en + "." + field.label.en},
              field.columns));
    }
    TRY(instructions(writer));
    return writer.finish();
  }

private:
  std::string words(std::string_view zh, std::string_view en) const {
    return std::string(english_ ? en : zh);
  }

  /// The label, unless another field of the sheet has it too or it means something else there.
  std::string header_of(const Field &field, const std::vector<Field> &fields) const {
    const auto &label = in_language(field.label, english_, field.id);
    HeaderScope scope;
    scope.fields = &fields;
    auto found = targets_of(label, scope);
    bool clear = found.size() == 1 && found[0].holds == &field;
    return clear ? label : field.id;
  }

  ooxml::SheetColumn column_of(const Field &field, const std::vector<Field> &fields) const {
    ooxml::SheetColumn column;
    column.header = header_of(field, fields) + (needs_column(field) ? "*" : "");
    column.required = needs_column(field);
    column.choices = choices_of(catalog_, field, english_);
    column.choices_only = !field.many;
    std::vector<std::string> lines{form_of(field, english_)};
    if (!field.unit.empty()) lines.push_back(words("单位：", "Unit: ") + field.unit);
    const auto &help = english_ && !field.help.en.empty() ? field.help.en : field.help.zh;
    if (!help.empty()) lines.push_back(help);
    column.note = text::join(lines, "\n");
    column.prompt = text::shorten(column.note, 250);
    switch (field.type) {
    case FieldType::Count:
      column.format = ooxml::ColumnFormat::Integer;
      break;
    case FieldType::Number:
      column.format = ooxml::ColumnFormat::Decimal;
      break;
    case FieldType::Money:
      column.format = ooxml::ColumnFormat::Money;
      break;
    case FieldType::Date:
      column.format = ooxml::ColumnFormat::Date;
      break;
    case FieldType::Moment:
      column.format = ooxml::ColumnFormat::Moment;
      break;
    default:
      column.format = ooxml::ColumnFormat::Text;
    }
    double wish = field.width > 0 ? field.width : field.lines > 1 ? 40 : 14;
    column.width = std::max(wish, static_cast<double>(text::width(column.header)) + 2);
    return column;
  }

  ooxml::SheetColumn special_column(Special special, const std::vector<Field> &fields,
                                    std::string note) const {
    ooxml::SheetColumn column;
    HeaderScope scope;
    scope.fields = &fields;
    column.header = special_header(special, english_);
    auto found = targets_of(column.header, scope);
    bool taken = found.empty() || found[0].kind != Target::Kind::Special;
    if (taken) column.header = "@" + special_header(special, true); // a field has that name
    if (taken && special == Special::Org) column.header = "@org";
    column.format = ooxml::ColumnFormat::Text;
    column.note = std::move(note);
    return column;
  }

  void field_columns(ooxml::SheetSpec &sheet, const std::vector<Field> &fields) {
    for (const auto &field : fields) {
      if (!in_template(field)) continue;
      explained_.push_back({sheet.name, &field, &fields});
      if (field.type != FieldType::Rows) sheet.columns.push_back(column_of(field, fields));
    }
  }

  Status main_sheet(ooxml::XlsxWriter &writer) {
    ooxml::SheetSpec sheet;
    sheet.name = unused_name(type_.id, type_.label);
    field_columns(sheet, type_.fields);
    auto state = special_column(
        Special::State, type_.fields,
        words("办到哪一步；不填为刚登记", "How far the matter has come; empty: just opened"));
    for (const auto &s : type_.states)
      state.choices.push_back(in_language(s.label, english_, s.id));
    if (type_.states.size() > 1) sheet.columns.push_back(std::move(state));
    sheet.columns.push_back(
        special_column(Special::Org, type_.fields,
                       words("登记单位；不填为导入时指定的单位",
                             "The office that keeps the record; empty: the one named at import")));
    sheet.columns.push_back(special_column(Special::Key, type_.fields,
                                           words("自编的唯一记号，供其他表和其他台账引用；可不填",
                                                 "A mark of your own by which other sheets and "
                                                 "ledgers may name this row; may be empty")));
    sheet.columns.push_back(
        special_column(Special::Reason, type_.fields,
                       words("法律有要求而未做到时写明理由；可不填",
                             "Why something the law expects was not done; may be empty")));
    return writer.begin_sheet(sheet);
  }

  Status child_sheet(ooxml::XlsxWriter &writer, const std::string &id, const catalog::Words &label,
                     const std::vector<Field> &columns) {
    ooxml::SheetSpec sheet;
    sheet.name = unused_name(id, label);
    sheet.columns.push_back(
        special_column(Special::Row, columns,
                       words("这一行属于主表的第几行（表格左侧的行号）；也可用记录键",
                             "Which row of the first sheet this line belongs to (the number at the "
                             "left); or use the key")));
    if (id.find('.') == std::string::npos)
      sheet.columns.push_back(
          special_column(Special::Key, columns,
                         words("主表该行的记录键；填了行号可不填",
                               "The key of that row; not needed beside the row number")));
    field_columns(sheet, columns);
    return writer.begin_sheet(sheet);
  }

  /// The label as a sheet's name; the id where the label is taken.
  std::string unused_name(const std::string &id, const catalog::Words &label) {
    auto name = sheet_name(in_language(label, english_, id));
    if (!names_.insert(bare_name(name)).second) {
      name = sheet_name(id);
      names_.insert(bare_name(name));
    }
    return name;
  }

  Status instructions(ooxml::XlsxWriter &writer) {
    ooxml::SheetSpec sheet;
    sheet.name = words("填写说明", "Instructions");
    sheet.lead = {
        in_language(type_.label, english_, type_.id),
        words(
            "带*的列必填。日期、数字可用全角；金额以元计。每行一条，不要合并单元格，不要改动表头。",
            "Columns marked * are required. One record a row; do not merge cells or change the "
            "headers."),
        words("涉及个人的信息不在此表填写，导入后由经办人补录。",
              "Personal data is not entered here; the handler adds it afterwards.")};
    for (const auto &header :
         {words("工作表", "Sheet"), words("列", "Column"), words("代号", "Id"),
          words("必填", "Required"), words("单位", "Unit"), words("填法", "Form"),
          words("说明", "Help"), words("可选值", "Choices")}) {
      ooxml::SheetColumn column;
      column.header = header;
      column.width =
          header == words("可选值", "Choices") || header == words("说明", "Help") ? 50 : 16;
      sheet.columns.push_back(std::move(column));
    }
    TRY(writer.begin_sheet(sheet));
    for (const auto &item : explained_) {
      const auto &field = *item.field;
      TRY(writer.row(std::vector<ooxml::CellValue>{
          item.sheet, header_of(field, *item.fields), field.id,
          needs_column(field) ? words("是", "yes") : "", field.unit, form_of(field, english_),
          english_ && !field.help.en.empty() ? field.help.en : field.help.zh,
          text::shorten(text::join(choices_of(catalog_, field, english_), english_ ? ", " : "、"),
                        2000)}));
    }
    return Done{};
  }

  struct Explained {
    std::string sheet;
    const Field *field;
    const std::vector<Field> *fields;
  };
  const catalog::Catalog &catalog_;
  const catalog::RecordType &type_;
  bool english_;
  std::set<std::string> names_;
  std::vector<Explained> explained_;
};

} // namespace

Status write_template(const std::filesystem::path &path, const catalog::Catalog &catalog,
                      const catalog::RecordType &type, bool english) {
  return Workbook(catalog, type, english).write(path);
}

} // namespace yifa::exchange
