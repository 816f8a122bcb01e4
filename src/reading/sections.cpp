#include "reading/sections.h"

#include "base/text.h"
#include "reading/label.h"
#include "reading/read_docx.h"

#include <algorithm>

namespace yifa::reading {
namespace {

constexpr std::size_t kTitleMost = 60; // a heading that runs on is cut at its first stop before
constexpr std::size_t kUnnumberedMost = 22; // a line that short may be a heading without number
constexpr std::size_t kUnnumberedLeast = 4;
constexpr std::size_t kBodyLeast = 40; // what follows such a heading is at least so long

class SectionReader {
public:
  SectionReader(const Text &text, const Source &source, const Lexicon &lexicon, BodyRange body,
                Structure &out)
      : text_(text), source_(source), lexicon_(lexicon), body_(body), out_(out) {}

  void read() {
    if (source_.layout) lines_ = docx_lines(*source_.layout);
    for (auto i = body_.first; i < body_.last; ++i) paragraph(i);
    close(body_end());
    if (body_.first < body_.last) {
      auto first = text_.paragraphs()[body_.first].start;
      out_.body = {first, body_end()};
      auto lead_end = out_.sections.empty() ? body_end() : out_.sections.front().span.start;
      auto paragraphs = text_.paragraphs();
      out_.lead = {first, first};
      for (auto i = body_.first; i < body_.last && paragraphs[i].start < lead_end; ++i) {
        out_.lead.end = paragraphs[i].end;
        if (out_.roles[i] == Role::Body) out_.roles[i] = Role::Lead;
      }
      if (out_.sections.empty()) out_.lead = text_.paragraphs()[body_.first];
    }
  }

private:
  std::size_t body_end() const {
    return body_.last > body_.first ? text_.paragraphs()[body_.last - 1].end : 0;
  }

  void paragraph(std::size_t i) {
    auto span = text_.paragraphs()[i];
    auto at = text_begin(text_, span);
    auto label = heading_label(text_, span, at, lexicon_);
    if (label && i < lines_.size()) label->from_list = lines_[i].list_label > 0;
    if (label && !list_item(*label, span)) {
      heading(i, *label, span);
      // 一、（一）…: two headings in one line
      auto next = label->span.end;
      while (next < span.end && text_.all()[next] == U' ') ++next;
      if (auto second = heading_label(text_, span, next, lexicon_);
          second && second->kind != label->kind && second->kind != Numbering::Arabic)
        heading(i, *second, span);
      return;
    }
    if (!label && unnumbered(i)) {
      Label none;
      none.span = {at, at};
      heading(i, none, span);
    }
  }

  /// Numbers that open no section: ① in running text, 第一， inside a chapter.
  static bool list_item(const Label &label, Span) {
    return label.kind == Numbering::Circled || label.kind == Numbering::Ordinal;
  }

  bool unnumbered(std::size_t i) const {
    auto line = text_.view(text_.paragraphs()[i]);
    if (line.size() > kUnnumberedMost || line.size() < kUnnumberedLeast) return false;
    if (i + 1 >= body_.last || text_.paragraphs()[i + 1].size() < kBodyLeast) return false;
    if (point_label(line, 0)) return false;
    for (auto c : line)
      if (ends_clause(c) && c != U'、' && c != U'，' && c != U' ') return false;
    return text::is_han(line.front()) && text::is_han(line.back());
  }

  void heading(std::size_t i, const Label &label, Span span) {
    Section made;
    made.label = label;
    made.level = level_of(label.kind);
    made.span = {label.span.start, span.end};
    made.title = title_in(label.span.end, span, made.run_on);
    close_from(made.level, label.span.start);
    made.parent = open_.empty() ? -1 : open_.back();
    open_.push_back(static_cast<int>(out_.sections.size()));
    out_.sections.push_back(made);
    out_.roles[i] = Role::Heading;
  }

  /// A kind of number met before stands on its old level; a new one goes beneath.
  int level_of(Numbering kind) {
    for (auto one : open_)
      if (out_.sections[one].label.kind == kind) return out_.sections[one].level;
    if (kind == Numbering::Han) return 1;
    // （1） beside （一） on one level: the form alone changed
    if (!open_.empty() && kind == Numbering::None) {
      const auto &top = out_.sections[open_.front()];
      return std::min(4, top.level + 1);
    }
    return open_.empty() ? 1 : std::min(4, out_.sections[open_.back()].level + 1);
  }

  void close_from(int level, std::size_t at) {
    while (!open_.empty() && out_.sections[open_.back()].level >= level) {
      out_.sections[open_.back()].span.end = trimmed(at);
      open_.pop_back();
    }
  }
  void close(std::size_t at) {
    for (auto one : open_) out_.sections[one].span.end = at;
    open_.clear();
    for (std::size_t i = 0; i < out_.sections.size(); ++i) {
      auto &section = out_.sections[i];
      section.own = section.span;
      if (i + 1 < out_.sections.size() && section.span.holds(out_.sections[i + 1].span.start))
        section.own.end = trimmed(out_.sections[i + 1].span.start);
    }
  }
  /// The line feed before a heading belongs to nobody.
  std::size_t trimmed(std::size_t at) const {
    return at > 0 && text_.all()[at - 1] == U'\n' ? at - 1 : at;
  }

  /// The heading's words: all of its line, or up to its first stop where the text runs on.
  Span title_in(std::size_t from, Span span, bool &run_on) const {
    const auto &all = text_.all();
    while (from < span.end && (all[from] == U' ' || all[from] == U'\u3000')) ++from;
    auto end = span.end;
    for (auto i = from; i < span.end; ++i) {
      if (!ends_sentence(all[i]) && all[i] != U'；' && all[i] != U'\n') continue;
      end = i;
      break;
    }
    if (end == span.end) {
      // no stop within: a long line without one is cut at its first clause
      if (span.end - from > kTitleMost) {
        auto cut = std::find_if(all.begin() + from, all.begin() + span.end, ends_clause);
        run_on = true;
        return {from, static_cast<std::size_t>(cut - all.begin())};
      }
      return {from, span.end};
    }
    run_on = end + 1 < span.end;
    if (end - from > kTitleMost) {
      auto cut = std::find_if(all.begin() + from, all.begin() + end, ends_clause);
      end = static_cast<std::size_t>(cut - all.begin());
      run_on = true;
    }
    return {from, end};
  }

  const Text &text_;
  const Source &source_;
  const Lexicon &lexicon_;
  BodyRange body_;
  Structure &out_;
  std::vector<DocxLine> lines_; ///< of a .docx: which labels the word processor made
  std::vector<int> open_;       ///< indices of the sections an offset stands in, outermost first
};

/// Whether 一是 at `at` opens a point: at a paragraph's start, or behind a stop.
bool opens_point(std::u32string_view all, std::size_t at) {
  if (at == 0) return true;
  auto before = all[at - 1];
  return before == U'\n' || before == U' ' || before == U']' || before == U'”' || before == U'）' ||
         (ends_clause(before) && before != U'、');
}

} // namespace

void read_sections(const Text &text, const Source &source, const Lexicon &lexicon, BodyRange body,
                   Structure &out) {
  SectionReader(text, source, lexicon, body, out).read();
}

void read_points_and_sentences(const Text &text, BodyRange body, Structure &out) {
  std::u32string_view all = text.all();
  for (auto p = body.first; p < body.last; ++p) {
    auto span = text.paragraphs()[p];
    // sentences
    auto start = span.start;
    for (auto i = span.start; i < span.end; ++i) {
      bool last = i + 1 == span.end;
      if (!ends_sentence(all[i]) && !last) continue;
      auto end = i + 1;
      while (end < span.end && (all[end] == U'”' || all[end] == U'’' || all[end] == U'）')) ++end;
      Sentence made;
      made.span = {start, end};
      made.paragraph = p;
      made.section = out.section_at(start);
      bool title_alone = out.roles[p] == Role::Heading && made.section >= 0 &&
                         out.sections[made.section].title.end >= span.end - 1 &&
                         !ends_sentence(all[span.end - 1]);
      if (!title_alone) out.sentences.push_back(made);
      start = end;
      i = end - 1;
    }
    // points
    for (auto i = span.start; i < span.end; ++i) {
      auto label = opens_point(all, i) ? point_label(all, i) : std::nullopt;
      if (!label) continue;
      auto section = out.section_at(i);
      auto *open = out.enumerations.empty() ? nullptr : &out.enumerations.back();
      if (open) open->items.back().end = std::min(open->items.back().end, i);
      if (!open || open->section != section || label->value == 1) {
        out.enumerations.push_back({});
        open = &out.enumerations.back();
        open->section = section;
      }
      open->labels.push_back(*label);
      open->items.push_back({i, span.end});
      i = label->span.end - 1;
    }
  }
}

} // namespace yifa::reading
