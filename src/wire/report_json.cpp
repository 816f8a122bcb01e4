#include "wire/report_json.h"

#include "report/block_place.h"
#include "report/render_json.h"
#include "wire/forms.h"

#include <fmt/format.h>

namespace yifa::wire {
namespace {

using service::ReportView;
using service::RunStatus;
using service::RunView;

const std::string &in_words(const std::string &zh, const std::string &en, bool english) {
  return english && !en.empty() ? en : zh;
}

json::object keep_json(const report::Keep &keep) {
  return {{"reason", keep.reason}, {"by", keep.by}};
}

json::object run_json(const RunView &run, const std::string &period, bool english) {
  json::object out{{"text", run.text}, {"start", run.start}, {"end", run.end}};
  if (run.kept) out["kept"] = keep_json(*run.kept);
  if (run.status == RunStatus::Plain) return out;
  json::object figure{{"indicator", ""}};
  if (run.figure) {
    const auto &ref = *run.figure;
    figure["indicator"] = ref.indicator;
    figure["kind"] = report::to_string(ref.kind);
    if (!ref.dimension.empty()) {
      figure["dimension"] = ref.dimension;
      figure["group"] = ref.group;
    }
  }
  figure["label"] = in_words(run.label, run.label_en, english);
  figure["unit"] = run.unit;
  // Words (全部, names) stand beside the value they rest on.
  const bool number = !run.figure || report::prints_number({run.text});
  figure["seen"] = number ? run.text : run.figure->seen;
  figure["now"] = run.now;
  if (number && run.now_unit != run.unit && !run.now.empty()) figure["now_unit"] = run.now_unit;
  figure["status"] = service::to_string(run.status);
  figure["records"] = run.figure ? run.figure->records : 0;
  figure["period"] = run.figure ? run.figure->period.text() : period;
  out["figure"] = std::move(figure);
  return out;
}

json::object block_json(const service::BlockView &view, const std::string &period, bool english) {
  const auto &block = *view.block;
  json::array sentences;
  for (const auto &each : view.sentences) {
    const auto &sentence = *each.sentence;
    json::array authors;
    for (const auto &author : sentence.authors) authors.push_back(json::string(author.name));
    json::array runs;
    for (const auto &run : each.runs) runs.push_back(run_json(run, period, english));
    json::object out{{"id", sentence.id},
                     {"text", sentence.text()},
                     {"edited", !sentence.edited_by.empty()},
                     {"authors", std::move(authors)},
                     {"runs", std::move(runs)}};
    if (!sentence.edited_by.empty()) out["edited_by"] = sentence.edited_by;
    json::array records;
    for (const auto &author : sentence.authors)
      records.push_back(json::object{
          {"record", author.record.text()}, {"ledger", author.type}, {"number", author.number}});
    if (!records.empty()) out["records"] = std::move(records);
    sentences.push_back(std::move(out));
  }
  return {{"id", block.id},
          {"kind", report::to_string(block.kind)},
          {"level", block.level},
          {"number", block.number},
          {"required", block.required},
          {"sentences", std::move(sentences)}};
}

json::object remark_json(const service::ReportRemark &remark) {
  json::object out{{"id", remark.id}, {"block", remark.block},  {"text", remark.text},
                   {"by", remark.by}, {"at", remark.at.text()}, {"open", remark.answer.empty()}};
  if (remark.run) out["run"] = *remark.run;
  if (!remark.words.empty()) out["words"] = remark.words;
  if (!remark.answer.empty()) out["answer"] = remark.answer;
  if (remark.answered_on) out["answered_on"] = remark.answered_on->text();
  return out;
}

json::object finding_json(const service::ReportFinding &finding) {
  json::object out{{"id", finding.id},
                   {"rule", finding.rule},
                   {"severity", reading::to_string(finding.severity)},
                   {"block", finding.place.block},
                   {"start", finding.place.start},
                   {"end", finding.place.end},
                   {"excerpt", finding.excerpt},
                   {"message", finding.message},
                   {"suggestion", finding.suggestion}};
  if (!finding.figure.empty()) out["figure"] = finding.figure;
  return out;
}

json::array versions_json(const service::ReportIndex &index) {
  json::array versions;
  for (const auto &version : index.versions) {
    json::object one{{"version", version.version},
                     {"at", version.at.text()},
                     {"actor", version.actor},
                     {"note", service::to_string(version.act)}};
    if (!version.block.empty()) one["block"] = version.block;
    versions.push_back(std::move(one));
  }
  return versions;
}

json::array texts_json(const std::vector<std::string> &texts) {
  json::array out;
  for (const auto &text : texts) out.push_back(json::object{{"text", text}});
  return out;
}

/// A text member; empty when absent. Nothing when it is of another kind.
std::optional<std::string> word_of(const json::object &body, std::string_view name) {
  const auto *value = body.if_contains(name);
  if (value == nullptr || value->is_null()) return std::string();
  const auto *text = value->if_string();
  if (text == nullptr) return std::nullopt;
  return std::string(*text);
}

} // namespace

json::object to_json(const service::ReportItem &item, bool english) {
  return {{"record", item.record.text()},
          {"org", item.org.text()},
          {"org_name", item.org_name},
          {"year", item.year},
          {"state", item.state},
          {"state_label", in_words(item.state_label, item.state_label_en, english)},
          {"version", item.version},
          {"saved", item.saved ? json::value(item.saved->text()) : json::value(nullptr)},
          {"title", item.title}};
}

json::object to_json(const ReportView &view, bool english) {
  const auto &document = view.draft.document;
  const auto period = document.period.text();
  json::array blocks;
  for (const auto &block : view.blocks) blocks.push_back(block_json(block, period, english));
  json::array missing;
  for (const auto &each : view.missing) {
    json::object one{{"kind", report::to_string(each.gap.kind)},
                     {"required", each.gap.required},
                     {"where", each.gap.where},
                     {"label", each.gap.label},
                     {"message", each.gap.message}};
    if (!each.source.empty()) one["source"] = each.source;
    missing.push_back(std::move(one));
  }
  json::array unsaid;
  for (const auto &each : view.unsaid)
    unsaid.push_back(json::object{{"indicator", each.figure.indicator},
                                  {"label", each.figure.label},
                                  {"value", each.figure.value},
                                  {"block", each.where}});
  json::array findings;
  for (const auto &finding : view.findings) findings.push_back(finding_json(finding));
  json::array remarks;
  for (const auto &remark : view.remarks) remarks.push_back(remark_json(remark));
  json::array offers;
  for (const auto &offer : view.offers)
    offers.push_back(
        json::object{{"block", offer.block}, {"sentences", texts_json(offer.sentences)}});
  std::string addressee;
  for (const auto &block : document.blocks)
    if (block.kind == report::Block::Kind::Addressee) addressee = report::words_of(block);
  return {{"record", view.record.id.text()},
          {"org", view.record.owner_org.text()},
          {"org_name", view.org_name},
          {"year", view.year},
          {"outline", document.outline},
          {"period", period},
          {"state", view.record.state},
          {"state_label", in_words(view.state_label, view.state_label_en, english)},
          {"record_version", view.record.version},
          {"sealed", view.sealed},
          {"writable", view.writable},
          {"version", view.version},
          {"versions", versions_json(view.index)},
          {"number", document.document_number},
          {"signer", document.signer},
          {"date", document.date ? json::value(document.date->text()) : json::value(nullptr)},
          {"addressee", addressee},
          {"issuer", document.issuer},
          {"title", document.title()},
          {"blocks", std::move(blocks)},
          {"missing", std::move(missing)},
          {"unsaid", std::move(unsaid)},
          {"findings", std::move(findings)},
          {"stale", view.stale},
          {"bare", view.bare},
          {"bound", view.bound},
          {"remarks", std::move(remarks)},
          {"offers", std::move(offers)}};
}

json::object to_json(const service::FigureCandidate &candidate, bool english) {
  json::object out{{"indicator", candidate.indicator},
                   {"label", in_words(candidate.label, candidate.label_en, english)},
                   {"value", candidate.number + candidate.unit},
                   {"number", candidate.number},
                   {"unit", candidate.unit},
                   {"same_unit", candidate.same_unit},
                   {"same_topic", candidate.same_topic}};
  if (!candidate.dimension.empty()) {
    out["dimension"] = candidate.dimension;
    out["group"] = candidate.dimension + "=" + candidate.group;
  }
  return out;
}

json::object to_json(const report::BlockChange &change) {
  return {{"block", change.block}, {"was", texts_json(change.was)}, {"is", texts_json(change.is)}};
}

json::object to_json(const service::ManifestCheck &check) {
  return {{"sound", check.sound},
          {"manifest", check.manifest},
          {"faults", problems_json(check.faults)}};
}

Result<service::WrittenRun> read_figure(const json::object &body, const catalog::Catalog &catalog) {
  const auto indicator = word_of(body, "indicator");
  auto dimension = word_of(body, "dimension");
  auto group = word_of(body, "group");
  if (!indicator || indicator->empty() || !dimension || !group)
    return invalid("the body was not understood",
                   {{"indicator", "names a figure, and with group one of its groups", "", ""}});
  if (const auto equals = group->find('='); equals != std::string::npos) {
    dimension = group->substr(0, equals);
    group = group->substr(equals + 1);
  }
  if (!group->empty() && dimension->empty()) {
    const auto *declared = catalog.indicator(*indicator);
    if (declared == nullptr || declared->by.size() != 1)
      return invalid("the body was not understood",
                     {{"group", "write the group as DIMENSION=CODE", "", ""}});
    dimension = declared->by.front().id;
  }
  return service::WrittenRun{"", *indicator, *dimension, *group};
}

Result<std::vector<service::WrittenRun>> read_runs(const json::object &body) {
  const auto fail = [](std::size_t n, const char *message) {
    return invalid("the body was not understood", {{fmt::format("runs[{}]", n), message, "", ""}});
  };
  const auto *value = body.if_contains("runs");
  const auto *list = value == nullptr ? nullptr : value->if_array();
  if (list == nullptr)
    return invalid("the body was not understood", {{"runs", "is a list of runs", "", ""}});
  std::vector<service::WrittenRun> runs;
  for (std::size_t n = 0; n < list->size(); ++n) {
    const auto *each = (*list)[n].if_object();
    if (each == nullptr) return fail(n, "is an object");
    service::WrittenRun run;
    const auto text = word_of(*each, "text");
    if (!text) return fail(n, "text is a text");
    run.text = *text;
    const auto *figure = each->if_contains("figure");
    if (figure != nullptr && figure->is_object()) {
      const auto &named = figure->get_object();
      const auto indicator = word_of(named, "indicator");
      const auto dimension = word_of(named, "dimension");
      const auto group = word_of(named, "group");
      if (!indicator || !dimension || !group) return fail(n, "figure names an indicator");
      // A bare number comes back as it was shown: as words.
      run.indicator = *indicator;
      run.dimension = *dimension;
      run.group = *group;
    } else if (figure != nullptr && !figure->is_null()) {
      return fail(n, "figure is an object");
    }
    runs.push_back(std::move(run));
  }
  return runs;
}

} // namespace yifa::wire
