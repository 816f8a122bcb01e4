#include "service/summaries.h"

#include "service/copies.h"

#include <set>

namespace yifa::service {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kPassages = 5; // of two alike reports
constexpr double kAlike = 0.3;

/// Indicator → the words of the first figure that states it.
std::map<std::string, std::string> stated_figures(const reading::Report &report) {
  std::map<std::string, std::string> out;
  for (const auto &figure : report.figures)
    if (!figure.indicator.empty()) out.emplace(figure.indicator, report.text.utf8(figure.span));
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

/// Which towns resemble which; the two passages of each pair are read again.
Status add_resemblances(const reading::Checker &checker, const SummaryRequest &request,
                        Resemblances &resemblances, reading::Summary &summary) {
  for (const auto &pair : resemblances.find(kAlike)) {
    auto a = TRY(read_one(checker, request.files[pair.a], request.told));
    auto b = TRY(read_one(checker, request.files[pair.b], request.told));
    summary.towns[pair.a].like.push_back(
        {pair.b, pair.likeness.of_a, shared_passages(checker, a, b, kPassages)});
    summary.towns[pair.b].like.push_back({pair.a, pair.likeness.of_b, {}});
  }
  return Done{};
}

} // namespace

Result<reading::Summary> summarise(const reading::Checker &checker, const SummaryRequest &request) {
  reading::Summary summary;
  summary.indicator_labels = request.indicator_labels;
  summary.expected = request.expected;
  for (const auto &rule : checker.rules().all()) summary.rule_titles[rule.id] = rule.title;
  Resemblances resemblances;
  Status paged = Done{};
  check_in_order(
      checker, request.files, request.told, [&](std::size_t) { return request.more; },
      [&](std::size_t i, reading::Checked &checked) {
        auto town = reading::town_of(checked, request.keep_findings);
        if (!town.failed) {
          town.figures = stated_figures(checked.report);
          resemblances.add(i, sketch_of(checker, checked.report));
          if (request.page) {
            auto page = request.page(i, checked);
            if (page)
              town.page = std::move(*page);
            else if (paged)
              paged = page.error();
          }
        }
        summary.towns.push_back(std::move(town));
      });
  TRY(paged);
  TRY(add_resemblances(checker, request, resemblances, summary));
  place_unreadable(summary);
  shorten_files(summary);
  std::set<std::string> present;
  for (const auto &town : summary.towns) present.insert(town.place);
  for (const auto &place : summary.expected)
    if (!present.contains(place)) summary.missing.push_back(place);
  return summary;
}

} // namespace yifa::service
