#include "exchange/names.h"

#include "base/text.h"

#include <algorithm>
#include <array>

namespace yifa::exchange {
namespace {

struct SpecialWords {
  Special special;
  std::array<std::string_view, 7>
      words; ///< the third is the Chinese header, the second the English one
};

constexpr std::array<SpecialWords, kSpecials> kSpecialWords{{
    {Special::State, {"@state", "state", "目标状态", "状态", "", ""}},
    {Special::Org, {"@org", "office", "单位", "org", "所属单位", "填报单位"}},
    {Special::Key, {"@key", "key", "记录键", "键", "对应记录键", ""}},
    {Special::Reason, {"@reason", "reason", "理由", "", "", ""}},
    {Special::Number, {"@number", "number", "编号", "记录编号", "", ""}},
    {Special::Act, {"@act", "act", "动作", "", "", ""}},
    {Special::Record, {"@record", "record", "记录", "", "", ""}},
    {Special::Row, {"@row", "row", "行号", "对应行号", "所属行号", "所属行"}},
    {Special::Ignored,
     {"@rejected", "rejected", "退回原因", "序号", "@id", "@version", "@synthetic"}},
}};

/// Without a bracketed remark at its end.
std::string without_remark(std::string name) {
  if (!name.ends_with(')')) return name;
  auto open = name.rfind('(');
  if (open == std::string::npos || open == 0) return name;
  name.resize(open);
  return name;
}

Target field_target(const catalog::Field &field, std::size_t index) {
  Target target;
  target.kind = Target::Kind::Field;
  target.field = static_cast<int>(index);
  target.holds = &field;
  target.path = field.id;
  return target;
}

/// Fields called so: by id alone when one has it, else by label.
std::vector<std::size_t> fields_called(std::string_view name,
                                       const std::vector<catalog::Field> &fields) {
  std::vector<std::size_t> found;
  std::string bare = bare_name(name);
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (!fields[i].absent && bare == bare_name(fields[i].id)) return {i};
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (!fields[i].absent && names(name, fields[i].id, fields[i].label)) found.push_back(i);
  return found;
}

} // namespace

std::string bare_name(std::string_view written) {
  std::string out;
  for (char32_t c : text::decode(text::lower_ascii(text::to_half_width(written)))) {
    bool blank = c <= 32 || c == 0xA0 || c == 0xFEFF || c == 0x200B || c == 0x3000;
    if (!blank && c != '*' && c != U'＊') out += text::encode(c);
  }
  while (out.ends_with(':')) out.pop_back();
  return out;
}

bool names(std::string_view written, const std::string &id, const catalog::Words &label) {
  std::string bare = bare_name(written);
  if (bare.empty()) return false;
  auto fits = [&](const std::string &name) {
    return name == bare_name(id) || (!label.zh.empty() && name == bare_name(label.zh)) ||
           (!label.en.empty() && name == bare_name(label.en));
  };
  return fits(bare) || fits(without_remark(bare));
}

std::optional<Special> special_named(std::string_view written) {
  std::string bare = bare_name(written);
  for (const auto &entry : kSpecialWords)
    for (auto word : entry.words)
      if (!word.empty() && (bare == word || without_remark(bare) == word)) return entry.special;
  return std::nullopt;
}

std::string special_path(Special special) {
  for (const auto &entry : kSpecialWords)
    if (entry.special == special) return std::string(entry.words[0]);
  return {};
}

std::string special_header(Special special, bool english) {
  for (const auto &entry : kSpecialWords)
    if (entry.special == special) return std::string(entry.words[english ? 1 : 2]);
  return {};
}

std::string sheet_name(std::string_view label) {
  auto points = text::decode(text::trim(label));
  for (char32_t &c : points)
    if (c < 32 || std::u32string_view(U"[]:*?/\\'").find(c) != std::u32string_view::npos) c = '_';
  if (points.size() > 31) points.resize(31);
  return text::encode(points);
}

bool typed_by_people(const catalog::Field &field) {
  return !field.derive && !field.by_register && !field.absent;
}

bool needs_column(const catalog::Field &field) {
  return field.required && typed_by_people(field) && !field.fallback.filled() && !field.personal;
}

std::vector<Target> targets_of(std::string_view header, const HeaderScope &scope) {
  std::vector<Target> found;
  for (std::size_t i : fields_called(header, *scope.fields))
    found.push_back(field_target((*scope.fields)[i], i));
  if (!found.empty()) return found;
  if (auto special = special_named(header)) {
    Target target;
    target.kind = Target::Kind::Special;
    target.special = *special;
    return {target};
  }
  std::string half = text::to_half_width(header);
  auto dot = half.find('.');
  if (dot == std::string::npos) return {};
  std::string_view front = std::string_view(half).substr(0, dot);
  std::string_view back = std::string_view(half).substr(dot + 1);
  for (std::size_t i : fields_called(front, *scope.fields)) {
    const auto &rows = (*scope.fields)[i];
    for (std::size_t k : fields_called(back, rows.columns)) {
      Target target = field_target(rows, i);
      target.kind = Target::Kind::RowsColumn;
      target.column = static_cast<int>(k);
      target.holds = &rows.columns[k];
      target.path = rows.id + "[1]." + target.holds->id;
      found.push_back(target);
    }
  }
  if (scope.parts == nullptr) return found;
  for (std::size_t p = 0; p < scope.parts->size(); ++p) {
    const auto &part = (*scope.parts)[p];
    if (!names(front, part.id, part.label)) continue;
    for (std::size_t i : fields_called(back, part.fields)) {
      Target target = field_target(part.fields[i], i);
      target.kind = Target::Kind::PartField;
      target.part = static_cast<int>(p);
      found.push_back(target);
    }
  }
  return found;
}

std::vector<std::string> known_names(const HeaderScope &scope) {
  std::vector<std::string> out;
  for (const auto &field : *scope.fields) {
    if (!typed_by_people(field) || (field.personal && !scope.personal)) continue;
    out.push_back(field.id);
    if (!field.label.zh.empty()) out.push_back(field.label.zh);
    if (!field.label.en.empty()) out.push_back(field.label.en);
  }
  if (scope.child) {
    for (auto special : {Special::Row, Special::Key}) out.push_back(special_header(special, false));
  } else {
    for (auto special :
         {Special::State, Special::Org, Special::Key, Special::Reason, Special::Number})
      out.push_back(special_header(special, false));
  }
  return out;
}

} // namespace yifa::exchange
