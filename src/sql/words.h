#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

/// Words of Chinese text. A run of Han (or any other script beyond ASCII) gives its overlapping
/// pairs and its last character alone, so that two characters are found as one token and one
/// character as the beginning of a token; a run of ASCII letters and digits is one word in lower
/// case.
namespace yifa::sql {

/// Tokens that no text can hold: the first character of each is this one.
constexpr char kMark = '\x01';

struct TokenSpan {
  std::size_t begin = 0; ///< bytes
  std::size_t end = 0;
};

/// The tokens of folded text (store::fold), in order. After a mark everything up to the next blank
/// is one token.
std::vector<TokenSpan> han_tokens(std::string_view folded);

/// One token that must occur, or one that begins with it.
struct TokenAsked {
  std::string text;
  bool prefix = false;
  bool operator==(const TokenAsked &) const = default;
};

/// How one search word is asked of the index, and whether the index alone is sure of it.
struct WordQuery {
  std::vector<TokenAsked> tokens; ///< all of them; empty when the word holds nothing indexed
  bool exact = false;
};
WordQuery word_query(std::string_view folded_word);

/// What is asked of the index: all of `all`, and one of `any` unless that is empty.
struct WordsAsked {
  std::vector<TokenAsked> all;
  std::vector<std::string> any;
};

/// A token no text can hold, for what narrows a search besides words: 'c' a county, 'o' a town, 't'
/// a ledger.
std::string mark(char kind, std::string_view value);

} // namespace yifa::sql
