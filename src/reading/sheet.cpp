#include "reading/sheet.h"

#include "base/text.h"
#include "reading/html.h"
#include "reading/labels.h"
#include "reading/sheet_figures.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

namespace yifa::reading {

namespace {

struct PlacedFinding {
  const Finding *finding = nullptr;
  Span span; ///< as drawn
  std::size_t number = 0;
  bool whole() const { return finding->span.empty() && finding->span.start == 0; }
};

/// Longer findings, such as copied pages, are drawn lightly.
constexpr std::size_t kPages = 300;
/// Letters of a cut figure that a mark may take in.
constexpr std::size_t kFigureLeft = 8;

std::string sheet_id(std::string_view kind, std::size_t file, std::size_t number) {
  return std::string(kind) + std::to_string(file) + "-" + std::to_string(number);
}

class PaperSheet {
public:
  PaperSheet(const Checked &checked, std::size_t file, const SheetPlaces &places,
             const PageWords &words)
      : checked_(checked), report_(checked.report), file_(file), places_(places), words_(words),
        labels_(words.lexicon, "html") {
    for (const auto &finding : checked.findings) placed_.push_back({&finding, drawn(finding), 0});
    std::stable_sort(placed_.begin(), placed_.end(),
                     [](const PlacedFinding &a, const PlacedFinding &b) {
                       if (a.whole() != b.whole()) return b.whole();
                       return a.finding->span.start < b.finding->span.start;
                     });
    for (std::size_t i = 0; i < placed_.size(); ++i) placed_[i].number = i + 1;
    const auto &sections = report_.structure.sections;
    for (std::size_t i = 0; i < sections.size(); ++i)
      headings_.emplace(report_.text.paragraph_at(sections[i].span.start), i);
  }

  std::string text() {
    for (std::size_t i = 0; i < report_.text.paragraphs().size(); ++i) paragraph(i);
    for (const auto &placed : placed_)
      if (placed.whole()) whole(placed);
    return "<article class=\"sheet\" aria-label=\"" + html(labels_.get("report")) + "\">\n" + out_ +
           "</article>\n";
  }

private:
  /// The finding's span, to the end of a figure it would cut in two: no number stands inside 100%.
  Span drawn(const Finding &finding) const {
    auto span = finding.span;
    for (const auto &figure : report_.figures)
      if (!span.empty() && figure.span.start < span.end && span.end < figure.span.end &&
          figure.span.end - span.end < kFigureLeft)
        span.end = figure.span.end;
    return span;
  }
  void paragraph(std::size_t index);
  void open(std::size_t index, std::string &close);
  void running(std::size_t index);
  void piece(Span span, const std::vector<const PlacedFinding *> &covering);
  void whole(const PlacedFinding &placed);
  void notes(const std::vector<const PlacedFinding *> &mine);
  void note(const PlacedFinding &placed);
  void elsewhere(const Elsewhere &other);
  std::string number(const PlacedFinding &placed) const;
  std::string figure(Span span, std::string_view inner) const;
  std::string marks(const Finding &finding) const {
    return std::string(to_string(finding.severity)) + (finding.suspected ? " sus" : "");
  }
  /// The heading that opens a paragraph which then runs on into text; empty if there is none.
  Span run_on(std::size_t index) const {
    const auto at = headings_.find(index);
    if (at == headings_.end()) return {};
    const auto &section = report_.structure.sections[at->second];
    return section.run_on ? Span{section.span.start, section.title.end} : Span{};
  }

  const Checked &checked_;
  const Report &report_;
  std::size_t file_;
  const SheetPlaces &places_;
  const PageWords &words_;
  const Labels labels_;
  std::vector<PlacedFinding> placed_;
  std::map<std::size_t, std::size_t> headings_; ///< paragraph → section
  std::string out_;
};

void PaperSheet::paragraph(std::size_t index) {
  const auto span = report_.text.paragraphs()[index];
  std::vector<const PlacedFinding *> mine;
  for (const auto &placed : placed_)
    if (!placed.whole() && report_.text.paragraph_at(placed.finding->span.start) == index)
      mine.push_back(&placed);
  out_ += "<div class=\"row\" id=\"" + sheet_id("p", file_, index + 1) + "\">";
  notes(mine);
  std::string close;
  open(index, close);
  if (span.empty()) out_ += "<br>";
  running(index);
  out_ += close + "</div>\n";
}

void PaperSheet::open(std::size_t index, std::string &close) {
  const auto &roles = report_.structure.roles;
  const auto role = index < roles.size() ? roles[index] : Role::Body;
  std::string tag = "p";
  std::string kind;
  switch (role) {
  case Role::Issuer:
    kind = "issuer";
    break;
  case Role::Number:
    kind = "number";
    break;
  case Role::Title:
    tag = "h2";
    kind = "title";
    break;
  case Role::Addressee:
    kind = "to";
    break;
  case Role::Heading:
    if (const auto at = headings_.find(index); at != headings_.end()) {
      const auto &section = report_.structure.sections[at->second];
      if (!section.run_on) tag = "h" + std::to_string(std::clamp(section.level, 1, 4) + 2);
    }
    break;
  case Role::Signature:
    kind = "sign";
    break;
  case Role::Date:
    kind = "sign date";
    break;
  case Role::Note:
    kind = "after";
    break;
  case Role::Lead:
  case Role::Body:
  case Role::Closing:
    break;
  }
  out_ += "<" + tag + (kind.empty() ? "" : " class=\"" + kind + "\"") + ">";
  close = "</" + tag + ">";
}

/// The words of a paragraph, cut wherever a finding, a figure or the heading begins or ends. The
/// pieces are flat: findings may overlap in any way.
void PaperSheet::running(std::size_t index) {
  const auto span = report_.text.paragraphs()[index];
  const auto heading = run_on(index);
  std::set<std::size_t> cuts{span.start, span.end};
  std::vector<const PlacedFinding *> meeting;
  const auto cut = [&](std::size_t at) {
    if (at > span.start && at < span.end) cuts.insert(at);
  };
  for (const auto &placed : placed_) {
    const auto where = placed.span;
    const bool point = where.empty() && where.start >= span.start && where.start <= span.end;
    if (placed.whole() || (!point && !where.meets({span.start, span.end + 1}))) continue;
    meeting.push_back(&placed);
    cut(where.start);
    cut(where.end);
  }
  for (const auto &figure : report_.figures) {
    if (!figure.span.meets(span)) continue;
    cut(figure.span.start);
    cut(figure.span.end);
  }
  if (!heading.empty()) {
    cut(heading.start);
    cut(heading.end);
  }
  // What is missing at a place, or lies in the line's end, has no words of its own: its number
  // stands there.
  const auto points = [&](std::size_t at) {
    for (const auto *placed : meeting) {
      const auto where = placed->span;
      const bool here = where.empty() ? where.start == at
                                      : at == span.end && where.start >= at &&
                                            report_.text.paragraph_at(where.start) == index;
      if (here)
        out_ += "<mark class=\"point " + marks(*placed->finding) + "\" data-f=\"" +
                std::to_string(placed->number) + "\">" + number(*placed) + "</mark>";
    }
  };
  bool inside = false;
  for (auto at = cuts.begin(); at != cuts.end() && std::next(at) != cuts.end(); ++at) {
    const Span part{*at, *std::next(at)};
    const bool now = !heading.empty() && heading.holds(part);
    if (now != inside) {
      static const std::array<std::string_view, 4> kFaces{"k1", "k2", "k3", "k4"};
      const auto level = report_.structure.sections[headings_.at(index)].level;
      const auto face = kFaces.at(static_cast<std::size_t>(std::clamp(level, 1, 4) - 1));
      out_ += now ? "<span class=\"" + std::string(face) + "\">" : "</span>";
    }
    inside = now;
    points(part.start);
    std::vector<const PlacedFinding *> covering;
    for (const auto *placed : meeting)
      if (!placed->span.empty() && placed->span.holds(part)) covering.push_back(placed);
    piece(part, covering);
  }
  if (inside) out_ += "</span>";
  points(span.end);
}

void PaperSheet::piece(Span span, const std::vector<const PlacedFinding *> &covering) {
  if (span.empty()) return;
  const auto words = [&](Span part) { return figure(part, html(report_.text.utf8(part))); };
  if (covering.empty()) {
    out_ += words(span);
    return;
  }
  // The shortest finding gives the colour: it says most exactly what is meant.
  auto order = covering;
  std::stable_sort(order.begin(), order.end(), [](const PlacedFinding *a, const PlacedFinding *b) {
    return a->span.size() < b->span.size();
  });
  std::string numbers;
  std::string list;
  for (const auto *placed : order)
    list += (list.empty() ? "" : " ") + std::to_string(placed->number);
  for (const auto *placed : covering) {
    // A finding over several paragraphs has its number in the first.
    const auto &text = report_.text;
    const auto first = text.paragraphs()[text.paragraph_at(placed->span.start)];
    if (std::min(placed->span.end, first.end) == span.end) numbers += number(*placed);
  }
  const bool pages = order.front()->span.size() > kPages;
  out_ += "<mark class=\"" + marks(*order.front()->finding) + (pages ? " far\" data-far=\"1" : "") +
          "\" data-f=\"" + list + "\">";
  if (numbers.empty()) {
    out_ += words(span);
  } else { // the number never begins a line
    const Span last{span.end - 1, span.end};
    if (span.size() > 1) out_ += words({span.start, span.end - 1});
    out_ += "<span class=\"nb\">" + words(last) + numbers + "</span>";
  }
  out_ += "</mark>";
}

std::string PaperSheet::figure(Span span, std::string_view inner) const {
  for (const auto &figure : report_.figures)
    if (figure.span.holds(span))
      return std::string(figure.indicator.empty() ? "<span class=\"num\""
                                                  : "<span class=\"num tied\"") +
             " title=\"" + html(figure_tip(figure, words_)) + "\">" + std::string(inner) +
             "</span>";
  return std::string(inner);
}

std::string PaperSheet::number(const PlacedFinding &placed) const {
  const auto n = std::to_string(placed.number);
  return "<a class=\"no " + marks(*placed.finding) + "\" id=\"" +
         sheet_id("m", file_, placed.number) + "\" href=\"#" + sheet_id("n", file_, placed.number) +
         "\" data-f=\"" + n + "\" aria-label=\"" + html(labels_.fill("to_note", {{"n", n}})) +
         "\">" + n + "</a>";
}

void PaperSheet::whole(const PlacedFinding &placed) {
  out_ += "<div class=\"row\">";
  notes({&placed});
  const auto *rule = words_.rules.find(placed.finding->rule);
  out_ += "<p class=\"hole " + marks(*placed.finding) + "\"><mark class=\"" +
          marks(*placed.finding) + "\" data-f=\"" + std::to_string(placed.number) + "\">" +
          html(rule == nullptr ? labels_.get("whole") : rule->title) + number(placed) +
          "</mark></p></div>\n";
}

void PaperSheet::notes(const std::vector<const PlacedFinding *> &mine) {
  if (mine.empty()) return;
  out_ += "<ol class=\"notes\" aria-label=\"" + html(labels_.get("notes")) + "\">";
  for (const auto *placed : mine) note(*placed);
  out_ += "</ol>";
}

void PaperSheet::note(const PlacedFinding &placed) {
  const auto &finding = *placed.finding;
  const auto n = std::to_string(placed.number);
  const auto *rule = words_.rules.find(finding.rule);
  out_ += "<li class=\"remark " + marks(finding) + "\" id=\"" +
          sheet_id("n", file_, placed.number) + "\" data-f=\"" + n + "\" data-s=\"" +
          std::string(to_string(finding.severity)) + "\" data-g=\"" + html(group_of(finding.rule)) +
          "\"><a class=\"no\" href=\"#" + sheet_id("m", file_, placed.number) + "\" aria-label=\"" +
          html(labels_.fill("back", {{"n", n}})) + "\">" + n + "</a><div><p class=\"h\"><b>" +
          html(rule == nullptr ? finding.rule : rule->title) + "</b> <span class=\"tag " +
          std::string(to_string(finding.severity)) + "\">" +
          html(severity_word(words_.lexicon, finding.severity)) + "</span>";
  if (finding.suspected)
    out_ += " <span class=\"tag sus\" title=\"" + html(labels_.get("suspected_title")) + "\">" +
            html(labels_.get("suspected")) + "</span>";
  out_ += "</p><p class=\"msg\">" + html(finding.message) + "</p><div class=\"more\">";
  if (!finding.suggestion.empty())
    out_ += "<p class=\"todo\"><b>" + html(labels_.get("todo")) + "</b>" +
            html(finding.suggestion) + "</p>";
  if (finding.elsewhere) elsewhere(*finding.elsewhere);
  out_ += "<p class=\"dim sm\">" +
          html(placed.whole() ? labels_.get("whole")
                              : labels_.fill("line", {{"n", std::to_string(finding.line)}})) +
          " <code>" + html(finding.rule) + "</code></p></div></div></li>";
}

void PaperSheet::elsewhere(const Elsewhere &other) {
  auto name = labels_.get("elsewhere");
  if (!other.place.empty())
    name = labels_.fill("elsewhere_in", {{"place", other.place}});
  else if (!other.file.empty())
    name = std::filesystem::path(other.file).filename().string();
  // A link where the other passage stands on this page, too.
  auto file = file_;
  const Report *report = &report_;
  if (!other.file.empty() && other.file != checked_.file) {
    const auto at = places_.files.find(other.file);
    report = at == places_.files.end() ? nullptr : &(*places_.all)[at->second - 1].report;
    if (report != nullptr) file = at->second;
  }
  out_ += "<blockquote><p class=\"sm\">";
  if (report != nullptr && other.span.start < report->text.size()) {
    const auto line = report->text.line_at(other.span.start);
    out_ += "<a href=\"#" + sheet_id("p", file, line) + "\">" + html(name) + " " +
            html(labels_.fill("line", {{"n", std::to_string(line)}})) + "</a>";
  } else {
    out_ += html(name);
  }
  out_ += "</p><p>" + html(other.excerpt) + "</p></blockquote>";
}

} // namespace

std::string sheet_html(const Checked &checked, std::size_t file, const SheetPlaces &places,
                       const PageWords &words) {
  return PaperSheet(checked, file, places, words).text();
}

} // namespace yifa::reading
