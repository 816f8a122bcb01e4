#include "reading/letters.h"

#include "base/text.h"

#include <algorithm>

namespace yifa::reading {
namespace {

// Marks of masked texts: no report holds these characters.
constexpr char32_t kQuotationMark = 1;
constexpr char32_t kPlaceMark = 2;
constexpr char32_t kNumberMark = 3;

/// A title in 《》 longer than this is a bracket left open.
constexpr std::size_t kLongestLetterTitle = 80;

/// Digits and Latin letters in half width and lower case; Han as written; 0 for all else.
char32_t letter_of(char32_t c) {
  if (c >= 0xFF10 && c <= 0xFF5A) c -= 0xFEE0;
  if (c >= U'A' && c <= U'Z') return c - U'A' + U'a';
  if ((c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z')) return c;
  return c > 0x7F && text::is_han(c) ? c : 0;
}

/// Length of a title in 《》 that begins at `at`, brackets and inner titles included; 0 for none.
std::size_t letter_title_at(std::u32string_view text, std::size_t at) {
  if (text[at] != U'《') return 0;
  int depth = 0;
  for (auto i = at; i < text.size() && i < at + kLongestLetterTitle && text[i] != U'\n'; ++i) {
    if (text[i] == U'《') ++depth;
    if (text[i] == U'》' && --depth == 0) return i + 1 - at;
  }
  return 0;
}

/// What a copied sentence is copied up to.
bool stops_letters(char32_t c) {
  return c == U'。' || c == U'！' || c == U'？' || c == U'；' || c == U';' || c == U'\n';
}

/// The town's name, and its name without 镇, 乡 or 街道.
Words letter_names_of(const Structure &structure, const Lexicon &lexicon) {
  std::vector<std::u32string> names;
  auto place = text::decode(structure.place);
  if (auto level = lexicon.words("quotations.levels").before(place, place.size());
      place.size() >= level + 2)
    names.push_back(place.substr(0, place.size() - level));
  if (!place.empty()) names.push_back(std::move(place));
  return Words(std::move(names));
}

std::vector<Span> letter_labels_of(const Structure &structure) {
  std::vector<Span> labels;
  for (const auto &section : structure.sections) labels.push_back(section.label.span);
  for (const auto &row : structure.enumerations)
    for (const auto &label : row.labels) labels.push_back(label.span);
  std::sort(labels.begin(), labels.end(), [](Span a, Span b) { return a.start < b.start; });
  return labels;
}

/// Puts letters down one by one.
class LetterReader {
public:
  LetterReader(const Text &text, const Structure &structure, Span span, const Lexicon &lexicon,
               Lettering lettering)
      : text_(std::u32string_view(text.all()).substr(0, std::min(span.end, text.size()))),
        at_(span.start), masked_(lettering == Lettering::Masked),
        official_(lexicon.words("quotations.official")),
        selves_(lexicon.words("quotations.selves")), names_(letter_names_of(structure, lexicon)),
        labels_(letter_labels_of(structure)) {
    for (const auto &[word, same] : lexicon.pairs("quotations.same"))
      same_.emplace_back(text::decode(word), text::decode(same));
  }

  Letters read() {
    made_.all.reserve(text_.size());
    while (at_ < text_.size()) {
      if (auto n = label_length())
        at_ += n;
      else if (auto quoted = quotation_length())
        quotation(quoted);
      else if (stops_letters(text_[at_])) {
        begins_ = true;
        ++at_;
      } else if (masked_)
        masked();
      else
        plain(letter_of(text_[at_]));
    }
    return std::move(made_);
  }

private:
  void put(char32_t letter, std::size_t length, bool counts) {
    if (letter != 0) {
      made_.all.push_back(letter);
      made_.from.push_back(static_cast<std::uint32_t>(at_));
      made_.to.push_back(static_cast<std::uint32_t>(at_ + length));
      made_.counts.push_back(counts);
      made_.begins.push_back(begins_);
      begins_ = false;
    }
    at_ += length;
  }
  /// Latin letters are residue of some program more often than they say something.
  void plain(char32_t letter) { put(letter, 1, letter < U'a' || letter > U'z'); }
  /// Marks of one kind side by side are one.
  void mark(char32_t kind, std::size_t length, bool counts) {
    if (made_.all.empty() || begins_ || made_.all.back() != kind) return put(kind, length, counts);
    made_.to.back() = static_cast<std::uint32_t>(at_ + length);
    at_ += length;
  }
  std::size_t label_length() {
    while (label_ < labels_.size() && labels_[label_].end <= at_) ++label_;
    return label_ < labels_.size() && labels_[label_].holds(at_) ? labels_[label_].end - at_ : 0;
  }
  std::size_t quotation_length() const {
    if (auto n = letter_title_at(text_, at_)) return n;
    return official_.at(text_, at_);
  }
  void quotation(std::size_t length) {
    if (masked_) return mark(kQuotationMark, length, false);
    for (auto end = at_ + length; at_ < end;) put(letter_of(text_[at_]), 1, false);
  }
  void masked() {
    auto letter = letter_of(text_[at_]);
    if (letter == 0) {
      ++at_;
      return;
    }
    if (letter >= U'0' && letter <= U'9') return mark(kNumberMark, 1, true);
    if (auto n = names_.at(text_, at_)) return mark(kPlaceMark, n, false);
    if (auto n = selves_.at(text_, at_)) return mark(kPlaceMark, n, false);
    auto rest = text_.substr(at_);
    for (const auto &[word, same] : same_)
      if (rest.starts_with(word)) return put(same.empty() ? 0 : same.front(), word.size(), true);
    plain(letter);
  }

  std::u32string_view text_;
  std::size_t at_;
  bool masked_;
  bool begins_ = true;
  const Words &official_;
  const Words &selves_;
  Words names_;
  std::vector<Span> labels_;
  std::size_t label_ = 0;
  std::vector<std::pair<std::u32string, std::u32string>> same_;
  Letters made_;
};

std::uint64_t mixed_bits(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31);
}

} // namespace

Span Letters::within(Span of_text) const {
  auto index = [&](std::size_t offset) {
    return static_cast<std::size_t>(std::lower_bound(from.begin(), from.end(), offset) -
                                    from.begin());
  };
  return {index(of_text.start), index(of_text.end)};
}

Span Letters::in_text(std::size_t first, std::size_t last) const {
  if (first >= last || last > size()) return {};
  return {from[first], to[last - 1]};
}

std::size_t Letters::counted(Span letters) const {
  std::size_t n = 0;
  for (auto i = letters.start; i < letters.end; ++i) n += counts[i] ? 1 : 0;
  return n;
}

Letters letters_of(const Text &text, const Structure &structure, Span span, const Lexicon &lexicon,
                   Lettering lettering) {
  return LetterReader(text, structure, span, lexicon, lettering).read();
}

std::vector<std::uint64_t> shingles_of(const Letters &letters, std::size_t length, Rows rows) {
  std::vector<std::uint64_t> hashes;
  if (length == 0 || letters.size() < length) return hashes;
  hashes.reserve(letters.size() - length + 1);
  // A rolling polynomial modulo 2^64; the odd factor keeps every letter in play.
  constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15U;
  std::uint64_t first = 1;
  for (std::size_t i = 1; i < length; ++i) first *= kFactor;
  std::uint64_t rolling = 0;
  std::size_t counted = 0;
  std::size_t begin = 0; // of the sentence
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (i >= length) {
      rolling -= first * (letters.all[i - length] + 1);
      counted -= letters.counts[i - length] ? 1 : 0;
    }
    rolling = rolling * kFactor + letters.all[i] + 1;
    counted += letters.counts[i] ? 1 : 0;
    if (letters.begins[i]) begin = i;
    if (i + 1 < length) continue;
    bool whole = rows == Rows::OfText || i + 1 >= begin + length;
    hashes.push_back(whole && 2 * counted > length ? mixed_bits(rolling) | 1 : 0);
  }
  return hashes;
}

} // namespace yifa::reading
