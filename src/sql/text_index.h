#pragma once

#include "base/date.h"
#include "base/id.h"
#include "base/result.h"
#include "sql/words.h"
#include "store/select.h"

#include <optional>
#include <string>

namespace yifa::sql {

/// The text of one record as it is kept for the search.
struct SearchRow {
  RecordId record;
  std::string county;
  std::string type;
  std::string owner;
  std::string place; ///< empty: at the owner
  std::int32_t day = 0;
  std::string title;
  std::string body;
  bool operator==(const SearchRow &) const = default;
};

/// What is indexed of it: marks for its counties, towns and ledger, then the folded title and the
/// body, a line each.
std::string indexed_text(const SearchRow &row);

/// Before and after every day there is.
constexpr std::int64_t kNoDayBefore = -1'000'000;
constexpr std::int64_t kNoDayAfter = 100'000'000;

/// Texts by their days: from ≤ day < until.
struct TextQuery {
  WordsAsked asked;
  std::int64_t from = 0;
  std::int64_t until = 0;
};

/// How an engine keeps the texts (table search_text) so that words are found. Which words a text
/// has and which hits count is decided outside.
class TextIndex {
public:
  virtual ~TextIndex() = default;
  /// Texts come in the order of their days between begin_writing() and end_writing(), which sends
  /// what is not sent yet.
  virtual void begin_writing() = 0;
  virtual Status end_writing() { return Done{}; }
  virtual Status add(const SearchRow &row) = 0;
  /// Whether a text is replaced by its record alone, without knowing what stood there.
  virtual bool replaces() const { return false; }
  virtual Status replace(const SearchRow &row) { return add(row); }
  /// Removes the text of a record; the row is what stands there, unless replaces() is true.
  virtual Status remove(const SearchRow &row) = 0;
  virtual Status clear() = 0;
  /// How many rows there are, counting no further than `most`.
  virtual store::Statement count(const TextQuery &query, std::int64_t most) const = 0;
  /// Columns: record, owner_org, place_org, day, type, title, folded title or nothing where it is
  /// the title, body; by day.
  virtual store::Statement hits(const TextQuery &query, bool oldest_first) const = 0;
};

} // namespace yifa::sql
