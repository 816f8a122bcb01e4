#include "cli/context.h"

#include "base/file.h"
#include "base/text.h"
#include "cli/fields.h"
#include "cli/show.h"
#include "service/attachments.h"
#include "service/ledgers.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace yifa::cli {
namespace {

Attach attach_to(service::Environment &env) {
  return [&env](const std::string &path) -> Result<std::string> {
    return TRY(service::keep_attachment(env, path, service::local_operator())).hash;
  };
}

/// What the commands on one record share; one of these lives as long as the program.
struct RecordOptions {
  std::string what; ///< ledger of add; record id or number elsewhere
  std::string step;
  std::vector<std::string> fields;
  std::string json_file;
  std::string org;
  std::string ledger;
  std::string state;
  std::string reason;
  std::string client_key;
  std::string part;
  std::vector<std::string> exempt;
  std::int64_t version = 0;
  bool personal = false;
  bool history = false;
};

/// The record a person named, by id or by number within an office and ledger.
Result<record::Record> named(Context &context, service::Ledgers &ledgers,
                             const RecordOptions &options) {
  OrgCode org;
  if (!options.org.empty()) org = TRY(context.org(options.org));
  return TRY(ledgers.show(options.what, options.ledger, org, false, context.actor())).record;
}

/// "GATE=GROUND" of --exempt.
Result<std::vector<std::pair<std::string, std::string>>>
read_exemptions(const std::vector<std::string> &written) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto &each : written) {
    const auto equals = each.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == each.size())
      return invalid(fmt::format("\"{}\": write an exemption as GATE=GROUND", each));
    out.emplace_back(each.substr(0, equals), each.substr(equals + 1));
  }
  return out;
}

Result<int> change(Context &context, const RecordOptions &options, const std::string &action,
                   const char *did) {
  auto *env = TRY(context.environment());
  service::Ledgers ledgers(*env);
  auto record = TRY(named(context, ledgers, options));
  record::Command command;
  command.actor = context.actor().id;
  command.type = record.type;
  command.action = action;
  command.record = record.id;
  command.org = record.owner_org;
  command.reason = options.reason;
  command.client_key = options.client_key;
  command.exemptions = TRY(read_exemptions(options.exempt));
  if (!options.part.empty()) command.part = TRY(RecordId::parse(options.part));
  if (options.version > 0) command.expected_version = options.version;
  const auto &type = service::edition_of(*env->catalog, record);
  const std::vector<catalog::Field> *fields = &type.fields;
  if (auto dot = action.find('.'); dot != std::string::npos)
    if (int part = type.part_index(action.substr(0, dot)); part >= 0)
      fields = &type.parts[static_cast<std::size_t>(part)].fields;
  command.fields = TRY(read_fields(*fields, options.fields, options.json_file, attach_to(*env)));
  print_receipt(context, TRY(ledgers.apply(command, context.actor())), did);
  return kDone;
}

void add_exempt(CLI::App *command, RecordOptions &options) {
  command->add_option("--exempt", options.exempt,
                      "Rely on a ground the catalog gives: GATE=GROUND; needs a reason");
}

void add_fields(CLI::App *command, RecordOptions &options) {
  command->add_option("fields", options.fields,
                      "field=value, field=@file; an empty value empties the field");
  command->add_option("--from", options.json_file,
                      "Read the fields as a JSON object from a file (- for standard input)");
}

void add_naming(CLI::App *command, RecordOptions &options) {
  command
      ->add_option("record", options.what, "Record id, or display number with --ledger and --org")
      ->required();
  command->add_option("--ledger", options.ledger, "Ledger of a display number");
  command->add_option("--org", options.org, "Office of a display number: code or name");
}

} // namespace

void add_record_commands(CLI::App &app, Context &context, int &exit) {
  auto options = std::make_shared<RecordOptions>();

  auto *add = app.add_subcommand("add", "Record an act: yifa add mediator name=… --org TOWN");
  add->add_option("ledger", options->what, "Ledger: see `yifa catalog list`")->required();
  add_fields(add, *options);
  add->add_option("--org", options->org, "Office that keeps the record: code or name")->required();
  add->add_option("--state", options->state,
                  "State to bring the record to, through the lawful steps");
  add->add_option("--reason", options->reason, "Reason, where a step asks for one");
  add_exempt(add, *options);
  add->add_option("--client-key", options->client_key, "Makes a repeated command the same record");
  run_as(add, context, exit, [&context, options]() -> Result<int> {
    auto *env = TRY(context.environment());
    service::Ledgers ledgers(*env);
    record::Command command;
    command.actor = context.actor().id;
    command.type = TRY(service::find_type(*env->catalog, options->what))->id;
    command.action = "open";
    command.org = TRY(context.org(options->org));
    command.fields = TRY(read_fields(env->catalog->type(command.type)->fields, options->fields,
                                     options->json_file, attach_to(*env)));
    command.target_state = options->state;
    command.reason = options->reason;
    command.client_key = options->client_key;
    command.exemptions = TRY(read_exemptions(options->exempt));
    print_receipt(context, TRY(ledgers.apply(command, context.actor())), "recorded");
    return kDone;
  });

  auto *act = app.add_subcommand(
      "act",
      "Take a step of a matter: yifa act ID settle concluded_on=…; a part: ID hearing.open …");
  add_naming(act, *options);
  act->add_option("step", options->step, "Transition, or PART.open, PART.correct, PART.withdraw")
      ->required();
  add_fields(act, *options);
  act->add_option("--reason", options->reason, "Reason, where the step asks for one");
  act->add_option("--part", options->part, "Id of the part to correct or withdraw");
  act->add_option("--version", options->version, "Refuse if the record moved on from this version");
  add_exempt(act, *options);
  act->add_option("--client-key", options->client_key, "Makes a repeated command the same step");
  run_as(act, context, exit,
         [&context, options] { return change(context, *options, options->step, "done:"); });

  auto *correct = app.add_subcommand(
      "correct", "Correct fields; the record keeps its id and its whole history");
  add_naming(correct, *options);
  add_fields(correct, *options);
  correct->add_option("--reason", options->reason, "Why");
  correct->add_option("--version", options->version,
                      "Refuse if the record moved on from this version");
  correct->add_option("--client-key", options->client_key,
                      "Makes a repeated command the same correction");
  run_as(correct, context, exit,
         [&context, options] { return change(context, *options, "correct", "corrected"); });

  auto *withdraw = app.add_subcommand(
      "withdraw", "Withdraw a record: it stays, with its reason, and counts nowhere");
  add_naming(withdraw, *options);
  withdraw->add_option("--reason", options->reason, "Why")->required();
  run_as(withdraw, context, exit,
         [&context, options] { return change(context, *options, "withdraw", "withdrawn:"); });

  auto *forget =
      app.add_subcommand("forget", "Destroy the key of a record's personal fields; the rest stays");
  add_naming(forget, *options);
  forget->add_option("--reason", options->reason, "Why");
  run_as(forget, context, exit,
         [&context, options] { return change(context, *options, "forget", "forgotten:"); });

  auto *show = app.add_subcommand("show", "Show a record");
  add_naming(show, *options);
  show->add_flag("--personal", options->personal, "With personal fields; the reading is recorded");
  show->add_flag("--history", options->history, "With every event");
  run_as(show, context, exit, [&context, options]() -> Result<int> {
    auto *env = TRY(context.environment());
    service::Ledgers ledgers(*env);
    OrgCode org;
    if (!options->org.empty()) org = TRY(context.org(options->org));
    auto shown =
        TRY(ledgers.show(options->what, options->ledger, org, options->personal, context.actor()));
    std::vector<record::Event> history;
    if (options->history) history = TRY(ledgers.history(shown.record.id, context.actor()));
    print_record(context, *env->catalog, shown, history);
    return kDone;
  });
}

} // namespace yifa::cli
