#include "cli/context.h"

#include "service/archives.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace yifa::cli {
namespace {

struct ArchiveOptions {
  std::string folder;
  bool all = false;
};

void print_archive(Context &context, const std::string &what,
                   const service::ArchiveReport &report) {
  if (context.as_json) {
    context.print({{"folder", what},
                   {"events", report.events},
                   {"records", report.records},
                   {"orgs", report.orgs},
                   {"attachments", report.attachments},
                   {"heads", report.heads}});
    return;
  }
  context.out() << fmt::format(
      "{}: {} events, {} records, {} organisations, {} attachments\nheads {}\n", what,
      report.events, report.records, report.orgs, report.attachments, report.heads);
}

} // namespace

void add_archive_commands(CLI::App &app, Context &context, int &exit) {
  auto options = std::make_shared<ArchiveOptions>();
  auto *out =
      app.add_subcommand("export", "Write everything as plain files: events, attachments, catalog");
  out->add_flag("--all", options->all, "Everything (personal fields as ciphertext)")->required();
  out->add_option("dir", options->folder, "New folder")->required();
  run_as(out, context, exit, [&context, options]() -> Result<int> {
    auto *space = TRY(context.workspace());
    Progress progress(context, "exporting");
    auto report = TRY(service::export_all(
        *space, options->folder, [&](double f, const std::string &what) { progress.at(f, what); }));
    print_archive(context, options->folder, report);
    return kDone;
  });

  auto *in = app.add_subcommand(
      "load", "Bring an export into a data directory without records; the same hashes come out");
  in->add_option("dir", options->folder, "Folder of an export")->required();
  run_as(in, context, exit, [&context, options]() -> Result<int> {
    auto *space = TRY(context.workspace());
    Progress progress(context, "loading");
    auto report = TRY(service::load_archive(
        *space, options->folder, [&](double f, const std::string &what) { progress.at(f, what); }));
    print_archive(context, options->folder, report);
    return kDone;
  });
}

} // namespace yifa::cli
