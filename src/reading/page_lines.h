#pragma once

#include "reading/lexicon.h"
#include "reading/web_page.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What the lines of a government's web page are, each seen for itself (words/chrome.yaml).
namespace yifa::reading {

struct PageLine {
  const WebBlock *block = nullptr;
  std::u32string points;
  std::u32string bare; ///< without blanks
  bool prose = false;  ///< sentences of a text
  bool linked = false; ///< nearly all of it is a link
  bool dropped = false;
};

PageLine read_page_line(const WebBlock &block);

/// Exactly the name of a particular, with or without its colon: "索 引 号：".
bool is_label(const PageLine &line, const Lexicon &lexicon);
/// Particulars with their values: "发布时间：2024-01-22 来源：张村镇".
bool is_particulars(const PageLine &line, const Lexicon &lexicon);
/// Where each particular of the line begins and its value ("来源", "张村镇人民政府").
std::vector<std::pair<std::u32string, std::u32string>> particulars(std::u32string_view bare,
                                                                   const Lexicon &lexicon);
/// "当前位置：首页 > 政务公开 > …"
bool is_crumb(const PageLine &line, const Lexicon &lexicon);
/// Buttons and names of blocks alone: "【打印】【关闭】", "字号：大 中 小".
bool is_buttons(const PageLine &line, const Lexicon &lexicon);
/// A date or time alone, in digits: "2024-01-22 10:11".
bool is_timestamp(const PageLine &line);
/// A link to a file and nothing more.
bool is_file_link(const PageLine &line, const Lexicon &lexicon);
/// A title of such a report.
bool is_title(const PageLine &line, const Lexicon &lexicon);
/// A line that holds a word of `list` and is too short for a paragraph of a report.
bool is_short_with(const PageLine &line, const Lexicon &lexicon, std::string_view list);

} // namespace yifa::reading
