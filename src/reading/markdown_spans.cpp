#include "reading/markdown_spans.h"

#include "base/text.h"

#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace yifa::reading {
namespace {

constexpr std::size_t kLongestLink = 4096;
constexpr std::size_t kLongestTag = 1024;

bool span_blank(char c) { return c == ' ' || c == '\t' || c == '\n'; }
bool span_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// "text](address)" behind a "[": the text's end and where all ends.
std::optional<std::pair<std::size_t, std::size_t>> link_at(std::string_view text, std::size_t at) {
  auto limited = text.substr(0, at + kLongestLink);
  auto close = limited.find("](", at);
  auto inner = limited.find('[', at);
  if (close == std::string_view::npos || inner < close) return std::nullopt;
  auto end = limited.find(')', close);
  if (end == std::string_view::npos) return std::nullopt;
  return std::pair(close, end + 1);
}

/// Takes images away and leaves the words of links.
std::string without_links(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    bool image = text[at] == '!' && at + 1 < text.size() && text[at + 1] == '[';
    if (text[at] == '[' || image) {
      auto begin = at + (image ? 2 : 1);
      if (auto link = link_at(text, begin)) {
        if (!image) out += text.substr(begin, link->first - begin);
        at = link->second;
        continue;
      }
    }
    out += text[at++];
  }
  return out;
}

/// Takes tags away; <br> becomes a break, <https://…> its address.
std::string without_tags(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '<' || at + 1 >= text.size() ||
        (text[at + 1] != '/' && !span_letter(text[at + 1]))) {
      out += text[at++];
      continue;
    }
    auto close = text.substr(0, at + kLongestTag).find('>', at);
    if (close == std::string_view::npos) {
      out += text[at++];
      continue;
    }
    auto inside = text.substr(at + 1, close - at - 1);
    auto lower = text::lower_ascii(inside.substr(0, 4));
    if (inside.find("://") != std::string_view::npos && inside.find(' ') == std::string_view::npos)
      out += inside;
    else if (lower == "br" || lower == "br/" || lower == "br /")
      out += kMarkdownBreak;
    at = close + 1;
  }
  return out;
}

/// Whether emphasis may open or close beside this character: blanks, ends and punctuation, but
/// neither a letter nor a Han character.
bool outside_word(std::string_view text, std::size_t at, bool before) {
  if (before ? at == 0 : at >= text.size()) return true;
  std::size_t from = at;
  if (before)
    for (--from; from > 0 && (static_cast<unsigned char>(text[from]) & 0xC0) == 0x80;) --from;
  auto points = text::decode(text.substr(from, 4));
  char32_t c = points.empty() ? U' ' : points[0];
  bool word = text::is_han(c) ||
              (c < 0x80 && (span_letter(static_cast<char>(c)) || (c >= U'0' && c <= U'9')));
  return !word;
}

/// Removes pairs of a mark; `strict` asks that one side of the pair lies outside_word words.
std::string without_pairs(std::string text, std::string_view mark, bool strict) {
  std::string out;
  std::size_t at = 0;
  while (true) {
    auto open = text.find(mark, at);
    if (open == std::string::npos) break;
    auto inner = open + mark.size();
    auto close = text.find(mark, inner + 1);
    bool tight = close != std::string::npos && !span_blank(text[inner]) &&
                 !span_blank(text[close - 1]) && text[inner] != mark[0];
    bool may = !strict || outside_word(text, open, true) ||
               (tight && outside_word(text, close + mark.size(), false));
    if (mark[0] == '_') // never inside words
      may =
          outside_word(text, open, true) && tight && outside_word(text, close + mark.size(), false);
    if (close == std::string::npos) break;
    if (!tight || !may) {
      out += text.substr(at, inner - at);
      at = inner;
      continue;
    }
    out += text.substr(at, open - at);
    out += text.substr(inner, close - inner);
    at = close + mark.size();
  }
  return out + text.substr(at);
}

/// An escaped character is hidden from the other steps as a character of Unicode's private use.
std::string hide_escapes(std::string_view text) {
  constexpr std::string_view kEscapable = "\\`*_{}[]()#+-.!|<>~";
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\' && at + 1 < text.size() &&
        kEscapable.find(text[at + 1]) != std::string_view::npos)
      out += text::encode(static_cast<char32_t>(0xF700 + text[++at]));
    else
      out += text[at];
  }
  return out;
}

std::string show_escapes(std::string_view text) {
  auto points = text::decode(text);
  for (char32_t &c : points)
    if (c > 0xF700 && c < 0xF780) c -= 0xF700;
  return text::encode(points);
}

} // namespace

std::string plain_entities(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kNamed = {
      {{"nbsp", " "},
       {"amp", "&"},
       {"lt", "<"},
       {"gt", ">"},
       {"quot", "\""},
       {"ldquo", "“"},
       {"rdquo", "”"},
       {"lsquo", "‘"},
       {"rsquo", "’"},
       {"mdash", "—"},
       {"middot", "·"},
       {"hellip", "…"}}};
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    auto end = text[at] == '&' ? text.substr(0, at + 12).find(';', at) : std::string_view::npos;
    if (end == std::string_view::npos) {
      out += text[at++];
      continue;
    }
    auto name = text.substr(at + 1, end - at - 1);
    std::string found;
    for (const auto &[own, value] : kNamed)
      if (name == own) found = value;
    if (name.size() > 1 && name[0] == '#') {
      bool hex = name[1] == 'x' || name[1] == 'X';
      unsigned value = 0;
      auto digits = name.substr(hex ? 2 : 1);
      auto read =
          std::from_chars(digits.data(), digits.data() + digits.size(), value, hex ? 16 : 10);
      if (read.ec == std::errc{} && read.ptr == digits.data() + digits.size() && value >= 0x20 &&
          value < 0x110000 && (value < 0xD800 || value > 0xDFFF))
        found = text::encode(static_cast<char32_t>(value));
    }
    out += found.empty() ? text.substr(at, end + 1 - at) : std::string_view(found);
    at = end + 1;
  }
  return out;
}

std::string markdown_plain(std::string_view source) {
  auto text = hide_escapes(source);
  text = without_links(text);
  text = without_tags(text);
  text = without_pairs(std::move(text), "***", false);
  text = without_pairs(std::move(text), "**", false);
  text = without_pairs(std::move(text), "__", true);
  text = without_pairs(std::move(text), "~~", false);
  text = without_pairs(std::move(text), "`", false);
  text = without_pairs(std::move(text), "*", true);
  text = without_pairs(std::move(text), "_", true);
  return show_escapes(plain_entities(text));
}

} // namespace yifa::reading
