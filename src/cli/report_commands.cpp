#include "cli/context.h"

#include "base/file.h"
#include "base/text.h"
#include "cli/draft.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace yifa::cli {
namespace {

struct ReportOptions {
  service::DraftRequest request;
  std::string org;
  std::string style = "exact";
  std::string cutoff;
  std::string date;
  std::string output;
};

} // namespace

Result<std::string> rendered(const catalog::Catalog &catalog, const report::Draft &draft,
                             const std::string &extension) {
  if (extension == ".docx") return report::render_docx(draft);
  if (extension == ".html") return report::render_html(draft, catalog);
  if (extension == ".md") return report::render_markdown(draft, catalog);
  if (extension == ".txt") return report::render_text(draft.document);
  if (extension == ".json") return pretty(report::to_json(draft, catalog));
  return invalid(
      fmt::format("\"{}\" is no form of a report; end the file in .docx, .html, .md, .txt or .json",
                  extension));
}

void add_report_commands(CLI::App &app, Context &context, int &exit) {
  auto options = std::make_shared<ReportOptions>();
  auto *group = app.add_subcommand("report", "The annual report");
  group->require_subcommand(1);
  auto *draft = group->add_subcommand("draft", "Compose the report of a year from the records");
  draft->add_option("--org", options->org, "Office: code or name")->required();
  draft->add_option("--year", options->request.year, "Year")->required();
  draft->add_option("--outline", options->request.outline,
                    "Outline (default: the catalog's first)");
  draft->add_option("--style", options->style, "exact or approximate")
      ->check(CLI::IsMember({"exact", "approximate"}));
  draft->add_option("--cutoff", options->cutoff, "Last day counted");
  draft->add_option("--number", options->request.document_number, "发文字号, e.g. 张政〔2024〕2号");
  draft->add_option("--issuer", options->request.issuer,
                    "Issuing body (default: the office's government)");
  draft->add_option("--to", options->request.addressee, "Addressee 主送机关");
  draft->add_option("--signer", options->request.signer, "签发人");
  draft->add_option("--date", options->date, "成文日期");
  draft->add_option("-o,--output", options->output, "File: .docx, .html, .md, .txt or .json")
      ->required();
  run_as(draft, context, exit, [&context, options]() -> Result<int> {
    auto *env = TRY(context.environment());
    auto request = options->request;
    request.org = TRY(context.org(options->org));
    request.style =
        options->style == "approximate" ? report::Style::Approximate : report::Style::Exact;
    if (!options->cutoff.empty()) request.cutoff = TRY(Date::parse_lenient(options->cutoff));
    if (!options->date.empty()) request.date = TRY(Date::parse_lenient(options->date));
    if (TRY(context.workspace())->demo())
      request.page_note = std::string(env->catalog->phrase("page.example"));
    auto made = TRY(service::Reports(*env).draft(request, context.actor()));
    std::filesystem::path file(options->output);
    TRY(write_file(
        file, TRY(rendered(*env->catalog, made, text::lower_ascii(file.extension().string())))));
    if (context.as_json) {
      json::array missing;
      for (const auto &gap : made.missing)
        missing.push_back({{"required", gap.required},
                           {"where", gap.where},
                           {"topic", gap.topic},
                           {"message", gap.message}});
      context.print({{"file", options->output},
                     {"complete", made.complete()},
                     {"missing", std::move(missing)}});
      return kDone;
    }
    context.out() << options->output << "\n";
    if (!made.missing.empty()) context.out() << "what is missing:\n";
    for (const auto &gap : made.missing)
      context.out() << fmt::format("  {}{}\n", gap.required ? "[required] " : "", gap.message);
    for (const auto &unsaid : made.unsaid)
      context.out() << fmt::format("  counted but not said: {} {}\n", unsaid.label, unsaid.value);
    return kDone;
  });
}

} // namespace yifa::cli
