#include "base/json.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa {
namespace {

/// A string in quotes. Setting up a serializer costs more than most strings, which need no escape.
void write_string(std::string &out, std::string_view text) {
  bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
  });
  if (!plain) {
    out += json::serialize(text);
    return;
  }
  out += '"';
  out += text;
  out += '"';
}

/// Boost writes 98.6 as 9.86E1; people and diffs want the shortest plain form that reads back to
/// the same number.
void write_scalar(std::string &out, const json::value &value) {
  if (value.is_string()) {
    write_string(out, value.get_string());
  } else if (value.is_int64()) {
    out += fmt::format_int(value.get_int64()).c_str();
  } else if (value.is_double()) {
    out += fmt::format("{}", value.get_double());
  } else {
    out += json::serialize(value);
  }
}

void write_pretty(std::string &out, const json::value &value, int depth) {
  auto line = [&](int d) {
    out += '\n';
    out.append(static_cast<std::size_t>(d) * 2, ' ');
  };
  if (value.is_object() && !value.get_object().empty()) {
    out += '{';
    bool first = true;
    for (const auto &member : value.get_object()) {
      if (!first) out += ',';
      first = false;
      line(depth + 1);
      write_string(out, member.key());
      out += ": ";
      write_pretty(out, member.value(), depth + 1);
    }
    line(depth);
    out += '}';
  } else if (value.is_array() && !value.get_array().empty()) {
    out += '[';
    bool first = true;
    for (const auto &item : value.get_array()) {
      if (!first) out += ',';
      first = false;
      line(depth + 1);
      write_pretty(out, item, depth + 1);
    }
    line(depth);
    out += ']';
  } else {
    write_scalar(out, value);
  }
}

void write_canonical(std::string &out, const json::value &value) {
  if (value.is_object()) {
    std::vector<const json::key_value_pair *> members;
    for (const auto &member : value.get_object()) members.push_back(&member);
    std::sort(members.begin(), members.end(), [](auto *a, auto *b) { return a->key() < b->key(); });
    out += '{';
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (i > 0) out += ',';
      write_string(out, members[i]->key());
      out += ':';
      write_canonical(out, members[i]->value());
    }
    out += '}';
  } else if (value.is_array()) {
    out += '[';
    for (std::size_t i = 0; i < value.get_array().size(); ++i) {
      if (i > 0) out += ',';
      write_canonical(out, value.get_array()[i]);
    }
    out += ']';
  } else {
    write_scalar(out, value);
  }
}

} // namespace

Result<json::value> parse_json(std::string_view text) {
  boost::system::error_code error;
  json::parse_options options;
  options.max_depth = 64;
  json::stream_parser parser({}, options);
  std::size_t at = parser.write_some(text.data(), text.size(), error);
  if (!error && text.find_first_not_of(" \t\r\n", at) != std::string_view::npos)
    error = json::error::extra_data;
  if (!error) parser.finish(error);
  if (error) {
    auto before = text.substr(0, at);
    auto line = std::count(before.begin(), before.end(), '\n') + 1;
    auto column =
        at - (before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1) + 1;
    return invalid(
        fmt::format("not JSON at line {}, column {}: {}", line, column, error.message()));
  }
  return parser.release();
}

std::string pretty(const json::value &value) {
  std::string out;
  write_pretty(out, value, 0);
  out += '\n';
  return out;
}

std::string canonical(const json::value &value) {
  std::string out;
  write_canonical(out, value);
  return out;
}

} // namespace yifa
