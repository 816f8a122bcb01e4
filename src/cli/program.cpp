#include "cli/program.h"

#include "cli/context.h"

#include <algorithm>

#include <CLI/CLI.hpp>

namespace yifa::cli {

int run(const std::vector<std::string> &arguments, const service::StoreOpener &opener,
        std::ostream &out, std::ostream &err, const std::vector<AddCommand> &more) {
  Context context(opener, out, err);
  int exit = kDone;
  CLI::App app("Yifa (依法): a township's ledgers held to the law, and its annual report composed "
               "from them.",
               "yifa");
  app.require_subcommand(1);
  app.fallthrough();
  app.get_formatter()->column_width(34);
  app.set_version_flag("--version", std::string("yifa " YIFA_VERSION));
  app.add_option("--data", context.data, "Data directory (default: $YIFA_DATA, else ./yifa-data)")
      ->envname("YIFA_DATA");
  app.add_option("--key", context.key, "Master key file (default: as the data directory says)");
  app.add_option("--catalog", context.catalog,
                 "Catalog folder instead of the built-in one (for developers)");
  app.add_option("--as", context.as, "User who acts (default: the local operator)");
  app.add_flag("--json", context.as_json, "Print JSON (docs/contracts.md)");
  add_demo_command(app, context, exit);
  add_store_commands(app, context, exit);
  add_engine_commands(app, context, exit);
  add_key_command(app, context, exit);
  add_org_commands(app, context, exit);
  add_catalog_commands(app, context, exit);
  add_record_commands(app, context, exit);
  add_list_commands(app, context, exit);
  add_file_commands(app, context, exit);
  add_outlook_commands(app, context, exit);
  add_paper_commands(app, context, exit);
  add_deadline_commands(app, context, exit);
  add_figure_commands(app, context, exit);
  add_report_commands(app, context, exit);
  add_check_commands(app, context, exit);
  add_archive_commands(app, context, exit);
  add_submit_command(app, context, exit);
  add_submission_commands(app, context, exit);
  add_user_commands(app, context, exit);
  for (const auto &add : more) add(app, context, exit);
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  try {
    app.parse(reversed);
  } catch (const CLI::ParseError &error) {
    const bool failed = error.get_exit_code() != 0; // asking for help is no failure
    if (failed && std::find(arguments.begin(), arguments.end(), "--json") != arguments.end()) {
      context.print(
          {{"error", {{"code", "usage"}, {"message", error.what()}, {"problems", json::array()}}}});
      return kUsage;
    }
    app.exit(error, out, err);
    return failed ? kUsage : kDone;
  }
  return exit;
}

} // namespace yifa::cli
