#include "sql/words.h"

#include <algorithm>
#include <cstdint>

namespace yifa::sql {
namespace {

enum class Sign { Blank, Word, Han, Mark };

/// A character of valid UTF-8 and its length; ill-formed bytes are blanks of length one.
struct Character {
  char32_t point = 0;
  std::size_t size = 1;
};

Character character(std::string_view text, std::size_t at) {
  auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  auto lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1;
  if (size == 1 || at + size > text.size()) return {U' ', 1};
  char32_t point = lead & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {U' ', 1};
    point = (point << 6) | (byte(i) & 0x3FU);
  }
  return {point, size};
}

Sign sign_of(char32_t c) {
  if (c == static_cast<char32_t>(kMark)) return Sign::Mark;
  if (c < 0x80) {
    bool word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return word ? Sign::Word : Sign::Blank;
  }
  // Latin-1 signs, general punctuation, arrows to dingbats, Chinese punctuation and full-width
  // signs; 〇 is a numeral. Private characters stand for rare names and are letters.
  bool punctuation = c < 0xC0 || c == 0xD7 || c == 0xF7 || (c >= 0x2000 && c <= 0x2BFF) ||
                     (c >= 0x3000 && c <= 0x3004) || (c >= 0x3008 && c <= 0x3020) ||
                     (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF00 && c <= 0xFF65) ||
                     (c >= 0xFFE0 && c <= 0xFFFF) || c == 0xFEFF || c == 0x0F0B || c == 0x0F0D;
  return punctuation ? Sign::Blank : Sign::Han;
}

template <typename F> void each_token(std::string_view text, const F &token) {
  std::size_t at = 0;
  while (at < text.size()) {
    auto c = character(text, at);
    auto sign = sign_of(c.point);
    std::size_t begin = at;
    if (sign == Sign::Mark) {
      while (at < text.size() && text[at] != ' ' && text[at] != '\n') ++at;
      token(begin, at);
    } else if (sign == Sign::Word) {
      while (at < text.size() && sign_of(static_cast<unsigned char>(text[at])) == Sign::Word) ++at;
      token(begin, at);
    } else if (sign == Sign::Han) {
      std::size_t last = at;
      at += c.size;
      while (at < text.size()) {
        auto next = character(text, at);
        if (sign_of(next.point) != Sign::Han) break;
        token(last, at + next.size);
        last = at;
        at += next.size;
      }
      token(last, at);
    } else {
      at += c.size;
    }
  }
}

} // namespace

std::vector<TokenSpan> han_tokens(std::string_view folded) {
  std::vector<TokenSpan> out;
  each_token(folded, [&out](std::size_t begin, std::size_t end) { out.push_back({begin, end}); });
  return out;
}

WordQuery word_query(std::string_view word) {
  WordQuery out;
  std::size_t at = 0;
  std::size_t runs = 0;
  std::size_t longest = 0;
  auto add = [&out](std::string_view token, bool prefix) {
    out.tokens.push_back({std::string(token), prefix});
  };
  bool covered = true;
  while (at < word.size()) {
    auto c = character(word, at);
    auto sign = sign_of(c.point);
    std::size_t begin = at;
    if (sign == Sign::Word) {
      while (at < word.size() && sign_of(static_cast<unsigned char>(word[at])) == Sign::Word) ++at;
      add(word.substr(begin, at - begin), true);
      ++runs;
      longest = std::max<std::size_t>(longest, 1);
    } else if (sign == Sign::Han) {
      std::size_t count = 1;
      std::size_t last = at;
      at += c.size;
      while (at < word.size()) {
        auto next = character(word, at);
        if (sign_of(next.point) != Sign::Han) break;
        add(word.substr(last, at + next.size - last), false);
        last = at;
        at += next.size;
        ++count;
      }
      if (count == 1) add(word.substr(last, at - last), true);
      ++runs;
      longest = std::max(longest, count);
    } else {
      at += c.size;
      covered = false;
    }
  }
  // One word, one character or one pair: the index knows. Anything longer may be scattered and is
  // looked at again.
  out.exact = covered && runs == 1 && longest <= 2;
  return out;
}

std::string mark(char kind, std::string_view value) {
  std::string out{kMark, kind};
  out += value;
  return out;
}

} // namespace yifa::sql
