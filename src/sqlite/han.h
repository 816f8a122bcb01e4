#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

struct sqlite3;

/// Words of Chinese text. A run of Han (or any other script beyond ASCII) gives its overlapping
/// pairs and its last character alone, so that two characters are found as one token and one
/// character as the beginning of a token; a run of ASCII letters and digits is one word in lower
/// case.
namespace yifa::sqlite {

/// Tokens that no text can hold: the first character of each is this one.
constexpr char kMark = '\x01';

struct TokenSpan {
  std::size_t begin = 0; ///< bytes
  std::size_t end = 0;
};

/// The tokens of folded text (store::fold), in order. After a mark everything up to the next blank
/// is one token.
std::vector<TokenSpan> han_tokens(std::string_view folded);

/// How one search word is asked of the index, and whether the index alone is sure of it.
struct WordQuery {
  std::string match; ///< FTS5 expression; empty when the word holds nothing that is indexed
  bool exact = false;
};
WordQuery word_query(std::string_view folded_word);

/// Makes the tokenizer "han" known to a connection.
Status register_han(sqlite3 *db);

} // namespace yifa::sqlite
