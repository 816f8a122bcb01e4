#include "service/work.h"

#include "base/text.h"
#include "catalog/show.h"
#include "procedure/gate_limits.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::service {
namespace {

/// A text among the fields; empty when it is not there.
std::string said(const json::object &fields, const char *name) {
  const auto *found = fields.if_contains(name);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : "";
}

} // namespace

Result<record::Receipt> Work::extend() {
  const auto rule_id = said(command_.fields, "rule");
  const RecordId part = command_.part ? *command_.part : RecordId();
  const auto facts = around_.facts(before_);
  const auto limits = procedure::limits_of(*type_, before_, facts);
  TRY(around_.status());
  const procedure::Measured *limit = nullptr;
  std::vector<std::string> running;
  for (const auto &each : limits) {
    if (each.rule->extend && !each.until) running.push_back(each.rule->id);
    const auto on = each.part != nullptr ? each.part->id : RecordId();
    if (each.rule->id == rule_id && (!command_.part || on == part)) limit = &each;
  }
  if (limit == nullptr)
    return not_found(
        fmt::format("no time limit \"{}\" has begun on this record{}", rule_id,
                    running.empty() ? "" : "; extendable: " + text::join(running, ", ")));
  const auto &rule = *limit->rule;
  auto refuse = [&](const std::string &why) {
    return refused(fmt::format("{} was not extended", rule.id),
                   {{"rule", why, rule.source.text(), rule.extend ? rule.extend->role : ""}});
  };
  if (!rule.extend) return refuse("its article gives no extension");
  if (limit->until) return refuse(fmt::format("it was met on {}", limit->until->text()));
  if (at_.date() > limit->reckoning.due)
    return refuse(
        fmt::format("it ended on {}; an extension is granted before", limit->reckoning.due.text()));
  const auto on = limit->part != nullptr ? limit->part->id : RecordId();
  const auto granted = facts.extensions(rule.id, on).size();
  if (rule.extend->times > 0 && static_cast<int>(granted) >= rule.extend->times)
    return refuse(fmt::format("it can be extended {} time(s) and was", rule.extend->times));
  std::vector<Problem> problems;
  if (command_.reason.empty())
    problems.push_back({"reason", "an extension needs a reason", rule.source.text(), ""});
  std::int64_t by = rule.extend->any ? 0 : rule.extend->by;
  if (const auto written = said(command_.fields, "by"); !written.empty()) {
    const bool digits =
        written.size() <= 5 &&
        std::all_of(written.begin(), written.end(), [](char c) { return c >= '0' && c <= '9'; });
    by = digits ? std::stoll(written) : -1;
    if (by < 1 || (!rule.extend->any && by > rule.extend->by))
      problems.push_back({"by",
                          rule.extend->any
                              ? "write a number"
                              : fmt::format("between 1 and {}, as the law gives", rule.extend->by),
                          rule.source.text(), ""});
  } else if (rule.extend->any) {
    problems.push_back({"by", "the law names no number; say how many", rule.source.text(), ""});
  }
  std::string told;
  if (const auto written = said(command_.fields, "told"); !written.empty()) {
    auto day = Date::parse_lenient(written);
    if (day) {
      told = day->text();
    } else {
      problems.push_back({"told", day.error().message, "", ""});
    }
  }
  if (!problems.empty()) return invalid("the extension was not taken", problems);
  if (rule.extend->tell && told.empty())
    warnings_.push_back(
        {"told", "the party must be told of the extension", rule.source.text(), ""});
  Change change;
  change.extend = {{"rule", rule.id},
                   {"by", by},
                   {"unit", static_cast<std::int64_t>(rule.extend->unit)},
                   {"due", limit->reckoning.due.text()}};
  if (!on.is_nil()) change.extend["part"] = on.text();
  if (!told.empty()) change.extend["told"] = told;
  after_.version += 1;
  TRY(store_change("extend", change));
  return receipt();
}

} // namespace yifa::service
