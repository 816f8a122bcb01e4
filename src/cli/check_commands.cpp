#include "cli/check_options.h"
#include "cli/check_output.h"

#include "base/file.h"
#include "base/text.h"

#include <algorithm>
#include <map>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace yifa::cli {
namespace {

namespace fs = std::filesystem;

/// One report for a person: what it is, its outline, its figures.
void print_reading(Context &context, const reading::Report &report) {
  const auto &structure = report.structure;
  auto &out = context.out();
  out << fmt::format("{}\n", report.file);
  auto row = [&](const char *name, const std::string &value) {
    if (!value.empty()) out << fmt::format("  {:<10} {}\n", name, value);
  };
  row("title", text::replace_all(report.text.utf8(structure.title), "\n", " "));
  row("number", structure.document_number);
  row("place", structure.place);
  row("issued by", structure.issued_by);
  row("year", structure.year ? std::to_string(*structure.year) : "");
  row("date", report.text.utf8(structure.date));
  out << fmt::format("  {:<10} {} paragraphs, {} characters, {} sections, {} figures\n", "has",
                     report.text.paragraphs().size(), report.text.size(), structure.sections.size(),
                     report.figures.size());
  for (const auto &section : structure.sections)
    out << fmt::format("  {:>5}  {}{}{}\n", report.text.line_at(section.span.start),
                       std::string(static_cast<std::size_t>(section.level - 1) * 2, ' '),
                       report.text.utf8(section.label.span),
                       text::shorten(report.text.utf8(section.title), 40));
  if (!report.figures.empty()) out << "figures\n";
  for (const auto &figure : report.figures)
    out << fmt::format("  {:>5}  {} {}{}  [{}]\n", report.text.line_at(figure.span.start),
                       text::shorten(figure.object, 30), report.text.utf8(figure.span),
                       figure.indicator.empty() ? "" : "  = " + figure.indicator,
                       reading::to_string(figure.kind));
}

Result<int> read(Context &context, const CheckOptions &options) {
  auto checker = TRY(service::load_checker(context.catalog));
  if (options.paths.empty()) return invalid("name a file to read");
  json::array all;
  for (const auto &file : TRY(options.files())) {
    auto report = TRY(service::read_one(checker, file, options.told()));
    if (options.text)
      context.out() << report.text.utf8();
    else if (options.format == "json" || context.as_json)
      all.push_back(reading::read_json(report));
    else
      print_reading(context, report);
  }
  if (all.size() == 1)
    context.print(all.front());
  else if (!all.empty())
    context.print(json::object{{"files", std::move(all)}});
  return kDone;
}

Result<reading::Checker> checker_of(Context &context, const CheckOptions &options) {
  auto checker = TRY(service::load_checker(context.catalog));
  std::vector<std::string> patterns;
  for (const auto &word : options.rules)
    for (auto &one : text::split(word, ','))
      if (auto pattern = text::trim(one); !pattern.empty()) patterns.push_back(pattern);
  TRY(checker.choose(patterns));
  if (!options.ignore.empty())
    checker.suppress(TRY(reading::Suppressions::parse(TRY(read_file(options.ignore, 1U << 22)),
                                                      checker.rules(), options.ignore)));
  return checker;
}

int list_rules(Context &context, const reading::Checker &checker) {
  if (context.as_json) {
    json::array all;
    for (const auto &rule : checker.rules().all())
      all.push_back({{"rule", rule.id},
                     {"severity", reading::to_string(rule.severity)},
                     {"title", rule.title},
                     {"what", rule.what},
                     {"message", rule.message},
                     {"suggestion", rule.suggestion},
                     {"bad", rule.bad},
                     {"good", rule.good},
                     {"described", rule.described},
                     {"on", rule.on}});
    context.print(json::object{{"rules", std::move(all)}});
    return kDone;
  }
  for (const auto &rule : checker.rules().all())
    context.out() << fmt::format("{:<34} {:<8} {}{}\n", rule.id, reading::to_string(rule.severity),
                                 rule.title, rule.on ? "" : "  (off)");
  return kDone;
}

Result<int> check(Context &context, const CheckOptions &options) {
  auto checker = TRY(checker_of(context, options));
  if (options.list_rules) return list_rules(context, checker);
  if (options.paths.empty()) return invalid("name a file or folder to check");
  auto files = TRY(options.files());
  Context data(context.opener(), context.out(), context.err()); // of --against
  service::LedgerChecks ledgers;
  service::MoreFindings ledger;
  if (!options.against.empty()) {
    if (options.org.empty()) return invalid("--against needs --org: the office whose ledger it is");
    data.data = options.against;
    data.catalog = context.catalog;
    data.key = context.key;
    auto org = TRY(data.org(options.org));
    ledgers = TRY(service::LedgerChecks::of(*TRY(data.environment()), org, data.actor(), checker,
                                            files, options.told()));
    ledger = ledgers.findings(checker);
  }
  if (!options.summary.empty()) return check_summary(context, options, checker, ledger);
  service::Copies copies(
      checker, files,
      TRY(service::files_to_check({options.compare.begin(), options.compare.end()})));
  Printed printed(context, options, checker, files.size());
  std::optional<Error> failed;
  service::check_in_order(
      checker, files, options.told(),
      [&](std::size_t i) -> service::MoreFindings {
        return [&, i](const reading::Report &report, reading::Findings &findings) {
          if (ledger) ledger(report, findings);
          copies.add(i, report, findings);
        };
      },
      [&](std::size_t, reading::Checked &checked) {
        if (files.size() == 1) failed = checked.failed;
        if (!failed) printed.take(checked);
      });
  if (failed) return *failed; // one file alone that cannot be read is this command's error
  TRY(printed.finish());
  return printed.exit();
}

Result<int> similar(Context &context, const CheckOptions &options) {
  auto checker = TRY(service::load_checker(context.catalog));
  auto files = TRY(options.files());
  service::Resemblances found;
  const auto unreadable = found.read(checker, files);
  auto pairs = found.find(std::clamp(options.threshold, 0.1, 1.0));
  if (context.as_json || options.format == "json") {
    json::array out;
    for (const auto &pair : pairs)
      out.push_back({{"a", files[pair.a].string()},
                     {"b", files[pair.b].string()},
                     {"share_of_a", pair.likeness.of_a},
                     {"share_of_b", pair.likeness.of_b}});
    json::array families;
    for (const auto &family : found.families()) {
      json::array names;
      for (auto one : family) names.emplace_back(files[one].string());
      families.push_back(std::move(names));
    }
    TRY(deliver(context, options.output,
                pretty(json::object{{"files", files.size()},
                                    {"unreadable", unreadable},
                                    {"pairs", std::move(out)},
                                    {"families", std::move(families)}})));
    return kDone;
  }
  std::string text;
  for (const auto &pair : pairs)
    text += fmt::format("{:>4} {:>4}  {}  {}\n", reading::share_text(pair.likeness.of_a),
                        reading::share_text(pair.likeness.of_b), files[pair.a].string(),
                        files[pair.b].string());
  text += fmt::format("{} reports, {} pairs alike{}\n", files.size(), pairs.size(),
                      unreadable > 0 ? fmt::format(", {} not readable", unreadable) : "");
  TRY(deliver(context, options.output, text));
  return kDone;
}

void add_place_and_year(CLI::App *command, CheckOptions &options) {
  command->add_option("--year", options.year, "Year reported on (default: as the report says)");
  command->add_option("--place", options.place, "Town, e.g. 高观镇 (default: as the report says)");
}

} // namespace

void add_check_commands(CLI::App &app, Context &context, int &exit) {
  auto options = std::make_shared<CheckOptions>();
  auto *reader = app.add_subcommand("read", "Read any town's report: outline and figures");
  reader->add_option("file", options->paths, ".docx .pdf .txt .html .md .doc .wps")->required();
  reader->add_flag("--text", options->text, "Print the normalised text that offsets count in");
  reader->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}));
  add_place_and_year(reader, *options);
  run_as(reader, context, exit, [&context, options] { return read(context, *options); });

  auto *checker = app.add_subcommand("check", "Find what is wrong in reports");
  checker->add_option("path", options->paths, "Files and folders");
  checker->add_option("--against", options->against, "Data directory whose ledgers must agree");
  checker->add_option("--org", options->org, "Office of that ledger: code or name");
  checker->add_option("--format", options->format, "text, json, sarif or html")
      ->check(CLI::IsMember({"text", "json", "sarif", "html"}));
  checker->add_option("-o,--output", options->output, "File instead of standard output");
  checker
      ->add_option("--rules", options->rules,
                   "Which rules: time,-format,structure.no_date=note (default: all)")
      ->delimiter(',');
  checker->add_flag("--list-rules", options->list_rules, "Print the rules there are");
  checker->add_option("--ignore", options->ignore, "List of findings not to tell");
  checker
      ->add_option("--compare", options->compare,
                   "Another report or folder (last year's, other towns') to find copies of; "
                   "may be given several times")
      ->allow_extra_args(false);
  checker->add_option("--summary", options->summary, "One row a town: FILE.html or FILE.xlsx");
  checker->add_option("--expected", options->expected,
                      "File with the towns that should report, one a line");
  add_place_and_year(checker, *options);
  run_as(checker, context, exit, [&context, options] { return check(context, *options); });

  auto *alike = app.add_subcommand("similar", "Which of many reports are nearly the same");
  alike->add_option("path", options->paths, "Files and folders")->required();
  alike->add_option("--threshold", options->threshold, "Least share in common, 0.1 to 1 (0.3)");
  alike->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}));
  alike->add_option("-o,--output", options->output, "File instead of standard output");
  run_as(alike, context, exit, [&context, options] { return similar(context, *options); });
}

} // namespace yifa::cli
