#include "catalog/submission.h"

#include "catalog/shape.h"

#include <algorithm>
#include <deque>

#include <fmt/format.h>

namespace yifa::catalog {
namespace {

std::vector<std::string> personal_names(const RecordType &type) {
  std::vector<std::string> out;
  for (const auto &field : type.fields)
    if (field.personal) out.push_back(type.id + "." + field.id);
  for (const auto &part : type.parts)
    for (const auto &field : part.fields)
      if (field.personal) out.push_back(type.id + "." + part.id + "." + field.id);
  return out;
}

void read_personal(const Node &node, const Catalog &catalog, Report &report, SubmissionRule &rule) {
  if (!node.is_map()) {
    report.error(node, "personal must be a map of fields, each with its source");
    return;
  }
  std::vector<std::string> known;
  for (const auto &id : catalog.type_ids())
    for (auto &name : personal_names(*catalog.type(id))) known.push_back(std::move(name));
  for (std::size_t i = 0; i < node.pairs(); ++i) {
    const Node &key = node.key(i);
    const Shape shape(node.value(i), report, "a personal field that leaves", {"source", "seen"});
    if (!shape.good()) continue;
    const auto source = shape.need_text("source");
    const std::string name(key.text);
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      report.unknown(key, "personal field", name, known);
      continue;
    }
    const auto ledger = name.substr(0, name.find('.'));
    if (!rule.asks_ledger(ledger))
      report.error(key, fmt::format("{} is of a ledger that is not asked for", name));
    rule.personal.emplace(name, source);
  }
}

void read_rule(const Node &node, const Catalog &catalog, Report &report, bool overlay,
               SubmissionRule &out) {
  const Shape shape(node, report, "the rule of submission",
                    {"asks", "ledgers", "personal", "source", "seen"});
  if (!shape.good()) return;
  SubmissionRule rule;
  rule.figures = rule.report = false;
  if (const Node *asks = shape.need("asks"))
    for (const Node *one : read_texts(*asks, report, "asks")) {
      const auto which = read_word(*one, report, "asks", {"figures", "report", "ledger"});
      rule.figures = rule.figures || which == 0;
      rule.report = rule.report || which == 1;
      rule.ledger = rule.ledger || which == 2;
    }
  const auto types = catalog.type_ids();
  for (const Node *one : shape.list("ledgers")) {
    if (catalog.type(one->text) == nullptr || one->text == kSubmissionLedger)
      report.unknown(*one, "ledger", one->text, types);
    else if (!rule.ledger)
      report.error(*one, "ledgers are named, and `asks` does not say ledger");
    else
      rule.ledgers.emplace_back(one->text);
  }
  if (const Node *personal = shape.get("personal")) read_personal(*personal, catalog, report, rule);
  rule.source = shape.need_text("source");
  rule.seen = overlay ? Certainty::Verified : Certainty::Memory;
  if (const Node *seen = shape.get("seen")) {
    const auto word = read_word(*seen, report, "seen", {"V", "V-ex", "M"});
    rule.seen = word == 0   ? Certainty::Verified
                : word == 1 ? Certainty::Example
                            : Certainty::Memory;
  }
  // The common catalog cites laws it knows; a county answers for its own papers.
  if (const auto law = rule.source.substr(0, rule.source.find(' '));
      !overlay && !law.empty() && !catalog.laws.contains(law))
    report.error(*shape.get("source"), fmt::format("unknown law \"{}\"", law));
  out = std::move(rule);
}

} // namespace

bool SubmissionRule::asks_ledger(std::string_view type) const {
  return ledger && type != kSubmissionLedger &&
         (ledgers.empty() || std::find(ledgers.begin(), ledgers.end(), type) != ledgers.end());
}

SubmissionRead read_submission(const Sources &sources, const Catalog &catalog) {
  SubmissionRead out;
  Report report;
  std::deque<SourceFile> files;
  // The catalog's loader has told of faults of syntax already.
  Report told;
  const auto open = [&](const std::string &path, const std::string &text) -> const Node & {
    auto &file = files.emplace_back();
    file.path = path;
    file.text = text;
    read_yaml(file, told);
    return file.root;
  };
  if (const auto base = sources.find("submission.yaml"); base != sources.end())
    if (const auto &root = open(base->first, base->second); !root.broken())
      read_rule(root, catalog, report, false, out.rule);
  std::optional<Date> latest;
  for (const auto &[path, text] : sources) {
    if (!path.starts_with("catalog.d/")) continue;
    const auto &root = open(path, text);
    const Node *said = root.is_map() ? root.find("submission") : nullptr;
    const Node *edition = said != nullptr ? root.find("edition") : nullptr;
    const auto day = edition != nullptr ? Date::parse(edition->text) : Result<Date>(Date());
    if (said == nullptr || !day || (latest && *day < *latest)) continue;
    latest = *day;
    read_rule(*said, catalog, report, true, out.rule);
  }
  out.diagnostics = report.take();
  return out;
}

} // namespace yifa::catalog
