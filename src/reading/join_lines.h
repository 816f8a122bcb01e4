#pragma once

#include "reading/lexicon.h"
#include "reading/source.h"

#include <string>
#include <string_view>
#include <vector>

/// Lines of a file put together to paragraphs.
namespace yifa::reading {

struct Line {
  std::string text;        ///< never empty, no blanks at the ends
  double left = 0;         ///< where it begins, in columns (half a Han character each)
  double right = 0;        ///< where it ends
  double size = 0;         ///< of its characters, in any unit; 0 where nothing is known of it
  bool gap_before = false; ///< a blank line stands before it
  bool alone = false;      ///< a paragraph by its markup: nothing is joined to it
};

enum class Wrapping {
  Unknown, ///< a text file: its lines decide whether it was wrapped at a width
  Wrapped, ///< lines of a page: their geometry counts
  Flowing, ///< each line is meant as a paragraph, only broken sentences are mended
};

struct Joined {
  std::vector<std::string> paragraphs;
  std::vector<Joint> joints;
};

/// Joins a line to the one before it where both are one paragraph: wrapped lines by width and
/// indent, otherwise only where a sentence was broken off. Titles, headings, document numbers,
/// addressees, signatures and dates stay for themselves. Words are in words/lines.yaml.
Joined join_lines(const std::vector<Line> &lines, Wrapping wrapping, const Lexicon &lexicon);

/// Lines of a text by its line feeds, with the blanks before them as their left; blank lines become
/// the gap before the next one.
std::vector<Line> text_lines(std::string_view text);

/// Appends a line to a paragraph, with a blank between them only where words of letters meet.
void put_together(std::string &paragraph, std::string_view line);

} // namespace yifa::reading
