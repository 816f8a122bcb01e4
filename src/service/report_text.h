#pragma once

#include "reading/checker.h"
#include "report/document.h"

#include <optional>
#include <string>
#include <vector>

namespace yifa::service {

/// A stretch of one block: code points of its sentences' text, without the block's own number.
struct BlockSpan {
  std::string block; ///< empty: the whole report
  std::size_t start = 0;
  std::size_t end = 0;
};

/// A number in words of people that is bound to nothing.
struct BareNumber {
  BlockSpan place;   ///< with measure word
  std::string value; ///< as read
  std::string unit;
};

/// What the checker says of one place.
struct ReportFinding {
  std::string id; ///< stable while the place stays
  std::string rule;
  reading::Severity severity = reading::Severity::Warning;
  BlockSpan place;
  std::string excerpt;
  std::string message;
  std::string suggestion;
  std::string figure; ///< the indicator whose number stands there; may be empty
};

/// A document as the reader of reports sees it, with the way back from its text to blocks. Gaps are
/// no text.
class ReportText {
public:
  ReportText(const report::Document &document, const reading::Checker &checker);

  /// Digits that count something, in sentences with authors or written by hand, that no figure
  /// stands behind and nobody has kept. Numbers of another year are left out: none of ours can back
  /// them.
  std::vector<BareNumber> bare() const;
  /// Sentences with such numbers, each once.
  std::vector<std::string> typed() const;
  std::vector<ReportFinding> findings() const;
  /// The figure read at a place; nullptr for none.
  const reading::Figure *figure_at(const BlockSpan &place) const;

private:
  /// Where a paragraph of the text comes from.
  struct Origin {
    const report::Block *block = nullptr; ///< null: the head (issuer, number)
    std::size_t offset = 0;               ///< of its first code point in the block's words
    std::size_t number = 0;               ///< code points of the block's number before them
  };
  BlockSpan place_of(reading::Span span) const;
  const report::Block *block_of(const BlockSpan &place) const;

  const report::Document &document_;
  const reading::Checker &checker_;
  reading::Report report_;
  std::vector<Origin> origins_; ///< by paragraph
};

} // namespace yifa::service
