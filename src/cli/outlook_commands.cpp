#include "cli/context.h"
#include "cli/show.h"

#include "base/text.h"
#include "exchange/table_out.h"
#include "service/outlook.h"
#include "wire/forms.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace yifa::cli {
namespace {

struct OutlookOptions {
  std::string what;
  std::string ledger;
  std::string org;
  std::string within = "7d";
  std::string rule;
  std::string by;
  std::string told;
  std::string part;
  std::string reason;
  std::string client_key;
  std::int64_t limit = 200;
};

std::string when(const service::LimitAhead &limit) {
  using State = service::LimitAhead::State;
  const std::string mark =
      (limit.unextended ? fmt::format(" (extended from {})", limit.unextended->text()) : "") +
      (limit.due_at ? fmt::format(" (at {})", limit.due_at->text().substr(11, 5)) : "") +
      (limit.estimated ? " (estimated)" : "");
  switch (limit.state) {
  case State::Running:
    return fmt::format("due {}, {} days left{}", limit.due.text(), limit.days_left, mark);
  case State::Overdue:
    return fmt::format("OVERDUE since {}, {} days{}", limit.due.text(), -limit.days_left, mark);
  case State::Met:
    return fmt::format("met on {} (until {})", limit.until->text(), limit.due.text());
  case State::Missed:
    return fmt::format("NOT KEPT: {} (until {})", limit.until->text(), limit.due.text());
  case State::Lapsed:
    return fmt::format("the party's time ended on {}", limit.due.text());
  case State::Keeping:
    break;
  }
  return fmt::format("until {}{}", limit.due.text(), mark);
}

void print_problems(Context &context, const char *how, const std::vector<Problem> &problems) {
  for (const auto &problem : problems)
    context.out() << fmt::format("      {}: {}{}{}\n", how, problem.message,
                                 problem.source.empty() ? "" : fmt::format(" [{}]", problem.source),
                                 problem.supply.empty() ? ""
                                                        : fmt::format(" ({})", problem.supply));
}

void print_outlook(Context &context, const service::Outlook &outlook) {
  auto &out = context.out();
  const auto *state = outlook.type->state(outlook.record.state);
  out << fmt::format("{} {} ({}): {}\n", outlook.type->label.zh, outlook.record.number,
                     outlook.record.id.text(),
                     state != nullptr ? state->label.zh : outlook.record.state);
  out << "done\n";
  for (const auto &event : outlook.done)
    out << fmt::format("  {} {} ({})\n", event.at.date().text(), event.action, event.actor);
  out << "possible now\n";
  for (const auto &ahead : outlook.steps) {
    out << fmt::format("  {} {} ({})\n",
                       ahead.forbidden.empty() ? (ahead.missing.empty() ? "[ ]" : "[?]") : "[x]",
                       ahead.step->label.zh, ahead.step->id);
    print_problems(context, "forbidden", ahead.forbidden);
    print_problems(context, "asks", ahead.missing);
    print_problems(context, "expected", ahead.expected);
    print_problems(context, "exempt", ahead.exempt);
  }
  if (!outlook.parts.empty()) {
    std::vector<std::string> names;
    for (const auto *part : outlook.parts)
      names.push_back(fmt::format("{} ({}.open)", part->label.zh, part->id));
    out << "  beside it: " << text::join(names, "、") << "\n";
  }
  if (!outlook.limits.empty()) out << "time limits\n";
  for (const auto &limit : outlook.limits)
    out << fmt::format("  {}{}: {}; {} from {} [{}{}]\n", limit.rule,
                       limit.part.empty() ? "" : " (" + limit.part + ")", when(limit), limit.says,
                       limit.from.text(), limit.source, limit.certainty == "V" ? "" : "，未核实");
}

void print_duties(Context &context, const service::Environment &env,
                  const std::vector<service::Duty> &duties) {
  if (duties.empty()) return;
  const auto today = env.clock.today();
  std::vector<std::vector<std::string>> rows;
  for (const auto &duty : duties)
    rows.push_back({duty.type->label.zh, duty.place.text(), duty.every,
                    duty.last ? duty.last->text() : "never recorded",
                    !duty.due ? ""
                    : *duty.due < today
                        ? fmt::format("{} days over", today.days() - duty.due->days())
                        : duty.due->text(),
                    duty.rule, duty.source + (duty.certainty == "V" ? "" : "（未核实）")});
  context.out() << "\nduties that come round\n"
                << exchange::text_table(
                       {"ledger", "office", "every", "last", "due", "rule", "依据"}, rows, 40);
}

/// "7d", "7" or "30d": days.
Result<int> read_days(const std::string &written) {
  std::size_t end = 0;
  int days = -1;
  try {
    days = std::stoi(written, &end);
  } catch (const std::exception &) {
    end = 0;
  }
  const bool whole = end > 0 && (end == written.size() || written.substr(end) == "d");
  if (!whole || days < 0 || days > 3660)
    return invalid(fmt::format("\"{}\": write a number of days, as 7d", written));
  return days;
}

} // namespace

void add_outlook_commands(CLI::App &app, Context &context, int &exit) {
  auto options = std::make_shared<OutlookOptions>();
  auto *next = app.add_subcommand(
      "next", "What was done in a matter, what can be done now, what forbids it, what is due when");
  next->add_option("record", options->what, "Record id, or display number with --ledger and --org")
      ->required();
  next->add_option("--ledger", options->ledger, "Ledger of a display number");
  next->add_option("--org", options->org, "Office of a display number: code or name");
  run_as(next, context, exit, [&context, options]() -> Result<int> {
    auto *env = TRY(context.environment());
    service::Ledgers ledgers(*env);
    OrgCode org;
    if (!options->org.empty()) org = TRY(context.org(options->org));
    const auto outlook =
        TRY(service::Outlooks(ledgers).next(options->what, options->ledger, org, context.actor()));
    if (context.as_json) {
      context.print(wire::outlook_json(outlook));
    } else {
      print_outlook(context, outlook);
    }
    return kDone;
  });

  auto *extend = app.add_subcommand(
      "extend", "Grant a lawful extension of a time limit before it ends; both days are kept");
  extend
      ->add_option("record", options->what, "Record id, or display number with --ledger and --org")
      ->required();
  extend->add_option("rule", options->rule, "Time limit, as `yifa next` names it")->required();
  extend->add_option("--ledger", options->ledger, "Ledger of a display number");
  extend->add_option("--org", options->org, "Office of a display number: code or name");
  extend->add_option("--by", options->by, "How many of the law's units (default: what it gives)");
  extend->add_option("--told", options->told, "Day on which the party was told");
  extend->add_option("--part", options->part, "Id of the part it runs on");
  extend->add_option("--reason", options->reason, "Why");
  extend->add_option("--client-key", options->client_key,
                     "Makes a repeated command the same grant");
  run_as(extend, context, exit, [&context, options]() -> Result<int> {
    auto *env = TRY(context.environment());
    service::Ledgers ledgers(*env);
    OrgCode org;
    if (!options->org.empty()) org = TRY(context.org(options->org));
    const auto record =
        TRY(ledgers.show(options->what, options->ledger, org, false, context.actor())).record;
    record::Command command;
    command.actor = context.actor().id;
    command.type = record.type;
    command.action = "extend";
    command.record = record.id;
    command.org = record.owner_org;
    command.reason = options->reason;
    command.client_key = options->client_key;
    if (!options->part.empty()) command.part = TRY(RecordId::parse(options->part));
    command.fields = {{"rule", options->rule}, {"by", options->by}, {"told", options->told}};
    print_receipt(context, TRY(ledgers.apply(command, context.actor())), "extended:");
    return kDone;
  });

  auto *due = app.add_subcommand(
      "due", "What is overdue and what falls due soon; with --as USER what waits for that person");
  due->add_option("--org", options->org,
                  "Office or any node of the tree: code or name (default: everywhere)");
  due->add_option("--limit", options->limit, "Lines at most (default 200; 0: all)")
      ->check(CLI::NonNegativeNumber);
  due->add_option("--within", options->within, "Days ahead (default 7d)");
  run_as(due, context, exit, [&context, options]() -> Result<int> {
    auto *env = TRY(context.environment());
    service::Ledgers ledgers(*env);
    service::DueRequest request;
    if (!options->org.empty()) request.scope = TRY(context.org(options->org));
    request.until = env->clock.today().plus_days(TRY(read_days(options->within)));
    request.limit = options->limit;
    request.person = context.as;
    const auto list = TRY(service::Outlooks(ledgers).due(request, context.actor()));
    const auto &found = list.found;
    if (context.as_json) {
      json::array out;
      for (const auto &each : list.duties) out.push_back(wire::duty_json(each));
      for (const auto &each : found) out.push_back(wire::due_json(each));
      context.print(out);
      return kDone;
    }
    std::vector<std::vector<std::string>> rows;
    for (const auto &each : found)
      rows.push_back({each.limit.due.text(),
                      each.limit.days_left < 0 ? fmt::format("{} days over", -each.limit.days_left)
                                               : fmt::format("{} days left", each.limit.days_left),
                      each.type->label.zh, each.record.number, each.record.owner_org.text(),
                      each.limit.what, each.limit.rule,
                      each.limit.source + (each.limit.certainty == "V" ? "" : "（未核实）"),
                      each.record.id.text()});
    context.out() << exchange::text_table(
        {"due", "", "ledger", "number", "office", "what", "rule", "依据", "id"}, rows, 40);
    if (list.more)
      context.out() << fmt::format("… the first {}; --limit 0 for all\n", options->limit);
    print_duties(context, *env, list.duties);
    return kDone;
  });
}

} // namespace yifa::cli
