#include "cli/context.h"

#include "base/text.h"
#include "exchange/template_out.h"
#include "service/attachments.h"
#include "service/imports.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace yifa::cli {
namespace {

struct FileOptions {
  std::string ledger;
  std::string file;
  std::string output;
  std::string org;
  std::string batch;
  std::string reason;
  bool dry_run = false;
  bool accept_good = false;
  bool personal = false;
  bool english = false;
};

json::object file_json(const service::ImportedFile &file) {
  json::array problems;
  for (const auto &problem : file.problems)
    problems.push_back(
        {{"where", problem.where}, {"message", problem.message}, {"source", problem.source}});
  json::array notes;
  for (const auto &note : file.notes) notes.emplace_back(note);
  return {{"file", file.path.string()},
          {"ledger", file.ledger},
          {"batch", file.taken > 0 ? json::value(file.batch.text()) : json::value()},
          {"rows", file.rows},
          {"taken", file.taken},
          {"repeated", file.repeated},
          {"rejected", file.rejected},
          {"reject_file", file.reject_file.string()},
          {"problems", std::move(problems)},
          {"notes", std::move(notes)}};
}

Result<int> import(Context &context, const FileOptions &options) {
  auto *env = TRY(context.environment());
  service::Ledgers ledgers(*env);
  service::ImportRequest request;
  request.files.push_back({options.file, options.ledger});
  request.org = TRY(context.org(options.org));
  request.dry_run = options.dry_run;
  request.accept_good = options.accept_good;
  request.personal = options.personal;
  request.reject_file = options.output;
  std::vector<service::ImportedFile> done;
  {
    Progress progress(context, "importing");
    request.progress = [&](const std::string &file, double fraction) {
      progress.at(fraction, file);
    };
    done = TRY(service::Imports(ledgers).run(request, context.actor()));
  }
  const auto &file = done.front();
  if (context.as_json) {
    context.print(file_json(file));
    return kDone;
  }
  for (const auto &note : file.notes) context.err() << "note: " << note << "\n";
  if (options.dry_run) {
    context.out() << fmt::format(
        "{} rows would be taken{}{}; nothing was written\n",
        file.rows - file.rejected - file.repeated,
        file.repeated > 0 ? fmt::format(", {} are there already", file.repeated) : "",
        file.rejected > 0 ? fmt::format(", {} rejected", file.rejected) : "");
  } else {
    context.out() << fmt::format(
        "{} rows: {} taken{}{}\n", file.rows, file.taken,
        file.repeated > 0 ? fmt::format(", {} were there already", file.repeated) : "",
        file.rejected > 0
            ? fmt::format(", {} rejected into {}", file.rejected, file.reject_file.string())
            : "");
    if (file.taken > 0)
      context.out() << fmt::format("batch {0} (yifa undo {0} takes it back)\n", file.batch.text());
  }
  for (const auto &problem : file.problems)
    context.out() << "  " << problem.where << ": " << problem.message << "\n";
  return kDone;
}

} // namespace

void add_file_commands(CLI::App &app, Context &context, int &exit) {
  auto options = std::make_shared<FileOptions>();

  auto *blank = app.add_subcommand("template", "A blank spreadsheet for a ledger");
  blank->add_option("ledger", options->ledger, "Ledger")->required();
  blank->add_option("-o,--output", options->output, "File.xlsx")->required();
  blank->add_flag("--english", options->english, "English headers");
  run_as(blank, context, exit, [&context, options]() -> Result<int> {
    auto kind = service::folder_kind(context.options().data);
    bool has_data = kind == service::FolderKind::Data || kind == service::FolderKind::Demo;
    auto loaded =
        TRY(service::load_catalog(has_data ? context.options().data : "", context.catalog));
    if (!loaded.catalog) return invalid("the catalog has faults; see `yifa catalog check`");
    const auto *type = TRY(service::find_type(*loaded.catalog, options->ledger));
    TRY(exchange::write_template(options->output, *loaded.catalog, *type, options->english));
    if (context.as_json) {
      context.print({{"file", options->output}});
    } else {
      context.out() << options->output << "\n";
    }
    return kDone;
  });

  auto *take = app.add_subcommand("import", "Records from .xlsx, .csv or .jsonl: all rows or none");
  take->add_option("file", options->file, "File")->required();
  take->add_option("--ledger", options->ledger, "Ledger")->required();
  take->add_option("--org", options->org, "Office that keeps the records: code or name")
      ->required();
  take->add_flag("--dry-run", options->dry_run, "Judge every row, write nothing");
  take->add_flag("--accept-good", options->accept_good,
                 "Take the good rows; write the others with reasons to a file");
  take->add_option("--rejects", options->output,
                   "Where rejected rows go (default: beside the file)");
  take->add_flag("--personal", options->personal,
                 "The sheet holds personal columns; the handler's own");
  run_as(take, context, exit, [&context, options] { return import(context, *options); });

  auto *undo =
      app.add_subcommand("undo", "Take an import back: every record of the batch is withdrawn");
  undo->add_option("batch", options->batch, "Batch id, as the import printed it")->required();
  undo->add_option("--reason", options->reason, "Why (default: the import is undone)");
  run_as(undo, context, exit, [&context, options]() -> Result<int> {
    auto *env = TRY(context.environment());
    service::Ledgers ledgers(*env);
    auto batch = TRY(RecordId::parse(options->batch));
    auto done = TRY(service::Imports(ledgers).undo(
        batch, options->reason.empty() ? "import undone" : options->reason, context.actor()));
    if (context.as_json) {
      context.print({{"withdrawn", done.records}});
    } else {
      context.out() << fmt::format("{} records withdrawn\n", done.records);
    }
    return kDone;
  });

  auto *attach = app.add_subcommand(
      "attach", "Store a file by its content and print its hash, to be named in a file field");
  attach->add_option("file", options->file, "File")->required();
  run_as(attach, context, exit, [&context, options]() -> Result<int> {
    auto *env = TRY(context.environment());
    auto kept = TRY(service::keep_attachment(*env, options->file, context.actor()));
    if (context.as_json) {
      context.print({{"hash", kept.hash}, {"bytes", kept.bytes}, {"known", kept.known}});
    } else {
      context.out() << kept.hash << "\n";
    }
    return kDone;
  });

  auto *fetch = app.add_subcommand("fetch", "Write an attachment to a file, verified on the way");
  fetch->add_option("hash", options->file, "Hash, as `attach` and `show` print it")->required();
  fetch->add_option("-o,--output", options->output, "File")->required();
  run_as(fetch, context, exit, [&context, options]() -> Result<int> {
    auto *env = TRY(context.environment());
    TRY(service::fetch_attachment(*env, options->file, options->output, context.actor()));
    if (context.as_json) {
      context.print({{"file", options->output}});
    } else {
      context.out() << options->output << "\n";
    }
    return kDone;
  });
}

} // namespace yifa::cli
