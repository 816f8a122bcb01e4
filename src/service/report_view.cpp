#include "service/report_view.h"

#include "base/text.h"
#include "report/block_place.h"

#include <algorithm>
#include <array>
#include <set>

namespace yifa::service {
namespace {

using report::Block;
using report::Draft;
using report::Missing;
using report::Run;
using report::Standing;

RunStatus status_of(Standing standing, bool sealed) {
  if (sealed) return RunStatus::Sealed;
  if (standing == Standing::Stale) return RunStatus::Stale;
  return standing == Standing::Zero ? RunStatus::Zero : RunStatus::Fresh;
}

RunView figure_view(const Run &run, const ReportFigures &figures, bool sealed) {
  RunView out;
  out.text = run.text;
  out.figure = run.figure;
  out.kept = run.kept;
  out.label = figures.label(*run.figure, false);
  out.label_en = figures.label(*run.figure, true);
  out.unit = run.figure->unit;
  const auto now = figures.present(run);
  out.status = status_of(report::standing(run, now), sealed);
  if (now.exists && now.confirmed) {
    out.now = report::prints_number(run) ? now.number : now.value;
    out.now_unit = now.unit;
  }
  return out;
}

BlockView block_view(const Block &block, const std::vector<BareNumber> &bare,
                     const ReportFigures &figures, ReportView &view) {
  BlockView out;
  out.block = &block;
  for (const auto &sentence : block.sentences) out.sentences.push_back({&sentence, {}});
  const auto words = text::decode(report::words_of(block));
  for (const auto &piece : run_pieces(block, bare)) {
    const auto &run = block.sentences[piece.place.sentence].runs[piece.place.run];
    RunView one;
    if (run.figure) {
      one = figure_view(run, figures, view.sealed);
      ++view.bound;
      if (one.status == RunStatus::Stale) ++view.stale;
    } else {
      one.text = text::encode(words.substr(piece.start, piece.end - piece.start));
      one.kept = run.kept;
    }
    if (piece.bare != nullptr) {
      one.status = RunStatus::Bare;
      one.unit = piece.bare->unit;
      ++view.bare;
    }
    one.start = piece.start;
    one.end = piece.end;
    out.sentences[piece.place.sentence].runs.push_back(std::move(one));
  }
  return out;
}

/// The article that demands the parts of a report, as the catalog's gate cites it.
std::string parts_source(const catalog::Catalog &catalog, const std::string &type) {
  const auto *ledger = catalog.type(type);
  if (ledger == nullptr) return {};
  for (const auto &step : ledger->transitions)
    for (const auto &gate : step.gates)
      if (gate.kind == catalog::Gate::Kind::Rule && gate.name == "report.required_parts_present") {
        auto source = gate.source;
        if (source.law.empty()) source.law = ledger->law;
        return source.text();
      }
  return {};
}

bool holds_topic(const std::vector<std::string> &topics, const std::set<std::string> &wanted) {
  return std::any_of(topics.begin(), topics.end(),
                     [&](const auto &topic) { return wanted.contains(topic); });
}

} // namespace

std::string_view to_string(RunStatus status) {
  static constexpr std::array<std::string_view, 6> names = {"plain", "fresh", "stale",
                                                            "zero",  "bare",  "sealed"};
  return names[static_cast<std::size_t>(status)];
}

std::vector<RunPiece> run_pieces(const Block &block, const std::vector<BareNumber> &bare) {
  std::vector<RunPiece> pieces;
  std::size_t at = 0;
  for (std::size_t s = 0; s < block.sentences.size(); ++s)
    for (std::size_t r = 0; r < block.sentences[s].runs.size(); ++r) {
      const auto &run = block.sentences[s].runs[r];
      auto from = at;
      at += text::length(run.text);
      for (const auto &number : bare) {
        const auto &place = number.place;
        if (run.figure || run.kept || place.block != block.id) continue;
        if (place.start < from || place.end > at) continue;
        if (place.start > from) pieces.push_back({{s, r}, from, place.start, nullptr});
        pieces.push_back({{s, r}, place.start, place.end, &number});
        from = place.end;
      }
      if (from < at) pieces.push_back({{s, r}, from, at, nullptr});
    }
  return pieces;
}

std::vector<Missing> open_gaps(const Draft &draft) {
  std::vector<Missing> open;
  for (const auto &gap : draft.missing) {
    const auto *block = report::find_block(draft.document, gap.where + ".missing");
    const bool filled = gap.required && (block == nullptr || block->kind != Block::Kind::Missing);
    if (!filled) open.push_back(gap);
  }
  return open;
}

std::string section_of(const catalog::Catalog &catalog, const std::string &outline_id,
                       const catalog::Indicator &indicator) {
  const auto *outline = catalog.outline(outline_id);
  std::set<std::string> topics;
  for (const auto &clause : catalog.clauses)
    if (clause.type == indicator.type && !clause.topic.empty()) topics.insert(clause.topic);
  if (outline == nullptr || topics.empty()) return {};
  // The composer names blocks by their place in the outline.
  for (std::size_t c = 0; c < outline->chapters.size(); ++c) {
    const auto &chapter = outline->chapters[c];
    auto id = "c" + std::to_string(c + 1);
    if (holds_topic(chapter.topics, topics)) return id;
    for (std::size_t s = 0; s < chapter.sections.size(); ++s)
      if (holds_topic(chapter.sections[s].topics, topics)) return id + ".s" + std::to_string(s + 1);
  }
  return {};
}

void fill_view(const catalog::Catalog &catalog, const reading::Checker &checker,
               const ReportFigures &figures, ReportView &view) {
  const auto &document = view.draft.document;
  const ReportText text(document, checker);
  const auto bare = text.bare();
  for (const auto &block : document.blocks)
    view.blocks.push_back(block_view(block, bare, figures, view));
  view.findings = text.findings();

  const auto source = parts_source(catalog, view.record.type);
  for (auto &gap : open_gaps(view.draft)) {
    auto cited = gap.required ? source : std::string();
    view.missing.push_back({std::move(gap), std::move(cited)});
  }
  std::set<std::string> said;
  for (const auto &block : document.blocks)
    for (const auto &sentence : block.sentences)
      for (const auto &run : sentence.runs)
        if (run.figure) said.insert(run.figure->indicator);
  for (const auto &figure : view.draft.unsaid) {
    if (said.contains(figure.indicator)) continue;
    const auto *declared = catalog.indicator(figure.indicator);
    view.unsaid.push_back({figure, declared == nullptr
                                       ? std::string()
                                       : section_of(catalog, document.outline, *declared)});
  }
}

} // namespace yifa::service
