#include "reading/read_html.h"

#include "reading/article.h"
#include "reading/join_lines.h"
#include "reading/read_text.h"
#include "reading/web_page.h"

namespace yifa::reading {

Result<Source> read_html(std::string_view bytes, const Lexicon &lexicon, const ReadLimits &limits) {
  auto page = TRY(parse_web_page(bytes));
  auto article = find_article(page, lexicon);
  std::string text;
  for (const auto &line : article.lines) text += line.text + "\n";
  TRY(check_text(text, limits));
  auto joined = join_lines(article.lines, Wrapping::Flowing, lexicon);
  Source source;
  source.format = Format::Html;
  source.converted = true;
  source.paragraphs = std::move(joined.paragraphs);
  source.joints = std::move(joined.joints);
  source.publisher = std::move(article.publisher);
  return source;
}

} // namespace yifa::reading
