#include "cli/check_options.h"

#include "base/file.h"
#include "base/text.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace yifa::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPassages = 5; // of two alike reports
constexpr double kAlike = 0.3;

std::string figure_words(const reading::Figure &figure, const reading::Report &report) {
  return report.text.utf8(figure.span);
}

/// Indicator → the first figure that states it.
std::map<std::string, std::string> figures_of(const reading::Report &report) {
  std::map<std::string, std::string> out;
  for (const auto &figure : report.figures)
    if (!figure.indicator.empty()) out.emplace(figure.indicator, figure_words(figure, report));
  return out;
}

Result<std::vector<std::string>> expected_places(const std::string &file) {
  std::vector<std::string> out;
  if (file.empty()) return out;
  for (const auto &line : text::split(TRY(read_file(file, 1U << 22)), '\n'))
    if (auto name = text::trim(line); !name.empty() && !name.starts_with('#')) out.push_back(name);
  return out;
}

/// An unreadable file whose name tells the town has arrived all the same.
void place_unreadable(reading::Summary &summary) {
  for (auto &town : summary.towns) {
    if (!town.failed) continue;
    const auto name = fs::path(town.file).filename().string();
    for (const auto &place : summary.expected)
      if (name.find(place) != std::string::npos && place.size() > town.place.size())
        town.place = place;
  }
}

/// File names without the folder that all share.
void shorten_files(reading::Summary &summary) {
  if (summary.towns.empty()) return;
  std::string folder = summary.towns.front().file;
  const auto up = [&] { folder.resize(folder.rfind('/') + 1); }; // npos + 1 is 0
  up();
  for (const auto &town : summary.towns)
    while (!town.file.starts_with(folder)) {
      folder.pop_back();
      up();
    }
  for (auto &town : summary.towns) {
    if (town.failed && town.failed->message.starts_with(town.file + ": "))
      town.failed->message.erase(0, town.file.size() + 2);
    town.file.erase(0, folder.size());
  }
}

} // namespace

Result<int> check_summary(Context &context, const CheckOptions &options,
                          const reading::Checker &checker, const service::MoreFindings &ledger) {
  fs::path target(options.summary);
  const auto extension = text::lower_ascii(target.extension().string());
  if (extension != ".html" && extension != ".xlsx")
    return invalid("a summary ends in .html or .xlsx: " + options.summary);
  auto files = TRY(options.files());
  reading::Summary summary;
  summary.indicator_labels = TRY(indicator_labels(context));
  for (const auto &rule : checker.rules().all()) summary.rule_titles[rule.id] = rule.title;
  summary.expected = TRY(expected_places(options.expected));
  // each town's own page stands beside the summary
  const auto pages = options.pages();
  if (extension == ".html") {
    std::error_code error;
    fs::create_directories(pages, error);
    if (error) return unavailable(fmt::format("{}: {}", pages.string(), error.message()));
  }
  service::Resemblances resemblances(checker);
  Status written = Done{};
  bool errors = false;
  service::check_in_order(
      checker, files, options.told(), [&](std::size_t) { return ledger; },
      [&](std::size_t i, reading::Checked &checked) {
        auto town = reading::town_of(checked, extension == ".xlsx");
        errors = errors || town.errors > 0 || town.failed;
        if (!town.failed) {
          town.figures = figures_of(checked.report);
          resemblances.add(i, checked.report);
          if (extension == ".html") {
            auto name = fmt::format("{:04}.html", i + 1);
            town.page = pages.filename().string() + "/" + name;
            std::vector<reading::Checked> one;
            one.push_back(std::move(checked));
            auto saved = write_file(pages / name,
                                    reading::findings_html(one, {checker.lexicon(), checker.rules(),
                                                                 summary.indicator_labels}));
            if (!saved && written) written = saved.error();
          }
        }
        summary.towns.push_back(std::move(town));
      });
  TRY(written);
  for (const auto &pair : resemblances.find(kAlike)) {
    reading::Alike alike;
    alike.other = pair.b;
    alike.share = pair.likeness.of_a;
    auto a = TRY(service::read_one(checker, files[pair.a], options.told()));
    auto b = TRY(service::read_one(checker, files[pair.b], options.told()));
    alike.passages = service::shared_passages(checker, a, b, kPassages);
    summary.towns[pair.a].like.push_back(std::move(alike));
    summary.towns[pair.b].like.push_back({pair.a, pair.likeness.of_b, {}});
  }
  place_unreadable(summary);
  shorten_files(summary);
  std::set<std::string> present;
  for (const auto &town : summary.towns) present.insert(town.place);
  for (const auto &place : summary.expected)
    if (!present.contains(place)) summary.missing.push_back(place);
  if (extension == ".html")
    TRY(write_file(target, reading::summary_html(summary, checker.lexicon())));
  else
    TRY(reading::write_summary_xlsx(target, summary, checker.lexicon()));
  if (context.as_json)
    context.print({{"file", options.summary},
                   {"files", files.size()},
                   {"missing", json::value_from(summary.missing)}});
  else
    context.out() << options.summary << "\n";
  return errors ? kFindings : kDone;
}

} // namespace yifa::cli
