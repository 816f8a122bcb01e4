#pragma once

#include "base/date.h"
#include "base/result.h"
#include "catalog/loader.h"
#include "reading/lexicon.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace yifa::reading {

struct Case;

/// A text of a law from a day on.
struct LawEdition {
  Date from;
  int articles = 0; ///< 0: not known
};

/// A law, regulation, rule, party paper or plan a report may name.
struct Law {
  enum class End {
    None,
    Repealed,   ///< out of force
    Renamed,    ///< goes on under another name
    Superseded, ///< replaced in substance
  };
  std::string name;                 ///< 行政处罚法; of a plan without its years
  std::string full;                 ///< 中华人民共和国行政处罚法
  std::optional<Date> since;        ///< the day its first text was passed
  std::vector<LawEdition> editions; ///< by day
  End end = End::None;
  Date ended;
  std::string by;     ///< what took its place; may be empty
  int first_year = 0; ///< of a plan's period; 0 for what has none
  int last_year = 0;

  /// The longest text in force at some time of these days, and of the one passed for the year
  /// after. Nothing where one of them is not known.
  std::optional<LawEdition> longest(Date from, Date to) const;
};

/// “八五”普法.
struct Campaign {
  std::u32string name;
  int first_year = 0;
  int last_year = 0;
};

/// catalog/checks/laws.yaml: what is known of the titles reports name.
class LawTable {
public:
  /// All of that title, whichever way it is written: with or without 中华人民共和国, the issuing
  /// body, an edition or years in brackets, blanks, quotation marks. Plans of several periods are
  /// several.
  std::vector<const Law *> find(std::u32string_view title) const;
  /// The law whose title differs least, in at most `most` characters; nullptr. `distance` takes the
  /// number.
  const Law *nearest(std::u32string_view title, std::size_t most, std::size_t *distance) const;
  /// The title without blanks, quotation marks, issuing body and what a bracket at its end adds.
  std::u32string plain(std::u32string_view title) const;
  /// Whether it begins as whole titles do: 中华人民共和国….
  bool whole_title(std::u32string_view title) const;
  /// Whether it ends as statutes do and is no 办法 or the like.
  bool like_statute(std::u32string_view title) const;

  const std::vector<Law> &laws() const { return laws_; }
  const std::vector<Campaign> &campaigns() const { return campaigns_; }
  const Words &names() const { return names_; } ///< of laws whose articles are counted
  /// Of laws repealed or renamed and of plans: what is worth a look even without 《》.
  const Words &fading() const { return fading_; }

private:
  friend class LawReader;
  void index();
  std::u32string trimmed(std::u32string_view title) const;

  std::vector<Law> laws_;
  std::vector<Campaign> campaigns_;
  std::map<std::u32string, std::vector<std::size_t>, std::less<>> by_title_;
  struct Title {
    std::u32string text;
    std::uint64_t characters = 0; ///< a bit each, to tell quickly what is far from it
    std::size_t law = 0;
  };
  std::vector<std::vector<Title>> by_length_;
  Words names_, fading_;
  Words prefixes_, edition_marks_, statute_ends_, other_ends_;
  std::u32string whole_;
};

/// Whether two titles hold the same characters in another order.
bool same_characters(std::u32string a, std::u32string b);

/// Reads "checks/laws.yaml" of the sources; an empty table where there is none. Invalid with file,
/// line and column: an unknown key, a day or number that is none, an end without the day, a period
/// that ends before it begins.
Result<std::shared_ptr<const LawTable>> load_law_table(const catalog::Sources &sources);

/// The rules time.law_* and time.plan_* but time.plan_year: titles that do not exist, are repealed,
/// renamed, superseded or not yet passed at the report's day, articles an edition lacks, plans with
/// wrong years.
void check_laws(Case &report, const LawTable &table);

} // namespace yifa::reading
