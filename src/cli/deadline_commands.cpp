#include "cli/context.h"

#include "base/text.h"
#include "catalog/show.h"
#include "exchange/table_out.h"
#include "procedure/reckon.h"
#include "procedure/rules.h"
#include "wire/forms.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace yifa::cli {
namespace {

using catalog::Deadline;

struct DeadlineOptions {
  std::string rule;
  std::string from;
  std::vector<std::string> suspend;
  std::vector<std::string> extend;
  std::string on;
  std::string format;
  bool estimate = false;
};

Result<procedure::Stretch> read_stretch(const std::string &written) {
  auto dots = written.find("..");
  if (dots == std::string::npos)
    return invalid(fmt::format("\"{}\": write a suspension as FIRST-DAY..LAST-DAY", written));
  return procedure::Stretch{TRY(Date::parse_lenient(written.substr(0, dots))),
                            TRY(Date::parse_lenient(written.substr(dots + 2)))};
}

/// "30", in the unit the catalog gives the extension of this rule, else in the rule's own.
Result<procedure::Extension> read_extension(const Deadline &rule, const std::string &written) {
  procedure::Extension out;
  out.unit = rule.extend ? rule.extend->unit : rule.unit;
  std::size_t end = 0;
  try {
    out.amount = std::stoll(written, &end);
  } catch (const std::exception &) {
    end = 0;
  }
  if (end == 0 || end != written.size() || out.amount <= 0 || out.amount > 36'500)
    return invalid(fmt::format("\"{}\": write an extension as a number", written));
  if (!rule.extend)
    return refused(fmt::format("{} cannot be extended: its article gives no extension", rule.id),
                   {{"extend", "no lawful extension", rule.source.text(), ""}});
  if (!rule.extend->any && out.amount > rule.extend->by)
    return refused(
        fmt::format("{} can be extended by no more than {}", rule.id, rule.extend->by),
        {{"extend", fmt::format("{} is more than the law gives", out.amount),
          rule.extend->source.law.empty() ? rule.source.text() : rule.extend->source.text(),
          rule.extend->role}});
  return out;
}

/// Consecutive days of one reason as one line.
std::vector<std::vector<std::string>> stretches(const std::vector<procedure::NamedDay> &days,
                                                const char *how) {
  std::vector<std::vector<std::string>> rows;
  for (std::size_t i = 0; i < days.size();) {
    std::size_t end = i + 1;
    while (end < days.size() && days[end].why == days[i].why &&
           days[end].day == days[end - 1].day.plus_days(1))
      ++end;
    rows.push_back(
        {end - i == 1 ? days[i].day.text() : days[i].day.text() + ".." + days[end - 1].day.text(),
         how, days[i].why});
    i = end;
  }
  return rows;
}

const char *meaning(Deadline::Kind kind) {
  switch (kind) {
  case Deadline::Kind::Lasts:
    return "lasts until at least";
  case Deadline::Kind::NotBefore:
    return "not before the day after";
  case Deadline::Kind::Before:
    return "at the latest on";
  case Deadline::Kind::Keep:
    return "kept until";
  case Deadline::Kind::Within:
  case Deadline::Kind::By:
    break;
  }
  return "due on";
}

Result<int> deadline(Context &context, const DeadlineOptions &options) {
  auto kind = service::folder_kind(context.options().data);
  const bool has_data = kind == service::FolderKind::Data || kind == service::FolderKind::Demo;
  auto loaded = TRY(service::load_catalog(has_data ? context.options().data : "", context.catalog));
  if (!loaded.catalog) return invalid("the catalog has faults; see `yifa catalog check`");
  procedure::ReckonInput input;
  input.from = TRY(Date::parse_lenient(options.from));
  input.estimate = options.estimate;
  const auto rule = TRY(procedure::find_rule(*loaded.catalog, options.rule, input.from));
  const auto &limit = *rule.deadline;
  for (const auto &each : options.suspend) input.pauses.push_back(TRY(read_stretch(each)));
  if (!input.pauses.empty() && limit.pauses.empty())
    return refused(fmt::format("{} is not suspended: its article gives no suspension", limit.id),
                   {{"suspend", "no lawful suspension", limit.source.text(), ""}});
  for (const auto &each : options.extend)
    input.extensions.push_back(TRY(read_extension(limit, each)));
  if (limit.extend && limit.extend->times > 0 &&
      static_cast<int>(input.extensions.size()) > limit.extend->times)
    return refused(fmt::format("{} can be extended {} time(s)", limit.id, limit.extend->times),
                   {{"extend", "extended too often", limit.source.text(), ""}});
  const auto worked = TRY(procedure::reckon(limit, input, procedure::Calendar(*loaded.catalog)));
  std::optional<std::int64_t> left;
  if (!options.on.empty()) left = worked.due.days() - TRY(Date::parse_lenient(options.on)).days();
  const auto certainty = std::string(catalog::to_string(limit.source.seen));
  if (context.as_json || options.format == "json") {
    context.print(wire::reckoning_json(*rule.type, limit, worked, left));
    return kDone;
  }
  auto &out = context.out();
  out << fmt::format("{} {}: {} {}\n", limit.id, rule.type->label.zh, meaning(limit.kind),
                     worked.due.text());
  out << fmt::format("  {} from {}", catalog::deadline_text(limit), worked.from.text())
      << (limit.kind == Deadline::Kind::By
              ? "\n"
              : fmt::format(", that day not counted: {} days counted\n", worked.counted));
  if (worked.unextended)
    out << fmt::format("  {} before the extension\n", worked.unextended->text());
  if (worked.rolled) out << "  moved to the next working day, as the statute says\n";
  auto rows = stretches(worked.skipped, "not counted");
  for (auto &row : stretches(worked.made_up, "counted")) rows.push_back(std::move(row));
  if (!rows.empty()) out << exchange::text_table({"day", "", "why"}, rows, 40);
  if (worked.estimated) out << "  estimated: a year without a notice was taken by its weekdays\n";
  if (left)
    out << (*left >= 0 ? fmt::format("  {} days left on {}\n", *left, options.on)
                       : fmt::format("  {} days past on {}\n", -*left, options.on));
  out << fmt::format("依据: {}（{}）{}\n", limit.source.text(), certainty,
                     certainty == "V" ? "" : " 未核实");
  return kDone;
}

} // namespace

void add_deadline_commands(CLI::App &app, Context &context, int &exit) {
  auto options = std::make_shared<DeadlineOptions>();
  auto *command =
      app.add_subcommand("deadline", "Work out a time limit of the law, every day accounted for");
  command->add_option("rule", options->rule, "Rule, as `yifa catalog show LEDGER` lists them")
      ->required();
  command->add_option("--from", options->from, "Day it starts from")->required();
  command->add_option("--suspend", options->suspend, "Days not counted: FIRST..LAST, repeatable");
  command->add_option("--extend", options->extend, "Granted extension: a number, repeatable");
  command->add_option("--on", options->on, "Say how many days are left on this day");
  command->add_option("--format", options->format, "table or json")
      ->check(CLI::IsMember({"table", "json"}));
  command->add_flag("--estimate", options->estimate,
                    "Take years without a holiday notice by their weekdays, marked");
  run_as(command, context, exit, [&context, options] { return deadline(context, *options); });
}

} // namespace yifa::cli
