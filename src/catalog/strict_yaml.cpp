#include "catalog/strict_yaml.h"

#include "base/text.h"
#include "catalog/report.h"
#include "catalog/yaml_words.h"

#include <algorithm>
#include <fmt/format.h>
#include <unordered_set>

namespace yifa::catalog {

const Node *Node::find(std::string_view name) const {
  if (kind != Kind::Map) return nullptr;
  for (std::size_t i = 0; i < pairs(); ++i)
    if (same_word(key(i).text, name)) return &value(i);
  return nullptr;
}

namespace {

constexpr int deepest = 32;
constexpr auto npos = std::string_view::npos;

class YamlReader {
public:
  YamlReader(SourceFile &file, Report &report) : file_(file), report_(report), s_(file.text) {}
  void read();

private:
  // Places. `at_` is the cursor; a column is the number of bytes since the line's start, which are
  // blanks.
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < s_.size() ? s_[at_ + ahead] : '\0';
  }
  bool blank_at(std::size_t i) const {
    return i >= s_.size() || s_[i] == ' ' || s_[i] == '\n' || s_[i] == '\r';
  }
  bool line_end() const { return at_ >= s_.size() || s_[at_] == '\n' || s_[at_] == '\r'; }
  int column() const { return static_cast<int>(at_ - line_); }
  void next_line();
  bool to_content();
  bool document_mark() const;
  bool starts_item() const { return peek() == '-' && blank_at(at_ + 1); }
  bool starts_entry() const;
  std::size_t quoted_end(std::size_t from) const;
  void recover(int indent, std::size_t began);

  Node node(Node::Kind kind, std::size_t offset) const {
    Node out;
    out.kind = kind;
    out.offset = static_cast<std::uint32_t>(offset);
    out.file = &file_;
    return out;
  }
  Node fail(std::size_t offset, std::string message);
  /// A fault after which the reader still knows where it stands.
  void complain(std::size_t offset, std::string message);
  bool end_of_value();
  Node block(int depth);
  Node block_sequence(int indent, int depth);
  Node block_map(int indent, int depth);
  Node inline_value(int indent, int depth);
  Node block_text(int indent);
  Node flow(int indent, int depth);
  Node flow_sequence(int indent, int depth);
  Node flow_map(int indent, int depth);
  bool flow_blanks(int indent, std::size_t opened);
  Node scalar(bool in_flow, bool as_key);
  Node quoted();
  Node plain(bool in_flow, bool as_key);
  void check_key(const Node &key);
  void check_duplicates(const Node &map);

  SourceFile &file_;
  Report &report_;
  std::string_view s_;
  std::size_t at_ = 0;
  std::size_t line_ = 0;
  bool lost_ = false; ///< the last fault left the reader in the middle of something
};

void YamlReader::complain(std::size_t offset, std::string message) {
  file_.broken = true;
  report_.error_at(file_, offset, std::move(message));
}

Node YamlReader::fail(std::size_t offset, std::string message) {
  complain(offset, std::move(message));
  lost_ = true;
  return node(Node::Kind::Broken, offset);
}

void YamlReader::next_line() {
  auto end = s_.find('\n', at_);
  at_ = line_ = end == npos ? s_.size() : end + 1;
}

/// Moves over blanks, comments and line ends to the next content.
bool YamlReader::to_content() {
  while (at_ < s_.size()) {
    if (s_[at_] == ' ') {
      ++at_;
    } else if (s_[at_] == '\n' || s_[at_] == '\r' ||
               (s_[at_] == '#' && (at_ == line_ || s_[at_ - 1] == ' '))) {
      next_line();
    } else {
      return true;
    }
  }
  return false;
}

bool YamlReader::document_mark() const {
  return at_ == line_ && (s_.substr(at_, 3) == "---" || s_.substr(at_, 3) == "...") &&
         blank_at(at_ + 3);
}

/// The offset after the closing quote; npos when it does not close on its line.
std::size_t YamlReader::quoted_end(std::size_t from) const {
  char quote = s_[from];
  for (std::size_t i = from + 1; i < s_.size() && s_[i] != '\n'; ++i) {
    if (quote == '"' && s_[i] == '\\') {
      ++i;
    } else if (s_[i] == quote) {
      if (quote == '\'' && i + 1 < s_.size() && s_[i + 1] == quote) {
        ++i;
      } else {
        return i + 1;
      }
    }
  }
  return npos;
}

/// Whether a `key:` begins here.
bool YamlReader::starts_entry() const {
  std::size_t i = at_;
  if (peek() == '"' || peek() == '\'') {
    i = quoted_end(i);
    if (i == npos) return false;
    while (i < s_.size() && s_[i] == ' ') ++i;
    return i < s_.size() && s_[i] == ':';
  }
  if (peek() == '{' || peek() == '[') return false;
  for (; i < s_.size() && s_[i] != '\n' && s_[i] != '\r'; ++i) {
    if (s_[i] == ':' && blank_at(i + 1)) return true;
    if (s_[i] == '#' && i > 0 && s_[i - 1] == ' ') return false;
  }
  return false;
}

/// After a fault in what began at `began`: to the next line that stands no deeper than `indent`.
/// The reader may already stand on that line, when a bracket was found open there.
void YamlReader::recover(int indent, std::size_t began) {
  lost_ = false;
  if (began >= line_)
    next_line();
  else
    at_ = line_;
  while (to_content()) {
    if (column() <= indent) return;
    next_line();
  }
}

void YamlReader::read() {
  file_.root = node(Node::Kind::Null, 0);
  auto faults = byte_faults(s_);
  for (auto &fault : faults) complain(fault.offset, std::move(fault.message));
  if (!faults.empty()) return;
  if (to_content() && document_mark() && peek() == '-') {
    at_ += 3;
    if (to_content() && at_ != line_ && line_ == 0) {
      fail(at_, "content after \"---\"; begin it on its own line");
      return;
    }
  }
  if (!to_content()) return;
  if (peek() == '%' && at_ == line_) {
    fail(at_, "a YAML directive; a catalog file has none");
    return;
  }
  file_.root = block(0);
  if (!to_content()) return;
  if (document_mark())
    fail(at_, "a second document; one file holds one");
  else if (!file_.broken)
    fail(at_, "this line fits no indentation above it");
}

/// A node that begins at the cursor, as deep as its column says.
Node YamlReader::block(int depth) {
  if (depth > deepest) return fail(at_, fmt::format("nested more than {} deep", deepest));
  int indent = column();
  if (starts_item()) return block_sequence(indent, depth);
  if (starts_entry() || (peek() == '?' && blank_at(at_ + 1))) return block_map(indent, depth);
  return inline_value(indent - 1, depth);
}

/// Only a comment may follow on the line.
bool YamlReader::end_of_value() {
  while (peek() == ' ') ++at_;
  if (line_end() || (peek() == '#' && s_[at_ - 1] == ' ')) return true;
  fail(at_, "text after the end of a value; quote the whole, or begin a new line");
  return false;
}

Node YamlReader::block_sequence(int indent, int depth) {
  Node out = node(Node::Kind::Sequence, at_);
  while (to_content() && column() >= indent && !document_mark()) {
    if (column() > indent) {
      auto deep = at_;
      fail(at_, "this line is indented deeper than the item above it allows");
      recover(indent, deep);
      continue;
    }
    if (!starts_item()) break;
    auto dash = at_++;
    while (peek() == ' ') ++at_;
    if (line_end() || peek() == '#') {
      if (!to_content() || column() <= indent) {
        out.items.push_back(fail(dash, "an empty item"));
        continue;
      }
    }
    Node item = block(depth + 1);
    if (item.broken()) recover(indent, dash);
    out.items.push_back(std::move(item));
  }
  return out;
}

Node YamlReader::block_map(int indent, int depth) {
  Node out = node(Node::Kind::Map, at_);
  while (to_content() && column() >= indent && !document_mark()) {
    auto began = at_;
    bool good = true;
    auto entries = out.items.size();
    if (column() > indent) {
      fail(at_, "this line is indented deeper than the entry above it; a text stands on one line, "
                "quoted, or after |");
      good = false;
    } else if (starts_item()) {
      fail(at_, "a list item among keys");
      good = false;
    } else if (peek() == '?' && blank_at(at_ + 1)) {
      fail(at_, "a key begun with \"?\"; write key: value");
      good = false;
    } else {
      Node key = scalar(false, true);
      good = !key.broken();
      if (good) {
        while (peek() == ' ') ++at_;
        if (peek() != ':' || !blank_at(at_ + 1)) {
          auto line = s_.substr(began, s_.find('\n', began) - began);
          bool wide = line.find("：") != npos;
          fail(began, wide ? "no \": \" after the key; the colon here is the full-width ：, write "
                             ": and a blank"
                           : "expected \"key: value\"");
          good = false;
        }
      }
      if (good) {
        check_key(key);
        ++at_;
        Node value = inline_value(indent, depth);
        if (value.broken()) good = false;
        out.items.push_back(std::move(key));
        out.items.push_back(std::move(value));
      }
    }
    if (!good) {
      recover(indent, began);
      out.incomplete = out.incomplete || out.items.size() == entries;
    }
  }
  check_duplicates(out);
  return out;
}

/// What stands after `key:` or `- `, or on deeper lines. `indent` is the column of the key.
Node YamlReader::inline_value(int indent, int depth) {
  auto after = at_;
  while (peek() == ' ') ++at_;
  if (line_end() || (peek() == '#' && s_[at_ - 1] == ' ')) {
    bool more = to_content();
    if (more && column() > indent && !document_mark()) return block(depth + 1);
    if (more && column() == indent && starts_item()) return block_sequence(indent, depth + 1);
    return node(Node::Kind::Null, after);
  }
  if (peek() == '|' || peek() == '>') return block_text(indent);
  Node out;
  if (peek() == '{' || peek() == '[') {
    out = flow(indent, depth + 1);
  } else {
    out = scalar(false, false);
  }
  if (!out.broken() && !end_of_value()) out.kind = Node::Kind::Broken;
  return out;
}

/// `|` keeps line ends, `>` folds them; the text ends with one line end, with `-` without.
Node YamlReader::block_text(int indent) {
  Node out = node(Node::Kind::Scalar, at_);
  out.quoted = true;
  bool fold = s_[at_++] == '>';
  bool strip = peek() == '-';
  if (strip) ++at_;
  while (peek() == ' ') ++at_;
  if (!line_end() && peek() != '#')
    return fail(out.offset, "expected the end of the line after |, |-, > or >-");
  next_line();
  std::string text;
  int first = -1;
  int blanks = 0;
  while (at_ < s_.size()) {
    auto end = s_.find('\n', at_);
    if (end == npos) end = s_.size();
    auto line = s_.substr(at_, end - at_);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    auto lead = line.find_first_not_of(' ');
    if (lead == npos) {
      ++blanks;
      next_line();
      continue;
    }
    if (static_cast<int>(lead) <= indent) break;
    if (first < 0) first = static_cast<int>(lead);
    if (static_cast<int>(lead) < first)
      return fail(at_ + lead, "this line stands left of the text it belongs to");
    if (fold && static_cast<int>(lead) > first)
      return fail(at_ + lead, "a line of a folded text stands deeper than the first");
    if (!text.empty())
      text += blanks > 0 ? std::string(static_cast<std::size_t>(fold ? blanks : blanks + 1), '\n')
              : fold     ? " "
                         : "\n";
    blanks = 0;
    text += line.substr(static_cast<std::size_t>(first));
    next_line();
  }
  if (!strip && !text.empty()) text += '\n';
  out.text = file_.owned.emplace_back(std::move(text));
  return out;
}

Node YamlReader::flow(int indent, int depth) {
  if (depth > deepest) return fail(at_, fmt::format("nested more than {} deep", deepest));
  return peek() == '{' ? flow_map(indent, depth) : flow_sequence(indent, depth);
}

/// Blanks, line ends and comments inside { } and [ ]. A line that falls back to the key's column
/// shows that the bracket was never closed.
bool YamlReader::flow_blanks(int indent, std::size_t opened) {
  auto line = line_;
  if (!to_content() || (line_ != line && column() <= indent && peek() != '}' && peek() != ']')) {
    fail(opened, fmt::format("this {} is not closed", s_[opened]));
    return false;
  }
  return true;
}

Node YamlReader::flow_sequence(int indent, int depth) {
  Node out = node(Node::Kind::Sequence, at_);
  auto opened = at_++;
  while (true) {
    if (!flow_blanks(indent, opened)) return node(Node::Kind::Broken, opened);
    if (peek() == ']') break;
    Node item = peek() == '{' || peek() == '[' ? flow(indent, depth + 1) : scalar(true, false);
    if (item.broken() && lost_) return item;
    out.items.push_back(std::move(item));
    if (!flow_blanks(indent, opened)) return node(Node::Kind::Broken, opened);
    if (peek() == ',') {
      ++at_;
    } else if (peek() == ':') {
      return fail(at_, "a pair in a list; write [{key: value}]");
    } else if (peek() != ']') {
      return fail(at_, "expected , or ]");
    }
  }
  ++at_;
  return out;
}

Node YamlReader::flow_map(int indent, int depth) {
  Node out = node(Node::Kind::Map, at_);
  auto opened = at_++;
  while (true) {
    if (!flow_blanks(indent, opened)) return node(Node::Kind::Broken, opened);
    if (peek() == '}') break;
    if (peek() == '{' || peek() == '[') return fail(at_, "expected a key");
    Node key = scalar(true, true);
    if (key.broken() && lost_) return key;
    if (!flow_blanks(indent, opened)) return node(Node::Kind::Broken, opened);
    if (peek() != ':' || !(blank_at(at_ + 1)))
      return fail(
          key.offset,
          key.text.find("：") != npos
              ? "no \": \" after the key; the colon here is the full-width ：, write : and a blank"
              : "expected \"key: value\", with a blank after the colon");
    check_key(key);
    auto colon = at_++;
    if (!flow_blanks(indent, opened)) return node(Node::Kind::Broken, opened);
    Node value = node(Node::Kind::Null, colon);
    if (peek() == '{' || peek() == '[') {
      value = flow(indent, depth + 1);
    } else if (peek() != ',' && peek() != '}') {
      value = scalar(true, false);
    }
    if (value.broken() && lost_) return value;
    out.items.push_back(std::move(key));
    out.items.push_back(std::move(value));
    if (!flow_blanks(indent, opened)) return node(Node::Kind::Broken, opened);
    if (peek() == ',') {
      ++at_;
    } else if (peek() != '}') {
      return fail(at_, "expected , or }");
    }
  }
  ++at_;
  check_duplicates(out);
  return out;
}

Node YamlReader::scalar(bool in_flow, bool as_key) {
  if (peek() == '"' || peek() == '\'') return quoted();
  return plain(in_flow, as_key);
}

Node YamlReader::quoted() {
  Node out = node(Node::Kind::Scalar, at_);
  out.quoted = true;
  auto end = quoted_end(at_);
  if (end == npos) return fail(at_, "this quote is not closed on its line");
  char quote = s_[at_];
  auto body = s_.substr(at_ + 1, end - at_ - 2);
  auto opened = at_;
  at_ = end;
  if (body.find(quote == '"' ? '\\' : '\'') == npos) {
    out.text = body;
    return out;
  }
  if (quote == '\'') {
    out.text = file_.owned.emplace_back(text::replace_all(std::string(body), "''", "'"));
    return out;
  }
  std::string text;
  bool good = true;
  for (std::size_t i = 0; i < body.size(); ++i) {
    if (body[i] != '\\') {
      text += body[i];
      continue;
    }
    char c = ++i < body.size() ? body[i] : '\0';
    if (c == '"' || c == '\\' || c == '/') {
      text += c;
    } else if (c == 'n') {
      text += '\n';
    } else if (c == 'u' && i + 4 < body.size() &&
               body.substr(i + 1, 4).find_first_not_of("0123456789abcdefABCDEF") == npos) {
      auto point =
          static_cast<char32_t>(std::stoul(std::string(body.substr(i + 1, 4)), nullptr, 16));
      if (is_invisible(point) || (point >= 0xD800 && point <= 0xDFFF)) {
        complain(opened + i, "an escaped character that cannot be printed");
        good = false;
      } else {
        text += text::encode(point);
      }
      i += 4;
    } else {
      complain(opened + i, "unknown escape; \\\" \\\\ \\n and \\uXXXX are known");
      good = false;
    }
  }
  if (!good) out.kind = Node::Kind::Broken;
  out.text = file_.owned.emplace_back(std::move(text));
  return out;
}

Node YamlReader::plain(bool in_flow, bool as_key) {
  auto began = at_;
  char c = peek();
  switch (c) {
  case '&':
    return fail(at_, "an anchor; write the value out");
  case '*':
    return fail(at_, "an alias; write the value out");
  case '!':
    return fail(at_, "a tag; a catalog has none");
  case '|':
  case '>':
    return fail(at_, "a text block inside { } or [ ]; quote the text");
  case '@':
  case '`':
  case '%':
    return fail(at_, fmt::format("a text that begins with {} must be quoted", c));
  case ',':
  case ']':
  case '}':
    return fail(at_, fmt::format("a {} without a value before it", c));
  default:
    break;
  }
  if ((c == '?' || c == ':') && !blank_at(at_ + 1))
    return fail(at_, fmt::format("a text that begins with {} must be quoted", c));
  if ((c == '-' || c == '?' || c == ':') && (blank_at(at_ + 1) || (in_flow && peek(1) == ',')))
    return fail(at_, fmt::format("a lone {}", c));
  while (!line_end()) {
    char d = s_[at_];
    if (d == '#' && at_ > began && s_[at_ - 1] == ' ') break;
    if (in_flow && (d == ',' || d == '[' || d == ']' || d == '{' || d == '}')) break;
    if (d == ':' &&
        (blank_at(at_ + 1) || (in_flow && std::string_view(",[]{}").find(s_[at_ + 1]) != npos))) {
      if (as_key || in_flow) break;
      return fail(at_, "a colon and a blank inside a text; quote the text");
    }
    ++at_;
  }
  auto end = at_;
  while (end > began && s_[end - 1] == ' ') --end;
  Node out = node(Node::Kind::Scalar, began);
  out.text = s_.substr(began, end - began);
  if (out.text.empty()) return fail(began, "a value is missing here");
  if (auto other = misread_as(out.text); !other.empty() && !as_key) {
    complain(began, fmt::format("other readers take {} for {}; quote it", out.text, other));
    out.kind = Node::Kind::Broken;
  }
  return out;
}

void YamlReader::check_key(const Node &key) {
  if (is_truth_word(key.text)) {
    complain(
        key.offset,
        fmt::format("\"{}\" cannot be a key or code: YAML reads it as a truth value or nothing",
                    key.text));
  } else if (!key.quoted) {
    if (auto other = misread_as(key.text); !other.empty())
      complain(key.offset,
               fmt::format("other readers take the key {} for {}; quote it", key.text, other));
  }
}

void YamlReader::check_duplicates(const Node &map) {
  std::unordered_set<std::string_view> seen;
  bool many = map.pairs() > 12;
  for (std::size_t i = 0; i < map.pairs(); ++i) {
    const Node &key = map.key(i);
    bool twice = false;
    if (key.broken()) continue;
    if (many) {
      twice = !seen.insert(key.text).second;
    } else {
      for (std::size_t j = 0; j < i && !twice; ++j) twice = same_word(map.key(j).text, key.text);
    }
    if (twice) complain(key.offset, fmt::format("the key \"{}\" stands twice", key.text));
  }
}

} // namespace

void read_yaml(SourceFile &file, Report &report) { YamlReader(file, report).read(); }

} // namespace yifa::catalog
