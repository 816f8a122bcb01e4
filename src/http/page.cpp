#include "http/page.h"

#include "base/text.h"

namespace yifa::http {
namespace {

void append_escaped(std::string &out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
    case '&':
      out += "&amp;";
      break;
    case '<':
      out += "&lt;";
      break;
    case '>':
      out += "&gt;";
      break;
    case '"':
      out += "&quot;";
      break;
    case '\'':
      out += "&#39;";
      break;
    default:
      out += c;
    }
  }
}

} // namespace

void Page::begin(std::string_view tag, Attributes attributes) {
  out_ += '<';
  out_ += tag;
  for (const auto &[name, value] : attributes) {
    if (name.empty()) continue;
    out_ += ' ';
    out_ += name;
    out_ += "=\"";
    append_escaped(out_, value);
    out_ += '"';
  }
  out_ += '>';
}

Page &Page::open(std::string_view tag, Attributes attributes) {
  begin(tag, attributes);
  open_.emplace_back(tag);
  return *this;
}

Page &Page::close() {
  if (open_.empty()) return *this;
  out_ += "</" + open_.back() + ">";
  open_.pop_back();
  return *this;
}

Page &Page::close_to(std::size_t depth) {
  while (open_.size() > depth) close();
  return *this;
}

Page &Page::text(std::string_view text) {
  append_escaped(out_, text);
  return *this;
}

Page &Page::element(std::string_view tag, std::string_view text, Attributes attributes) {
  open(tag, attributes);
  this->text(text);
  return close();
}

Page &Page::lone(std::string_view tag, Attributes attributes) {
  begin(tag, attributes);
  return *this;
}

Page &Page::paragraphs(std::string_view text, std::string_view css_class) {
  for (const auto &line : text::split(text, '\n')) {
    const auto words = text::trim(line);
    if (words.empty()) continue;
    open("p", {{css_class.empty() ? "" : "class", css_class}});
    this->text(words).close();
  }
  return *this;
}

std::string Page::take() {
  close_to(0);
  auto out = "<!doctype html>\n" + std::move(out_) + "\n";
  out_.clear();
  return out;
}

std::string_view safe_address(std::string_view url) {
  const auto lower = text::lower_ascii(std::string(url.substr(0, 8)));
  return lower.starts_with("http://") || lower.starts_with("https://") ? url : std::string_view();
}

} // namespace yifa::http
