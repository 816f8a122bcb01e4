#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace yifa::http {

/// Writes a page of HTML piece by piece. Everything that is not written by the program itself goes
/// through here and is escaped; there is no way to write markup as text. Elements are closed in
/// order, and what is left open is closed by `take`.
class Page {
public:
  /// {name, value}; an attribute without a name is left out.
  using Attributes = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  Page() = default;

  Page &open(std::string_view tag, Attributes attributes = {});
  Page &close();
  /// Closes until so many elements are open.
  Page &close_to(std::size_t depth);
  std::size_t depth() const { return open_.size(); }
  Page &text(std::string_view text);
  Page &number(std::int64_t n) { return text(std::to_string(n)); }
  /// The element with text in it; nothing but text.
  Page &element(std::string_view tag, std::string_view text, Attributes attributes = {});
  /// One that holds nothing: input, meta, br, hr.
  Page &lone(std::string_view tag, Attributes attributes = {});
  /// Text of several lines, a paragraph each.
  Page &paragraphs(std::string_view text, std::string_view css_class = {});

  /// The whole page, with its document type.
  std::string take();

private:
  void begin(std::string_view tag, Attributes attributes);

  std::string out_;
  std::vector<std::string> open_;
};

/// An element that is closed when this goes out of scope.
class Within {
public:
  Within(Page &page, std::string_view tag, Page::Attributes attributes = {})
      : page_(page), depth_(page.depth()) {
    page.open(tag, attributes);
  }
  Within(const Within &) = delete;
  Within &operator=(const Within &) = delete;
  ~Within() { page_.close_to(depth_); }

private:
  Page &page_;
  std::size_t depth_;
};

/// Only addresses a reader may be sent to: http, https; else empty.
std::string_view safe_address(std::string_view url);

} // namespace yifa::http
