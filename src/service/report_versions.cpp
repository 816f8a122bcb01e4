#include "service/report_versions.h"

#include "base/json.h"
#include "report/document_json.h"
#include "report/render_json.h"

#include <array>

#include <fmt/format.h>

namespace yifa::service {
namespace {

constexpr std::array<std::string_view, 9> kActWords = {
    "draft", "redraft", "edit", "insert", "delete", "accept", "keep", "bind", "sign"};

std::string index_key(const RecordId &record) { return "report:" + record.text(); }

json::array words_json(const std::vector<std::string> &words) {
  json::array out;
  for (const auto &word : words) out.push_back(json::string(word));
  return out;
}

std::vector<std::string> words_in(const json::object &object, std::string_view key) {
  std::vector<std::string> words;
  for (const auto &each : object.at(key).as_array())
    words.emplace_back(std::string_view(each.as_string()));
  return words;
}

std::string word_in(const json::object &object, std::string_view key) {
  return std::string(object.at(key).as_string());
}

ReportAct act_of(const std::string &word) {
  for (std::size_t i = 0; i < kActWords.size(); ++i)
    if (kActWords[i] == word) return static_cast<ReportAct>(i);
  return ReportAct::Edit;
}

} // namespace

std::string_view to_string(ReportAct act) { return kActWords[static_cast<std::size_t>(act)]; }

Result<std::optional<ReportIndex>> read_report_index(store::Reader &reader,
                                                     const RecordId &record) {
  const auto kept = TRY(reader.meta(index_key(record)));
  if (!kept || kept->empty()) return std::optional<ReportIndex>();
  const auto parsed = TRY(parse_json(*kept));
  try {
    const auto &object = parsed.as_object();
    ReportIndex index;
    for (const auto &each : object.at("versions").as_array()) {
      const auto &one = each.as_object();
      ReportVersion version;
      version.version = static_cast<int>(index.versions.size()) + 1;
      version.hash = word_in(one, "hash");
      version.at = TRY(Moment::parse(word_in(one, "at")));
      version.actor = word_in(one, "actor");
      version.act = act_of(word_in(one, "act"));
      version.block = word_in(one, "block");
      index.versions.push_back(std::move(version));
    }
    index.title = word_in(object, "title");
    index.base = word_in(object, "base");
    index.offers = words_in(object, "offers");
    index.lacking = words_in(object, "lacking");
    index.typed = words_in(object, "typed");
    if (index.versions.empty()) return std::optional<ReportIndex>();
    return std::optional<ReportIndex>(std::move(index));
  } catch (const std::exception &error) {
    return unavailable(fmt::format("the versions of the report {} cannot be read: {}",
                                   record.text(), error.what()));
  }
}

Status write_report_index(store::Writer &writer, const RecordId &record, const ReportIndex &index) {
  json::array versions;
  for (const auto &version : index.versions)
    versions.push_back(json::object{{"hash", version.hash},
                                    {"at", version.at.text()},
                                    {"actor", version.actor},
                                    {"act", to_string(version.act)},
                                    {"block", version.block}});
  const json::object object{{"versions", std::move(versions)},
                            {"title", index.title},
                            {"base", index.base},
                            {"offers", words_json(index.offers)},
                            {"lacking", words_json(index.lacking)},
                            {"typed", words_json(index.typed)}};
  return writer.put_meta(index_key(record), canonical(object));
}

Result<std::optional<procedure::ReportState>> written_report(store::Reader &reader,
                                                             const RecordId &record) {
  auto index = TRY(read_report_index(reader, record));
  if (!index) return std::optional<procedure::ReportState>();
  return std::optional<procedure::ReportState>({index->lacking, index->typed});
}

Result<std::string> keep_bytes(Environment &environment, std::string_view bytes) {
  bool given = false;
  const auto kept = TRY(environment.blobs.put([&]() -> Result<std::string_view> {
    return std::exchange(given, true) ? std::string_view() : bytes;
  }));
  return kept.hash;
}

Result<std::string> kept_bytes(Environment &environment, const std::string &hash,
                               std::size_t most) {
  std::string bytes;
  TRY(environment.blobs.read(hash, [&](std::string_view piece) -> Status {
    if (bytes.size() + piece.size() > most)
      return invalid(fmt::format("the attachment {} is too large to be a report", hash));
    bytes += piece;
    return Done{};
  }));
  return bytes;
}

Result<std::string> keep_draft(Environment &environment, const report::Draft &draft) {
  return keep_bytes(environment, canonical(report::to_json(draft, *environment.catalog)));
}

Result<report::Draft> kept_draft(Environment &environment, const std::string &hash) {
  return report::parse_draft(TRY(parse_json(TRY(kept_bytes(environment, hash)))));
}

} // namespace yifa::service
