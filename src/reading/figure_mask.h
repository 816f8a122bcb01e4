#pragma once

#include "reading/figure_words.h"
#include "reading/structure.h"

#include <vector>

namespace yifa::reading {

/// Which characters no figure may begin at: titles in 《》, document numbers, days and years, law
/// articles, headings' numbers, names made with numbers, short words in quotation marks.
class FigureMask {
public:
  FigureMask(const Text &text, const Structure &structure, const FigureWords &words);
  bool barred(std::size_t at) const { return at < barred_.size() && barred_[at]; }
  /// Whether it stands in quotation marks (a name, a slogan).
  bool quoted(std::size_t at) const { return at < quoted_.size() && quoted_[at]; }

private:
  void bar(std::size_t from, std::size_t to);
  void between(char32_t open, char32_t close, std::size_t most, std::vector<char> &marks);
  void numbers_of_papers();
  void days();
  void names();

  const std::u32string &all_;
  const FigureWords &words_;
  std::vector<char> barred_;
  std::vector<char> quoted_;
};

} // namespace yifa::reading
