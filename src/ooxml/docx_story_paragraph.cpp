#include "ooxml/docx_story_paragraph.h"

#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace yifa::ooxml {
namespace {

/// A new run, or a longer last one when the look is the same.
void extend_runs(std::vector<DocxRun> &runs, DocxRun run) {
  if (run.start >= run.end) return;
  if (!runs.empty()) {
    DocxRun &last = runs.back();
    if (last.end == run.start && last.east_asia == run.east_asia && last.ascii == run.ascii &&
        last.size == run.size && last.bold == run.bold && last.color == run.color) {
      last.end = run.end;
      return;
    }
  }
  runs.push_back(std::move(run));
}

} // namespace

std::string symbol_text(std::string_view written, std::string_view font) {
  unsigned code = 0;
  auto digits = written.substr(0, 6);
  std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
  // Signs of symbol fonts lie in the private area; nobody can say what they show but by the font.
  bool pictures = font.starts_with("Wingdings") || font == "Symbol" || font == "Webdings";
  if (!pictures && code >= 0xF020 && code <= 0xF07E) code -= 0xF000;
  bool plain = !pictures && code >= 0x20 && code < 0xD800;
  return text::encode(static_cast<char32_t>(plain ? code : 0x25A1)); // □
}

std::string StoryField::plain() const { return text::trim(instruction); }

bool StoryField::is(std::string_view kind) const {
  auto words = plain();
  return text::lower_ascii(std::string_view(words).substr(0, words.find(' '))) ==
         text::lower_ascii(kind);
}

void StoryParagraph::start_text() {
  if (started_) return;
  started_ = true;
  auto &styles = ground_->styles;
  const auto &style = styles.paragraph(patch.style.value_or(""));
  base_.style = style.name;
  ground_look_ = style.run;

  ParagraphPatch whole = style.paragraph;
  whole.lay(patch);
  DocxNumbering::Label label;
  int number = whole.number.value_or(0);
  if (number > 0 && !joins_next) {
    bool by_style = !patch.number;
    int level = whole.level ? *whole.level
                            : ground_->numbering.level_of(number, by_style ? style.numbered_by : "",
                                                          styles);
    label = ground_->numbering.next(number, level, styles);
    // A list that the style names lies under the style, one that the paragraph names above it.
    ParagraphPatch laid = by_style ? label.indent : style.paragraph;
    laid.lay(by_style ? style.paragraph : label.indent);
    laid.lay(patch);
    whole = std::move(laid);
  }
  whole.show(base_);
  base_.text = label.text;
  length_ = text::length(label.text);
  // "1." and "2023年" must not become "1.2023年".
  bool latin_end = !label.text.empty() && static_cast<unsigned char>(label.text.back()) < 0x80;
  if (latin_end && label.apart) {
    base_.text += ' ';
    ++length_;
  }
  base_.list_label = length_;
  if (!carried_) return;
  for (auto run_before : carried_->runs) {
    run_before.start += length_;
    run_before.end += length_;
    extend_runs(base_.runs, std::move(run_before));
  }
  for (auto mark : carried_->marks) {
    mark.start += length_;
    mark.end += length_;
    marks_.push_back(std::move(mark));
  }
  base_.text += carried_->text;
  length_ += carried_->length;
  carried_.reset();
}

void StoryParagraph::begin_run() {
  start_text();
  run = {};
  run_look_.reset();
}

const RunPatch &StoryParagraph::look() {
  if (!run_look_) {
    RunPatch whole = ground_look_;
    if (run.style) whole.lay(ground_->styles.character(*run.style).run);
    whole.lay(run);
    run_look_ = std::move(whole);
  }
  return *run_look_;
}

void StoryParagraph::add(std::string_view words, Change change) {
  start_text();
  if (change == Change::Deleted) {
    if (words != "\n") add_mark(DocxMark::Kind::Deletion, length_, length_, std::string(words));
    return;
  }
  const RunPatch &shown = look();
  if (shown.hidden.value_or(false)) {
    if (words != "\n") add_mark(DocxMark::Kind::Hidden, length_, length_, std::string(words));
    return;
  }
  DocxRun made;
  made.start = length_;
  made.end = length_ + text::length(words);
  made.east_asia = shown.east_asia.value_or("");
  made.ascii = shown.ascii.value_or("");
  made.size = shown.size.value_or(10);
  made.bold = shown.bold.value_or(false);
  made.color = shown.color.value_or("");
  base_.text += words;
  length_ = made.end;
  if (change == Change::Inserted)
    add_mark(DocxMark::Kind::Insertion, made.start, made.end, std::string(words));
  extend_runs(base_.runs, std::move(made));
}

void StoryParagraph::add_mark(DocxMark::Kind kind, std::size_t start, std::size_t end,
                              std::string words) {
  bool pieces = kind != DocxMark::Kind::Comment && kind != DocxMark::Kind::Field;
  if (pieces && !marks_.empty() && marks_.back().kind == kind && marks_.back().end == start) {
    marks_.back().end = end; // one change told in several runs
    marks_.back().text += words;
    return;
  }
  DocxMark mark;
  mark.kind = kind;
  mark.start = start;
  mark.end = end;
  mark.text = std::move(words);
  marks_.push_back(std::move(mark));
}

void StoryParagraph::open_comment(std::string_view id) {
  start_text();
  if (comments_.size() < 1000) comments_.try_emplace(std::string(id), length_);
}

void StoryParagraph::close_comment(std::string_view id) {
  auto at = comments_.find(id);
  if (at == comments_.end()) return; // began in a paragraph before, which told it
  auto words = ground_->comments.find(id);
  if (words != ground_->comments.end())
    add_mark(DocxMark::Kind::Comment, at->second, length_, std::exchange(words->second, {}));
  if (words != ground_->comments.end()) ground_->comments.erase(words);
  comments_.erase(at);
}

void StoryParagraph::refer_comment(std::string_view id) {
  start_text();
  auto words = ground_->comments.find(id);
  if (words == ground_->comments.end()) return; // told already
  auto opened = comments_.find(id);
  std::size_t from = opened == comments_.end() ? length_ : opened->second;
  add_mark(DocxMark::Kind::Comment, from, length_, std::move(words->second));
  ground_->comments.erase(words);
}

void StoryParagraph::settle_contents(bool in_field) {
  base_.in_contents = (in_field && refers) || text::lower_ascii(base_.style).starts_with("toc ");
}

StoryParagraph::Carried StoryParagraph::carried() {
  Carried out;
  out.text = std::move(base_.text);
  out.length = length_;
  out.runs = std::move(base_.runs);
  out.marks = std::move(marks_);
  return out;
}

void StoryParagraph::emit(Story &story, std::size_t section) {
  // Comments that go on into later paragraphs are told where they begin.
  while (!comments_.empty()) close_comment(std::string(comments_.begin()->first));
  base_.in_table = in_table;
  base_.in_text_box = in_text_box;
  base_.section = section;
  base_.pictures = pictures;
  base_.colors = patch.colors.empty() ? base_.colors : patch.colors;
  std::string whole = std::move(base_.text);
  auto runs = std::move(base_.runs);
  base_.text.clear();
  base_.runs.clear();

  std::size_t start = 0, byte = 0;
  auto mark = marks_.begin();
  std::stable_sort(marks_.begin(), marks_.end(),
                   [](const DocxMark &a, const DocxMark &b) { return a.start < b.start; });
  auto run_at = runs.begin();
  while (true) {
    std::size_t stop = std::min(whole.find('\n', byte), whole.size());
    DocxParagraph piece = base_;
    piece.text = whole.substr(byte, stop - byte);
    std::size_t end = start + text::length(piece.text);
    bool last = stop == whole.size();
    for (; run_at != runs.end() && run_at->start <= end; ++run_at) {
      DocxRun cut = *run_at;
      cut.start = std::max(cut.start, start) - start;
      cut.end = std::min(cut.end, end) - start;
      if (cut.start < cut.end) piece.runs.push_back(std::move(cut));
      if (run_at->end > end) break; // goes on behind the line break
    }
    for (; mark != marks_.end() && (last || mark->start <= end); ++mark) {
      DocxMark told = std::move(*mark);
      told.paragraph = story.paragraphs.size();
      told.start = std::min(std::max(told.start, start), end) - start;
      told.end = std::min(std::max(told.end, start), end) - start;
      story.marks.push_back(std::move(told));
    }
    story.paragraphs.push_back(std::move(piece));
    if (last) return;
    base_.continues = true;
    base_.list_label = 0;
    base_.break_before = false;
    base_.pictures = 0;
    start = end + 1;
    byte = stop + 1;
  }
}

} // namespace yifa::ooxml
