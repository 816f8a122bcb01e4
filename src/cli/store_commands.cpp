#include "cli/context.h"

#include "service/key_recovery.h"
#include "service/upkeep.h"

#include <iostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace yifa::cli {
namespace {

struct StoreOptions {
  std::string folder;
  std::string file;
  std::string profile;
  std::string store;
};

void print_init(Context &context, const service::InitReport &report, const std::string &folder) {
  if (context.as_json) {
    context.print({{"data", folder},
                   {"key_file", report.key_file.string()},
                   {"recovery_key", report.recovery_key}});
    return;
  }
  context.out() << fmt::format(
      "made the data directory {}\nmaster key in {}: keep a copy apart from the data\n", folder,
      report.key_file.string());
  if (!report.recovery_key.empty())
    context.out() << fmt::format(
        "recovery key, shown this once; print it and lock it away:\n  {}\n", report.recovery_key);
}

} // namespace

void add_store_commands(CLI::App &app, Context &context, int &exit) {
  auto options = std::make_shared<StoreOptions>();

  auto *init = app.add_subcommand("init", "Make a data directory");
  init->add_option("dir", options->folder, "Directory (default: --data)");
  init->add_option("--profile", options->profile,
                   "How strict: national (the law's minimum) or strict")
      ->type_name("NAME");
  init->add_option("--store", options->store,
                   "Keep the records in a database: postgresql://user@host/name (default: a file "
                   "in the directory)")
      ->type_name("URL");
  run_as(init, context, exit, [&context, options]() -> Result<int> {
    if (!options->folder.empty()) context.data = options->folder;
    auto made = context.options();
    made.profile = options->profile;
    made.store = options->store;
    auto report = TRY(service::Workspace::init(made, false, context.opener()));
    print_init(context, report, context.options().data.string());
    return kDone;
  });

  auto *verify = app.add_subcommand(
      "verify", "Prove the chains, replay = rows, tallies = counts, attachments whole");
  run_as(verify, context, exit, [&context]() -> Result<int> {
    auto *env = TRY(context.environment());
    Progress progress(context, "verifying");
    auto report = TRY(service::verify(
        *env, [&](double fraction, const std::string &what) { progress.at(fraction, what); }));
    if (context.as_json) {
      json::array faults;
      for (const auto &fault : report.faults)
        faults.push_back({{"where", fault.where}, {"message", fault.message}});
      context.print({{"sound", report.faults.empty()},
                     {"chains", report.chains},
                     {"events", report.events},
                     {"records", report.records},
                     {"tally_rows", report.tally_rows},
                     {"attachments", report.attachments},
                     {"faults", std::move(faults)}});
    } else {
      context.out() << fmt::format(
          "{} chains, {} events, {} records, {} tally rows, {} attachments: {}\n", report.chains,
          report.events, report.records, report.tally_rows, report.attachments,
          report.faults.empty() ? "all fit" : fmt::format("{} fault(s)", report.faults.size()));
      for (const auto &fault : report.faults)
        context.out() << "  " << fault.where << ": " << fault.message << "\n";
    }
    return report.faults.empty() ? kDone : kVerifyFailed;
  });

  auto *backup =
      app.add_subcommand("backup", "Write everything into one file, while others go on writing");
  backup->add_option("file", options->file, "File to write")->required();
  run_as(backup, context, exit, [&context, options]() -> Result<int> {
    auto *space = TRY(context.workspace());
    auto report = TRY(service::backup(*space, options->file));
    if (context.as_json) {
      context.print(
          {{"file", options->file}, {"bytes", report.bytes}, {"attachments", report.attachments}});
    } else {
      context.out() << fmt::format(
          "{}: {} bytes, {} attachments; read back and whole\nthe master key ({}) is not in it\n",
          options->file, report.bytes, report.attachments, space->key_file().string());
    }
    return kDone;
  });

  auto *restore = app.add_subcommand(
      "restore", "Bring a backup back into a new directory, verified before it says done");
  restore->add_option("file", options->file, "Backup")->required();
  restore->add_option("dir", options->folder, "New or empty directory")->required();
  run_as(restore, context, exit, [&context, options]() -> Result<int> {
    auto report =
        TRY(service::restore(options->file, options->folder, context.options(), context.opener()));
    if (context.as_json) {
      context.print(
          {{"data", options->folder}, {"records", report.records}, {"events", report.events}});
    } else {
      context.out() << fmt::format("{}: {} records, {} events; verified\n", options->folder,
                                   report.records, report.events);
    }
    return kDone;
  });
}

void add_key_command(CLI::App &app, Context &context, int &exit) {
  auto *recover = app.add_subcommand(
      "recover-key",
      "Write the lost master key's file anew; reads the recovery key from the input");
  run_as(recover, context, exit, [&context]() -> Result<int> {
    auto *space = TRY(context.workspace());
    std::string recovery;
    std::getline(std::cin, recovery);
    const auto opened = TRY(service::recover_master_key(*space, recovery));
    if (context.as_json)
      context.print({{"key_file", space->key_file().string()}, {"records", opened}});
    else
      context.out() << fmt::format("master key in {}; it opens the personal fields of {} records\n",
                                   space->key_file().string(), opened);
    return kDone;
  });
}

} // namespace yifa::cli
