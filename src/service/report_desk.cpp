#include "service/report_desk.h"

#include "service/figures.h"
#include "service/neighbours.h"
#include "service/permission.h"
#include "service/report_states.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::service {
namespace {

using record::Record;

constexpr std::string_view kNoDateRule = "structure.no_date";

template <typename T>
const T *held_in(const catalog::RecordType &type, const Record &record, std::string_view field) {
  const int index = type.field_index(field);
  return index < 0 ? nullptr : record.value(index).get<T>();
}

/// The report of that office and year; nothing if there is none.
Result<std::optional<Record>> report_of(const catalog::Catalog &catalog, store::Reader &reader,
                                        const OrgCode &org, int year) {
  record::Query query;
  query.type = kReportLedger;
  query.scope = org;
  for (auto &record : TRY(reader.find(query)))
    if (!record.withdrawn && record.owner_org == org && report_year(catalog, record) == year)
      return std::optional<Record>(std::move(record));
  return std::optional<Record>();
}

} // namespace

int report_year(const catalog::Catalog &catalog, const Record &record) {
  const auto *year = held_in<Decimal>(edition_of(catalog, record), record, "year");
  return year == nullptr ? record.day.year() : static_cast<int>(year->millionths() / 1'000'000);
}

Result<Record> ReportDesk::record_of(store::Reader &reader, const RecordId &id,
                                     const Actor &actor) {
  auto record = TRY(reader.get(std::string(kReportLedger), id));
  if (!record) return no_such_record(id.text());
  TRY(permit_record(reader, actor, *record));
  return std::move(*record);
}

Status ReportDesk::may_read(store::Reader &reader, const Record &record, const Actor &actor) {
  TRY(permit_record(reader, actor, record));
  const bool above = !actor.local_operator && actor.scope.contains(record.owner_org) &&
                     actor.scope.text().size() < record.owner_org.township().text().size();
  if (!above || is_handed_in(record.state)) return Done{};
  const auto &type = edition_of(*env_.catalog, record);
  const auto *draft = type.transition(kDraftStep);
  if (draft != nullptr && permit_step(actor, draft->role)) return Done{};
  return forbidden("the office has not handed this report in yet");
}

Status ReportDesk::may_write(store::Reader &reader, const Record &record, const Actor &actor) {
  TRY(permit_record(reader, actor, record));
  const auto &type = edition_of(*env_.catalog, record);
  const auto *draft = type.transition(kDraftStep);
  TRY(permit_step(actor, draft == nullptr ? std::string() : draft->role));
  if (record.withdrawn)
    return refused(fmt::format("the report was withdrawn ({})", record.withdrawn_reason), {});
  if (is_editable(record.state)) return Done{};
  const auto *state = type.state(record.state);
  return refused(fmt::format("the report is sealed ({}): it has to be sent back first",
                             state == nullptr ? record.state : state->label.zh),
                 {});
}

Result<ReportDesk::Opened> ReportDesk::opened(store::Reader &reader, const RecordId &id,
                                              const Actor &actor) {
  Opened out;
  out.record = TRY(record_of(reader, id, actor));
  out.type = &edition_of(*env_.catalog, out.record);
  auto index = TRY(read_report_index(reader, id));
  if (!index) return not_found("this report has no text yet");
  out.index = std::move(*index);
  out.draft = TRY(kept_draft(env_, out.index.newest().hash));
  return out;
}

Result<report::Draft> ReportDesk::text_of(store::Reader &reader, const Record &record,
                                          const ReportIndex &index, std::optional<int> version) {
  const int wanted = version.value_or(index.newest().version);
  if (wanted < 1 || wanted > index.newest().version)
    return not_found(fmt::format("the report has versions 1 to {}", index.newest().version));
  auto draft = TRY(kept_draft(env_, index.versions[static_cast<std::size_t>(wanted) - 1].hash));
  TRY(dress(reader, record, draft.document));
  return draft;
}

Status ReportDesk::dress(store::Reader &reader, const Record &record, report::Document &document) {
  using report::Block;
  const auto &type = edition_of(*env_.catalog, record);
  if (const auto *number = held_in<std::string>(type, record, "doc_no"))
    document.document_number = *number;
  if (const auto *date = held_in<Date>(type, record, "signed_on")) document.date = *date;
  if (const auto *signer = held_in<RecordId>(type, record, "signer")) {
    Around around(env_, reader);
    const auto *field = type.field("signer");
    if (const auto *post = around.find(*signer, field->to))
      document.signer = record_label(edition_of(*env_.catalog, *post), *post);
    TRY(around.status());
  }
  if (!document.date) return Done{};
  auto &blocks = document.blocks;
  const auto kind_is = [](Block::Kind kind) {
    return [kind](const Block &block) { return block.kind == kind; };
  };
  auto date = std::find_if(blocks.begin(), blocks.end(), kind_is(Block::Kind::Date));
  if (date == blocks.end()) {
    auto sign = std::find_if(blocks.begin(), blocks.end(), kind_is(Block::Kind::Signature));
    if (sign == blocks.end()) return Done{};
    Block block;
    block.kind = Block::Kind::Date;
    block.id = "date";
    block.sentences.emplace_back();
    block.sentences.back().id = "date.1";
    date = blocks.insert(sign + 1, std::move(block));
  }
  if (!date->sentences.empty()) date->sentences.front().runs = {{document.date->chinese()}};
  return Done{};
}

Result<std::vector<ReportItem>> ReportDesk::list(const OrgCode &org, const Actor &actor) {
  record::Query query;
  query.type = kReportLedger;
  query.scope = org;
  const auto records = TRY(ledgers_.list(query, actor));
  auto reader = TRY(env_.store.read());
  std::vector<ReportItem> items;
  for (const auto &record : records) {
    const auto &type = edition_of(*env_.catalog, record);
    ReportItem item;
    item.record = record.id;
    item.org = record.owner_org;
    if (const auto node = TRY(reader->org(record.owner_org))) item.org_name = node->name;
    item.year = report_year(*env_.catalog, record);
    item.state = record.state;
    if (const auto *state = type.state(record.state)) {
      item.state_label = state->label.zh;
      item.state_label_en = state->label.en;
    }
    const auto index = TRY(read_report_index(*reader, record.id));
    if (index && may_read(*reader, record, actor)) {
      item.version = index->newest().version;
      item.saved = index->newest().at;
      item.title = index->title;
    }
    items.push_back(std::move(item));
  }
  std::stable_sort(items.begin(), items.end(),
                   [](const auto &a, const auto &b) { return a.year > b.year; });
  return items;
}

Result<ReportView> ReportDesk::begin(const BeginReport &request, const Actor &actor) {
  const auto *type = TRY(find_type(*env_.catalog, std::string(kReportLedger)));
  TRY(permit(actor, type->id, request.org, request.org));
  TRY(permit_step(actor, type->open().role));
  auto reader = TRY(env_.store.read());
  auto known = TRY(report_of(*env_.catalog, *reader, request.org, request.year));
  if (known && TRY(read_report_index(*reader, known->id))) {
    reader.reset();
    return open(known->id, std::nullopt, actor);
  }
  if (known) TRY(may_write(*reader, *known, actor));
  DraftRequest wanted;
  wanted.org = request.org;
  wanted.year = request.year;
  wanted.outline = request.outline;
  wanted.style = request.style;
  wanted.cutoff = request.cutoff;
  wanted.page_note = request.page_note;
  const auto draft = TRY(Reports(env_).draft_in(*reader, wanted));
  reader.reset();

  auto writer = TRY(env_.store.write({.county = request.org.county()}));
  known = TRY(report_of(*env_.catalog, *writer, request.org, request.year));
  record::Command command;
  command.actor = actor.id;
  command.type = type->id;
  command.org = request.org;
  if (!known) {
    command.action = "open";
    command.client_key = request.client_key;
    const auto last = request.cutoff.value_or(Period::year(request.year).last());
    command.fields = {{"year", std::to_string(request.year)},
                      {"outline", draft.document.outline},
                      {"frozen_on", last.text()}};
    const auto made = TRY(ledgers_.apply_in(*writer, command, actor));
    known = TRY(writer->get(type->id, made.record));
  }
  const auto id = known->id;
  if (TRY(read_report_index(*writer, id))) {
    writer.reset(); // somebody else was first
    return open(id, std::nullopt, actor);
  }
  const auto *step = type->transition(kDraftStep);
  if (step != nullptr &&
      std::find(step->from.begin(), step->from.end(), known->state) != step->from.end()) {
    command.action = step->id;
    command.client_key.clear();
    command.fields = {};
    command.record = id;
    TRY(ledgers_.apply_in(*writer, command, actor));
  }
  ReportIndex index;
  TRY(add_version(index, draft, ReportAct::Draft, "", actor));
  index.base = index.newest().hash;
  TRY(write_report_index(*writer, id, index));
  TRY(writer->commit());
  writer.reset();
  return open(id, std::nullopt, actor);
}

Result<ReportView> ReportDesk::open(const RecordId &record, std::optional<int> version,
                                    const Actor &actor) {
  auto reader = TRY(env_.store.read());
  ReportView view;
  view.record = TRY(record_of(*reader, record, actor));
  TRY(may_read(*reader, view.record, actor));
  auto index = TRY(read_report_index(*reader, record));
  if (!index) return not_found("this report has no text yet");
  view.index = std::move(*index);
  view.version = version.value_or(view.index.newest().version);
  view.draft = TRY(text_of(*reader, view.record, view.index, version));
  const auto &type = edition_of(*env_.catalog, view.record);
  view.year = report_year(*env_.catalog, view.record);
  if (const auto node = TRY(reader->org(view.record.owner_org))) view.org_name = node->name;
  if (const auto *state = type.state(view.record.state)) {
    view.state_label = state->label.zh;
    view.state_label_en = state->label.en;
  }
  view.sealed = !is_editable(view.record.state);
  view.writable = may_write(*reader, view.record, actor).has_value();
  const auto figures = TRY(ReportFigures::shown(env_, *reader, view.draft.document));
  reader.reset();
  fill_view(*env_.catalog, checker_, figures, view);
  // The date comes with the head's signature.
  if (!view.draft.document.date && !view.sealed)
    std::erase_if(view.findings, [](const auto &finding) { return finding.rule == kNoDateRule; });
  view.remarks = remarks_of(view);
  if (!view.index.offers.empty() && view.version == view.index.newest().version) {
    const auto base = TRY(kept_draft(env_, view.index.base));
    for (const auto &id : view.index.offers)
      if (const auto *block = report::find_block(base.document, id)) {
        ReportOffer offer{id, {}};
        for (const auto &sentence : block->sentences) offer.sentences.push_back(sentence.text());
        view.offers.push_back(std::move(offer));
      }
  }
  return view;
}

Result<std::vector<report::BlockChange>> ReportDesk::compare(const RecordId &record, int from,
                                                             int to, const Actor &actor) {
  auto reader = TRY(env_.store.read());
  const auto kept = TRY(record_of(*reader, record, actor));
  TRY(may_read(*reader, kept, actor));
  const auto index = TRY(read_report_index(*reader, record));
  if (!index) return not_found("this report has no text yet");
  const auto was = TRY(text_of(*reader, kept, *index, from));
  const auto is = TRY(text_of(*reader, kept, *index, to));
  return report::compare(was.document, is.document);
}

} // namespace yifa::service
