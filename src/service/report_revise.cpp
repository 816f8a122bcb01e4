#include "service/report_desk.h"

#include "base/text.h"
#include "record/formats.h"
#include "report/block_edit.h"
#include "report/document_json.h"
#include "service/report_states.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::service {
namespace {

using report::Block;
using report::Draft;
using report::Run;

constexpr std::size_t kMostCharacters = 5'000; ///< of one paragraph
constexpr std::size_t kMostBlocks = 1'000;
constexpr int kAttempts = 16;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A resident's identity number or a mobile number has no place in a report.
bool names_a_person(std::string_view words) {
  for (std::size_t at = 0; at < words.size();) {
    if (!is_digit(words[at])) {
      ++at;
      continue;
    }
    auto end = at;
    while (end < words.size() && is_digit(words[end])) ++end;
    const auto length = end - at;
    if (length == 11 && words[at] == '1' && words[at + 1] >= '3') return true;
    if (length == 18 && record::valid_id_card(words.substr(at, 18))) return true;
    if (length == 17 && end < words.size() && (words[end] == 'X' || words[end] == 'x')) return true;
    at = end;
  }
  return false;
}

Status check_words(const std::vector<WrittenRun> &written) {
  std::string all;
  for (const auto &run : written) all += run.text;
  const auto refuse = [](std::string message) {
    return invalid("the paragraph was not taken", {{"runs", std::move(message), "", ""}});
  };
  if (!text::valid_utf8(all)) return refuse("the text is not valid UTF-8");
  if (text::has_control(all) || all.find('\n') != std::string::npos)
    return refuse("a paragraph is one line without control characters");
  if (text::length(all) > kMostCharacters)
    return refuse(fmt::format("a paragraph has at most {} characters", kMostCharacters));
  if (text::trim(all).empty() && std::all_of(written.begin(), written.end(),
                                             [](const auto &run) { return run.indicator.empty(); }))
    return refuse("the paragraph is empty: delete it instead");
  if (auto plain = record::to_plain(all, true); !plain) return refuse(plain.error().message);
  if (names_a_person(text::to_half_width(all)))
    return refuse("this looks like an identity number or a telephone number of a person");
  return Done{};
}

std::string words_or_nothing(const report::Document &document, const std::string &id) {
  const auto *block = report::find_block(document, id);
  return block == nullptr ? std::string() : block->text();
}

/// Those of the new draft, and earlier ones nobody answered whose words still differ: a draft made
/// twice must not take for refused what was not looked at.
std::vector<std::string> offers_after(const report::Merged &merged,
                                      const std::vector<std::string> &before,
                                      const report::Document &fresh) {
  const auto holds = [](const std::vector<std::string> &all, const std::string &id) {
    return std::find(all.begin(), all.end(), id) != all.end();
  };
  std::vector<std::string> out;
  for (const auto &block : merged.document.blocks) {
    const auto *drafted = report::find_block(fresh, block.id);
    const bool open = holds(before, block.id) && drafted != nullptr &&
                      report::touched(block, drafted) && drafted->text() != block.text();
    if (open || holds(merged.offers, block.id)) out.push_back(block.id);
  }
  return out;
}

Error text_moved(const std::string &block, std::string now) {
  auto error = stale("somebody changed this paragraph meanwhile");
  error.problems.push_back({block, std::move(now), "", ""});
  return error;
}

} // namespace

Status ReportDesk::check_moved(const Opened &opened, const Revision &what) {
  const auto newest = opened.index.newest().version;
  if (what.version == 0 || what.version == newest) return Done{};
  if (what.version < 1 || what.version > newest)
    return not_found(fmt::format("the report has versions 1 to {}", newest));
  const auto now = words_or_nothing(opened.draft.document, what.block);
  if (what.whole) return text_moved("", std::to_string(newest));
  // Another paragraph was changed: that does not touch this one.
  const auto &hash = opened.index.versions[static_cast<std::size_t>(what.version) - 1].hash;
  const auto seen = TRY(kept_draft(env_, hash));
  const auto *before = report::find_block(seen.document, what.block);
  const auto *block = report::find_block(opened.draft.document, what.block);
  if (before != nullptr && block != nullptr && *before == *block) return Done{};
  return text_moved(what.block, now);
}

Status ReportDesk::add_version(ReportIndex &index, const Draft &draft, ReportAct act,
                               const std::string &block, const Actor &actor) {
  ReportVersion version;
  version.version = static_cast<int>(index.versions.size()) + 1;
  version.hash = TRY(keep_draft(env_, draft));
  version.at = env_.clock.now();
  version.actor = actor.id;
  version.act = act;
  version.block = block;
  index.versions.push_back(std::move(version));
  index.title = draft.document.title();
  index.lacking.clear();
  for (const auto &gap : open_gaps(draft))
    if (gap.required) index.lacking.push_back(gap.message);
  index.typed = ReportText(draft.document, checker_).typed();
  return Done{};
}

Result<ReportView> ReportDesk::revise(const RecordId &id, const Revision &what, const Actor &actor,
                                      const Changing &change) {
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    auto reader = TRY(env_.store.read());
    auto before = TRY(opened(*reader, id, actor));
    TRY(may_write(*reader, before.record, actor));
    TRY(check_moved(before, what));
    const auto newest = before.index.newest();
    const auto base = before.index.base;
    Desk desk{*reader, before, actor, nullptr};
    if (!what.whole) {
      desk.block = report::find_block(before.draft.document, what.block);
      if (desk.block == nullptr)
        return not_found(fmt::format("the report has no paragraph {}", what.block));
    }
    TRY(change(desk));
    for (auto &block : before.draft.document.blocks)
      for (auto &sentence : block.sentences) report::join_runs(sentence.runs);
    report::number_points(before.draft.document, env_.catalog->phrase("point"));
    TRY(add_version(before.index, before.draft, what.act, what.block, actor));
    reader.reset();
    if (before.index.newest().hash == newest.hash && before.index.base == base)
      return open(id, std::nullopt, actor); // nothing changed

    // The text was worked out without holding up other writers; the newest version must still be
    // the one it was made from.
    auto writer = TRY(env_.store.write({.county = before.record.owner_org.county()}));
    const auto now = TRY(read_report_index(*writer, id));
    if (!now || now->newest().version != newest.version) continue;
    TRY(may_write(*writer, TRY(record_of(*writer, id, actor)), actor));
    TRY(write_report_index(*writer, id, before.index));
    TRY(writer->commit());
    return open(id, std::nullopt, actor);
  }
  return stale("others are changing the report: try again");
}

Result<std::vector<Run>> ReportDesk::taken(Desk &desk, const Block *old,
                                           const std::vector<WrittenRun> &written) {
  TRY(check_words(written));
  std::vector<const Run *> known;
  if (old != nullptr)
    for (const auto &sentence : old->sentences)
      for (const auto &run : sentence.runs)
        if (run.figure) known.push_back(&run);
  const auto known_as = [&](const WrittenRun &one, bool by_text) {
    return std::find_if(known.begin(), known.end(), [&](const Run *run) {
      return run->figure->indicator == one.indicator && run->figure->group == one.group &&
             (one.dimension.empty() == run->figure->dimension.empty()) &&
             (!by_text || run->text == one.text);
    });
  };
  std::optional<ReportFigures> figures;
  std::vector<Run> runs;
  std::string unit; // to stand behind the figure that was just put in
  for (const auto &one : written) {
    if (one.indicator.empty()) {
      if (!unit.empty() && !one.text.starts_with(unit)) runs.push_back({unit});
      unit.clear();
      runs.push_back({one.text});
      continue;
    }
    if (!unit.empty()) runs.push_back({std::exchange(unit, {})});
    auto same = one.text.empty() ? known.end() : known_as(one, true);
    if (same == known.end()) same = known_as(one, false);
    if (same != known.end()) {
      runs.push_back(**same);
      known.erase(same);
      continue;
    }
    if (!figures) {
      const auto &document = desk.opened.draft.document;
      figures = TRY(ReportFigures::all(env_, desk.reader, document.org, document.period));
    }
    auto run = TRY(figures->number_of(one.indicator, one.dimension, one.group, 0));
    run.figure->records = TRY(records_of(desk.reader, *run.figure, desk.actor));
    unit = run.figure->unit;
    runs.push_back(std::move(run));
  }
  if (!unit.empty()) runs.push_back({unit});
  return runs;
}

Result<ReportView> ReportDesk::save_block(const RecordId &record, int version,
                                          const std::string &block,
                                          const std::vector<WrittenRun> &runs, const Actor &actor) {
  return revise(record, {version, block, ReportAct::Edit}, actor, [&](Desk &desk) -> Status {
    auto made = TRY(taken(desk, desk.block, runs));
    report::rewrite(desk.opened.draft.document, *desk.block, std::move(made), actor.id);
    std::erase(desk.opened.index.offers, block);
    return Done{};
  });
}

Result<ReportView> ReportDesk::insert(const RecordId &record, int version, const std::string &after,
                                      const std::vector<WrittenRun> &runs, const Actor &actor) {
  return revise(record, {version, after, ReportAct::Insert}, actor, [&](Desk &desk) -> Status {
    auto &document = desk.opened.draft.document;
    if (desk.block->kind == Block::Kind::Date || desk.block->kind == Block::Kind::Signature)
      return invalid("nothing can be written there",
                     {{"after", "name the paragraph before it", "", ""}});
    if (document.blocks.size() >= kMostBlocks)
      return invalid(fmt::format("a report has at most {} paragraphs", kMostBlocks));
    auto block = report::new_paragraph(document);
    report::rewrite(document, block, TRY(taken(desk, nullptr, runs)), actor.id);
    const auto at = desk.block - document.blocks.data();
    document.blocks.insert(document.blocks.begin() + at + 1, std::move(block));
    return Done{};
  });
}

Result<ReportView> ReportDesk::remove(const RecordId &record, int version, const std::string &block,
                                      const Actor &actor) {
  return revise(record, {version, block, ReportAct::Delete}, actor, [&](Desk &desk) -> Status {
    using Kind = Block::Kind;
    auto &document = desk.opened.draft.document;
    const auto kind = desk.block->kind;
    const bool prose = kind == Kind::Paragraph || kind == Kind::Point ||
                       (kind == Kind::Missing && !desk.block->required);
    if (!prose)
      return refused("this belongs to every report and stays",
                     {{block, "only paragraphs and points can be taken out", "", ""}});
    document.blocks.erase(document.blocks.begin() + (desk.block - document.blocks.data()));
    std::erase(desk.opened.index.offers, block);
    return Done{};
  });
}

Result<Draft> ReportDesk::machine_draft(store::Reader &reader, const report::Document &document) {
  DraftRequest request;
  request.org = document.org;
  request.year = document.period.from.year();
  request.outline = document.outline;
  request.style = document.approximate ? report::Style::Approximate : report::Style::Exact;
  request.cutoff = document.cutoff;
  request.document_number = document.document_number;
  request.issuer = document.issuer;
  request.signer = document.signer;
  request.date = document.date;
  request.page_note = document.page_note;
  return Reports(env_).draft_in(reader, request);
}

Result<ReportView> ReportDesk::redraft(const RecordId &record, int version, const Actor &actor) {
  return revise(record, {version, "", ReportAct::Redraft, true}, actor, [&](Desk &desk) -> Status {
    auto &opened = desk.opened;
    const auto base = TRY(kept_draft(env_, opened.index.base));
    auto fresh = TRY(machine_draft(desk.reader, opened.draft.document));
    auto merged = report::merge(base.document, opened.draft.document, fresh.document);
    opened.index.base = TRY(keep_draft(env_, fresh));
    opened.index.offers = offers_after(merged, opened.index.offers, fresh.document);
    opened.draft = std::move(fresh);
    opened.draft.document = std::move(merged.document);
    return Done{};
  });
}

Result<ReportView> ReportDesk::take_offer(const RecordId &record, int version,
                                          const std::string &block, const Actor &actor) {
  return revise(record, {version, block, ReportAct::Redraft}, actor, [&](Desk &desk) -> Status {
    const auto base = TRY(kept_draft(env_, desk.opened.index.base));
    const auto *offered = report::find_block(base.document, block);
    if (offered == nullptr) return not_found(fmt::format("the draft has no paragraph {}", block));
    *desk.block = *offered;
    std::erase(desk.opened.index.offers, block);
    return Done{};
  });
}

} // namespace yifa::service
