#include "catalog/loading.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace yifa::catalog {
namespace {

std::optional<FieldType> field_type(std::string_view name) {
  for (int i = 0; i <= static_cast<int>(FieldType::Rows); ++i)
    if (to_string(static_cast<FieldType>(i)) == name) return static_cast<FieldType>(i);
  return std::nullopt;
}

std::vector<std::string> type_words() {
  std::vector<std::string> out;
  for (int i = 0; i <= static_cast<int>(FieldType::Rows); ++i)
    out.emplace_back(to_string(static_cast<FieldType>(i)));
  return out;
}

/// Which mark may stand on which field types.
struct MarkUse {
  std::string_view mark;
  std::vector<FieldType> types;
};
const std::vector<MarkUse> &mark_uses() {
  using T = FieldType;
  static const std::vector<MarkUse> uses = {
      {"list", {T::Code}},
      {"unit", {T::Count, T::Number}},
      {"level", {T::Org}},
      {"to", {T::Link}},
      {"back", {T::Link}},
      {"acyclic", {T::Link}},
      {"columns", {T::Rows}},
      {"sealed", {T::Rows}},
      {"fixed", {T::Rows}},
      {"lines", {T::Text}},
      {"format", {T::Text}},
      {"set_by", {T::Text}},
      {"many", {T::Code, T::Org, T::Link, T::File}},
      {"default", {T::Text, T::Code, T::Count, T::Number, T::Money, T::Flag}},
      {"personal",
       {T::Text, T::Date, T::File, T::Count, T::Number, T::Code, T::Moment, T::Money, T::Org,
        T::Flag}},
  };
  return uses;
}

void read_list_of(Loading &loading, const Node &node, std::string_view owner, Field &field,
                  bool overlay) {
  auto &lists = loading.catalog.lists;
  if (node.is_text()) {
    field.list = node.text;
    if (!lists.count(field.list)) {
      std::vector<std::string> known;
      for (const auto &[id, list] : lists)
        if (id.find('.') == std::string::npos) known.push_back(id);
      loading.report.unknown(node, "list", field.list, known);
    }
    return;
  }
  field.list = fmt::format("{}.{}", owner, field.id);
  auto &list = lists[field.list]; // an older edition adds the codes that are no more
  list.id = field.list;
  // A whole new list of a county's own field has nothing to stand under.
  read_codes(loading, node, list, false);
  (void)overlay;
}

Field read_field(Loading &loading, const Node &key, const Node &node, std::string_view owner,
                 bool column, bool derived, bool overlay) {
  auto &report = loading.report;
  Field field;
  field.id = key.text;
  auto what = fmt::format("{} \"{}\"",
                          column    ? "the column"
                          : derived ? "the derived field"
                                    : "the field",
                          field.id);
  static const std::initializer_list<std::string_view> typed = {
      "type",   "label",   "help",   "required", "default", "many",   "list",  "unit",
      "level",  "to",      "back",   "acyclic",  "lines",   "format", "width", "personal",
      "set_by", "columns", "sealed", "fixed",    "was",     "retired"};
  static const std::initializer_list<std::string_view> of_column = {
      "type", "label", "help",   "required", "default",  "list", "unit",   "level",
      "to",   "lines", "format", "width",    "personal", "was",  "retired"};
  static const std::initializer_list<std::string_view> computed = {
      "type", "label", "help", "list", "when", "cases", "highest_of", "was", "retired"};
  Shape shape(node, report, what, derived ? computed : column ? of_column : typed);
  if (!shape.good()) return field;
  const Node *type = shape.need("type");
  bool known_type = false;
  if (type && type->is_text()) {
    if (auto found = field_type(type->text)) {
      field.type = *found;
      known_type = true;
    } else {
      report.unknown(*type, "field type", type->text, type_words());
    }
  } else if (type) {
    report.error(*type, "\"type\" must be a text");
  }
  if (column && field.type == FieldType::Rows)
    report.error(*type, "rows inside rows; lines have one level");
  if (const Node *label = shape.need("label")) field.label = read_words(*label, report, "label");
  if (const Node *help = shape.get("help")) field.help = read_help(*help, report, "help");
  field.was = shape.text("was");
  field.absent = shape.flag("retired");
  field.required = shape.flag("required");
  field.many = shape.flag("many");
  field.personal = shape.flag("personal");
  field.sealed = shape.flag("sealed");
  field.acyclic = shape.flag("acyclic");
  field.lines = static_cast<int>(std::min<std::int64_t>(shape.number("lines", 1), 1000));
  field.width = static_cast<int>(std::min<std::int64_t>(shape.number("width"), 1000));
  field.fixed = shape.text("fixed");
  if (const Node *set_by = shape.get("set_by"))
    field.by_register = read_word(*set_by, report, "set_by", {"number"}) == 0;
  if (const Node *format = shape.get("format")) {
    int at = read_word(*format, report, "format",
                       {"url", "phone", "id_card", "credit_code", "id_or_credit"});
    if (at >= 0) field.format = static_cast<TextFormat>(at + 1);
  }
  if (!known_type) {
    loading.doubtful.insert(fmt::format("{}.{}", owner, field.id));
    return field;
  }
  for (const auto &use : mark_uses()) {
    const Node *mark = shape.get(use.mark);
    if (mark && std::find(use.types.begin(), use.types.end(), field.type) == use.types.end())
      report.error(*mark, fmt::format("\"{}\" does not go with the type {}", use.mark,
                                      to_string(field.type)));
  }
  if (field.personal && field.format == TextFormat::Url)
    report.warning(*shape.get("personal"), "a web address marked personal");
  if (field.format == TextFormat::IdCard && !field.personal)
    report.error(*shape.get("format"), "an identity number must be marked `personal: true`");
  switch (field.type) {
  case FieldType::Code:
    if (const Node *list = shape.need("list")) read_list_of(loading, *list, owner, field, overlay);
    break;
  case FieldType::Count:
  case FieldType::Number:
    if (derived) break;
    if (const Node *unit =
            field.type == FieldType::Count ? shape.need("unit") : shape.get("unit")) {
      field.unit = read_text(*unit, report, "unit");
      if (field.unit.starts_with("of ")) {
        field.unit_of = field.unit.substr(3);
        field.unit.clear();
      } else {
        check_unit(loading, *unit, field.unit);
      }
    }
    break;
  case FieldType::Org:
    if (const Node *level = shape.get("level")) {
      int at =
          read_word(*level, report, "level",
                    {"nation", "province", "city", "county", "township", "village", "department"});
      if (at >= 0) field.level = static_cast<OrgLevel>(at);
    }
    break;
  case FieldType::Link:
    if (const Node *to = shape.need("to"))
      for (const Node *one : read_texts(*to, report, "to")) field.to.emplace_back(one->text);
    field.back = shape.text("back");
    if (const Node *back = shape.get("back"))
      check_name(*back, report, "a link's other direction", true);
    break;
  case FieldType::Rows:
    if (const Node *columns = shape.need("columns")) {
      if (!columns->is_map() || columns->pairs() == 0) {
        report.error(*columns, "\"columns\" must be a map of fields");
        break;
      }
      for (std::size_t i = 0; i < columns->pairs(); ++i) {
        check_name(columns->key(i), report, "a column", true);
        if (columns->value(i).broken()) continue;
        field.columns.push_back(read_field(loading, columns->key(i), columns->value(i),
                                           fmt::format("{}.{}", owner, field.id), true, false,
                                           overlay));
      }
      // Lines that hold something personal are sealed whole: half a line tells too much.
      field.personal =
          field.personal || std::any_of(field.columns.begin(), field.columns.end(),
                                        [](const Field &each) { return each.personal; });
    }
    if (const Node *fixed = shape.get("fixed")) {
      if (!loading.catalog.lists.count(field.fixed)) {
        std::vector<std::string> known;
        for (const auto &[id, list] : loading.catalog.lists) known.push_back(id);
        report.unknown(*fixed, "list", field.fixed, known);
      } else if (std::none_of(field.columns.begin(), field.columns.end(),
                              [&](const Field &c) { return c.list == field.fixed; })) {
        report.error(*fixed, fmt::format("no column is a code of the list \"{}\"", field.fixed));
      }
    }
    break;
  default:
    break;
  }
  if (const Node *value = shape.get("default")) {
    if (field.personal || field.by_register)
      report.error(*value, "this field cannot have a default");
    if (auto literal = read_literal(loading, *value, field)) {
      field.fallback = field.many ? Value(std::vector<Value>{*literal}) : *literal;
    }
  }
  if (field.required && field.by_register)
    report.error(*shape.get("required"),
                 "a number given by a register cannot be required when the record is opened");
  return field;
}

/// `unit: of kind` needs the code beside it, and every code of its list a measure word.
void check_unit_of(Loading &loading, const Node &map, const std::vector<Field> &fields) {
  for (const Field &field : fields) {
    const Node *at = map.find(field.id);
    if (field.type == FieldType::Rows && at) {
      if (const Node *columns = at->find("columns"))
        check_unit_of(loading, *columns, field.columns);
      continue;
    }
    if (field.unit_of.empty() || !at) continue;
    const Node *unit = at->find("unit");
    auto code = std::find_if(fields.begin(), fields.end(),
                             [&](const Field &f) { return f.id == field.unit_of; });
    if (code == fields.end() || code->type != FieldType::Code || code->many) {
      loading.report.error(
          *unit, fmt::format("no single code \"{}\" stands beside this field", field.unit_of));
      continue;
    }
    const CodeList *list = loading.catalog.list(code->list);
    if (!list) continue;
    for (const auto &word : list->codes)
      if (word.unit.empty()) {
        loading.report.error(*unit,
                             fmt::format("the code {} of \"{}\" has no unit", word.code, list->id));
        break;
      }
  }
}

} // namespace

void read_fields(Loading &loading, const Node &map, std::string_view owner, std::vector<Field> &out,
                 bool overlay) {
  if (!map.is_map()) {
    loading.report.error(map, "\"fields\" must be a map of fields");
    return;
  }
  for (std::size_t i = 0; i < map.pairs(); ++i) {
    if (!check_name(map.key(i), loading.report, "a field", true) || map.value(i).broken()) continue;
    Field field = read_field(loading, map.key(i), map.value(i), owner, false, false, overlay);
    bool extra = field.id.starts_with("x_");
    if (extra != overlay)
      loading.report.error(map.key(i), overlay ? "a county's field begins with x_"
                                               : "fields with x_ belong to a county's overlay");
    field.extra = overlay;
    out.push_back(std::move(field));
  }
  check_unit_of(loading, map, out);
}

void read_derived(Loading &loading, const Node &map, std::string_view owner,
                  std::vector<Field> &out) {
  if (!map.is_map()) {
    loading.report.error(map, "\"derive\" must be a map of fields");
    return;
  }
  for (std::size_t i = 0; i < map.pairs(); ++i) {
    const Node &node = map.value(i);
    if (!check_name(map.key(i), loading.report, "a field", true) || node.broken()) continue;
    Field field = read_field(loading, map.key(i), node, owner, false, true, false);
    Derivation derivation;
    int ways = 0;
    if (node.find("when")) ++ways;
    if (node.find("cases")) ++ways, derivation.kind = Derivation::Kind::Cases;
    if (node.find("highest_of")) ++ways, derivation.kind = Derivation::Kind::HighestOf;
    if (ways != 1)
      loading.report.error(map.key(i),
                           "a derived field says exactly one of when, cases, highest_of");
    bool flag = derivation.kind == Derivation::Kind::When;
    if (ways == 1 && field.type != (flag ? FieldType::Flag : FieldType::Code))
      loading.report.error(map.key(i), flag ? "`when` derives a flag"
                                            : "`cases` and `highest_of` derive a code");
    field.derive = std::move(derivation);
    out.push_back(std::move(field));
  }
}

std::optional<Value> read_literal(Loading &loading, const Node &node, const Field &field) {
  auto &report = loading.report;
  auto fault = [&](std::string_view wanted) -> std::optional<Value> {
    report.error(node, fmt::format("\"{}\" takes {}", field.id, wanted));
    return std::nullopt;
  };
  if (!node.is_text()) return fault("a single value");
  std::string text(node.text);
  switch (field.type) {
  case FieldType::Text:
    return Value(text);
  case FieldType::Code: {
    const CodeList *list = loading.catalog.list(field.list);
    if (list && !list->find(text)) {
      std::vector<std::string> known;
      for (const auto &word : list->codes) known.push_back(word.code);
      report.unknown(node, fmt::format("code of \"{}\"", field.id), text, known);
      return std::nullopt;
    }
    return Value(Code{text});
  }
  case FieldType::Count:
  case FieldType::Money: {
    bool digits = !node.quoted && !text.empty() && text.size() <= 15 &&
                  text.find_first_not_of("0123456789") == std::string::npos;
    if (!digits)
      return fault(field.type == FieldType::Money ? "a whole number of fen" : "a whole number");
    auto n = std::stoll(text);
    if (field.type == FieldType::Money) return Value(Money::from_fen(n));
    return Value(Count{n});
  }
  case FieldType::Number:
    if (auto number = Decimal::parse(text); number && !node.quoted) return Value(*number);
    return fault("a number");
  case FieldType::Date:
    if (auto day = Date::parse(text)) return Value(*day);
    return fault("a day like 2023-03-15, or {same: field}");
  case FieldType::Moment:
    if (auto moment = Moment::parse(text)) return Value(*moment);
    return fault("a moment like 2023-03-15T09:30, or {same: field}");
  case FieldType::Flag:
    if (!node.quoted && (text == "true" || text == "false")) return Value(text == "true");
    return fault("true or false");
  case FieldType::Org:
    if (auto org = OrgCode::parse(text)) return Value(*org);
    return fault("a division code");
  case FieldType::Link:
  case FieldType::File:
  case FieldType::Rows:
    break;
  }
  return fault("{filled: …} or {same: …} only");
}

} // namespace yifa::catalog
