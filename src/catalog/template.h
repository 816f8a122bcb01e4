#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace yifa::catalog {

/// One piece of a clause's text. docs/catalog.md lists what can be written.
struct Token {
  enum class Kind {
    Text,     ///< `text`
    Figure,   ///< {x}, {x|unit}: number and unit
    Change,   ///< {x^}: the change on last year
    Groups,   ///< {x*dim}, {x*dim:5}, {x*dim:set}
    Group,    ///< {x*dim=code}
    Names,    ///< {x@field}, {x@field:2}
    Word,     ///< {@span}, {@verb:activity}, {@month held_on}: `name` and `argument`
    Field,    ///< {field} in `each`
    Optional, ///< [ … ]: `inner`
  };
  Kind kind = Kind::Text;
  std::string text;
  std::string name;     ///< indicator, word or field
  std::string argument; ///< unit, dimension, names' field, word's argument
  std::string selector; ///< a set or a code
  int limit = 0;
  std::vector<Token> inner;
  bool operator==(const Token &) const = default;
};

struct Template {
  std::string source; ///< as written
  std::vector<Token> tokens;
  bool empty() const { return tokens.empty(); }
};

/// Parses a clause text. A name without mark is a Figure; the loader turns it into a Field inside
/// `each`. Invalid with the code-point offset in `where` ("7") for an unclosed or empty brace, a
/// nested [ ], an unknown mark.
Result<Template> parse_template(std::string_view text);

} // namespace yifa::catalog
