#include "cli/context.h"

#include "service/store_move.h"
#include "service/upkeep.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace yifa::cli {

void add_engine_commands(CLI::App &app, Context &context, int &exit) {
  auto *group = app.add_subcommand("store", "Where the records are kept: file or database");
  group->require_subcommand(1);

  auto asked = std::make_shared<service::StoreMove>();
  auto *move = group->add_subcommand(
      "move", "Copy everything into another store, compare both, leave the old one as it is");
  move->add_option("from", asked->from, "Data directory, or a store's URL")->required();
  move->add_option("to", asked->to, "New directory, or the URL of an empty database")->required();
  move->add_flag("--switch", asked->switch_over,
                 "Afterwards let the data directory FROM use the new store");
  run_as(move, context, exit, [&context, asked]() -> Result<int> {
    Progress progress(context, "moving");
    const auto moved = TRY(service::move_store(
        *asked, context.options(), context.opener(),
        [&](double fraction, const std::string &what) { progress.at(fraction, what); }));
    if (context.as_json) {
      context.print({{"events", moved.events},
                     {"records", moved.records},
                     {"tally_rows", moved.tally_rows},
                     {"digest", moved.digest},
                     {"resumed", moved.resumed},
                     {"switched", asked->switch_over}});
      return kDone;
    }
    context.out() << fmt::format(
        "{} events, {} records, {} tally rows; both stores hold the same ({})\n", moved.events,
        moved.records, moved.tally_rows, moved.digest.substr(0, 16));
    context.out() << (asked->switch_over
                          ? fmt::format("{} uses the new store from now on\n", asked->from)
                          : std::string("nothing uses the new store yet: name it under store: in "
                                        "yifa.yaml\n"));
    return kDone;
  });

  auto url = std::make_shared<std::string>();
  auto account = std::make_shared<std::string>();
  auto *prepare = group->add_subcommand(
      "prepare", "Make or bring up to date the tables of a database, as their owner");
  prepare->add_option("url", *url, "The store's URL, with the owner's account")->required();
  prepare->add_option("--grant", *account,
                      "Then let this account use them: it can add to the history, not change it");
  run_as(prepare, context, exit, [&context, url, account]() -> Result<int> {
    const auto done =
        TRY(service::prepare_store(*url, *account, context.options(), context.opener()));
    if (context.as_json) {
      json::array lines(done.begin(), done.end());
      context.print({{"changes", std::move(lines)}, {"granted", *account}});
      return kDone;
    }
    for (const auto &line : done) context.out() << line << "\n";
    context.out() << (done.empty() ? "the tables are as this program wants them\n" : "done\n");
    return kDone;
  });

  auto *again = group->add_subcommand(
      "forget-again", "After the database's own tools brought back an earlier day: forget again "
                      "what had been forgotten since");
  run_as(again, context, exit, [&context]() -> Result<int> {
    const auto forgotten = TRY(service::forget_again(*TRY(context.environment())));
    if (context.as_json)
      context.print({{"records", forgotten}});
    else
      context.out() << fmt::format("{} records forgotten again\n", forgotten);
    return kDone;
  });

  auto *distribute = group->add_subcommand(
      "distribute", "Spread a database's tables over its Citus cluster, by county");
  run_as(distribute, context, exit, [&context]() -> Result<int> {
    const auto lines = TRY(TRY(context.environment())->store.distribute());
    if (context.as_json) {
      context.print({{"tables", json::array(lines.begin(), lines.end())}});
      return kDone;
    }
    for (const auto &line : lines) context.out() << line << "\n";
    context.out() << fmt::format("{} tables spread\n", lines.size());
    return kDone;
  });

  auto *sums = group->add_subcommand(
      "sums", "Make the sums of cities, provinces and the nation anew from those of the counties");
  run_as(sums, context, exit, [&context]() -> Result<int> {
    const bool kept = TRY(TRY(context.environment())->store.rebuild_sums());
    if (context.as_json)
      context.print({{"kept", kept}});
    else
      context.out() << (kept ? "the sums above the counties were made anew\n"
                             : "a file keeps no sums above the counties: they are added up\n");
    return kDone;
  });
}

} // namespace yifa::cli
