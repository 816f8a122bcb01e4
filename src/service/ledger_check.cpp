#include "service/ledger_check.h"

#include "base/text.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace yifa::service {
namespace {

using reading::FigureKind;

constexpr double kOne = 1'000'000;

std::string counted_words(const record::Figure &figure) {
  if (!figure.exists()) return "";
  return figure.number() + figure.unit;
}

/// The value a figure's group or whole has, as people write it.
double counted_value(const record::Figure &figure) {
  return static_cast<double>(figure.comparable().millionths()) / kOne;
}

/// Whether a written number may stand for a counted one: 余 reaches to the next round number, 近
/// comes from below.
bool stands_for(const reading::Figure &written, double counted) {
  auto value = static_cast<double>(written.value.millionths()) / kOne;
  if (written.upper)
    return counted >= value && counted <= static_cast<double>(written.upper->millionths()) / kOne;
  if (!written.approx) return std::abs(value - counted) < 1e-6;
  double step = 1;
  while (step * 10 <= value && std::fmod(value, step * 10) == 0) step *= 10;
  return counted >= value - step && counted < value + std::max(step, value * 0.1);
}

} // namespace

Result<LedgerCheck> LedgerCheck::of(Environment &environment, const OrgCode &org, int year,
                                    const Actor &actor) {
  auto period = TRY(Period::parse(std::to_string(year)));
  LedgerCheck made;
  for (auto &figure : TRY(Figures(environment).compute(org, period, {}, actor)))
    made.figures_.emplace(figure.id, std::move(figure));
  return made;
}

const record::Figure::Group *LedgerCheck::group_of(const reading::Figure &written) const {
  if (written.object.empty() || written.kind != FigureKind::Amount) return nullptr;
  for (const auto &[id, counted] : figures_)
    for (const auto &group : counted.groups) {
      const auto &unit = group.unit.empty() ? counted.unit : group.unit;
      if (unit != written.unit || counted.scale != 1) continue;
      bool named =
          written.object.find(group.label) != std::string::npos ||
          group.label.find(written.object) != std::string::npos ||
          (!group.phrase.empty() && (written.object.find(group.phrase) != std::string::npos ||
                                     group.phrase.find(written.object) != std::string::npos));
      if (named && stands_for(written, static_cast<double>(group.value))) return &group;
    }
  return nullptr;
}

void LedgerCheck::check(const reading::Report &report, const reading::Checker &checker,
                        reading::Findings &findings) const {
  std::set<std::string> written;
  const auto *unsupported = findings.rule("ledger.unsupported");
  auto why = [&](std::string_view name, const std::string &label) {
    const auto &words = unsupported->list(name);
    return words.empty() ? std::string() : text::replace_all(words.front(), "{indicator}", label);
  };
  for (const auto &figure : report.figures) {
    bool stated = figure.kind == FigureKind::Amount || figure.kind == FigureKind::Rate ||
                  figure.kind == FigureKind::Zero || figure.kind == FigureKind::Coverage;
    if (!stated || figure.year) continue;
    auto words = figure.kind == FigureKind::Amount || figure.kind == FigureKind::Rate
                     ? figure.object + report.text.utf8(figure.span)
                     : report.text.utf8(figure.span);
    auto found = figures_.find(figure.indicator);
    if (figure.indicator.empty() || found == figures_.end()) {
      if (const auto *group = group_of(figure)) {
        findings.add("ledger.matched", figure.span,
                     {{"written", words},
                      {"indicator", group->label},
                      {"counted", std::to_string(group->value) + figure.unit}});
        continue;
      }
      // what only claims or denies and is no indicator cannot be held against anything
      if (unsupported && (figure.kind == FigureKind::Amount || figure.kind == FigureKind::Rate))
        if (auto *made = findings.add("ledger.unsupported", figure.span,
                                      {{"written", words}, {"why", why("why_none", "")}}))
          made->severity = reading::Severity::Note; // the table of ties may be what lacks
      continue;
    }
    const auto &counted = found->second;
    written.insert(counted.id);
    if (!counted.exists()) {
      if (unsupported)
        findings.add("ledger.unsupported", figure.span,
                     {{"written", words}, {"why", why("why_empty", counted.label)}});
      continue;
    }
    bool fits = stands_for(figure, counted_value(counted));
    std::string shown = counted_words(counted);
    for (const auto &group : counted.groups) {
      auto value = static_cast<double>(group.value) / static_cast<double>(counted.scale);
      bool named = figure.object.find(group.label) != std::string::npos ||
                   (!group.phrase.empty() && figure.object.find(group.phrase) != std::string::npos);
      if (!fits && (stands_for(figure, value) || named)) {
        fits = stands_for(figure, value);
        shown = std::to_string(static_cast<std::int64_t>(value)) +
                (group.unit.empty() ? counted.unit : group.unit);
        if (fits) break;
      }
    }
    findings.add(fits ? "ledger.matched" : "ledger.differs", figure.span,
                 {{"written", words}, {"indicator", counted.label}, {"counted", shown}});
  }
  for (const auto &[id, counted] : figures_) {
    if (written.contains(id) || !counted.exists() || counted.zero() || !checker.stated(id))
      continue;
    findings.add("ledger.left_out", {},
                 {{"indicator", counted.label}, {"counted", counted_words(counted)}});
  }
}

Result<LedgerChecks> LedgerChecks::of(Environment &environment, const OrgCode &org,
                                      const Actor &actor, const reading::Checker &checker,
                                      const std::vector<std::filesystem::path> &files,
                                      const reading::Told &told) {
  std::set<int> years;
  if (told.year) years.insert(*told.year);
  for (const auto &file : files) {
    if (told.year) break;
    auto report = read_one(checker, file, told);
    if (report && report->structure.year) years.insert(*report->structure.year);
  }
  LedgerChecks made;
  for (int year : years)
    made.years_.emplace(year, TRY(LedgerCheck::of(environment, org, year, actor)));
  return made;
}

MoreFindings LedgerChecks::findings(const reading::Checker &checker) const {
  return [this, &checker](const reading::Report &report, reading::Findings &out) {
    if (!report.structure.year) return;
    if (auto found = years_.find(*report.structure.year); found != years_.end())
      found->second.check(report, checker, out);
  };
}

} // namespace yifa::service
