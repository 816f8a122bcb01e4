#pragma once

#include "report/compose.h"
#include "report/words.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace yifa::report {

/// What the whole composition shares: its sources, and what has been said so far. Inside this room.
struct Ground {
  Ground(const catalog::Catalog &c, const Facts &f, const Options &o)
      : catalog(c), facts(f), options(o), words(c), period(f.period()), org(f.office().code) {
    for (const auto &clause : c.clauses)
      for (const auto &form : clause.forms) note_itemised(form.text.tokens);
  }

  const catalog::Catalog &catalog;
  const Facts &facts;
  const Options &options;
  Words words;
  Period period;
  OrgCode org;

  std::set<std::string> itemised;  ///< indicators whose parts some clause lists
  std::set<std::string> mentioned; ///< indicators the text prints or rests on
  std::set<std::string> said;      ///< numbers printed in the document: "x", "x*dim", "x*dim=code"
  std::set<std::string> said_here; ///< the same, in this section
  std::map<std::string, std::size_t> turns; ///< how often a clause with texts in turn has spoken
  std::vector<Missing> missing;
  std::vector<Problem> problems; ///< faults of the catalog found on the way

  /// 高观镇人民政府
  std::string issuer() const;
  /// The county the office lies in.
  std::string county() const;
  /// 全镇, 全乡, by the kind or level of the office.
  std::string_view whole_area() const;
  /// Replaces {@org} and the like in an outline's plain text; `points` is what {@points} says.
  std::string outline_text(std::string_view text, std::string_view points = {}) const;
  /// 全年, or 截至…
  std::string span() const;

  FigureRef ref(FigureRef::Kind kind, const record::Figure &figure) const;
  FigureRef group_ref(const record::Figure &figure, const record::Figure::Group &group) const;
  FigureRef villages_ref() const;
  /// Marks the figure and, of a ratio, its terms as said.
  void mention(const record::Figure &figure);
  /// Notes whose groups a text would list in this year.
  void note_itemised(const std::vector<catalog::Token> &tokens);
  /// Adds to `missing` with the phrase's words.
  void miss(Missing::Kind kind, std::string_view topic, std::string_view clause,
            std::string_view indicator, std::string_view label);
};

/// The words of a record as they may stand inside a sentence: one line, without blanks at the ends,
/// control characters and final punctuation.
std::string clean_words(std::string_view text);

/// A field's value as it stands in a sentence; empty if not filled or personal. `context_year` is
/// the year that need not be named; `plan`: ends of months are 月底.
std::string value_words(const Ground &ground, const catalog::Field &field,
                        const catalog::Value &value, int context_year, bool plan);

} // namespace yifa::report
