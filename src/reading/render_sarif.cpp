#include "base/text.h"
#include "reading/html.h"
#include "reading/labels.h"
#include "reading/render.h"

#include <map>

namespace yifa::reading {

namespace {

json::object sarif_text(std::string_view written) {
  return {{"text",
           text::valid_utf8(written) ? std::string(written) : text::encode(text::decode(written))}};
}

/// "structure.number_gap" → "StructureNumberGap", as SARIF wants its rule names.
std::string sarif_name(std::string_view id) {
  std::string out;
  bool upper = true;
  for (char c : id) {
    if (c == '.' || c == '_') {
      upper = true;
      continue;
    }
    out += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    upper = false;
  }
  return out;
}

/// Lines and columns from 1, columns in code points, the end column behind the last character.
json::object sarif_region(const Text &text, Span span) {
  const auto &paragraphs = text.paragraphs();
  const auto column = [&](std::size_t paragraph, std::size_t at) {
    return paragraphs.empty() ? at + 1 : at - paragraphs[paragraph].start + 1;
  };
  const auto first = text.paragraph_at(span.start);
  const auto last = span.empty() ? first : text.paragraph_at(span.end - 1);
  const auto end = span.empty() ? span.start : span.end;
  return {{"startLine", first + 1},
          {"startColumn", column(first, span.start)},
          {"endLine", last + 1},
          {"endColumn", column(last, end)},
          {"charOffset", span.start},
          {"charLength", span.empty() ? 0 : span.size()},
          {"snippet", sarif_text(text.utf8(span))}};
}

std::string_view sarif_mime_type(Format format) {
  switch (format) {
  case Format::Docx:
    return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  case Format::Pdf:
    return "application/pdf";
  case Format::Text:
    return "text/plain";
  case Format::Html:
    return "text/html";
  case Format::Markdown:
    return "text/markdown";
  case Format::Office:
    return "application/msword";
  }
  return "application/octet-stream";
}

class SarifLog {
public:
  SarifLog(const std::vector<Checked> &checked, const Rules &rules, const Lexicon &lexicon)
      : checked_(checked), rules_(rules), labels_(lexicon, "sarif") {}

  json::object log(std::string_view version) {
    json::object driver{{"name", "Yifa"}, {"language", "zh-CN"}};
    if (!version.empty()) driver["version"] = version;
    driver["rules"] = rules();
    json::array artifacts;
    json::array results;
    json::array notifications;
    for (std::size_t i = 0; i < checked_.size(); ++i) {
      places_.emplace(checked_[i].file, i);
      artifacts.push_back(artifact(checked_[i]));
    }
    for (std::size_t i = 0; i < checked_.size(); ++i) {
      for (const auto &finding : checked_[i].findings) results.push_back(result(i, finding));
      if (checked_[i].failed) notifications.push_back(notification(i));
    }
    json::object invocation{{"executionSuccessful", notifications.empty()}};
    if (!notifications.empty()) invocation["toolExecutionNotifications"] = std::move(notifications);
    json::object run;
    run["tool"] = json::object{{"driver", std::move(driver)}};
    run["invocations"] = json::array{std::move(invocation)};
    run["columnKind"] = "unicodeCodePoints";
    run["artifacts"] = std::move(artifacts);
    run["results"] = std::move(results);
    json::object out;
    out["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json";
    out["version"] = "2.1.0";
    out["runs"] = json::array{std::move(run)};
    return out;
  }

private:
  json::array rules() {
    json::array out;
    for (const auto &rule : rules_.all()) {
      indices_.emplace(rule.id, out.size());
      json::object one{{"id", rule.id}, {"name", sarif_name(rule.id)}};
      one["shortDescription"] = sarif_text(rule.title);
      one["fullDescription"] = sarif_text(text::trim(rule.what));
      auto help = text::trim(rule.what);
      if (!rule.bad.empty()) help += "\n\n" + labels_.get("bad") + "\n" + text::trim(rule.bad);
      if (!rule.good.empty()) help += "\n\n" + labels_.get("good") + "\n" + text::trim(rule.good);
      one["help"] = sarif_text(help);
      one["defaultConfiguration"] = json::object{{"level", to_string(rule.severity)}};
      out.push_back(std::move(one));
    }
    return out;
  }

  json::object artifact(const Checked &one) const {
    json::object out{{"location", json::object{{"uri", uri(one.file)}}}};
    if (one.failed) return out;
    const auto &source = one.report.source;
    out["description"] = sarif_text(labels_.get(source.converted ? "converted" : "plain"));
    out["mimeType"] = sarif_mime_type(source.format);
    out["roles"] = json::array{"analysisTarget"};
    return out;
  }

  static json::object place(const std::string &file, std::size_t index) {
    return {{"uri", uri(file)}, {"index", index}};
  }

  json::object result(std::size_t file, const Finding &finding) const {
    const auto &one = checked_[file];
    json::object out{{"ruleId", finding.rule}};
    const auto index = indices_.find(finding.rule);
    if (index != indices_.end()) out["ruleIndex"] = index->second;
    out["level"] = to_string(finding.severity);
    // Viewers show the message alone: what to do belongs to it.
    out["message"] = sarif_text(finding.message + finding.suggestion);
    json::object location{{"artifactLocation", place(one.file, file)}};
    const bool whole = finding.span.empty() && finding.span.start == 0;
    if (!whole) location["region"] = sarif_region(one.report.text, finding.span);
    out["locations"] = json::array{json::object{{"physicalLocation", std::move(location)}}};
    if (finding.elsewhere) out["relatedLocations"] = json::array{related(file, *finding.elsewhere)};
    if (finding.suspected) out["properties"] = json::object{{"suspected", true}};
    return out;
  }

  json::object related(std::size_t file, const Elsewhere &other) const {
    json::object location;
    const Text *text = nullptr;
    const auto known = other.file.empty() ? places_.end() : places_.find(other.file);
    if (other.file.empty() || known != places_.end()) {
      const auto index = other.file.empty() ? file : known->second;
      location["artifactLocation"] = place(checked_[index].file, index);
      if (!checked_[index].failed) text = &checked_[index].report.text;
    } else {
      location["artifactLocation"] = json::object{{"uri", uri(other.file)}};
    }
    if (text != nullptr && other.span.end <= text->size())
      location["region"] = sarif_region(*text, other.span);
    else
      location["region"] = json::object{{"charOffset", other.span.start},
                                        {"charLength", other.span.size()},
                                        {"snippet", sarif_text(other.excerpt)}};
    return {{"id", 0},
            {"message", sarif_text(other.place.empty() ? labels_.get("elsewhere") : other.place)},
            {"physicalLocation", std::move(location)}};
  }

  json::object notification(std::size_t file) const {
    const auto &one = checked_[file];
    return {{"level", "error"},
            {"message", sarif_text(one.failed->text())},
            {"locations", json::array{json::object{
                              {"physicalLocation",
                               json::object{{"artifactLocation", place(one.file, file)}}}}}}};
  }

  const std::vector<Checked> &checked_;
  const Rules &rules_;
  const Labels labels_;
  std::map<std::string, std::size_t> indices_; ///< of rules
  std::map<std::string, std::size_t> places_;  ///< of files
};

} // namespace

json::object sarif(const std::vector<Checked> &checked, const Rules &rules, const Lexicon &lexicon,
                   std::string_view version) {
  return SarifLog(checked, rules, lexicon).log(version);
}

} // namespace yifa::reading
