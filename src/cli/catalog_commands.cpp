#include "cli/context.h"

#include "base/file.h"
#include "base/text.h"
#include "catalog/coverage.h"
#include "catalog/show.h"
#include "exchange/table_out.h"

#include <algorithm>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace yifa::cli {
namespace {

struct CatalogOptions {
  std::string id;
  std::string against;
  bool english = false;
};

/// The catalog alone: these commands need no data directory, but take the overlay of one that is
/// there.
Result<catalog::Loaded> loaded(Context &context) {
  auto data = context.options().data;
  auto kind = service::folder_kind(data);
  if (kind != service::FolderKind::Data && kind != service::FolderKind::Demo) data.clear();
  return service::load_catalog(data, context.catalog);
}

json::array diagnostics_json(const std::vector<catalog::Diagnostic> &diagnostics) {
  json::array out;
  for (const auto &each : diagnostics)
    out.push_back({{"level", each.level == catalog::Diagnostic::Level::Error ? "error" : "warning"},
                   {"file", each.file},
                   {"line", each.line},
                   {"column", each.column},
                   {"message", each.message}});
  return out;
}

Result<std::shared_ptr<const catalog::Catalog>> sound(Context &context) {
  auto result = TRY(loaded(context));
  if (result.catalog) return result.catalog;
  for (const auto &each : result.diagnostics) context.err() << each.text();
  return invalid("the catalog has faults");
}

/// Mechanisms of a file: a JSON list of objects with "id" and "mechanism" (or "zh").
Result<std::vector<std::pair<std::string, std::string>>> read_mechanisms(const std::string &path) {
  auto parsed = TRY(parse_json(TRY(read_file(path))));
  std::vector<std::pair<std::string, std::string>> listed;
  if (parsed.is_array())
    for (const auto &each : parsed.get_array()) {
      const auto *id = each.is_object() ? each.get_object().if_contains("id") : nullptr;
      if (id == nullptr || !id->is_string())
        return invalid(fmt::format("{}: every entry needs a text \"id\"", path));
      std::string name;
      for (const char *key : {"mechanism", "zh"})
        if (const auto *found = each.get_object().if_contains(key);
            found != nullptr && found->is_string())
          name = std::string(found->get_string());
      listed.emplace_back(std::string(id->get_string()), name);
    }
  if (listed.empty()) return invalid(fmt::format("{} is no JSON list of mechanisms", path));
  return listed;
}

json::array homes_json(const std::vector<catalog::Coverage::Home> &homes) {
  json::array out;
  for (const auto &home : homes) {
    json::array types;
    for (const auto &type : home.types) types.emplace_back(type);
    out.push_back({{"id", home.id}, {"name", home.zh}, {"ledgers", std::move(types)}});
  }
  return out;
}

Result<int> coverage(Context &context, const CatalogOptions &options) {
  auto catalog = TRY(sound(context));
  auto found = options.against.empty()
                   ? catalog::coverage(*catalog)
                   : catalog::coverage(*catalog, TRY(read_mechanisms(options.against)));
  auto all = found.covered.size() + found.uncovered.size();
  if (context.as_json) {
    context.print({{"mechanisms", all},
                   {"covered", homes_json(found.covered)},
                   {"uncovered", homes_json(found.uncovered)}});
  } else {
    context.out() << fmt::format("{} of {} mechanisms have a place to be recorded\n",
                                 found.covered.size(), all);
    for (const auto &home : found.uncovered)
      context.out() << fmt::format("  without: {} {}\n", home.id, home.zh);
    for (const auto &id : found.unlisted)
      context.out() << fmt::format("  covered, but not in the list: {}\n", id);
  }
  return found.uncovered.empty() ? kDone : kFindings;
}

} // namespace

void add_catalog_commands(CLI::App &app, Context &context, int &exit) {
  auto options = std::make_shared<CatalogOptions>();
  auto *group = app.add_subcommand("catalog", "The catalog of institutions: what the law says");
  group->require_subcommand(1);

  auto *check =
      group->add_subcommand("check", "Check all files; every problem with file, line and column");
  run_as(check, context, exit, [&context]() -> Result<int> {
    auto result = TRY(loaded(context));
    if (context.as_json) {
      context.print({{"sound", result.catalog != nullptr},
                     {"diagnostics", diagnostics_json(result.diagnostics)}});
    } else {
      for (const auto &each : result.diagnostics) context.out() << each.text();
      if (result.catalog)
        context.out() << fmt::format(
            "{} record types, {} figures, {} clauses, {} outlines: sound\n",
            result.catalog->type_ids().size(), result.catalog->indicators.size(),
            result.catalog->clauses.size(), result.catalog->outlines.size());
    }
    return result.catalog ? kDone : kFindings;
  });

  auto *list = group->add_subcommand("list", "All ledgers by group");
  run_as(list, context, exit, [&context]() -> Result<int> {
    auto catalog = TRY(sound(context));
    std::vector<const catalog::RecordType *> types;
    for (const auto &id : catalog->type_ids()) types.push_back(catalog->type(id));
    std::stable_sort(types.begin(), types.end(),
                     [](auto *a, auto *b) { return a->group < b->group; });
    if (context.as_json) {
      json::array out;
      for (const auto *type : types)
        out.push_back({{"id", type->id},
                       {"label", {{"zh", type->label.zh}, {"en", type->label.en}}},
                       {"group", std::string(1, type->group)},
                       {"edition", type->edition.text()},
                       {"law", type->law},
                       {"fields", type->fields.size()}});
      context.print(out);
      return kDone;
    }
    std::vector<std::vector<std::string>> rows;
    for (const auto *type : types)
      rows.push_back({std::string(1, type->group), type->id, type->label.zh, type->label.en,
                      type->law, type->edition.text()});
    context.out() << exchange::text_table({"", "ledger", "名称", "name", "law", "edition"}, rows,
                                          34);
    return kDone;
  });

  auto *show = group->add_subcommand(
      "show", "One ledger: fields, states, steps, deadlines, figures, clauses");
  show->add_option("id", options->id, "Ledger")->required();
  run_as(show, context, exit, [&context, options]() -> Result<int> {
    auto catalog = TRY(sound(context));
    const auto *type = TRY(service::find_type(*catalog, options->id));
    if (context.as_json) {
      context.print(catalog::show_json(*catalog, *type));
    } else {
      context.out() << catalog::show_text(*catalog, *type);
    }
    return kDone;
  });

  auto *plan =
      group->add_subcommand("plan", "What the loaded catalog would change in the store's tables");
  run_as(plan, context, exit, [&context]() -> Result<int> {
    auto result = TRY(loaded(context));
    if (!result.catalog) {
      for (const auto &each : result.diagnostics) context.err() << each.text();
      return invalid("the catalog has faults");
    }
    auto folder = context.options().data;
    auto store = TRY(context.opener()("sqlite", folder));
    auto steps = TRY(store->planned(*result.catalog));
    if (context.as_json) {
      json::array out;
      for (const auto &step : steps) out.emplace_back(step);
      context.print(out);
    } else if (steps.empty()) {
      context.out() << "nothing would change\n";
    } else {
      for (const auto &step : steps) context.out() << step << "\n";
    }
    return kDone;
  });

  auto *cover =
      group->add_subcommand("coverage", "Whether every mechanism has a place to be recorded");
  cover->add_option("--against", options->against,
                    "JSON list of mechanisms (default: the catalog's own list)");
  run_as(cover, context, exit, [&context, options] { return coverage(context, *options); });
}

} // namespace yifa::cli
