#pragma once

#include "reading/source.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace yifa::reading {

/// Half-open, in Unicode code points of the normalised text.
struct Span {
  std::size_t start = 0;
  std::size_t end = 0;
  std::size_t size() const { return end - start; }
  bool empty() const { return end <= start; }
  bool holds(std::size_t at) const { return at >= start && at < end; }
  bool holds(Span inner) const { return inner.start >= start && inner.end <= end; }
  bool meets(Span other) const { return start < other.end && other.start < end; }
  bool operator==(const Span &) const = default;
};

/// The normalised text of a report: its paragraphs, one a line, each ended by a line feed. All
/// offsets that Yifa prints count code points in it; `yifa read --text` prints it.
class Text {
public:
  Text() = default;
  explicit Text(const std::vector<std::string> &paragraphs);

  const std::u32string &all() const { return all_; }
  std::u32string_view view(Span span) const;
  std::string utf8(Span span) const;
  std::string utf8() const;
  std::size_t size() const { return all_.size(); }

  /// Spans of the paragraphs, without their line feeds; in order, never empty.
  const std::vector<Span> &paragraphs() const { return paragraphs_; }
  /// Index of the paragraph an offset lies in (the last one for offsets past the end).
  std::size_t paragraph_at(std::size_t offset) const;
  /// 1-based line of the normalised text.
  std::size_t line_at(std::size_t offset) const { return paragraph_at(offset) + 1; }

private:
  std::u32string all_;
  std::vector<Span> paragraphs_;
};

} // namespace yifa::reading
