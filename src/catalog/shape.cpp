#include "catalog/shape.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace yifa::catalog {
namespace {

std::string_view kind_name(const Node &node) {
  switch (node.kind) {
  case Node::Kind::Null:
    return "nothing";
  case Node::Kind::Scalar:
    return "a text";
  case Node::Kind::Sequence:
    return "a list";
  case Node::Kind::Map:
    return "a map";
  case Node::Kind::Broken:
    break;
  }
  return "something unreadable";
}

/// An ASCII blank, an ideographic space or a no-break space at either end.
bool has_outer_blank(std::string_view text) {
  if (text.empty()) return false;
  auto blank = [](char c) { return c == ' ' || c == '\n'; };
  return blank(text.front()) || blank(text.back()) || text.starts_with("\u3000") ||
         text.ends_with("\u3000") || text.starts_with("\u00a0") || text.ends_with("\u00a0");
}

void wrong_kind(const Node &node, Report &report, std::string_view what, std::string_view wanted) {
  report.error(node, fmt::format("{} must be {}, not {}", what, wanted, kind_name(node)));
}

} // namespace

Shape::Shape(const Node &node, Report &report, std::string_view what,
             std::initializer_list<std::string_view> known)
    : node_(node), report_(report), what_(what) {
  if (!node.is_map()) {
    wrong_kind(node, report, what, "a map of keys");
    return;
  }
  for (std::size_t i = 0; i < node.pairs(); ++i) {
    const Node &key = node.key(i);
    if (std::any_of(known.begin(), known.end(),
                    [&](std::string_view name) { return same_word(name, key.text); }))
      continue;
    std::vector<std::string> names(known.begin(), known.end());
    auto near = did_you_mean(key.text, names);
    if (near.empty() && names.size() <= 8)
      near = fmt::format("; known here: {}", text::join(names, ", "));
    report.error(key, fmt::format("unknown key \"{}\" in {}{}", key.text, what, near));
  }
}

const Node *Shape::get(std::string_view key) const {
  const Node *found = node_.find(key);
  return found && !found->is_null() && !found->broken() ? found : nullptr;
}

const Node *Shape::need(std::string_view key) const {
  const Node *found = node_.find(key);
  if (found && found->broken()) return nullptr;
  if (found && !found->is_null()) return found;
  if (node_.is_map() && !node_.incomplete) {
    if (found)
      report_.error(*found, fmt::format("\"{}\" of {} is empty", key, what_));
    else
      report_.error(node_, fmt::format("{} lacks \"{}\"", what_, key));
  }
  return nullptr;
}

std::string Shape::text(std::string_view key) const {
  const Node *found = get(key);
  return found ? read_text(*found, report_, key) : std::string();
}
std::string Shape::need_text(std::string_view key) const {
  const Node *found = need(key);
  return found ? read_text(*found, report_, key) : std::string();
}
bool Shape::flag(std::string_view key) const {
  const Node *found = get(key);
  return found && read_flag(*found, report_, key);
}
std::int64_t Shape::number(std::string_view key, std::int64_t absent) const {
  const Node *found = get(key);
  return found ? read_number(*found, report_, key).value_or(absent) : absent;
}
std::vector<const Node *> Shape::list(std::string_view key) const {
  const Node *found = get(key);
  return found ? read_texts(*found, report_, key) : std::vector<const Node *>();
}

std::string read_text(const Node &node, Report &report, std::string_view what) {
  if (!node.is_text()) {
    wrong_kind(node, report, fmt::format("\"{}\"", what), "a text");
    return {};
  }
  if (has_outer_blank(node.text))
    report.error(node, fmt::format("\"{}\" begins or ends with a blank or a line end", what));
  else if (node.text.empty())
    report.error(node, fmt::format("\"{}\" is an empty text", what));
  return std::string(node.text);
}

bool read_flag(const Node &node, Report &report, std::string_view what) {
  if (node.is_text() && !node.quoted && (node.text == "true" || node.text == "false"))
    return node.text == "true";
  report.error(node, fmt::format("\"{}\" must be true or false", what));
  return false;
}

std::optional<std::int64_t> read_number(const Node &node, Report &report, std::string_view what) {
  if (node.is_text() && !node.quoted && !node.text.empty() && node.text.size() <= 15 &&
      node.text.find_first_not_of("0123456789") == std::string_view::npos)
    return std::stoll(std::string(node.text));
  report.error(node, fmt::format("\"{}\" must be a whole number", what));
  return std::nullopt;
}

std::optional<Date> read_date(const Node &node, Report &report, std::string_view what) {
  if (node.is_text())
    if (auto date = Date::parse(node.text)) return *date;
  report.error(node, fmt::format("\"{}\" must be a day like 2023-03-15", what));
  return std::nullopt;
}

int read_word(const Node &node, Report &report, std::string_view what,
              std::initializer_list<std::string_view> words) {
  if (node.is_text()) {
    auto at = std::find(words.begin(), words.end(), node.text);
    if (at != words.end()) return static_cast<int>(at - words.begin());
  }
  std::vector<std::string> known(words.begin(), words.end());
  report.error(node, fmt::format("\"{}\" must be one of {}{}", what, text::join(known, ", "),
                                 node.is_text() ? did_you_mean(node.text, known) : ""));
  return -1;
}

std::vector<const Node *> read_texts(const Node &node, Report &report, std::string_view what) {
  std::vector<const Node *> out;
  if (node.is_text()) {
    out.push_back(&node);
  } else if (node.is_list()) {
    for (const Node &item : node.items) {
      if (item.is_text() && !item.text.empty())
        out.push_back(&item);
      else
        wrong_kind(item, report, fmt::format("an item of \"{}\"", what), "a text");
    }
  } else {
    wrong_kind(node, report, fmt::format("\"{}\"", what), "a text or a list of texts");
  }
  return out;
}

bool looks_like_words(const Node &node) {
  if (!node.is_map() || node.pairs() == 0) return false;
  for (std::size_t i = 0; i < node.pairs(); ++i)
    if ((node.key(i).text != "zh" && node.key(i).text != "en") || !node.value(i).is_text())
      return false;
  return true;
}

Words read_words(const Node &node, Report &report, std::string_view what) {
  if (!node.is_map()) {
    wrong_kind(node, report, fmt::format("\"{}\"", what), "{zh: …, en: …}");
    return {};
  }
  Shape shape(node, report, what, {"zh", "en"});
  return {shape.need_text("zh"), shape.need_text("en")};
}

Words read_help(const Node &node, Report &report, std::string_view what) {
  if (!node.is_map()) {
    wrong_kind(node, report, fmt::format("\"{}\"", what), "{zh: …}");
    return {};
  }
  Shape shape(node, report, what, {"zh", "en"});
  return {shape.need_text("zh"), shape.text("en")};
}

bool check_name(const Node &key, Report &report, std::string_view what, bool asked_in_predicates) {
  static constexpr std::array words = {"all",   "any",  "not",  "some",
                                       "every", "none", "last", "owner"};
  auto name = key.text;
  bool good = !name.empty() && name.size() <= 48 && name[0] >= 'a' && name[0] <= 'z' &&
              std::all_of(name.begin(), name.end(), [](char c) {
                return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
              });
  if (!good) {
    report.error(
        key,
        fmt::format(
            "\"{}\" cannot name {}: a name is made of a-z, 0-9 and _, begins with a letter and "
            "has at most 48 characters",
            name, what));
    return false;
  }
  if (asked_in_predicates && std::find(words.begin(), words.end(), name) != words.end()) {
    report.error(key, fmt::format("\"{}\" cannot name {}: it is a word of predicates", name, what));
    return false;
  }
  return true;
}

} // namespace yifa::catalog
