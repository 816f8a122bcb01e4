#pragma once

#include "report/document.h"

#include <string>
#include <string_view>
#include <vector>

namespace yifa::report {

/// Text while it is being composed: runs, and words that are only known when the whole section or
/// paragraph stands. Inside this room.
struct Bit {
  enum class Kind {
    Text,
    Span, ///< 全年, if this is the first of its section
    Verb, ///< the next verb of the group `text`
  };
  Kind kind = Kind::Text;
  std::string text;
  std::optional<FigureRef> figure;
  bool quoted = false; ///< a record's own words: their punctuation is left alone
};

/// A stretch of bits that knows its punctuation. Seams are mended as text is added: a comma before
/// a full stop goes, a doubled mark is one mark, the stronger one stays.
class Prose {
public:
  void text(std::string_view words);
  void quote(std::string_view words);
  void figure(FigureRef ref, std::string printed);
  /// A number and, outside of its run, its unit.
  void number(FigureRef ref, std::string printed, std::string_view unit);
  void span();
  void verb(std::string_view group);
  void add(Prose other);

  bool empty() const { return bits_.empty(); }
  std::size_t length() const; ///< code points
  int numbers() const;        ///< numbers printed, without those of groups
  int count(std::string_view mark) const;
  bool starts_with(std::string_view words) const;
  bool ends_with(std::string_view words) const;
  std::string plain() const; ///< deferred words are left out

  void drop_start(std::string_view words); ///< if it starts so
  void drop_end(std::string_view words);   ///< if it ends so
  /// Removes ，；、：。 and blanks at the end.
  void trim_end();
  /// Removes everything behind the last ，；。 and that mark itself; all of it if there is none.
  void cut_segment();
  /// Ends with 。, unless it ends with a mark that ends a sentence already.
  void close();
  /// Cuts after every 。 of its own text; author's words and figures are not looked into.
  std::vector<Prose> sentences() &&;
  /// Turns the first occurrence of one of `words` into a run with `ref`; false if none stands in
  /// it.
  bool bind(const std::vector<std::string> &words, const FigureRef &ref);

  std::vector<Bit> &bits() { return bits_; }
  const std::vector<Bit> &bits() const { return bits_; }
  std::vector<Run> runs() const; ///< neighbouring plain text as one run

private:
  std::vector<Bit> bits_;
};

} // namespace yifa::report
