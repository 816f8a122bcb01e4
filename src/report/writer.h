#pragma once

#include "report/clause.h"

#include <set>
#include <string>
#include <vector>

namespace yifa::report {

/// The figure a template speaks of first, also inside [ ]; nullptr if it names none.
const catalog::Token *first_figure(const std::vector<catalog::Token> &tokens);

/// Where the next ，；。 of a text begins; npos if there is none.
std::size_t next_break(std::string_view text);

/// The field whose values are the groups of a figure: of the type, of the part, or a column of
/// rows; nullptr if unknown.
const catalog::Field *grouped_field(const catalog::Catalog &catalog,
                                    const catalog::Indicator &indicator,
                                    const std::string &dimension);

/// Writes one template of figures. Inside this room.
///
/// A part in [ ] goes when one of its figures is missing, zero or already said. Outside of [ ] the
/// first figure decides whether the clause speaks at all; a later one that is missing ends the
/// clause before its segment. A rate that may not be printed (terms not beside it, too few cases)
/// takes only its own segment with it.
class Writer {
public:
  Writer(const Ground &ground, const catalog::Template &text,
         const std::vector<catalog::Clause::Condition> &when);

  enum class Outcome { Written, Missing, Said };
  Outcome write();

  Prose prose;
  std::set<std::string> printed;  ///< indicators
  std::set<std::string> numbers;  ///< "x", "x*dim", "x*dim=code"
  std::vector<std::string> falls; ///< indicators that fell markedly

private:
  using Token = catalog::Token;
  using Tokens = std::vector<Token>;
  enum class Print { Done, Silent, Said, NoRate };

  Print tokens(const Tokens &all, Prose &out, bool optional);
  Print print(const Token &token, const Token *next, Prose &out, bool optional);
  Print number(const Token &token, Prose &out, bool optional);
  Print change(const Token &token, Prose &out);
  Print groups(const Token &token, Prose &out);
  Print one_group(const Token &token, Prose &out, bool optional);
  Print names(const Token &token, const Token *next, Prose &out);
  Print word(const Token &token, Prose &out);
  /// The figure, if it has a value that may be printed.
  const record::Figure *speaking(const std::string &id) const;
  bool said(const std::string &key, bool optional) const;
  bool rough(const std::string &indicator) const;
  bool rate_allowed(const record::Figure &rate) const;
  void look_ahead(const Tokens &all);

  const Ground &ground_;
  const catalog::Template &text_;
  std::string lead_; ///< the first figure
  std::set<std::string>
      in_text_; ///< figures printed as totals somewhere in the template, if they exist
  std::set<std::string> terms_;       ///< terms of rates that are printed or rested on
  std::set<std::string> zero_wanted_; ///< figures whose zero the form asks for
  bool lead_done_ = false;
};

} // namespace yifa::report
