#pragma once

#include "ooxml/docx_story.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace yifa::ooxml {

/// A field that is open: its instruction is read first, then its result.
struct StoryField {
  std::string instruction;
  bool result = false;
  std::size_t start = 0;     ///< code points in the paragraph it began in
  std::size_t paragraph = 0; ///< id of that paragraph

  /// The instruction without blanks at its ends.
  std::string plain() const;
  /// Whether its first word is this one.
  bool is(std::string_view kind) const;
};

/// A paragraph while it is read.
class StoryParagraph {
public:
  explicit StoryParagraph(DocxGround &ground) : ground_(&ground) {}

  ParagraphPatch patch; ///< its own properties
  RunPatch run;         ///< properties of the run being read
  bool in_table = false, in_text_box = false, ends_section = false;
  bool joins_next = false; ///< its mark is deleted: the next paragraph's words follow on
  bool refers = false;     ///< names a page, or leads to a heading
  std::size_t pictures = 0;

  void set_id(std::size_t id) { id_ = id; }
  std::size_t id() const { return id_; }
  std::size_t length() const { return length_; }

  /// Called when its properties are known: resolves them and writes the list's label.
  void start_text();
  void begin_run();
  enum class Change { None, Inserted, Deleted };
  /// A line feed stands for a manual line break.
  void add(std::string_view words, Change change);
  void add_mark(DocxMark::Kind kind, std::size_t start, std::size_t end, std::string text);

  void open_comment(std::string_view id);
  void close_comment(std::string_view id);
  void refer_comment(std::string_view id);

  /// Whether it is an entry of a table of contents, by its style or within a TOC field.
  void settle_contents(bool in_field);

  struct Carried {
    std::string text;
    std::size_t length = 0;
    std::vector<DocxRun> runs;
    std::vector<DocxMark> marks;
  };
  Carried carried();
  void carry(Carried before) { carried_ = std::move(before); }

  /// Appends it to the story, cut at its manual line breaks.
  void emit(Story &story, std::size_t section);

private:
  const RunPatch &look(); ///< of the run being read, after styles

  DocxGround *ground_;
  DocxParagraph base_;
  bool started_ = false;
  std::size_t id_ = 0;
  std::size_t length_ = 0; ///< code points of base_.text
  std::vector<DocxMark> marks_;
  std::map<std::string, std::size_t, std::less<>> comments_; ///< open ones: id → start
  RunPatch ground_look_;                                     ///< of the paragraph's style
  std::optional<RunPatch> run_look_;
  std::optional<Carried> carried_;
};

/// What w:sym shows: a character by its hexadecimal code in a font, □ in a font of pictures.
std::string symbol_text(std::string_view code, std::string_view font);

} // namespace yifa::ooxml
