#pragma once

#include "base/result.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace yifa::reading {

/// An element that makes a block, with those around it.
struct WebBox {
  int parent = -1;   ///< index in WebPage::boxes, always smaller than its own
  bool cell = false; ///< of a table or a list of terms
  bool main = false; ///< <main> or <article>
};

/// A row of text between two breaks.
struct WebBlock {
  std::string text; ///< blanks as a browser shows them; none at the ends
  int box = 0;
  double left = 0;        ///< blanks and indent before it, in columns
  int heading = 0;        ///< 1 to 6 for h1 to h6
  std::size_t linked = 0; ///< code points of it that are links
  std::string target;     ///< where its last link leads
};

struct WebPage {
  std::string title;     ///< of <title>, or of <meta name="ArticleTitle">
  std::string publisher; ///< of <meta name="ContentSource">
  std::vector<WebBox> boxes;
  std::vector<WebBlock> blocks; ///< never empty texts
};

/// The visible text of a web page (HTML in any encoding Chinese sites use), without scripts,
/// styles, forms' fields, navigation, footers and hidden elements. Nothing is fetched, no entity
/// but HTML's own is known. Invalid: larger than 16 MB, or built to be slow (elements nested beyond
/// 256, tags with thousands of attributes).
Result<WebPage> parse_web_page(std::string_view bytes);

} // namespace yifa::reading
