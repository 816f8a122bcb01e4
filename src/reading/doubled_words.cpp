#include "reading/doubled_words.h"

#include "base/text.h"

#include <algorithm>
#include <optional>

namespace yifa::reading {
namespace {

Words phrase_words(const std::vector<std::string> &list) {
  std::vector<std::u32string> words;
  for (const auto &word : list) words.push_back(text::decode(word));
  return Words(std::move(words));
}

/// A word said twice: both places in the text and its length.
struct DoubledWord {
  std::size_t first = 0;
  std::size_t second = 0;
  std::size_t length = 0;
  std::size_t end = 0; ///< of the phrase
};

/// Reads one phrase after the other: rows of Han characters and digits without any punctuation.
class DoubledWordReader {
public:
  explicit DoubledWordReader(Case &report)
      : case_(report), rule_(report.findings.rule("repetition.phrase")),
        synonym_(report.findings.rule("repetition.synonym")),
        place_(text::decode(report.structure().place)),
        official_(report.lexicon.words("quotations.official")) {
    if (rule_) {
      actions_ = phrase_words(rule_->list("actions"));
      tails_ = phrase_words(rule_->list("tails"));
      joiners_ = phrase_words(rule_->list("joiners"));
      gap_ = static_cast<std::size_t>(rule_->number("gap", 14));
      run_ = static_cast<std::size_t>(rule_->number("run", 5));
      run_gap_ = static_cast<std::size_t>(rule_->number("run_gap", 6));
    }
    for (const auto &[word, other] : report.lexicon.pairs("quotations.says_already"))
      synonyms_.emplace_back(text::decode(word), text::decode(other));
  }

  void read(Span paragraph) {
    auto all = case_.text().view(paragraph);
    auto belongs = [](char32_t c) { return text::is_han(c) || (c >= U'0' && c <= U'9'); };
    for (std::size_t i = 0; i < all.size();) {
      auto end = i;
      while (end < all.size() && belongs(all[end])) ++end;
      if (end > i) phrase(all.substr(i, end - i), paragraph.start + i);
      i = std::max(end, i + 1);
    }
  }

private:
  void phrase(std::u32string_view words, std::size_t at) {
    if (rule_) {
      auto twice = action_twice(words);
      if (!twice) twice = run_twice(words);
      if (twice) {
        Span span{at + twice->first, at + twice->end};
        case_.findings.add("repetition.phrase", span,
                           {{"phrase", case_.text().utf8(span)},
                            {"word", text::encode(words.substr(twice->first, twice->length))}});
      }
    }
    if (synonym_) synonyms(words, at);
  }

  bool joined(std::u32string_view between) const {
    return joiners_.find(between) != std::u32string_view::npos;
  }

  /// 清理…清理工作.
  std::optional<DoubledWord> action_twice(std::u32string_view words) const {
    for (std::size_t i = 0; i < words.size(); ++i) {
      auto length = actions_.at(words, i);
      if (length == 0) continue;
      auto second = words.find(words.substr(i, length), i + length + 1);
      if (second == words.npos || second - i - length > gap_) continue;
      auto tail = tails_.at(words, second + length);
      if (tail == 0 || joined(words.substr(i + length, second - i - length))) continue;
      return DoubledWord{i, second, length, second + length + tail};
    }
    return std::nullopt;
  }

  /// 规范性文件开展规范性文件清理.
  std::optional<DoubledWord> run_twice(std::u32string_view words) const {
    for (std::size_t i = 0; i + 2 * run_ < words.size(); ++i)
      for (auto second = i + run_ + 1; second + run_ <= words.size(); ++second) {
        if (second > i + kLongestRun + run_gap_) break;
        std::size_t length = 0;
        while (i + length + 1 < second && second + length < words.size() &&
               words[i + length] == words[second + length])
          ++length;
        auto gap = second - i - length;
        if (length < run_ || gap > run_gap_ || usual(words.substr(i, length)) ||
            joined(words.substr(i + length, gap)))
          continue;
        return DoubledWord{i, second, length, second + length};
      }
    return std::nullopt;
  }

  /// Names and formulas may come again.
  bool usual(std::u32string_view row) const {
    return (!place_.empty() && row.find(place_) != row.npos) ||
           official_.find(row) != std::u32string_view::npos ||
           std::any_of(row.begin(), row.end(), [](char32_t c) { return c >= U'0' && c <= U'9'; });
  }

  void synonyms(std::u32string_view words, std::size_t at) {
    for (const auto &[word, other] : synonyms_) {
      for (auto found = words.find(word); found != words.npos; found = words.find(word, found + 1))
        for (std::size_t gap = 0; gap <= kSynonymGap; gap += kSynonymGap) {
          if (found < other.size() + gap) continue;
          auto before = found - other.size() - gap;
          if (words.substr(before, other.size()) != other) continue;
          if (joined(words.substr(before + other.size(), gap))) continue;
          Span span{at + before, at + found + word.size()};
          case_.findings.add("repetition.synonym", span,
                             {{"phrase", case_.text().utf8(span)},
                              {"word", text::encode(other)},
                              {"other", text::encode(word)}});
        }
    }
  }

  static constexpr std::size_t kLongestRun = 20;
  /// One word of two characters may stand between.
  static constexpr std::size_t kSynonymGap = 2;

  Case &case_;
  const Rule *rule_;
  const Rule *synonym_;
  std::u32string place_;
  const Words &official_;
  Words actions_;
  Words tails_;
  Words joiners_;
  std::size_t gap_ = 0;
  std::size_t run_ = 5;
  std::size_t run_gap_ = 0;
  std::vector<std::pair<std::u32string, std::u32string>> synonyms_;
};

} // namespace

void check_doubled_words(Case &report) {
  DoubledWordReader reader(report);
  const auto &roles = report.structure().roles;
  const auto &paragraphs = report.text().paragraphs();
  for (std::size_t i = 0; i < paragraphs.size() && i < roles.size(); ++i)
    if (roles[i] == Role::Lead || roles[i] == Role::Heading || roles[i] == Role::Body)
      reader.read(paragraphs[i]);
}

} // namespace yifa::reading
