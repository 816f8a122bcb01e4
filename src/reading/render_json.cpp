#include "reading/render.h"

#include "base/text.h"

namespace yifa::reading {

namespace {

/// Whole numbers stay whole in JSON.
json::value json_number(Decimal value) {
  constexpr std::int64_t kJsonWhole = 1'000'000;
  if (value.millionths() % kJsonWhole == 0) return value.millionths() / kJsonWhole;
  return static_cast<double>(value.millionths()) / static_cast<double>(kJsonWhole);
}

json::string json_text(std::string_view text) {
  return json::string(text::valid_utf8(text) ? std::string(text)
                                             : text::encode(text::decode(text)));
}

json::value json_text_or_null(const std::string &text) {
  return text.empty() ? json::value(nullptr) : json::value(json_text(text));
}

json::object section_json(const Section &section, const Text &text) {
  json::object out;
  out["level"] = section.level;
  out["number"] = json_text(text.utf8(section.label.span));
  out["title"] = json_text(text.utf8(section.title));
  out["start"] = section.span.start;
  out["end"] = section.span.end;
  return out;
}

json::object figure_object(const Figure &figure, const Text &text) {
  json::object out;
  out["value"] = json_number(figure.value);
  if (figure.upper) out["upper"] = json_number(*figure.upper);
  out["unit"] = json_text(figure.unit);
  out["approx"] = figure.approx;
  out["approx_marker"] = json_text(figure.approx_marker);
  out["object"] = json_text(figure.object);
  out["verb"] = json_text(figure.verb);
  out["kind"] = to_string(figure.kind);
  out["indicator"] = json_text_or_null(figure.indicator);
  if (figure.year) out["year"] = *figure.year;
  out["start"] = figure.span.start;
  out["end"] = figure.span.end;
  out["text"] = json_text(text.utf8(figure.span));
  out["line"] = text.line_at(figure.span.start);
  out["section"] = figure.section < 0 ? json::value(nullptr) : json::value(figure.section);
  return out;
}

json::object finding_object(const Finding &finding) {
  json::object out;
  out["rule"] = finding.rule;
  out["severity"] = to_string(finding.severity);
  out["start"] = finding.span.start;
  out["end"] = finding.span.end;
  out["line"] = finding.line;
  out["excerpt"] = json_text(finding.excerpt);
  out["message"] = json_text(finding.message);
  out["suggestion"] = json_text(finding.suggestion);
  if (finding.suspected) out["suspected"] = true;
  if (finding.elsewhere) {
    const auto &other = *finding.elsewhere;
    out["elsewhere"] = json::object{{"file", json_text_or_null(other.file)},
                                    {"place", json_text_or_null(other.place)},
                                    {"start", other.span.start},
                                    {"end", other.span.end},
                                    {"excerpt", json_text(other.excerpt)}};
  }
  return out;
}

json::object failure_json(const Error &error) {
  json::array problems;
  for (const auto &problem : error.problems) {
    json::object one{{"where", json_text(problem.where)}, {"message", json_text(problem.message)}};
    if (!problem.source.empty()) one["source"] = json_text(problem.source);
    if (!problem.supply.empty()) one["supply"] = json_text(problem.supply);
    problems.push_back(std::move(one));
  }
  return {{"code", to_string(error.code)},
          {"message", json_text(error.message)},
          {"problems", std::move(problems)}};
}

} // namespace

json::object counts_json(const Counts &counts) {
  return {{"error", counts.errors}, {"warning", counts.warnings}, {"note", counts.notes}};
}

Counts count(const std::vector<Finding> &findings) {
  Counts counts;
  for (const auto &finding : findings) {
    counts.errors += finding.severity == Severity::Error;
    counts.warnings += finding.severity == Severity::Warning;
    counts.notes += finding.severity == Severity::Note;
  }
  return counts;
}

json::object read_json(const Report &report) {
  const auto &structure = report.structure;
  json::array sections;
  for (const auto &section : structure.sections)
    sections.push_back(section_json(section, report.text));
  json::array figures;
  for (const auto &figure : report.figures) figures.push_back(figure_object(figure, report.text));
  // A title on several lines is read as one.
  auto title = text::replace_all(report.text.utf8(structure.title), "\n", "");
  json::object out;
  out["file"] = json_text(report.file);
  out["format"] = to_string(report.source.format);
  out["title"] = json_text(title);
  out["place"] = json_text_or_null(structure.place);
  out["issuer"] = json_text_or_null(structure.issued_by);
  out["year"] = structure.year ? json::value(*structure.year) : json::value(nullptr);
  out["number"] = json_text_or_null(structure.document_number);
  out["sections"] = std::move(sections);
  out["figures"] = std::move(figures);
  return out;
}

json::object findings_json(const Checked &checked) {
  json::array findings;
  for (const auto &finding : checked.findings) findings.push_back(finding_object(finding));
  json::object out;
  out["file"] = json_text(checked.file);
  out["findings"] = std::move(findings);
  out["counts"] = counts_json(count(checked.findings));
  if (checked.failed) out["error"] = failure_json(*checked.failed);
  return out;
}

} // namespace yifa::reading
