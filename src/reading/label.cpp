#include "reading/label.h"

#include "base/text.h"
#include "reading/numeral.h"

namespace yifa::reading {
namespace {

constexpr std::size_t kMarkLength = 80; // a mark left by a converter is no longer

/// A number from 1 to 99 made of Han numerals, of digits, or one.
struct LabelNumber {
  int value = 0;
  std::size_t length = 0;
  bool han = false;
};

std::optional<LabelNumber> label_number(std::u32string_view all, std::size_t at, std::size_t end) {
  std::size_t n = 0;
  LabelNumber made;
  while (at + n < end && digit_value(all[at + n]) >= 0) {
    made.value = made.value * 10 + digit_value(all[at + n]);
    if (++n > 2) return std::nullopt;
  }
  if (n == 0) {
    made.han = true;
    while (at + n < end && n < 3 && is_han_numeral(all[at + n]) && all[at + n] != U'两' &&
           han_scale(all[at + n]) <= 10)
      ++n;
    if (n == 0) return std::nullopt;
    auto number = numeral_at(all.substr(at, n), 0);
    if (!number || number->length != n) return std::nullopt;
    made.value = static_cast<int>(number->value.millionths() / 1'000'000);
  }
  made.length = n;
  if (made.value < 1 || made.value > 99) return std::nullopt;
  return made;
}

bool opens(char32_t c) { return c == U'（' || c == U'(' || c == U'﹙' || c == U'【'; }
bool closes(char32_t c) { return c == U'）' || c == U')' || c == U'﹚' || c == U'】'; }

std::optional<Label> in_brackets(std::u32string_view all, std::size_t at, std::size_t end) {
  bool open = opens(all[at]);
  auto i = at + (open ? 1 : 0);
  while (open && i < end && all[i] == U' ') ++i;
  auto number = label_number(all, i, end);
  if (!number) return std::nullopt;
  i += number->length;
  while (open && i < end && all[i] == U' ') ++i;
  bool close = i < end && closes(all[i]);
  if (!open && !close) return std::nullopt;
  Label made;
  made.value = number->value;
  made.kind = number->han ? Numbering::HanBrackets : Numbering::ArabicBrackets;
  made.lacks_bracket = !open || !close;
  if (!open && !number->han) { // 1) is a form of its own
    made.kind = Numbering::ArabicRight;
    made.lacks_bracket = false;
  }
  if (open && !close && !number->han) return std::nullopt; // "（2023年" and the like
  if (open && !close && i < end && !text::is_han(all[i])) return std::nullopt;
  made.half_width = (open && all[at] == U'(') || (close && all[i] == U')');
  if (close) ++i;
  if (i < end && all[i] == U'、') ++i;
  made.span = {at, i};
  return made;
}

std::optional<Label> with_stop(std::u32string_view all, std::size_t at, std::size_t end,
                               const Lexicon &lexicon) {
  auto number = label_number(all, at, end);
  if (!number) return std::nullopt;
  auto i = at + number->length;
  while (i < end && all[i] == U' ') ++i;
  if (i >= end) return std::nullopt;
  Label made;
  made.value = number->value;
  made.kind = number->han ? Numbering::Han : Numbering::Arabic;
  char32_t c = all[i];
  bool decimal = i + 1 < end && digit_value(all[i + 1]) >= 0;
  if (c == U'、' || ((c == U'.' || c == U'．' || c == U'·') && !decimal) ||
      (c == U'，' && number->han && number->length == 1)) {
    if (number->han && c == U'、' && i + 1 < end && is_han_numeral(all[i + 1]))
      return std::nullopt; // 一、二级
    made.half_width = c == U'.' && number->han;
    made.span = {at, i + 1};
    return made;
  }
  // "2优化营商环境": the stop was lost
  if (number->han || !text::is_han(c) || han_scale(c) > 0 || i != at + number->length)
    return std::nullopt;
  if (lexicon.words("figures.measure").at(all, i) ||
      lexicon.words("structure.after_digit").at(all, i))
    return std::nullopt;
  made.span = {at, i};
  return made;
}

} // namespace

bool ends_clause(char32_t c) {
  constexpr std::u32string_view kEnds = U"。！？；：，、…;:!?,\n";
  return kEnds.find(c) != kEnds.npos;
}

bool ends_sentence(char32_t c) { return c == U'。' || c == U'！' || c == U'？' || c == U'…'; }

std::size_t text_begin(const Text &text, Span paragraph) {
  const auto &all = text.all();
  auto at = paragraph.start;
  while (at < paragraph.end) {
    if (all[at] == U' ' || all[at] == U'\u3000' || all[at] == U'\u00a0') {
      ++at;
      continue;
    }
    if (all[at] != U'[') break;
    auto close = all.find(U']', at);
    if (close >= paragraph.end || close - at > kMarkLength) break;
    bool plain = true; // ASCII alone: "[bookmark: _GoBack]"
    for (auto i = at; i < close; ++i) plain = plain && all[i] < 128;
    if (!plain) break;
    at = close + 1;
  }
  return at;
}

std::optional<Label> heading_label(const Text &text, Span paragraph, std::size_t at,
                                   const Lexicon &lexicon) {
  std::u32string_view all = text.all();
  if (at >= paragraph.end) return std::nullopt;
  if (all[at] >= U'①' && all[at] <= U'⑳') {
    Label made;
    made.kind = Numbering::Circled;
    made.value = static_cast<int>(all[at] - U'①') + 1;
    made.span = {at, at + 1};
    return made;
  }
  if (all[at] == U'第') {
    auto number = label_number(all, at + 1, paragraph.end);
    auto i = number ? at + 1 + number->length : at;
    if (!number || !number->han || i >= paragraph.end || (all[i] != U'，' && all[i] != U'、'))
      return std::nullopt;
    Label made;
    made.kind = Numbering::Ordinal;
    made.value = number->value;
    made.span = {at, i + 1};
    return made;
  }
  if (auto bracketed = in_brackets(all, at, paragraph.end)) return bracketed;
  return with_stop(all, at, paragraph.end, lexicon);
}

std::optional<Label> point_label(std::u32string_view all, std::size_t at) {
  auto number = label_number(all, at, all.size());
  if (!number || !number->han) return std::nullopt;
  auto i = at + number->length;
  if (i >= all.size() || all[i] != U'是') return std::nullopt;
  Label made;
  made.kind = Numbering::Point;
  made.value = number->value;
  made.span = {at, i + 1};
  return made;
}

} // namespace yifa::reading
