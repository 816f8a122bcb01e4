#include "cli/context.h"

#include "base/file.h"
#include "base/text.h"
#include "service/dossier.h"
#include "service/procedure_plan.h"
#include "wire/forms.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace yifa::cli {
namespace {

struct PaperOptions {
  std::string procedure;
  std::string from;
  std::string what;
  std::string ledger;
  std::string org;
  std::string document;
  std::string output;
  bool personal = false;
  bool full = false;
};

Result<std::string> rendered(const report::Paper &paper, const std::string &file) {
  const auto extension = text::lower_ascii(std::filesystem::path(file).extension().string());
  if (extension == ".docx") return report::render_paper_docx(paper);
  if (extension == ".html") return report::render_paper_html(paper);
  if (extension == ".txt") return report::render_paper_text(paper);
  return invalid(
      fmt::format("\"{}\" is no form of a paper; end the file in .docx, .html or .txt", extension));
}

json::array lacks_json(const std::vector<Problem> &problems) {
  json::array out;
  for (const auto &problem : problems)
    out.push_back(
        {{"where", problem.where}, {"message", problem.message}, {"source", problem.source}});
  return out;
}

Result<int> plan(Context &context, const PaperOptions &options) {
  const bool has_data = service::folder_kind(context.options().data) == service::FolderKind::Data ||
                        service::folder_kind(context.options().data) == service::FolderKind::Demo;
  auto loaded = TRY(service::load_catalog(has_data ? context.options().data : "", context.catalog));
  if (!loaded.catalog) return invalid("the catalog has faults; see yifa catalog check");
  const auto from =
      options.from.empty() ? SystemClock().today() : TRY(Date::parse_lenient(options.from));
  const auto made = TRY(service::plan_procedure(*loaded.catalog, options.procedure, from));
  const auto paper = service::plan_paper(*loaded.catalog, made, options.full);
  if (!options.output.empty())
    TRY(write_file(options.output, TRY(rendered(paper, options.output))));
  if (context.as_json) {
    auto out = wire::plan_json(made);
    if (!options.output.empty()) out["file"] = options.output;
    context.print(out);
  } else if (options.output.empty()) {
    context.out() << report::render_paper_text(paper);
  } else {
    context.out() << options.output << "\n";
  }
  return kDone;
}

Result<service::DossierRequest> request_of(Context &context, const PaperOptions &options) {
  service::DossierRequest request;
  request.what = options.what;
  request.ledger = options.ledger;
  request.personal = options.personal;
  if (!options.org.empty()) request.org = TRY(context.org(options.org));
  return request;
}

Result<int> dossier(Context &context, const PaperOptions &options) {
  auto *env = TRY(context.environment());
  service::Ledgers ledgers(*env);
  auto made =
      TRY(service::Dossiers(ledgers).assemble(TRY(request_of(context, options)), context.actor()));
  if (TRY(context.workspace())->demo())
    made.paper.page_note = std::string(env->catalog->phrase("page.example"));
  if (!options.output.empty())
    TRY(write_file(options.output, TRY(rendered(made.paper, options.output))));
  if (context.as_json) {
    static constexpr const char *kStatus[] = {"present", "filled", "absent"};
    json::array contents;
    for (const auto &entry : made.contents)
      contents.push_back({{"name", entry.name},
                          {"date", entry.day ? json::value(entry.day->text()) : json::value()},
                          {"attachment", entry.where},
                          {"status", kStatus[static_cast<std::size_t>(entry.status)]}});
    json::object out{{"contents", std::move(contents)}, {"lacks", lacks_json(made.lacks)}};
    if (!options.output.empty()) out["file"] = options.output;
    context.print(out);
    return kDone;
  }
  if (options.output.empty()) {
    context.out() << report::render_paper_text(made.paper);
    return kDone;
  }
  context.out() << fmt::format("{}: {} papers, {} lacking\n", options.output, made.contents.size(),
                               made.lacks.size());
  for (const auto &lack : made.lacks)
    context.out() << fmt::format("  {}{}\n", lack.message,
                                 lack.source.empty() ? "" : fmt::format(" [{}]", lack.source));
  return kDone;
}

Result<int> document(Context &context, const PaperOptions &options) {
  auto *env = TRY(context.environment());
  service::Ledgers ledgers(*env);
  auto paper = TRY(service::Dossiers(ledgers).document(TRY(request_of(context, options)),
                                                       options.document, context.actor()));
  if (TRY(context.workspace())->demo())
    paper.page_note = std::string(env->catalog->phrase("page.example"));
  if (options.output.empty()) {
    context.out() << report::render_paper_text(paper);
    return kDone;
  }
  TRY(write_file(options.output, TRY(rendered(paper, options.output))));
  if (context.as_json)
    context.print(json::object{{"file", options.output}});
  else
    context.out() << options.output << "\n";
  return kDone;
}

void add_record_options(CLI::App *command, const std::shared_ptr<PaperOptions> &options) {
  command
      ->add_option("record", options->what, "Record id, or display number with --ledger and --org")
      ->required();
  command->add_option("--ledger", options->ledger, "Ledger of a display number");
  command->add_option("--org", options->org, "Office of a display number: code or name");
  command->add_flag("--personal", options->personal,
                    "With personal fields; the reading is recorded");
  command->add_option("-o,--output", options->output,
                      "File: .docx, .html or .txt (default: print)");
}

} // namespace

void add_paper_commands(CLI::App &app, Context &context, int &exit) {
  auto options = std::make_shared<PaperOptions>();
  auto *planned = app.add_subcommand(
      "plan", "What the law would require of a matter, with dates, before it begins");
  planned->add_option("procedure", options->procedure, "Ledger: penalty, major_decision, …")
      ->required();
  planned->add_option("--from", options->from, "Day it begins (default: today)");
  planned->add_option("-o,--output", options->output,
                      "File: .docx, .html or .txt (default: print)");
  planned->add_flag("--full", options->full, "Every step with all that is asked of it");
  run_as(planned, context, exit, [&context, options] { return plan(context, *options); });

  auto *file = app.add_subcommand(
      "dossier", "The whole file of a matter: contents, what lacks, limits, history, documents");
  add_record_options(file, options);
  run_as(file, context, exit, [&context, options] { return dossier(context, *options); });

  auto *one = app.add_subcommand("document", "One statutory document of a record, filled");
  add_record_options(one, options);
  one->add_option("document", options->document, "Which: as `yifa catalog show LEDGER` names it")
      ->required();
  run_as(one, context, exit, [&context, options] { return document(context, *options); });
}

} // namespace yifa::cli
