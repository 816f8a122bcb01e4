#pragma once

#include "base/result.h"
#include "ooxml/docx_look.h"

#include <array>
#include <map>
#include <string>
#include <vector>

namespace yifa::ooxml {

/// Automatic numbering (word/numbering.xml), counted as the paragraphs come.
class DocxNumbering {
public:
  Status load(const ZipReader &zip, const std::string &part);

  struct Label {
    std::string text;      ///< "（一）"; empty for bullets and hidden numbers
    bool apart = true;     ///< a blank or tab stands behind it
    ParagraphPatch indent; ///< of its level
  };
  /// The label of the next paragraph of a list; empty for lists that the file does not define.
  Label next(int number, int level, DocxStyles &styles);
  /// The level that a list gives to paragraphs of a style; 0 when none.
  int level_of(int number, const std::string &style, DocxStyles &styles) const;

private:
  friend class DocxNumberingHandler;
  static constexpr int kLevels = 9;
  struct Level {
    int start = 1;
    int restart = -1; ///< w:lvlRestart; -1 when not said
    std::string format = "decimal", text, style;
    bool apart = true, legal = false, hidden = false;
    ParagraphPatch indent;
  };
  using Levels = std::array<Level, kLevels>;
  struct List {
    Levels levels;
    std::string points_to; ///< w:numStyleLink
    std::array<int, kLevels> counts{};
    std::array<bool, kLevels> begun{};
  };
  struct Number {
    int list = -1;
    std::map<int, int> starts;   ///< w:startOverride by level
    std::map<int, Level> levels; ///< levels replaced
    bool met = false;
  };
  /// The list behind a number, through list styles; nullptr when undefined.
  List *list_of(int number, const DocxStyles &styles);
  const List *list_of(int number, const DocxStyles &styles) const;

  std::map<int, List> lists_;
  std::map<int, Number> numbers_;
};

/// A number in a format of w:numFmt: 3 in "chineseCounting" is 三. Formats not known are decimal.
std::string numbering_text(std::string_view format, int value);

} // namespace yifa::ooxml
