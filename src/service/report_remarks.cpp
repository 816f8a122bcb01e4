#include "service/report_desk.h"

#include "base/text.h"
#include "service/permission.h"
#include "service/report_states.h"

#include <fmt/format.h>

namespace yifa::service {
namespace {

/// The run of a block that reads so, with its measure word (219件); figures first.
std::optional<std::size_t> run_that_reads(const BlockView &block, const std::string &words) {
  for (const bool figures : {true, false}) {
    std::size_t n = 0;
    for (const auto &sentence : block.sentences)
      for (const auto &run : sentence.runs) {
        const auto whole = run.text + (run.figure ? run.unit : std::string());
        if (figures == run.figure.has_value() && whole == words) return n;
        ++n;
      }
  }
  return std::nullopt;
}

constexpr std::size_t kMostMeant = 200; ///< code points kept of the words a remark is about

template <typename T>
T told(const catalog::Part &part, const record::PartRecord &record, std::string_view field) {
  const int index = part.field_index(field);
  if (index < 0 || static_cast<std::size_t>(index) >= record.values.size()) return {};
  const auto *held = record.values[static_cast<std::size_t>(index)].get<T>();
  return held == nullptr ? T{} : *held;
}

} // namespace

std::vector<ReportRemark> ReportDesk::remarks_of(const ReportView &view) const {
  std::vector<ReportRemark> remarks;
  const auto &record = view.record;
  const auto &type = edition_of(*env_.catalog, record);
  for (const auto &each : record.parts) {
    const auto &part = type.parts[static_cast<std::size_t>(each.part)];
    if (each.withdrawn || part.id != kRemarkPart) continue;
    ReportRemark remark;
    remark.id = record.id.text() + "." + each.id.text();
    remark.block = told<std::string>(part, each, "block");
    remark.words = told<std::string>(part, each, "run");
    for (const auto &block : view.blocks)
      if (block.block->id == remark.block && !remark.words.empty())
        remark.run = run_that_reads(block, remark.words);
    remark.text = told<std::string>(part, each, "comment");
    remark.by = told<std::string>(part, each, "by");
    remark.at = each.recorded_at;
    remark.answer = told<std::string>(part, each, "answer");
    if (!remark.answer.empty()) remark.answered_on = told<Date>(part, each, "answered_on");
    remarks.push_back(std::move(remark));
  }
  return remarks;
}

Result<ReportView> ReportDesk::remark(const RecordId &id, const std::string &block,
                                      std::optional<std::size_t> run, const std::string &words,
                                      const std::string &client_key, const Actor &actor) {
  record::Command command;
  {
    auto reader = TRY(env_.store.read());
    const auto desk = TRY(opened(*reader, id, actor));
    TRY(may_read(*reader, desk.record, actor));
    const auto *where = report::find_block(desk.draft.document, block);
    if (where == nullptr) return not_found(fmt::format("the report has no paragraph {}", block));
    command.org = desk.record.owner_org;
    command.fields = {{"block", block},
                      {"comment", words},
                      {"by", actor.id},
                      {"made_on", env_.clock.today().text()}};
    if (run) {
      const auto piece = TRY(piece_at(desk.draft.document, *where, *run));
      const auto all = text::decode(report::words_of(*where));
      auto meant = text::encode(all.substr(piece.start, piece.end - piece.start));
      const auto &kept = where->sentences[piece.place.sentence].runs[piece.place.run];
      if (kept.figure) meant += kept.figure->unit;
      command.fields["run"] = text::shorten(meant, kMostMeant);
    }
  }
  command.actor = actor.id;
  command.client_key = client_key;
  command.type = kReportLedger;
  command.action = std::string(kRemarkPart) + ".open";
  command.record = id;
  TRY(ledgers_.apply(command, actor));
  return open(id, std::nullopt, actor);
}

Result<ReportView> ReportDesk::answer(const std::string &remark, const std::string &words,
                                      const std::string &client_key, const Actor &actor) {
  const auto dot = remark.find('.');
  if (dot == std::string::npos) return not_found(fmt::format("there is no remark {}", remark));
  const auto id = TRY(RecordId::parse(remark.substr(0, dot)));
  const auto part = TRY(RecordId::parse(remark.substr(dot + 1)));
  if (text::trim(words).empty())
    return invalid("the answer is empty", {{"text", "say what was done", "", ""}});
  record::Command command;
  {
    auto reader = TRY(env_.store.read());
    const auto record = TRY(record_of(*reader, id, actor));
    const auto *draft = edition_of(*env_.catalog, record).transition(kDraftStep);
    TRY(permit_step(actor, draft == nullptr ? std::string() : draft->role));
    command.org = record.owner_org;
  }
  command.actor = actor.id;
  command.client_key = client_key;
  command.type = kReportLedger;
  command.action = std::string(kRemarkPart) + ".correct";
  command.record = id;
  command.part = part;
  command.fields = {{"answer", words}, {"answered_on", env_.clock.today().text()}};
  TRY(ledgers_.apply(command, actor));
  return open(id, std::nullopt, actor);
}

} // namespace yifa::service
