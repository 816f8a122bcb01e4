#pragma once

#include "base/result.h"
#include "catalog/loader.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace yifa::catalog {
struct Node;
}

/// The words a reader of reports knows: catalog/checks/words/*.yaml. Nothing Chinese stands in the
/// code.
namespace yifa::reading {

/// What a report must say (catalog/checks/words/contents.yaml).
enum class Content { Other, Results, Duties, Shortcomings, Causes, NextYear };

/// Lists of words by name, as UTF-32 because the text is; longest first, so that the first that
/// fits is the longest.
class Words {
public:
  Words() = default;
  explicit Words(std::vector<std::u32string> words);
  const std::vector<std::u32string> &all() const { return words_; }
  bool empty() const { return words_.empty(); }
  bool has(std::u32string_view word) const;
  /// Length of the longest word that begins at `at`; 0 for none.
  std::size_t at(std::u32string_view text, std::size_t at) const;
  /// Length of the longest word that ends just before `end`; 0 for none.
  std::size_t before(std::u32string_view text, std::size_t end) const;
  /// First place at or after `from` where one stands; npos. `length` takes its length.
  std::size_t find(std::u32string_view text, std::size_t from = 0,
                   std::size_t *length = nullptr) const;

private:
  static std::uint64_t bit(char32_t c) {
    return std::uint64_t{1} << ((c * 0x9E3779B1U) >> 26 & 63U);
  }
  std::vector<std::u32string> words_;
  std::uint64_t begins_ = 0; ///< a bit for each first character: most characters begin no word
  std::uint64_t ends_ = 0;
  std::map<char32_t, std::vector<std::size_t>> first_; ///< by first character, longest first
  std::map<char32_t, std::vector<std::size_t>> last_;
};

/// `lists: {name: [word, …]}` and `pairs: {name: {key: value}}` of the word files.
class Lexicon {
public:
  /// Reads every "checks/words/*.yaml" of the sources. Invalid with file, line and column.
  static Result<std::shared_ptr<const Lexicon>> load(const catalog::Sources &sources);
  /// The words of a list, e.g. "figures.measure". Precondition: the list exists (tests ask for
  /// all); a missing one is empty.
  const Words &words(std::string_view name) const;
  /// "" when absent.
  const std::string &pair(std::string_view name, std::string_view key) const;
  const std::vector<std::pair<std::string, std::string>> &pairs(std::string_view name) const;

private:
  std::map<std::string, Words, std::less<>> lists_;
  std::map<std::string, std::vector<std::pair<std::string, std::string>>, std::less<>> pairs_;
};

} // namespace yifa::reading
