#include "ooxml/docx_story.h"

#include "ooxml/docx_story_paragraph.h"
#include "ooxml/xlsx_parts.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::ooxml {

/// Walks the elements of a story. Three things nest: text boxes in paragraphs (each a small story
/// of its own, `Nest`), fields in fields, and subtrees that are skipped whole.
class StoryHandler final : public XmlHandler {
public:
  StoryHandler(Story &story, DocxGround &ground) : story_(story), ground_(ground) {
    nests_.emplace_back();
  }

  Status start(std::string_view name, const XmlAttributes &attributes) override {
    if (path_.empty() && !skipped_ && name != "document" && name != "hdr" && name != "ftr")
      return invalid("the file is not a Word document");
    if (skipped_ > 0 || is_skipped(name)) return ++skipped_, Done{};
    std::string_view parent = path_.empty() ? std::string_view() : std::string_view(path_.back());
    TRY(open(name, parent, attributes));
    path_.emplace_back(name);
    return Done{};
  }

  Status end(std::string_view name) override {
    if (skipped_ > 0) return --skipped_, Done{};
    path_.pop_back();
    return close(name);
  }

  Status text(std::string_view piece) override {
    if (skipped_ > 0 || !gathers_) return Done{};
    text_bytes_ += piece.size();
    if (text_bytes_ > ground_.limits.text_bytes)
      return invalid(fmt::format("the document holds more than {} MB of text",
                                 ground_.limits.text_bytes >> 20));
    gathered_ += piece;
    return Done{};
  }

  Status finish() {
    if (story_.paragraphs.size() > ground_.limits.paragraphs)
      return invalid("the document has too many paragraphs");
    // Without a mark behind it the last paragraph's words would be lost.
    if (carried_) {
      StoryParagraph last(ground_);
      last.carry(std::move(*carried_));
      last.start_text();
      emit(std::move(last));
    }
    return Done{};
  }

private:
  /// A text box opened in a paragraph, or the part itself.
  struct Nest {
    std::vector<StoryParagraph> open; ///< at most one, but for malformed files
    std::vector<StoryField> fields;
    int tables = 0;
    int shapes = 0; ///< drawings opened since the last text box
    std::optional<DocxPlace> placed;
  };

  static bool is_skipped(std::string_view name) {
    // Former formatting of tracked changes; the doubled copy of shapes; the reading over a ruby
    // base.
    return name == "Fallback" || name == "rt" || name.ends_with("PrChange") ||
           name == "numberingChange";
  }

  Nest &nest() { return nests_.back(); }
  StoryParagraph *paragraph() { return nest().open.empty() ? nullptr : &nest().open.back(); }

  Status open(std::string_view name, std::string_view parent, const XmlAttributes &attributes) {
    if (nest().shapes > 0) return open_in_shape(name, attributes);
    if (name == "drawing" || name == "pict" || name == "object") {
      ++nest().shapes;
      return Done{};
    }
    if (name == "p") return begin_paragraph();
    if (name == "tbl") ++nest().tables;
    if (name == "sectPr") begin_section();
    if (parent == "sectPr") take_section(name, attributes);
    if (name == "ins" || name == "moveTo" || name == "del" || name == "moveFrom")
      return open_change(name, parent);
    if (name == "bookmarkStart") TRY(take_bookmark(attributes));
    if ((parent == "tcBorders" || parent == "tblBorders") && next_colors_.size() < 64)
      take_color(attributes.get("color"), next_colors_);
    auto *at = paragraph();
    if (!at) return Done{};
    if (parent == "pPr" || parent == "numPr") at->patch.take(name, attributes);
    if (parent == "pBdr" && at->patch.colors.size() < 64)
      take_color(attributes.get("color"), at->patch.colors);
    if (parent == "rPr" && path_.size() > 1 && path_[path_.size() - 2] == "r")
      at->run.take(name, attributes, ground_.theme);
    if (name == "commentRangeStart") at->open_comment(attributes.get("id"));
    if (name == "commentRangeEnd") at->close_comment(attributes.get("id"));
    if (name == "hyperlink" && attributes.get("anchor").starts_with("_Toc")) at->refers = true;
    if (name == "fldSimple") {
      at->start_text();
      nest().fields.push_back({std::string(attributes.get("instr")), true, at->length(), at->id()});
    }
    return open_in_run(*at, name, parent, attributes);
  }

  Status open_in_run(StoryParagraph &at, std::string_view name, std::string_view parent,
                     const XmlAttributes &attributes) {
    if (name == "r") at.begin_run();
    if (parent != "r") return Done{};
    if (name == "t" || name == "delText" || name == "instrText" || name == "delInstrText") {
      gathers_ = true;
      gathered_.clear();
      keeps_blanks_ = attributes.get("space") == "preserve";
    }
    if (name == "tab" || name == "ptab") return add(at, " ");
    if (name == "br" || name == "cr") return add(at, "\n");
    if (name == "noBreakHyphen") return add(at, "-");
    if (name == "sym") return add(at, symbol_text(attributes.get("char"), attributes.get("font")));
    if (name == "pgNum") at.add_mark(DocxMark::Kind::Field, at.length(), at.length(), "PAGE");
    if (name == "commentReference") at.refer_comment(attributes.get("id"));
    if (name == "fldChar") turn_field(at, attributes.get("fldCharType"));
    return Done{};
  }

  /// Of a drawing only text boxes, pictures, colours and the place are wanted.
  Status open_in_shape(std::string_view name, const XmlAttributes &attributes) {
    if (name == "drawing" || name == "pict" || name == "object") ++nest().shapes;
    if (name == "align" && path_.back() == "positionH") {
      gathers_ = true;
      gathered_.clear();
    }
    std::string_view style = attributes.get("style"); // VML: "…;mso-position-horizontal:center;…"
    constexpr std::string_view kHorizontal = "mso-position-horizontal:";
    if (auto from = style.find(kHorizontal); from != style.npos) {
      auto word = style.substr(from + kHorizontal.size());
      if (auto place = place_of(word.substr(0, word.find(';')))) nest().placed = place;
    }
    if (auto *at = paragraph()) {
      if (at->patch.colors.size() < 64) {
        if (name == "srgbClr") take_color(attributes.get("val"), at->patch.colors);
        take_color(attributes.get("strokecolor"), at->patch.colors);
        take_color(attributes.get("fillcolor"), at->patch.colors);
      }
      if (name == "blip" || name == "imagedata") ++at->pictures, ++story_.pictures;
    }
    if (name == "txbxContent") {
      auto placed = nest().placed;
      nests_.emplace_back();
      nest().placed = placed;
    }
    return Done{};
  }

  Status close(std::string_view name) {
    if (name == "txbxContent" && nests_.size() > 1) {
      while (!nest().open.empty()) end_paragraph();
      nests_.pop_back();
      return Done{};
    }
    if (name == "drawing" || name == "pict" || name == "object") {
      if (--nest().shapes == 0) nest().placed.reset();
      return Done{};
    }
    if (nest().shapes > 0) {
      if (name == "align" && gathers_) {
        gathers_ = false;
        if (auto place = place_of(gathered_)) nest().placed = place;
      }
      return Done{};
    }
    if (name == "tbl") --nest().tables;
    if (name == "ins" || name == "moveTo") close_change(inserted_);
    if (name == "del" || name == "moveFrom") close_change(deleted_);
    auto *at = paragraph();
    if (!at) return Done{};
    if (name == "pPr") at->start_text();
    if (name == "fldSimple" && !nest().fields.empty()) end_field(*at);
    if (gathers_ && (name == "t" || name == "delText" || name == "instrText")) {
      gathers_ = false;
      return name == "instrText" ? add_instruction() : add(*at, ready_text());
    }
    if (name == "delInstrText") gathers_ = false;
    if (name == "p") end_paragraph();
    return story_.paragraphs.size() > ground_.limits.paragraphs
               ? Status(invalid("the document has too many paragraphs"))
               : Status(Done{});
  }

  // Tracked changes: an element around runs; in the properties of a paragraph's mark, the mark.
  Status open_change(std::string_view name, std::string_view parent) {
    bool away = name == "del" || name == "moveFrom";
    if (parent == "rPr" || parent == "trPr") {
      bool of_mark = path_.size() > 1 && path_[path_.size() - 2] == "pPr";
      if (away && of_mark && paragraph()) paragraph()->joins_next = true;
    } else {
      ++(away ? deleted_ : inserted_);
    }
    return Done{};
  }
  void close_change(int &depth) {
    if (!path_.empty() && path_.back() != "rPr" && path_.back() != "trPr" && depth > 0) --depth;
  }

  Status begin_paragraph() {
    auto &made = nest().open.emplace_back(ground_);
    made.set_id(++paragraph_id_);
    made.in_table = nest().tables > 0;
    made.in_text_box = nests_.size() > 1;
    made.patch.placed = nest().placed;
    made.patch.colors = std::move(next_colors_);
    next_colors_.clear();
    if (nests_.size() == 1 && carried_) {
      made.carry(std::move(*carried_));
      carried_.reset();
    }
    return Done{};
  }

  void end_paragraph() {
    StoryParagraph done = std::move(nest().open.back());
    nest().open.pop_back();
    done.start_text();
    auto &fields = nest().fields;
    // An instruction that no later paragraph finishes would swallow the rest of the text.
    while (!fields.empty() && !fields.back().result) fields.pop_back();
    bool in_table_of_contents = false;
    for (const auto &field : fields) in_table_of_contents |= field.is("TOC");
    done.settle_contents(in_table_of_contents);
    if (done.joins_next && nests_.size() == 1) {
      carried_ = done.carried();
      return;
    }
    bool ends_section = done.ends_section;
    emit(std::move(done));
    if (ends_section) ++section_;
  }

  void emit(StoryParagraph done) { done.emit(story_, section_); }

  Status add(StoryParagraph &at, std::string_view words) {
    if (words.empty()) return Done{};
    for (auto &field : nest().fields) {
      if (field.result) continue;
      if (words != "\n") field.instruction += words;
      return Done{};
    }
    at.add(words, deleted_ > 0    ? StoryParagraph::Change::Deleted
                  : inserted_ > 0 ? StoryParagraph::Change::Inserted
                                  : StoryParagraph::Change::None);
    ++runs_;
    if (words == "\n") ++breaks_;
    if (runs_ > ground_.limits.runs || story_.marks.size() > ground_.limits.marks ||
        breaks_ > ground_.limits.paragraphs)
      return invalid("the document's text is cut into too many pieces");
    return Done{};
  }

  Status add_instruction() {
    for (auto &field : nest().fields)
      if (!field.result) {
        if (field.instruction.size() < 4096) field.instruction += gathered_;
        break;
      }
    return Done{};
  }

  void turn_field(StoryParagraph &at, std::string_view type) {
    auto &fields = nest().fields;
    if (deleted_ > 0) return;
    if (type == "begin" && fields.size() < 64) {
      at.start_text();
      fields.push_back({"", false, at.length(), at.id()});
    }
    if (fields.empty()) return;
    if (type == "separate") fields.back().result = true;
    if (type == "end") end_field(at);
  }
  void end_field(StoryParagraph &at) {
    auto field = std::move(nest().fields.back());
    nest().fields.pop_back();
    if (field.is("PAGEREF")) at.refers = true;
    for (const auto &outer : nest().fields)
      if (!outer.result) return; // part of an instruction
    std::size_t from = field.paragraph == at.id() ? std::min(field.start, at.length()) : 0;
    at.add_mark(DocxMark::Kind::Field, from, at.length(), field.plain());
  }

  std::string_view ready_text() {
    for (char &c : gathered_)
      if (c == '\n' || c == '\t' || c == '\r') c = ' ';
    std::string_view words = gathered_;
    if (keeps_blanks_) return words;
    auto from = words.find_first_not_of(' ');
    if (from == words.npos) return {};
    return words.substr(from, words.find_last_not_of(' ') - from + 1);
  }

  Status take_bookmark(const XmlAttributes &attributes) {
    if (story_.bookmarks.size() >= ground_.limits.marks)
      return invalid("the document has too many bookmarks");
    story_.bookmarks.emplace_back(attributes.get("name"));
    return Done{};
  }

  static void take_color(std::string_view written, std::vector<std::string> &into) {
    auto color = plain_color(written);
    if (!color.empty()) into.push_back(std::move(color));
  }

  void begin_section() {
    if (story_.sections.size() < 10'000) story_.sections.emplace_back();
    if (auto *at = paragraph()) at->ends_section = true;
  }
  void take_section(std::string_view name, const XmlAttributes &attributes) {
    if (!story_.sections.empty()) story_.sections.back().take(name, attributes);
  }

  Story &story_;
  DocxGround &ground_;
  std::vector<std::string> path_;
  std::vector<Nest> nests_;
  std::optional<StoryParagraph::Carried> carried_; ///< of a paragraph whose mark is deleted
  std::vector<std::string> next_colors_;           ///< of table borders, for what stands in them
  std::string gathered_;
  bool gathers_ = false, keeps_blanks_ = false;
  int skipped_ = 0, deleted_ = 0, inserted_ = 0;
  std::size_t section_ = 0, text_bytes_ = 0, runs_ = 0, breaks_ = 0, paragraph_id_ = 0;
};

Result<Story> read_story(const ZipReader &zip, const std::string &part, DocxGround &ground) {
  Story story;
  StoryHandler handler(story, ground);
  TRY(parse_part(zip, part, handler));
  TRY(handler.finish());
  return story;
}

} // namespace yifa::ooxml
