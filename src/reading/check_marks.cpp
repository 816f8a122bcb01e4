#include "reading/check_marks.h"

#include "base/text.h"

namespace yifa::reading {

bool is_blank_mark(char32_t c) {
  return c == U' ' || c == U'\t' || c == U'\u00a0' || c == U'\u3000' || c == U'\ufeff' ||
         (c >= U'\u2000' && c <= U'\u200b');
}

bool is_chinese_mark(char32_t c) {
  constexpr std::u32string_view kMarks = U"。，、；：？！“”‘’《》〈〉（）〔〕【】—…";
  return kMarks.find(c) != kMarks.npos;
}

bool is_chinese(char32_t c) { return text::is_han(c) || is_chinese_mark(c); }

bool is_ascii_letter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }

std::size_t skip_blanks(std::u32string_view all, std::size_t at, std::size_t end) {
  while (at < end && is_blank_mark(all[at])) ++at;
  return at;
}

char32_t mark_at(std::u32string_view all, Span span, std::size_t at) {
  return span.holds(at) ? all[at] : 0;
}

char32_t mark_before(std::u32string_view all, Span span, std::size_t at) {
  return at > span.start && at <= span.end ? all[at - 1] : 0;
}

Words words_of(const Rule &rule, std::string_view list) {
  std::vector<std::u32string> words;
  for (const auto &word : rule.list(list)) words.push_back(text::decode(word));
  return Words(std::move(words));
}

} // namespace yifa::reading
