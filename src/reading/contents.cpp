#include "reading/sections.h"

#include "reading/label.h"
#include "reading/place.h"

#include <algorithm>
#include <array>

namespace yifa::reading {
namespace {

struct ContentWords {
  Content content;
  const char *list;
};
// Duties before results, since 履行…职责情况 holds 情况; results last, being the loosest.
constexpr std::array kContents = {
    ContentWords{Content::Duties, "contents.duties_heading"},
    ContentWords{Content::Shortcomings, "contents.shortcomings_heading"},
    ContentWords{Content::NextYear, "contents.next_year_heading"},
    ContentWords{Content::Causes, "contents.causes_heading"},
    ContentWords{Content::Results, "contents.results_heading"}};

struct ContentMatch {
  Content content;
  std::size_t at;
};

/// What a heading speaks of, in the order of its words.
std::vector<ContentMatch> contents_of(std::u32string_view title, const Lexicon &lexicon) {
  std::vector<ContentMatch> out;
  for (const auto &one : kContents) {
    auto at = lexicon.words(one.list).find(title);
    if (at != title.npos) out.push_back({one.content, at});
  }
  return out;
}

} // namespace

void read_contents(const Text &text, const Lexicon &lexicon, Structure &out) {
  out.contents.assign(out.sections.size(), Content::Other);
  for (std::size_t i = 0; i < out.sections.size(); ++i) {
    const auto &section = out.sections[i];
    auto found = contents_of(text.view(section.title), lexicon);
    auto has = [&](Content content) {
      return std::any_of(found.begin(), found.end(),
                         [&](const ContentMatch &one) { return one.content == content; });
    };
    bool top = section.parent < 0;
    // 四、2025年重点工作, in a report of 2024
    if (auto year = find_year(text.view(section.title));
        top && year && out.year && year->year == *out.year + 1 && !has(Content::NextYear))
      found.insert(found.begin() + (has(Content::Shortcomings) ? 1 : 0), {Content::NextYear, 0});
    auto inherited = top ? Content::Other : out.contents[section.parent];
    bool settled = inherited == Content::Shortcomings || inherited == Content::NextYear;
    if (found.empty() || (!top && settled && !has(Content::Causes) && !has(Content::NextYear))) {
      out.contents[i] = inherited;
    } else {
      out.contents[i] = found.front().content;
      // only a chapter is named for its results; beneath it 工作情况 means nothing new
      if (!top && out.contents[i] == Content::Results) out.contents[i] = inherited;
      if (!top && out.contents[i] == Content::Shortcomings && inherited == Content::Results)
        out.contents[i] = Content::Shortcomings;
    }
    bool two = has(Content::Shortcomings) && has(Content::NextYear);
    if (two) out.contents[i] = Content::Shortcomings;
    if (section.own.empty()) continue;
    if (!two) {
      out.parts.emplace_back(section.own, out.contents[i]);
      continue;
    }
    // Problems and plans in one chapter: the plans begin with the first paragraph that speaks of
    // the year to come, or with the first subsection.
    auto turn = section.own.end;
    for (auto span : text.paragraphs()) {
      if (span.start <= section.title.end || !section.own.holds(span.start)) continue;
      auto head = text.view({span.start, std::min(span.end, span.start + 16)});
      auto year = find_year(head);
      if ((year && out.year && year->year == *out.year + 1) ||
          lexicon.words("contents.next_year_heading").find(head) != head.npos) {
        turn = span.start;
        break;
      }
    }
    out.parts.emplace_back(Span{section.own.start, turn}, Content::Shortcomings);
    if (turn < section.own.end)
      out.parts.emplace_back(Span{turn, section.own.end}, Content::NextYear);
    out.contents[i] = turn < section.own.end ? Content::NextYear : Content::Shortcomings;
  }
  for (std::size_t i = 0; i < out.sections.size(); ++i)
    if (out.contents[i] == Content::Other && out.sections[i].parent < 0)
      out.contents[i] = Content::Results; // thematic chapters tell what was done
  for (auto &[span, content] : out.parts)
    if (content == Content::Other) content = Content::Results;
  for (std::size_t i = 0; i < out.sections.size(); ++i)
    if (out.contents[i] == Content::Other) out.contents[i] = Content::Results;
}

int Structure::section_at(std::size_t offset) const {
  int found = -1;
  for (std::size_t i = 0; i < sections.size(); ++i)
    if (offset >= sections[i].span.start && offset < sections[i].span.end)
      found = static_cast<int>(i);
  return found;
}

Content Structure::content_at(std::size_t offset) const {
  for (const auto &[span, content] : parts)
    if (span.holds(offset)) return content;
  return Content::Other;
}

} // namespace yifa::reading
