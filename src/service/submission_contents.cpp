#include "service/submission_contents.h"

#include "exchange/jsonl.h"
#include "record/codec.h"
#include "service/clock.h"
#include "service/figures.h"
#include "service/report_states.h"
#include "service/report_versions.h"
#include "service/submission_package.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::service {
namespace {

/// What may leave of the personal fields of a part (or of the record itself: `part` empty).
void add_permitted(const catalog::SubmissionRule &rule, const std::string &prefix,
                   const std::vector<catalog::Field> &fields,
                   const std::vector<catalog::Value> &values, json::object &out) {
  for (std::size_t i = 0; i < fields.size() && i < values.size(); ++i)
    if (fields[i].personal && values[i].filled() &&
        rule.personal.contains(prefix + "." + fields[i].id))
      out[fields[i].id] = record::encode_value(fields[i], values[i]);
}

/// One record as it leaves: no account of whoever wrote it, no time of typing.
json::object leaving_row(const catalog::SubmissionRule &rule, const catalog::RecordType &type,
                         const record::Record &record, const record::Record *unsealed) {
  json::object fields = record::encode_fields(type.fields, record.values, false);
  if (unsealed != nullptr) add_permitted(rule, type.id, type.fields, unsealed->values, fields);
  json::array parts;
  for (std::size_t i = 0; i < record.parts.size(); ++i) {
    const auto &part = record.parts[i];
    if (part.withdrawn || part.part < 0) continue;
    const auto &kind = type.parts[static_cast<std::size_t>(part.part)];
    json::object of_part = record::encode_fields(kind.fields, part.values, false);
    if (unsealed != nullptr && i < unsealed->parts.size())
      add_permitted(rule, type.id + "." + kind.id, kind.fields, unsealed->parts[i].values, of_part);
    parts.push_back({{"fields", std::move(of_part)}, {"id", part.id.text()}, {"part", kind.id}});
  }
  return {{"day", record.day.text()},
          {"edition", record.edition.text()},
          {"fields", std::move(fields)},
          {"id", record.id.text()},
          {"late", record.late},
          {"number", record.number},
          {"org", record.owner_org.text()},
          {"parts", std::move(parts)},
          {"place", record.place_org.text()},
          {"state", record.state}};
}

bool any_permitted(const catalog::SubmissionRule &rule, const std::string &type) {
  const auto prefix = type + ".";
  const auto found = rule.personal.lower_bound(prefix);
  return found != rule.personal.end() && found->first.starts_with(prefix);
}

Result<std::string> ledger_rows(Ledgers &ledgers, store::Reader &reader,
                                const catalog::SubmissionRule &rule, const std::string &id,
                                const OrgCode &office, int year, const Actor &actor) {
  const auto &catalog = *ledgers.environment().catalog;
  record::Query query;
  query.type = id;
  query.scope = office;
  query.period = Period::year(year);
  query.newest_first = false;
  const bool unseal = any_permitted(rule, id);
  std::string out;
  std::vector<record::Record> found;
  TRY(reader.scan(query, [&](record::Record &&record) -> Status {
    found.push_back(std::move(record));
    return Done{};
  }));
  for (const auto &record : found) {
    const auto &type = edition_of(catalog, record);
    std::optional<Ledgers::Shown> shown;
    if (unseal && !record.personal.empty() && !record.forgotten)
      shown = TRY(ledgers.show(record.id.text(), "", {}, true, actor));
    out += canonical(leaving_row(rule, type, record, shown ? &shown->record : nullptr)) + "\n";
    if (out.size() > kMostPackage)
      return invalid(fmt::format("the rows of {} are too many for one package", id));
  }
  return out;
}

std::string file_of(const catalog::RecordType &type, const record::Record &record,
                    std::string_view field) {
  const auto index = type.field_index(field);
  if (index < 0) return {};
  const auto *hash = record.value(index).get<catalog::FileHash>();
  return hash != nullptr ? hash->hex : std::string();
}

/// The report as it was sealed; approved and not yet handed in, as it was signed, without manifest.
/// What was sent back, or is written anew since, is none: the seal of before is of another text.
Status add_report(Environment &env, store::Reader &reader, const OrgCode &office, int year,
                  SubmissionContents &out) {
  const auto *type = env.catalog->type(kReportLedger);
  for (const auto &report : TRY(reports_of(env, reader, office, year))) {
    if (type == nullptr || report.owner_org != office) continue;
    std::string text;
    std::string manifest;
    if (is_sealed(report.state)) {
      text = file_of(*type, report, "sealed_text");
      manifest = file_of(*type, report, "manifest");
    } else if (is_signed(report.state)) {
      if (const auto index = TRY(read_report_index(reader, report.id))) text = index->newest().hash;
    }
    if (text.empty()) continue;
    out.items[std::string(kReportItem)] = TRY(kept_bytes(env, text, kMostPackage));
    if (manifest.empty())
      out.lacks.emplace_back("manifest");
    else
      out.items[std::string(kManifestItem)] = TRY(kept_bytes(env, manifest, kMostPackage));
    return Done{};
  }
  out.lacks.emplace_back("report");
  return Done{};
}

} // namespace

Result<SubmissionContents> gather_submission(Ledgers &ledgers, const catalog::SubmissionRule &rule,
                                             const OrgCode &office, int year, const Actor &actor) {
  auto &env = ledgers.environment();
  auto reader = TRY(env.store.read());
  SubmissionContents out;
  if (rule.figures) {
    json::array figures;
    for (const auto &figure : TRY(Figures(env).compute_in(*reader, office, Period::year(year), {})))
      figures.push_back(record::to_json(figure));
    out.items[std::string(kFiguresItem)] = canonical(figures);
  }
  if (rule.report) TRY(add_report(env, *reader, office, year, out));
  for (const auto &id : env.catalog->type_ids())
    if (rule.asks_ledger(id))
      out.items[fmt::format("{}{}.jsonl", kLedgerItems, id)] =
          TRY(ledger_rows(ledgers, *reader, rule, id, office, year, actor));
  return out;
}

} // namespace yifa::service
