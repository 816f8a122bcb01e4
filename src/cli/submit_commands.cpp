#include "base/file.h"
#include "cli/context.h"
#include "courier/courier.h"
#include "wire/submission_json.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace yifa::cli {
namespace {

struct SubmitOptions {
  int year = 0;
  std::string org;
  std::string output;
  std::string to;
  std::string algorithm = "ed25519";
  bool ask = false;
};

/// The office that is meant: the one named, else the only town with records.
Result<OrgCode> office_of(Context &context, const std::string &written) {
  if (!written.empty()) return context.org(written);
  auto *env = TRY(context.environment());
  std::vector<OrgCode> towns;
  for (const auto &office : TRY(TRY(env->store.read())->offices_with_records({})))
    if (office.level() == OrgLevel::Township) towns.push_back(office);
  if (towns.size() == 1) return towns.front();
  return invalid(towns.empty() ? "no town keeps records here; name the office: --org CODE"
                               : "several towns keep records here; name one: --org CODE");
}

/// What came back as JSON; the county's refusal as the error it was.
Result<json::value> answer_of(const courier::Answer &answer) {
  auto parsed = parse_json(answer.body);
  if (answer.status == 200 || answer.status == 201) return parsed;
  const auto *object = parsed ? parsed->if_object() : nullptr;
  const auto word = [](const json::object &from, const char *name) {
    const auto *value = from.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string())
                                                  : std::string();
  };
  Error error;
  error.code = answer.status == 403                           ? ErrorCode::Forbidden
               : answer.status == 404                         ? ErrorCode::NotFound
               : answer.status == 409                         ? ErrorCode::Refused
               : answer.status == 412                         ? ErrorCode::Stale
               : answer.status >= 500 || answer.status == 429 ? ErrorCode::Unavailable
                                                              : ErrorCode::Invalid;
  error.message = fmt::format("the county answers {}", answer.status);
  if (object == nullptr) return error;
  if (const auto detail = word(*object, "detail"); !detail.empty()) error.message += ": " + detail;
  if (const auto *problems = object->if_contains("problems"); problems && problems->is_array())
    for (const auto &one : problems->get_array())
      if (const auto *problem = one.if_object())
        error.problems.push_back({word(*problem, "where"), word(*problem, "message"),
                                  word(*problem, "source"), word(*problem, "supply")});
  return error;
}

void print_made(Context &context, const service::Submissions::Made &made) {
  context.out() << fmt::format("{} {} {}, revision {}{}: {}\n", made.statement.office_name,
                               made.statement.office.text(), made.statement.year,
                               made.statement.revision, made.repeated ? " (as before)" : "",
                               made.statement.id());
  for (const auto &item : made.statement.items)
    context.out() << fmt::format("  {} ({} bytes)\n", item.name, item.bytes);
  for (const auto &one : made.statement.lacks)
    context.out() << fmt::format(
        "  asked for and not there: {}{}\n", one,
        one == "manifest" ? " (the report is signed, and was not handed in yet)" : "");
}

Result<int> submit(Context &context, const SubmitOptions &options) {
  auto *space = TRY(context.workspace());
  service::Ledgers ledgers(space->environment());
  service::Submissions submissions(*space, ledgers);
  const auto office = TRY(office_of(context, options.org));
  if (options.ask) {
    if (options.to.empty()) return invalid("--ask needs the county's address: --to URL");
    const auto kept = TRY(submissions.latest(office, options.year));
    const auto answer = TRY(
        answer_of(TRY(courier::post(options.to + "/api/v1/submissions/standing", "application/json",
                                    canonical(TRY(submissions.question(kept))),
                                    {"Yifa-Pass", TRY(submissions.pass(kept.id))}))));
    const auto standing = TRY(submissions.take_answer(kept, answer, context.actor()));
    if (context.as_json)
      context.print(wire::to_json(standing));
    else
      context.out() << fmt::format("revision {}: {}{}{}\n", standing.revision, standing.state,
                                   standing.reason.empty() ? "" : ": ", standing.reason);
    return kDone;
  }
  if (options.output.empty() == options.to.empty())
    return invalid("say where the package goes: -o FILE or --to URL");
  const auto made = TRY(submissions.make(office, options.year, context.actor()));
  auto told = wire::to_json(made);
  if (!options.output.empty()) {
    TRY(write_file(options.output, made.bytes));
    told["file"] = options.output;
  } else {
    told["answer"] = TRY(answer_of(
        TRY(courier::post(options.to + "/api/v1/submissions", "application/octet-stream",
                          made.bytes, {"Yifa-Pass", TRY(submissions.pass(made.statement.id()))}))));
  }
  if (context.as_json) {
    context.print(told);
    return kDone;
  }
  print_made(context, made);
  if (!options.output.empty())
    context.out() << options.output << "\n";
  else
    context.out() << fmt::format("the county has it: {}\n", canonical(told.at("answer")));
  return kDone;
}

Result<int> show_key(Context &context, const SubmitOptions &options) {
  auto *space = TRY(context.workspace());
  service::Ledgers ledgers(space->environment());
  const service::Submissions submissions(*space, ledgers);
  const auto algorithm = TRY(crypto::parse_signing(options.algorithm));
  const auto file = submissions.key_file();
  auto key = crypto::SigningKey::load(file);
  const bool made = !key && key.error().code == ErrorCode::NotFound;
  if (made) key = crypto::SigningKey::create(file, space->folder(), algorithm);
  const auto shown = TRY(TRY(std::move(key)).verify_key());
  if (context.as_json) {
    context.print({{"file", file.string()},
                   {"made", made},
                   {"algorithm", crypto::to_string(shown.algorithm())},
                   {"public", shown.text()},
                   {"fingerprint", shown.fingerprint()}});
    return kDone;
  }
  context.out() << fmt::format(
      "{} {}\nalgorithm    {}\npublic key   {}\nfingerprint  {}\n", made ? "made" : "read",
      file.string(), crypto::to_string(shown.algorithm()), shown.text(), shown.fingerprint());
  return kDone;
}

} // namespace

void add_submit_command(CLI::App &app, Context &context, int &exit) {
  auto options = std::make_shared<SubmitOptions>();
  auto *submit_year =
      app.add_subcommand("submit", "Hand a year to the county's instance as a signed package");
  submit_year->add_option("year", options->year, "Year, or the word key");
  submit_year->add_option("--org", options->org, "Office: code or name");
  submit_year->add_option("-o,--output", options->output, "Write the package to a file");
  submit_year->add_option("--to", options->to, "Send it to the county: https://HOST[:PORT]");
  submit_year->add_flag("--ask", options->ask,
                        "Ask the county how the newest package stands, and keep the answer");
  auto *key = submit_year->add_subcommand("key", "This instance's key, made when there is none");
  key->add_option("--algorithm", options->algorithm, "ed25519 or sm2 (with SM3)");
  run_as(key, context, exit, [&context, options] { return show_key(context, *options); });
  run_as(submit_year, context, exit, [&context, &exit, options, key]() -> Result<int> {
    if (key->parsed()) return exit; // its own body ran
    if (options->year == 0) return invalid("say which year is handed in");
    return submit(context, *options);
  });
}

} // namespace yifa::cli
