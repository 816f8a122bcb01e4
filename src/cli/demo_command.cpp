#include "cli/context.h"

#include "base/file.h"
#include "base/text.h"
#include "cli/draft.h"
#include "exchange/table_out.h"
#include "service/examples.h"
#include "service/figures.h"

#include <algorithm>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace yifa::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char *kFolder = "yifa-demo";

Result<int> demo(Context &context, const std::string &store) {
  if (context.data.empty()) context.data = kFolder;
  fs::path folder = context.data;
  auto kind = service::folder_kind(folder);
  if (kind == service::FolderKind::Data || kind == service::FolderKind::Other)
    return refused(
        fmt::format("{} is not a demo's directory; give another with --data", folder.string()), {});
  bool fresh = kind != service::FolderKind::Demo;
  std::vector<service::ExampleTown> towns;
  {
    Progress progress(context, "example towns");
    auto options = context.options();
    options.store = store;
    towns = TRY(service::prepare_examples(
        options, context.opener(),
        [&](double fraction, const std::string &what) { progress.at(fraction, what); }));
  }
  auto *space = TRY(context.workspace());
  auto &env = space->environment();
  fs::path reports = folder / "reports";
  std::error_code error;
  fs::create_directories(reports, error);
  json::array listed;
  std::vector<std::vector<std::string>> rows;
  for (const auto &town : towns) {
    auto request = town.report;
    request.page_note = std::string(env.catalog->phrase("page.example"));
    auto name = fmt::format("{}{}年度法治政府建设情况报告", town.name, request.year);
    std::vector<std::string> files;
    bool all_there = true;
    for (const char *extension : {".docx", ".html", ".json"}) {
      files.push_back((reports / (name + extension)).string());
      all_there = all_there && fs::exists(files.back(), error);
    }
    if (fresh || town.loaded || !all_there) {
      auto draft = TRY(service::Reports(env).draft(request, context.actor()));
      for (const auto &file : files)
        TRY(write_file(file,
                       TRY(rendered(*env.catalog, draft, fs::path(file).extension().string()))));
    }
    rows.push_back({town.name, request.org.text(), std::to_string(request.year),
                    std::to_string(town.records), files[0]});
    listed.push_back({{"name", town.name},
                      {"org", request.org.text()},
                      {"year", request.year},
                      {"records", town.records},
                      {"docx", files[0]},
                      {"html", files[1]},
                      {"json", files[2]}});
  }
  if (context.as_json) {
    context.print({{"data", folder.string()}, {"towns", std::move(listed)}});
    return kDone;
  }
  auto &out = context.out();
  out << "Five example towns (synthetic records; no person in them exists):\n\n"
      << exchange::text_table({"town", "code", "year", "records", "annual report"}, rows, 90)
      << "\n";
  // To try things on: the fullest town, and a figure that it has.
  const auto fullest =
      std::max_element(towns.begin(), towns.end(),
                       [](const auto &a, const auto &b) { return a.records < b.records; });
  const auto &office = fullest->report.org;
  const int year = fullest->report.year;
  std::string shown = "disputes_found";
  for (const auto &figure :
       TRY(service::Figures(env).compute(office, Period::year(year), {}, context.actor())))
    if (figure.percent && figure.exists() && figure.numerator < figure.denominator)
      shown = figure.id;
  out << fmt::format(
      "Each report stands there as .docx, .html (every figure opens) and .json (provenance).\nTry "
      "next:\n"
      "  ./run --data {0} figures --org {1} --period {2}\n"
      "  ./run --data {0} figure {3} --org {1} --period {2} --records\n"
      "  ./run --data {0} search 宪法\n"
      "  ./run --data {0} report draft --org {1} --year {2} --outline thematic --style approximate "
      "-o report.docx\n"
      "  ./run template dispute -o dispute.xlsx\n"
      "  ./run --data {0} verify\n"
      "A town of your own: ./run init my-town, then ./run --data my-town add … (README.md)\n",
      folder.string(), fullest->name, year, shown);
  return kDone;
}

} // namespace

void add_demo_command(CLI::App &app, Context &context, int &exit) {
  auto *command =
      app.add_subcommand("demo", "Load the five example towns and write their annual reports");
  auto store = std::make_shared<std::string>();
  command
      ->add_option("--store", *store,
                   "When the directory is new: keep the records in a database (as of init)")
      ->type_name("URL");
  run_as(command, context, exit, [&context, store] { return demo(context, *store); });
}

} // namespace yifa::cli
