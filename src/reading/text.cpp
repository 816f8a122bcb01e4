#include "reading/text.h"

#include "base/text.h"

#include <algorithm>

namespace yifa::reading {

std::string_view to_string(Format format) {
  switch (format) {
  case Format::Docx:
    return "docx";
  case Format::Pdf:
    return "pdf";
  case Format::Text:
    return "text";
  case Format::Html:
    return "html";
  case Format::Markdown:
    return "markdown";
  case Format::Office:
    return "office";
  }
  return "";
}

Text::Text(const std::vector<std::string> &paragraphs) {
  std::size_t bytes = 0;
  for (const auto &one : paragraphs) bytes += one.size() + 1;
  all_.reserve(bytes / 2);
  for (const auto &one : paragraphs) {
    auto start = all_.size();
    all_ += text::decode(one);
    paragraphs_.push_back({start, all_.size()});
    all_ += U'\n';
  }
}

std::u32string_view Text::view(Span span) const {
  auto start = std::min(span.start, all_.size());
  auto end = std::clamp(span.end, start, all_.size());
  return std::u32string_view(all_).substr(start, end - start);
}

std::string Text::utf8(Span span) const { return text::encode(view(span)); }

std::string Text::utf8() const { return text::encode(all_); }

std::size_t Text::paragraph_at(std::size_t offset) const {
  if (paragraphs_.empty()) return 0;
  auto after = std::upper_bound(paragraphs_.begin(), paragraphs_.end(), offset,
                                [](std::size_t at, Span one) { return at < one.start; });
  return after == paragraphs_.begin() ? 0
                                      : static_cast<std::size_t>(after - paragraphs_.begin()) - 1;
}

} // namespace yifa::reading
