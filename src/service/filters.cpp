#include "service/filters.h"

#include "base/text.h"
#include "record/codec.h"
#include "service/orgs.h"

#include <fmt/format.h>

namespace yifa::service {
namespace {

/// "field>=value" in its three pieces.
struct FilterWritten {
  std::string name;
  std::string sign;
  std::string value;
};

std::optional<FilterWritten> filter_apart(const std::string &text) {
  if (text.ends_with("!?")) return FilterWritten{text.substr(0, text.size() - 2), "!?", ""};
  if (text.ends_with("?")) return FilterWritten{text.substr(0, text.size() - 1), "?", ""};
  for (const char *sign : {">=", "<=", "!=", "="})
    if (auto at = text.find(sign); at != std::string::npos && at > 0)
      return FilterWritten{text.substr(0, at), sign,
                           text.substr(at + std::string_view(sign).size())};
  return std::nullopt;
}

} // namespace

Result<catalog::Predicate> read_filters(const catalog::Catalog &catalog,
                                        const catalog::RecordType &type, store::Reader &reader,
                                        const OrgCode &near,
                                        const std::vector<std::string> &written) {
  catalog::Predicate all;
  if (written.empty()) return all;
  all.kind = catalog::Predicate::Kind::All;
  std::vector<Problem> problems;
  record::DecodeContext context{
      catalog, Date(), [&](const std::string &name) { return resolve_org(reader, name, near); },
      [&](const std::string &name, const std::vector<std::string> &to) -> Result<RecordId> {
        if (auto id = RecordId::parse(name)) return *id;
        for (const auto &each : to)
          if (auto found = TRY(reader.by_number(each, near, name))) return *found;
        return not_found(fmt::format("no record has the number \"{}\"", name));
      }};
  for (const auto &text : written) {
    auto parts = filter_apart(text);
    if (!parts) {
      problems.push_back(
          {text,
           "write it as field=value, field>=value, field<=value, field!=value, field? or field!?",
           "", ""});
      continue;
    }
    int index = type.field_index(parts->name);
    if (index < 0)
      for (std::size_t i = 0; i < type.fields.size(); ++i)
        if (type.fields[i].label.zh == parts->name) index = static_cast<int>(i);
    if (index < 0) {
      std::vector<std::string> names;
      for (const auto &field : type.fields) names.push_back(field.id);
      auto close = text::nearest(parts->name, names);
      problems.push_back(
          {parts->name,
           fmt::format("{} has no field \"{}\"{}", type.id, parts->name,
                       close.empty() ? "" : fmt::format("; did you mean \"{}\"?", close)),
           "", ""});
      continue;
    }
    const auto &field = type.fields[static_cast<std::size_t>(index)];
    if (field.personal) {
      problems.push_back({parts->name, "personal fields cannot be searched or filtered", "", ""});
      continue;
    }
    catalog::Predicate one;
    one.kind = catalog::Predicate::Kind::Compare;
    one.field = {catalog::FieldRef::Kind::Field, index, -1, field.id};
    if (parts->sign == "?" || parts->sign == "!?") {
      one.filled = parts->sign == "?";
      all.children.push_back(one);
      continue;
    }
    auto single = field; // one value of a many field is written like a single one
    single.many = false;
    for (const auto &piece : text::split(parts->value, '|')) {
      auto value = record::decode_value(single, json::value(piece), context, field.id);
      if (!value) {
        for (const auto &problem : value.error().problems) problems.push_back(problem);
        if (value.error().problems.empty())
          problems.push_back({field.id, value.error().message, "", ""});
        continue;
      }
      catalog::Operand operand;
      operand.literal = *value;
      if (parts->sign == "=") one.any_of.push_back(operand);
      if (parts->sign == "!=") one.none_of.push_back(operand);
      if (parts->sign == ">=") one.min = operand;
      if (parts->sign == "<=") one.max = operand;
    }
    all.children.push_back(one);
  }
  if (!problems.empty()) return invalid("the filters were not understood", problems);
  return all;
}

Result<std::pair<Date, RecordId>> read_cursor(const std::string &text) {
  auto slash = text.find('/');
  if (slash == std::string::npos)
    return invalid(fmt::format("\"{}\" is no page mark; use what the list printed", text));
  auto day = TRY(Date::parse(text.substr(0, slash)));
  auto id = TRY(RecordId::parse(text.substr(slash + 1)));
  return std::pair{day, id};
}

std::string write_cursor(const record::Record &last) {
  return fmt::format("{}/{}", last.day.text(), last.id.text());
}

} // namespace yifa::service
