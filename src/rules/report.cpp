#include "rules/reading.h"
#include "rules/rules.h"

#include "base/text.h"

namespace yifa::rules {
namespace {

std::optional<procedure::ReportState> state_of(const Place &report, const Facts &facts) {
  const auto year = record::day_in(value_at(report, "year"));
  const auto *outline = value_at(report, "outline").get<catalog::Code>();
  if (!year || !facts.report) return std::nullopt;
  return facts.report(year->year(), outline != nullptr ? outline->text : "");
}

std::string some(const std::vector<std::string> &all) {
  constexpr std::size_t kMost = 5;
  auto shown = all;
  if (shown.size() > kMost) shown.resize(kMost);
  auto words = text::join(shown, "; ");
  if (all.size() > kMost) words += "; and " + std::to_string(all.size() - kMost) + " more";
  return words;
}

} // namespace

std::optional<Lack> every_figure_bound(const Place &report, const Facts &facts) {
  const auto state = state_of(report, facts);
  if (!state) return Lack{"", "", true};
  if (state->typed.empty()) return std::nullopt;
  return Lack{"year", "numbers that no record backs stand in: " + some(state->typed)};
}

std::optional<Lack> required_parts_present(const Place &report, const Facts &facts) {
  const auto state = state_of(report, facts);
  if (!state) return Lack{"", "", true};
  if (state->lacking.empty()) return std::nullopt;
  return Lack{"year", "the report lacks: " + some(state->lacking)};
}

} // namespace yifa::rules
