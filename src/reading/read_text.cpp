#include "reading/read_text.h"

#include "base/text.h"
#include "reading/encoding.h"
#include "reading/join_lines.h"
#include "reading/pdf_lines.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace yifa::reading {

namespace {

/// A text saved from a PDF has a form feed after each page; the page's number before it and the
/// head that runs through the pages go.
std::string without_page_edges(std::string_view bytes, const Lexicon &lexicon) {
  auto pages = text::split(bytes, '\f');
  std::map<std::string, std::size_t> heads;
  std::vector<std::vector<std::string>> all;
  for (const auto &page : pages) {
    auto &lines = all.emplace_back(text::split(page, '\n'));
    while (!lines.empty() && text::trim(lines.back()).empty()) lines.pop_back();
    if (!lines.empty() && is_page_number(text::decode(text::trim(lines.back())), lexicon))
      lines.pop_back();
    if (!lines.empty()) ++heads[text::trim(lines.front())];
  }
  std::string out;
  for (auto &lines : all) {
    bool runs = !lines.empty() && heads[text::trim(lines.front())] * 2 > pages.size();
    if (runs) lines.erase(lines.begin());
    out += text::join(lines, "\n") + "\n";
  }
  return out;
}

} // namespace

Status check_text(std::string_view text, const ReadLimits &limits) {
  if (text.size() > limits.text_bytes)
    return invalid(
        fmt::format("it holds {} MB of text, far more than a report (the limit is {} MB)",
                    (text.size() >> 20) + 1, limits.text_bytes >> 20));
  if (text::trim(text).empty()) return invalid("the file holds no text");
  auto points = text::decode(text);
  if (std::none_of(points.begin(), points.end(), text::is_han))
    return invalid("there is no Chinese text in it, so it is no report");
  return Done{};
}

Result<Source> read_text(std::string_view bytes, const Lexicon &lexicon, const ReadLimits &limits) {
  auto text = TRY(decode_text(bytes));
  if (text.find('\f') != std::string::npos) text = without_page_edges(text, lexicon);
  text = clean_characters(text);
  TRY(check_text(text, limits));
  auto joined = join_lines(text_lines(text), Wrapping::Unknown, lexicon);
  Source source;
  source.format = Format::Text;
  source.paragraphs = std::move(joined.paragraphs);
  source.joints = std::move(joined.joints);
  return source;
}

} // namespace yifa::reading
