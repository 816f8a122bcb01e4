#include "reading/load_rules.h"

#include "base/text.h"
#include "reading/checks_file.h"

#include <fmt/format.h>

namespace yifa::reading {
namespace {

Rule read_rule(const catalog::Node &node, const std::string &group, catalog::Report &report) {
  catalog::Shape shape(node, report, "a rule",
                       {"id", "severity", "title", "title_en", "what", "message", "suggestion",
                        "bad", "good", "by_conversion", "described", "words", "values", "off"});
  Rule rule;
  if (!shape.good()) return rule;
  rule.id = group + "." + shape.need_text("id");
  if (const auto *severity = shape.need("severity")) {
    int word = catalog::read_word(*severity, report, "a severity", {"error", "warning", "note"});
    if (word >= 0) rule.severity = static_cast<Severity>(word);
  }
  rule.title = shape.need_text("title");
  rule.title_en = shape.text("title_en");
  rule.what = shape.need_text("what");
  rule.message = shape.need_text("message");
  rule.suggestion = shape.text("suggestion");
  for (auto [key, example] : {std::pair{"bad", &rule.bad}, std::pair{"good", &rule.good}})
    if (const auto *written = shape.need(key)) *example = text::trim(written->text);
  rule.by_conversion = shape.flag("by_conversion");
  rule.described = shape.flag("described");
  rule.on = !shape.flag("off");
  if (const auto *words = shape.get("words"))
    for (std::size_t i = 0; i < words->pairs(); ++i) {
      auto &list = rule.words[std::string(words->key(i).text)];
      for (const auto *word : catalog::read_texts(words->value(i), report, "a list of words"))
        list.emplace_back(word->text);
    }
  if (const auto *values = shape.get("values"))
    for (std::size_t i = 0; i < values->pairs(); ++i)
      rule.values[std::string(values->key(i).text)] =
          catalog::read_text(values->value(i), report, "a value");
  return rule;
}

} // namespace

Result<Rules> load_rules(const catalog::Sources &sources) {
  Rules rules;
  ChecksFiles files(sources, "checks/rules/");
  files.each([&](const std::string &group, const catalog::Node &root, catalog::Report &report) {
    catalog::Shape shape(root, report, "a file of rules", {"rules"});
    const auto *list = shape.need("rules");
    if (!list) return;
    for (const auto &node : list->items) {
      auto rule = read_rule(node, group, report);
      if (rules.find(rule.id))
        report.error(node, fmt::format("the rule {} stands here twice", rule.id));
      else
        rules.add(std::move(rule));
    }
  });
  TRY(files.done());
  return rules;
}

} // namespace yifa::reading
