#include "service/report_desk.h"

#include "crypto/hash.h"
#include "report/render_docx.h"
#include "report/render_html.h"
#include "report/render_json.h"
#include "report/render_markdown.h"
#include "service/attachments.h"
#include "service/journal.h"
#include "service/report_manifest.h"
#include "service/report_states.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::service {
namespace {

using record::Command;
using record::Receipt;
using report::Draft;

std::string file_hash(const catalog::RecordType &type, const record::Record &record,
                      std::string_view field) {
  const int index = type.field_index(field);
  const auto *hash = index < 0 ? nullptr : record.value(index).get<catalog::FileHash>();
  return hash == nullptr ? std::string() : hash->hex;
}

/// The same text as words alone, without the gaps that may stay open.
Draft plain_sheet(Draft draft) {
  auto &blocks = draft.document.blocks;
  std::erase_if(blocks, [](const report::Block &block) {
    return block.kind == report::Block::Kind::Missing && !block.required;
  });
  for (auto &block : blocks)
    for (auto &sentence : block.sentences) {
      sentence.runs = {{sentence.text()}};
      sentence.rests_on.clear();
      sentence.clauses.clear();
      sentence.authors.clear();
    }
  draft.missing.clear();
  draft.unsaid.clear();
  return draft;
}

/// What a request asked for, whatever the desk adds to it: a retry is known by this.
std::string request_digest(const Command &command) {
  const json::object asked{{"action", command.action},
                           {"record", command.record->text()},
                           {"fields", command.fields},
                           {"reason", command.reason}};
  return crypto::hex(crypto::sha256(canonical(asked)));
}

std::string receipt_text(const Receipt &receipt) {
  return canonical(json::object{{"record", receipt.record.text()},
                                {"type", receipt.type},
                                {"number", receipt.number},
                                {"state", receipt.state},
                                {"version", receipt.version},
                                {"late", receipt.late}});
}

} // namespace

Result<Receipt> ReportDesk::act(Command command, const Actor &actor) {
  if (command.type == kReportLedger && command.record) {
    if (command.action == kApproveStep) return sign(std::move(command), actor);
    if (command.action == kSubmitStep) return hand_in(std::move(command), actor);
  }
  return ledgers_.apply(command, actor);
}

Result<Receipt> ReportDesk::sign(Command command, const Actor &actor) {
  auto writer = TRY(env_.store.write({.county = TRY(ledgers_.county_of(command))}));
  auto receipt = TRY(ledgers_.apply_in(*writer, command, actor));
  if (receipt.repeated) return receipt;
  if (auto index = TRY(read_report_index(*writer, *command.record))) {
    const auto record = TRY(record_of(*writer, *command.record, actor));
    const auto before = TRY(kept_draft(env_, index->newest().hash));
    auto draft = before;
    TRY(dress(*writer, record, draft.document));
    if (draft.document != before.document) {
      TRY(add_version(*index, draft, ReportAct::Sign, "", actor));
      TRY(write_report_index(*writer, record.id, *index));
    }
  }
  TRY(writer->commit());
  return receipt;
}

Result<Receipt> ReportDesk::hand_in(Command command, const Actor &actor) {
  std::optional<ReportIndex> index;
  Draft draft;
  std::string text;
  std::string paper;
  std::string county;
  {
    auto reader = TRY(env_.store.read());
    const auto record = TRY(record_of(*reader, *command.record, actor));
    county = record.owner_org.county();
    index = TRY(read_report_index(*reader, record.id));
    if (index) draft = TRY(text_of(*reader, record, *index, std::nullopt));
  }
  // A report that was written elsewhere has no text here: its record goes on alone.
  if (!index) return ledgers_.apply(command, actor);
  text = TRY(keep_draft(env_, draft));
  if (!command.fields.contains("body"))
    paper = TRY(keep_bytes(env_, TRY(report::render_docx(plain_sheet(draft)))));

  auto writer = TRY(env_.store.write({.county = county}));
  const auto record = TRY(record_of(*writer, *command.record, actor));
  const auto key = std::exchange(command.client_key, {});
  const auto digest = request_digest(command);
  if (!key.empty())
    if (const auto before = TRY(writer->keyed(county, actor.id, key))) {
      if (before->request_hash != digest)
        return stale(fmt::format("the client key \"{}\" was used for another request", key));
      return receipt_from(before->answer);
    }
  const auto now = TRY(read_report_index(*writer, record.id));
  if (!now || now->newest().hash != index->newest().hash)
    return stale("the report was changed meanwhile");
  Manifest manifest;
  manifest.record = record.id;
  manifest.version = index->newest().version;
  manifest.text = text;
  manifest.paper = paper;
  if (const auto *given = command.fields.if_contains("body");
      given != nullptr && given->is_string())
    manifest.paper = std::string(given->as_string());
  manifest.chain = chain_of(record.owner_org);
  if (const auto head = TRY(writer->head(manifest.chain))) manifest.head = *head;
  const auto kept =
      TRY(keep_bytes(env_, canonical(manifest_json(manifest, draft.document, *env_.catalog))));
  if (!paper.empty()) command.fields["body"] = paper;
  command.fields["sealed_text"] = text;
  command.fields["manifest"] = kept;
  for (const auto &made : {paper, text, kept}) // they were made for him
    if (!made.empty()) TRY(note_brought(*writer, actor, made, env_.clock.now()));
  auto receipt = TRY(ledgers_.apply_in(*writer, command, actor));
  if (!key.empty())
    TRY(writer->keep_answer(county, actor.id, key, {digest, receipt_text(receipt)}));
  TRY(writer->commit());
  return receipt;
}

Result<ManifestCheck> ReportDesk::verify_manifest(const RecordId &id, const Actor &actor) {
  auto reader = TRY(env_.store.read());
  const auto record = TRY(record_of(*reader, id, actor));
  TRY(may_read(*reader, record, actor));
  const auto &type = edition_of(*env_.catalog, record);
  ManifestCheck check;
  check.manifest = file_hash(type, record, "manifest");
  if (check.manifest.empty()) return check;
  const auto fault = [&](std::string where, std::string message) {
    check.faults.push_back({std::move(where), std::move(message), "", ""});
  };
  const auto bytes = kept_bytes(env_, check.manifest);
  if (!bytes) {
    fault("manifest", bytes.error().message);
    return check;
  }
  const auto parsed = TRY(parse_json(*bytes));
  try {
    const auto &manifest = parsed.as_object();
    const std::string text(manifest.at("text").as_string());
    if (manifest.at("record").as_string() != id.text())
      fault("record", "the manifest is of another report");
    if (text != file_hash(type, record, "sealed_text"))
      fault("sealed_text", "the record names another text than the manifest");
    if (const auto draft = kept_draft(env_, text); !draft) {
      fault("sealed_text", draft.error().message);
    } else {
      // Definitions may have moved on since; the values must not have.
      const auto listed = manifest.at("figures").as_array();
      auto figures = manifest_figures(draft->document, *env_.catalog);
      if (listed.size() != figures.size()) {
        fault("figures", "the text holds other figures than the manifest");
      } else {
        for (std::size_t i = 0; i < figures.size(); ++i) {
          auto one = figures[i].as_object();
          auto other = listed[i].as_object();
          one.erase("definition");
          other.erase("definition");
          if (one != other)
            fault("figures", fmt::format("figure {} is not as in the manifest",
                                         std::string(other.at("indicator").as_string())));
        }
      }
    }
    if (const std::string paper(manifest.at("paper").as_string()); !paper.empty())
      if (const auto whole = env_.blobs.verify(paper); !whole) fault("body", whole.error().message);
    const auto &chain = manifest.at("chain").as_object();
    const auto seq = chain.at("seq").to_number<std::int64_t>();
    const auto events = TRY(reader->events(std::string(chain.at("name").as_string()), seq - 1, 1));
    if (seq > 0 &&
        (events.empty() || crypto::hex(events.front().hash) != chain.at("hash").as_string()))
      fault("chain", "the office's chain has not the event the manifest was anchored to");
  } catch (const std::exception &error) {
    fault("manifest", fmt::format("the manifest cannot be read: {}", error.what()));
  }
  check.sound = check.faults.empty();
  return check;
}

Result<ReportFile> ReportDesk::file(const RecordId &id, std::optional<int> version,
                                    const std::string &format, const Actor &actor) {
  auto reader = TRY(env_.store.read());
  const auto record = TRY(record_of(*reader, id, actor));
  TRY(may_read(*reader, record, actor));
  const auto index = TRY(read_report_index(*reader, id));
  if (!index) return not_found("this report has no text yet");
  const auto draft = TRY(text_of(*reader, record, *index, version));
  ReportFile out;
  out.name = draft.document.title() + "." + format;
  if (format == "docx") {
    out.type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    out.bytes = TRY(report::render_docx(draft));
  } else if (format == "html") {
    out.type = "text/html; charset=utf-8";
    out.bytes = report::render_html(draft, *env_.catalog);
  } else if (format == "md") {
    out.type = "text/markdown; charset=utf-8";
    out.bytes = report::render_markdown(draft, *env_.catalog);
  } else if (format == "txt") {
    out.type = "text/plain; charset=utf-8";
    out.bytes = report::render_text(draft.document);
  } else if (format == "json") {
    out.type = "application/json";
    out.bytes = pretty(report::to_json(draft, *env_.catalog));
  } else {
    return invalid("a report is made as docx, html, md, txt or json",
                   {{"format", fmt::format("not \"{}\"", format), "", ""}});
  }
  return out;
}

Result<std::string> ReportDesk::preview(const RecordId &id, std::optional<int> version,
                                        const Actor &actor) {
  auto reader = TRY(env_.store.read());
  const auto record = TRY(record_of(*reader, id, actor));
  TRY(may_read(*reader, record, actor));
  const auto index = TRY(read_report_index(*reader, id));
  if (!index) return not_found("this report has no text yet");
  return report::render_html(plain_sheet(TRY(text_of(*reader, record, *index, version))),
                             *env_.catalog);
}

} // namespace yifa::service
