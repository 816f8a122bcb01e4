#pragma once

#include "reading/render.h"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace yifa::reading {

/// Where a page's other reports stand, so that a finding can point into them.
struct SheetPlaces {
  std::map<std::string, std::size_t> files; ///< 1-based number of a file on the page
  const std::vector<Checked> *all = nullptr;
};

/// A report as a sheet of paper, with the notes of each paragraph before it (the style floats them
/// into the margin, or folds them beneath on narrow screens and on paper). Marks and notes are
/// numbered 1… in the order of the text; what is said of the whole report comes last, in dashed
/// boxes. Ids: m<file>-<n> marks, n<file>-<n> notes, p<file>-<line> paragraphs.
std::string sheet_html(const Checked &checked, std::size_t file, const SheetPlaces &places,
                       const PageWords &words);

/// Style and script of the findings page.
std::string_view sheet_style();
std::string_view sheet_script();

} // namespace yifa::reading
