#include "reading/summary.h"

#include "reading/labels.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>
#include <utility>

namespace yifa::reading {

TownRow town_of(const Checked &checked, bool keep_findings) {
  TownRow town;
  town.file = checked.file;
  town.place = checked.report.structure.place;
  town.year = checked.report.structure.year;
  town.failed = checked.failed;
  for (const auto &finding : checked.findings) ++town.by_rule[finding.rule];
  const auto counts = count(checked.findings);
  town.errors = counts.errors;
  town.warnings = counts.warnings;
  town.notes = counts.notes;
  if (keep_findings) town.findings = checked.findings;
  return town;
}

std::vector<std::size_t> town_order(const Summary &summary) {
  std::vector<std::size_t> order(summary.towns.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const auto &first = summary.towns[a];
    const auto &second = summary.towns[b];
    return std::make_tuple(first.place.empty(), std::cref(first.place), std::cref(first.file), a) <
           std::make_tuple(second.place.empty(), std::cref(second.place), std::cref(second.file),
                           b);
  });
  return order;
}

std::vector<std::string> town_names(const Summary &summary) {
  std::map<std::string, int> places;
  for (const auto &town : summary.towns) ++places[town.place];
  std::vector<std::string> names;
  for (const auto &town : summary.towns) {
    if (town.place.empty())
      names.push_back(town.file);
    else if (places[town.place] > 1)
      names.push_back(town.place + "（" + town.file + "）");
    else
      names.push_back(town.place);
  }
  return names;
}

std::vector<std::string> shared_indicators(const Summary &summary) {
  std::map<std::string, int> stated;
  for (const auto &town : summary.towns)
    for (const auto &figure : town.figures) ++stated[figure.first];
  std::vector<std::pair<std::string, std::string>> found;
  for (const auto &[id, towns] : stated) {
    if (towns < 2) continue;
    const auto label = summary.indicator_labels.find(id);
    found.emplace_back(label == summary.indicator_labels.end() ? id : label->second, id);
  }
  std::sort(found.begin(), found.end());
  std::vector<std::string> ids;
  for (const auto &one : found) ids.push_back(one.second);
  return ids;
}

std::vector<std::string> found_groups(const Summary &summary, const Lexicon &lexicon) {
  std::set<std::string> found;
  for (const auto &town : summary.towns)
    for (const auto &rule : town.by_rule) found.insert(std::string(group_of(rule.first)));
  std::vector<std::string> groups;
  for (const auto &named : lexicon.pairs("labels.group"))
    if (found.erase(named.first) > 0) groups.push_back(named.first);
  groups.insert(groups.end(), found.begin(), found.end());
  return groups;
}

int count_of_group(const TownRow &town, std::string_view group) {
  int all = 0;
  for (const auto &[rule, n] : town.by_rule)
    if (group_of(rule) == group) all += n;
  return all;
}

std::vector<AlikePair> pairs_of(const Summary &summary) {
  const auto order = town_order(summary);
  std::vector<std::size_t> rank(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
  std::map<std::pair<std::size_t, std::size_t>, AlikePair> found;
  for (auto town : order) {
    for (const auto &like : summary.towns[town].like) {
      if (like.other >= summary.towns.size() || like.other == town) continue;
      const bool first = rank[town] < rank[like.other];
      auto &pair = found[std::minmax(rank[town], rank[like.other])];
      pair.a = first ? town : like.other;
      pair.b = first ? like.other : town;
      (first ? pair.share_a : pair.share_b) = like.share;
      if (!pair.passages.empty()) continue;
      pair.passages = like.passages;
      if (first) continue;
      for (auto &passage : pair.passages) {
        std::swap(passage.here, passage.there);
        std::swap(passage.line_here, passage.line_there);
      }
    }
  }
  std::vector<AlikePair> pairs;
  for (auto &one : found) pairs.push_back(std::move(one.second));
  return pairs;
}

std::string share_text(double share) {
  const auto percent = std::lround(std::clamp(share, 0.0, 1.0) * 100);
  return std::to_string(std::max(percent, 1L)) + "%";
}

} // namespace yifa::reading
