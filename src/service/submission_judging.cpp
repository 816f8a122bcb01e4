#include "base/json.h"
#include "record/codec.h"
#include "record/figure.h"
#include "report/document_json.h"
#include "service/submission_contents.h"
#include "service/submission_figures.h"
#include "service/submission_package.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace yifa::service {
namespace {

constexpr std::size_t kMostFaults = 50;

/// Everything found, up to a number a person reads.
struct Judged {
  std::vector<Problem> may_not_leave;
  std::vector<Problem> wrong;
  void leaves(const std::string &where) {
    if (may_not_leave.size() < kMostFaults)
      may_not_leave.push_back(
          {where, "is a personal field, and no rule lets it leave the town", "", ""});
  }
  void fault(const std::string &where, const std::string &what) {
    if (wrong.size() < kMostFaults) wrong.push_back({where, what, "", ""});
  }
};

std::string text_at(const json::object &object, std::string_view name) {
  const auto *value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// Exactly these members.
bool has_members(const json::object &object, std::initializer_list<std::string_view> names) {
  return object.size() == names.size() &&
         std::all_of(names.begin(), names.end(), [&](auto name) { return object.contains(name); });
}

void judge_fields(const catalog::SubmissionRule &rule, const std::vector<catalog::Field> &fields,
                  const std::string &prefix, const json::value *written, const std::string &where,
                  Judged &out) {
  if (written == nullptr || !written->is_object()) return out.fault(where, "has no fields");
  for (const auto &each : written->get_object()) {
    const std::string name(each.key());
    const auto field =
        std::find_if(fields.begin(), fields.end(), [&](const auto &one) { return one.id == name; });
    if (field == fields.end())
      out.fault(where + prefix + "." + name, "is no field this catalog knows");
    else if (field->personal && !rule.personal.contains(prefix + "." + name))
      out.leaves(where + prefix + "." + name);
    else if (!each.value().is_null() && !record::decode_exact(*field, each.value()))
      out.fault(where + prefix + "." + name, "is not of its field's kind");
  }
}

void judge_row(const catalog::SubmissionRule &rule, const catalog::RecordType &type,
               const OrgCode &office, int year, const json::value &row, const std::string &where,
               Judged &out) {
  if (!row.is_object() ||
      !has_members(row.get_object(), {"day", "edition", "fields", "id", "late", "number", "org",
                                      "parts", "place", "state"}))
    return out.fault(where, "is no record as a package holds it");
  const auto &object = row.get_object();
  const auto day = Date::parse(text_at(object, "day"));
  const auto org = OrgCode::parse(text_at(object, "org"));
  if (!RecordId::parse(text_at(object, "id"))) out.fault(where + "id", "is no id of a record");
  if (!day || day->year() != year) out.fault(where + "day", "is not of that year");
  if (!org || !office.contains(*org)) out.fault(where + "org", "is not of that office");
  if (type.state(text_at(object, "state")) == nullptr)
    out.fault(where + "state", "is no state of that ledger");
  judge_fields(rule, type.fields, type.id, object.if_contains("fields"), where, out);
  const auto *parts = object.at("parts").if_array();
  if (parts == nullptr) return out.fault(where + "parts", "is a list");
  for (const auto &one : *parts) {
    if (!one.is_object() || !has_members(one.get_object(), {"fields", "id", "part"})) {
      out.fault(where + "parts", "is no step as a package holds it");
      continue;
    }
    const auto &part = one.get_object();
    const auto index = type.part_index(text_at(part, "part"));
    if (index < 0) {
      out.fault(where + "parts", "is no step of that ledger");
      continue;
    }
    const auto &kind = type.parts[static_cast<std::size_t>(index)];
    judge_fields(rule, kind.fields, type.id + "." + kind.id, part.if_contains("fields"), where,
                 out);
  }
}

/// One record a line, as a town writes them: no other way of writing a table is looked for.
void judge_rows(const catalog::Catalog &catalog, const catalog::SubmissionRule &rule,
                const OrgCode &office, int year, const std::string &name, std::string_view content,
                Judged &out) {
  const auto ledger = ledger_of_item(name);
  const auto *type = catalog.type(ledger);
  if (type == nullptr || !rule.asks_ledger(ledger))
    return out.fault(name, "is a ledger this county does not ask for");
  for (std::size_t number = 1; !content.empty(); ++number) {
    const auto line = content.substr(0, content.find('\n'));
    content.remove_prefix(std::min(line.size() + 1, content.size()));
    const auto where = fmt::format("{}:{}:", name, number);
    if (const auto row = parse_json(line))
      judge_row(rule, *type, office, year, *row, where, out);
    else
      out.fault(where, "is no JSON");
  }
}

void judge_figures(const catalog::Catalog &catalog, const OrgCode &office, int year,
                   const std::string &content, Judged &out) {
  const std::string name(kFiguresItem);
  if (const auto read = read_sent_figures(content); !read) {
    if (read.error().problems.empty()) return out.fault(name, "is no list of figures");
    for (const auto &problem : read.error().problems) out.fault(problem.where, problem.message);
    return;
  }
  const auto parsed = parse_json(content);
  const auto *figures = parsed ? parsed->if_array() : nullptr;
  if (figures == nullptr) return;
  record::Figure plain;
  record::Figure rate;
  rate.ratio = true;
  const auto members_of = [](const record::Figure &figure) {
    std::set<std::string, std::less<>> names;
    for (const auto &each : record::to_json(figure)) names.emplace(each.key());
    return names;
  };
  const auto known = members_of(rate);
  const auto needed = members_of(plain);
  const auto year_from = Period::year(year).from.text();
  const auto year_to = Period::year(year).to.text();
  for (const auto &one : *figures) {
    const auto *figure = one.if_object();
    const auto id = figure != nullptr ? text_at(*figure, "id") : std::string();
    const auto where = fmt::format("{}:{}", name, id);
    if (figure == nullptr || catalog.indicator(id) == nullptr) {
      out.fault(where, "is no figure this catalog knows");
      continue;
    }
    for (const auto &each : *figure)
      if (!known.contains(each.key()))
        out.fault(where,
                  fmt::format("\"{}\" does not belong to a figure", std::string(each.key())));
    for (const auto &each : needed)
      if (!figure->contains(each)) out.fault(where, fmt::format("\"{}\" is not there", each));
    if (text_at(*figure, "org") != office.text()) out.fault(where, "is not of that office");
    const auto *period = figure->if_contains("period");
    if (period == nullptr || !period->is_object() ||
        text_at(period->get_object(), "from") != year_from ||
        text_at(period->get_object(), "to") != year_to)
      out.fault(where, "is not of that year");
  }
}

void judge_report(const OrgCode &office, int year, const std::map<std::string, std::string> &items,
                  Judged &out) {
  const std::string name(kReportItem);
  const auto found = items.find(name);
  const auto manifest = items.find(std::string(kManifestItem));
  if (found == items.end()) {
    if (manifest != items.end()) out.fault(manifest->first, "stands there without its report");
    return;
  }
  const auto parsed = parse_json(found->second);
  const auto draft = parsed ? report::parse_draft(*parsed) : Result<report::Draft>(parsed.error());
  if (!draft) return out.fault(name, "is no report as it was sealed");
  if (draft->document.org != office) out.fault(name, "is not of that office");
  if (draft->document.period.from.year() != year) out.fault(name, "is not of that year");
  if (manifest == items.end()) return;
  const auto listed = parse_json(manifest->second);
  const auto *object = listed ? listed->if_object() : nullptr;
  if (object == nullptr ||
      !has_members(*object, {"catalog", "chain", "figures", "org", "paper", "period", "record",
                             "text", "title", "v", "version"}))
    return out.fault(manifest->first, "is no manifest of a report");
  std::map<std::string, std::string> alone{{name, found->second}};
  if (text_at(*object, "text") != list_items(alone).front().hash)
    out.fault(manifest->first, "is of another text");
  if (text_at(*object, "org") != office.text()) out.fault(manifest->first, "is not of that office");
}

} // namespace

Status judge_submission(const catalog::Catalog &catalog, const catalog::SubmissionRule &rule,
                        const OrgCode &office, int year,
                        const std::map<std::string, std::string> &items) {
  Judged out;
  for (const auto &[name, content] : items) {
    const bool figures = name == kFiguresItem;
    const bool report = name == kReportItem || name == kManifestItem;
    if (figures && rule.figures)
      judge_figures(catalog, office, year, content, out);
    else if (!ledger_of_item(name).empty())
      judge_rows(catalog, rule, office, year, name, content, out);
    else if (!(report && rule.report))
      out.fault(name, "is not asked for by this county");
  }
  if (rule.report) judge_report(office, year, items, out);
  if (rule.figures && !items.contains(std::string(kFiguresItem)))
    out.fault(std::string(kFiguresItem), "is asked for and not there");
  if (!out.may_not_leave.empty())
    return refused("the package holds what may not leave a town; nothing of it was kept",
                   out.may_not_leave);
  if (!out.wrong.empty()) return invalid("the package does not hold what it says", out.wrong);
  return Done{};
}

} // namespace yifa::service
