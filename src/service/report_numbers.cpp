#include "service/report_desk.h"

#include "base/text.h"
#include "service/figures.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::service {
namespace {

using report::Block;
using report::FigureRef;
using report::Run;
using report::Standing;

constexpr std::size_t kMostCandidates = 30;

/// A number typed by a person as FigureRef::seen keeps it: half-width, without separators, 万
/// multiplied out. Empty when it is none.
std::string plain_number(const catalog::Catalog &catalog, std::string typed) {
  typed = text::replace_all(text::to_half_width(typed), ",", "");
  typed = text::replace_all(typed, catalog.phrase("number.rough"), "");
  const auto wan = catalog.phrase("number.wan");
  const auto at = typed.find(wan);
  const bool thousands = at != std::string::npos;
  if (thousands) typed.erase(at);
  const auto value = Decimal::parse(typed);
  if (!value) return {};
  constexpr std::int64_t kWan = 10'000;
  return thousands ? Decimal::from_millionths(value->millionths() * kWan).text() : value->text();
}

bool is_reason(const std::string &reason) {
  return !text::trim(reason).empty() && text::valid_utf8(reason) && !text::has_control(reason) &&
         text::length(reason) <= 500;
}

Error no_reason() {
  return invalid("say why the number stays", {{"reason", "a reason in one line", "", ""}});
}

/// Whether the words before the number (增加, 减少) still fit the new difference.
bool same_direction(const std::string &was, const std::string &is) {
  return was != "0" && is != "0" && was.starts_with("-") == is.starts_with("-");
}

/// The measure word that stands behind a number in the text and may stand for the figure's.
std::string unit_behind(const catalog::Catalog &catalog, std::string_view behind,
                        const std::string &own) {
  if (!own.empty() && behind.starts_with(own)) return own;
  std::string longest;
  for (const auto &family : catalog.unit_families)
    for (const auto &word : family)
      if (behind.starts_with(word) && word.size() > longest.size() &&
          catalog.same_family(word, own))
        longest = word;
  return longest;
}

/// The id of the heading a paragraph stands under, which is that of its section.
std::string section_before(const report::Document &document, const std::string &block) {
  std::string section;
  for (const auto &each : document.blocks) {
    if (each.kind == Block::Kind::Heading) section = each.id;
    if (each.id == block) break;
  }
  return section;
}

} // namespace

Result<std::int64_t> ReportDesk::records_of(store::Reader &reader, const FigureRef &ref,
                                            const Actor &actor) {
  if (env_.catalog->indicator(ref.indicator) == nullptr) return 0;
  Figures figures(env_);
  if (ref.dimension.empty())
    return static_cast<std::int64_t>(
        TRY(figures.members_in(reader, ref.indicator, ref.org, ref.period)).size());
  return static_cast<std::int64_t>(TRY(figures.members(ref.indicator, ref.org, ref.period,
                                                       ref.dimension + "=" + ref.group, actor))
                                       .size());
}

Status ReportDesk::accept_run(Desk &desk, Block &block, report::RunPlace place,
                              const ReportFigures &figures, std::optional<report::Draft> &fresh) {
  auto &sentence = block.sentences[place.sentence];
  auto &run = sentence.runs[place.run];
  if (!run.figure || figures.standing(run) != Standing::Stale) return Done{};
  auto &ref = *run.figure;
  const auto now = figures.present(run);
  const bool in_place =
      now.exists && report::prints_number(run) &&
      (ref.kind != FigureRef::Kind::Change || same_direction(ref.seen, now.value));
  if (in_place) {
    const auto unit = std::exchange(ref.unit, ref.unit.empty() ? ref.unit : now.unit);
    run.text = now.number;
    run.kept.reset();
    ref.seen = now.value;
    ref.last_year = now.last_year;
    ref.records = TRY(records_of(desk.reader, ref, desk.actor));
    if (unit != ref.unit && place.run + 1 < sentence.runs.size()) {
      auto &behind = sentence.runs[place.run + 1];
      if (!behind.figure && behind.text.starts_with(unit))
        behind.text.replace(0, unit.size(), ref.unit);
    }
    return Done{};
  }
  // The words hang on the number (全部, 未发生, 增加): the composer writes the sentence anew.
  if (!sentence.edited_by.empty())
    return refused("the words around this number no longer fit it: write the sentence anew",
                   {{block.id, sentence.text(), "", ""}});
  if (!fresh) fresh = TRY(machine_draft(desk.reader, desk.opened.draft.document));
  for (const auto &each : fresh->document.blocks)
    for (const auto &written : each.sentences)
      if (written.id == sentence.id) {
        sentence = written;
        return Done{};
      }
  if (block.sentences.size() == 1)
    return refused("the ledgers no longer say anything of this: delete the paragraph",
                   {{block.id, sentence.text(), "", ""}});
  block.sentences.erase(block.sentences.begin() + static_cast<std::ptrdiff_t>(place.sentence));
  return Done{};
}

Result<ReportView> ReportDesk::accept(const RecordId &record, int version, const std::string &block,
                                      std::size_t run, const Actor &actor) {
  return revise(record, {version, block, ReportAct::Accept}, actor, [&](Desk &desk) -> Status {
    const auto place = TRY(piece_at(desk.opened.draft.document, *desk.block, run)).place;
    const auto figures = TRY(ReportFigures::shown(env_, desk.reader, desk.opened.draft.document));
    std::optional<report::Draft> fresh;
    return accept_run(desk, *desk.block, place, figures, fresh);
  });
}

Result<ReportView> ReportDesk::accept_all(const RecordId &record, int version, const Actor &actor) {
  return revise(record, {version, "", ReportAct::Accept, true}, actor, [&](Desk &desk) -> Status {
    auto &document = desk.opened.draft.document;
    const auto figures = TRY(ReportFigures::shown(env_, desk.reader, document));
    std::optional<report::Draft> fresh;
    for (auto &block : document.blocks)
      for (std::size_t s = block.sentences.size(); s-- > 0;)
        for (std::size_t r = 0; s < block.sentences.size() && r < block.sentences[s].runs.size();
             ++r) {
          auto done = accept_run(desk, block, {s, r}, figures, fresh);
          if (!done && done.error().code != ErrorCode::Refused) return done;
        }
    return Done{};
  });
}

Result<RunPiece> ReportDesk::piece_at(const report::Document &document, const Block &block,
                                      std::size_t run) const {
  const auto bare = ReportText(document, checker_).bare();
  const auto pieces = run_pieces(block, bare);
  if (run >= pieces.size())
    return not_found(fmt::format("the paragraph {} has no run {}", block.id, run));
  auto piece = pieces[run];
  piece.bare = nullptr; // which looks into what ends here
  return piece;
}

Result<ReportView> ReportDesk::keep(const RecordId &record, int version, const std::string &block,
                                    std::size_t run, const std::string &reason,
                                    const Actor &actor) {
  if (!is_reason(reason)) return no_reason();
  return revise(record, {version, block, ReportAct::Keep}, actor, [&](Desk &desk) -> Status {
    const auto &document = desk.opened.draft.document;
    const auto piece = TRY(piece_at(document, *desk.block, run));
    report::Keep kept{text::trim(reason), "", actor.id};
    auto place = piece.place;
    if (desk.block->sentences[place.sentence].runs[place.run].figure) {
      const auto figures = TRY(ReportFigures::shown(env_, desk.reader, document));
      kept.against = figures.present(desk.block->sentences[place.sentence].runs[place.run]).value;
    } else {
      place = TRY(report::part_run(*desk.block, piece.start, piece.end));
    }
    desk.block->sentences[place.sentence].runs[place.run].kept = std::move(kept);
    return Done{};
  });
}

Result<ReportView> ReportDesk::bind(const RecordId &record, int version, const BlockSpan &place,
                                    const WrittenRun &figure, const Actor &actor) {
  return revise(record, {version, place.block, ReportAct::Bind}, actor, [&](Desk &desk) -> Status {
    const auto &catalog = *env_.catalog;
    const auto &document = desk.opened.draft.document;
    const auto figures = TRY(ReportFigures::all(env_, desk.reader, document.org, document.period));
    const auto present =
        TRY(figures.number_of(figure.indicator, figure.dimension, figure.group, 0));
    const auto tail =
        std::string(catalog.phrase("number.wan")) + std::string(catalog.phrase("number.rough"));
    const auto number = TRY(report::number_in(*desk.block, place.start, place.end, tail));
    const auto at = TRY(report::part_run(*desk.block, number.start, number.end));
    auto &runs = desk.block->sentences[at.sentence].runs;
    auto &run = runs[at.run];
    const auto typed = plain_number(catalog, run.text);
    if (typed.empty())
      return invalid("this number cannot be bound", {{"start", "it is not understood", "", ""}});
    run.kept.reset();
    run.figure = present.figure;
    run.figure->records = TRY(records_of(desk.reader, *run.figure, actor));
    // A number that is not what the ledgers say keeps what was typed, and so is stale.
    if (typed != plain_number(catalog, present.text)) run.figure->seen = typed;
    run.figure->unit = at.run + 1 < runs.size()
                           ? unit_behind(catalog, runs[at.run + 1].text, present.figure->unit)
                           : std::string();
    return Done{};
  });
}

Result<std::vector<FigureCandidate>>
ReportDesk::candidates(const RecordId &record, const BlockSpan &place, const Actor &actor) {
  const auto &catalog = *env_.catalog;
  auto reader = TRY(env_.store.read());
  const auto desk = TRY(opened(*reader, record, actor));
  TRY(may_read(*reader, desk.record, actor));
  const auto &document = desk.draft.document;
  const auto *block = report::find_block(document, place.block);
  if (block == nullptr)
    return not_found(fmt::format("the report has no paragraph {}", place.block));
  const auto tail =
      std::string(catalog.phrase("number.wan")) + std::string(catalog.phrase("number.rough"));
  const auto number = TRY(report::number_in(*block, place.start, place.end, tail));
  const auto words = text::decode(report::words_of(*block));
  const auto typed =
      plain_number(catalog, text::encode(words.substr(number.start, number.end - number.start)));
  const auto behind = text::encode(words.substr(number.end, 8));
  const auto figures = TRY(ReportFigures::all(env_, *reader, document.org, document.period));
  reader.reset();

  const ReportText text(document, checker_);
  const auto *read = text.figure_at(place);
  const auto section = section_before(document, place.block);
  std::vector<FigureCandidate> found;
  const auto consider = [&](const FigureRef &ref) {
    const auto now = figures.present(ref, false);
    if (!now.exists || typed.empty() || plain_number(catalog, now.number) != typed) return;
    FigureCandidate one;
    one.indicator = ref.indicator;
    one.dimension = ref.dimension;
    one.group = ref.group;
    one.label = figures.label(ref, false);
    one.label_en = figures.label(ref, true);
    one.number = now.number;
    one.unit = now.unit;
    one.same_unit = !unit_behind(catalog, behind, now.unit).empty();
    const auto *declared = catalog.indicator(ref.indicator);
    one.same_topic = declared != nullptr && !section.empty() &&
                     section_of(catalog, document.outline, *declared) == section;
    found.push_back(std::move(one));
  };
  for (const auto &figure : figures.figures()) {
    FigureRef ref;
    ref.indicator = figure.id;
    consider(ref);
    ref.kind = FigureRef::Kind::Group;
    for (const auto &group : figure.groups) {
      ref.dimension = group.dimension;
      ref.group = group.code;
      consider(ref);
    }
  }
  const auto rank = [&](const FigureCandidate &one) {
    const bool tied = read != nullptr && !read->indicator.empty() &&
                      read->indicator == one.indicator && one.dimension.empty();
    return (tied ? 8 : 0) + (one.same_unit ? 4 : 0) + (one.same_topic ? 2 : 0) +
           (one.dimension.empty() ? 1 : 0);
  };
  std::stable_sort(found.begin(), found.end(),
                   [&](const auto &a, const auto &b) { return rank(a) > rank(b); });
  if (found.size() > kMostCandidates) found.resize(kMostCandidates);
  return found;
}

} // namespace yifa::service
