#pragma once

#include "reading/join_lines.h"
#include "reading/lexicon.h"
#include "reading/web_page.h"

#include <string>
#include <vector>

namespace yifa::reading {

struct Article {
  std::vector<Line> lines;
  std::string publisher; ///< 发布机构 or 来源 as the page gives it; may be empty
};

/// The report on a web page: the element that holds most of the page's sentences, its title from
/// the page where it lacks one, and none of the chrome around and in it. The document number goes
/// where it stands in the page's particulars, and stays where it stands in the text.
Article find_article(const WebPage &page, const Lexicon &lexicon);

} // namespace yifa::reading
