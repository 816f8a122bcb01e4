#include "cli/fields.h"

#include "base/file.h"
#include "base/text.h"

#include <iostream>
#include <iterator>

#include <fmt/format.h>

namespace yifa::cli {

Result<json::object> read_fields(const std::vector<catalog::Field> &fields,
                                 const std::vector<std::string> &arguments,
                                 const std::string &json_file, const Attach &attach) {
  json::object out;
  if (!json_file.empty()) {
    std::string content;
    if (json_file == "-") {
      content.assign(std::istreambuf_iterator<char>(std::cin), {});
    } else {
      content = TRY(read_file(json_file, 1U << 24));
    }
    auto parsed = TRY(parse_json(content));
    if (!parsed.is_object()) return invalid("the fields must be a JSON object");
    out = std::move(parsed.get_object());
  }
  std::vector<Problem> problems;
  for (const auto &argument : arguments) {
    auto equals = argument.find('=');
    if (equals == std::string::npos || equals == 0) {
      problems.push_back({argument, "write it as field=value", "", ""});
      continue;
    }
    auto name = argument.substr(0, equals);
    auto value = argument.substr(equals + 1);
    const catalog::Field *field = nullptr;
    for (const auto &each : fields)
      if (each.id == name || each.label.zh == name) field = &each;
    if (out.contains(name)) {
      problems.push_back({name, "this field is given twice", "", ""});
      continue;
    }
    const bool paper = field != nullptr && field->type == catalog::FieldType::File;
    if (value.starts_with("@") && paper) {
      auto hash = attach(value.substr(1));
      if (!hash) {
        problems.push_back({name, hash.error().message, "", ""});
        continue;
      }
      value = *hash;
    } else if (value.starts_with("@")) {
      auto content = read_file(value.substr(1), 1U << 24);
      if (!content) {
        problems.push_back({name, content.error().message, "", ""});
        continue;
      }
      value = *content;
      while (value.ends_with('\n') || value.ends_with('\r')) value.pop_back();
    } else if (field != nullptr && field->personal && !paper) {
      problems.push_back(
          {name, "a personal field is not written on the command line; use field=@file or --from -",
           "", ""});
      continue;
    }
    // Rows and lists may be written as JSON; everything else is text as a person writes it.
    if (value.empty()) {
      out[name] = nullptr;
    } else if ((value[0] == '[' || value[0] == '{') && field != nullptr &&
               (field->many || field->type == catalog::FieldType::Rows)) {
      auto parsed = parse_json(value);
      if (!parsed) {
        problems.push_back({name, parsed.error().message, "", ""});
        continue;
      }
      out[name] = *parsed;
    } else {
      out[name] = value;
    }
  }
  if (!problems.empty()) return invalid("the fields were not understood", problems);
  return out;
}

} // namespace yifa::cli
