#include "service/report_figures.h"

#include "report/writer.h"
#include "service/figures.h"
#include "service/orgs.h"

#include <set>

#include <fmt/format.h>

namespace yifa::service {
namespace {

using report::FigureRef;
using report::Present;
using report::Run;

constexpr std::string_view kVillages = "@villages";

} // namespace

Status ReportFigures::compute(Environment &environment, store::Reader &reader,
                              const std::vector<std::string> &ids,
                              const std::vector<std::string> &compared, bool villages) {
  Figures figures(environment);
  now_ = TRY(figures.compute_in(reader, org_, period_, ids));
  if (!compared.empty() || ids.empty())
    before_ = TRY(figures.compute_in(reader, org_, period_.year_before(), compared));
  if (villages)
    villages_ = static_cast<std::int64_t>(TRY(villages_on(reader, org_, period_.last())).size());
  for (std::size_t i = 0; i < now_.size(); ++i) now_places_.emplace(now_[i].id, i);
  for (std::size_t i = 0; i < before_.size(); ++i) before_places_.emplace(before_[i].id, i);
  return Done{};
}

Result<ReportFigures> ReportFigures::shown(Environment &environment, store::Reader &reader,
                                           const report::Document &document) {
  const auto &catalog = *environment.catalog;
  ReportFigures made(catalog, document.org, document.period);
  std::set<std::string> ids;
  std::set<std::string> compared;
  bool villages = false;
  for (const auto &block : document.blocks)
    for (const auto &sentence : block.sentences)
      for (const auto &run : sentence.runs) {
        if (!run.figure) continue;
        villages = villages || run.figure->indicator == kVillages;
        if (catalog.indicator(run.figure->indicator) == nullptr) continue;
        ids.insert(run.figure->indicator);
        if (run.figure->kind == FigureRef::Kind::Change) compared.insert(run.figure->indicator);
      }
  // No ids would mean all of them.
  if (ids.empty() && !catalog.indicators.empty()) ids.insert(catalog.indicators.front().id);
  TRY(made.compute(environment, reader, {ids.begin(), ids.end()},
                   {compared.begin(), compared.end()}, villages));
  return made;
}

Result<ReportFigures> ReportFigures::all(Environment &environment, store::Reader &reader,
                                         const OrgCode &org, const Period &period) {
  ReportFigures made(*environment.catalog, org, period);
  TRY(made.compute(environment, reader, {}, {}, true));
  return made;
}

const record::Figure *ReportFigures::now(std::string_view indicator) const {
  const auto found = now_places_.find(indicator);
  return found == now_places_.end() ? nullptr : &now_[found->second];
}

Present ReportFigures::present(const FigureRef &ref, bool rough) const {
  report::CountedNow counted;
  counted.figure = now(ref.indicator);
  if (const auto found = before_places_.find(ref.indicator); found != before_places_.end())
    counted.last_year = &before_[found->second];
  counted.villages = villages_;
  return report::present(ref, counted, rough, *catalog_);
}

Present ReportFigures::present(const Run &run) const {
  return present(*run.figure, report::prints_rough(run, *catalog_));
}

report::Standing ReportFigures::standing(const Run &run) const {
  return report::standing(run, present(run));
}

Result<Run> ReportFigures::number_of(const std::string &indicator, const std::string &dimension,
                                     const std::string &group, std::int64_t records) const {
  const auto problem = [](std::string message) {
    return invalid("this figure cannot stand here", {{"indicator", std::move(message), "", ""}});
  };
  FigureRef ref;
  ref.indicator = indicator;
  ref.org = org_;
  ref.period = period_;
  ref.records = records;
  if (indicator != kVillages) {
    const auto *declared = catalog_->indicator(indicator);
    if (declared == nullptr) return problem(fmt::format("there is no figure \"{}\"", indicator));
    if (!dimension.empty()) {
      const auto *by = declared->dimension(dimension);
      if (by == nullptr)
        return problem(fmt::format("{} is not grouped by \"{}\"", indicator, dimension));
      ref.kind = FigureRef::Kind::Group;
      ref.dimension = by->id;
      ref.group = group;
    }
  }
  const auto value = present(ref, false);
  if (!value.exists) return problem(fmt::format("nothing is counted for {}", indicator));
  ref.seen = value.value;
  ref.unit = value.unit;
  return Run{value.number, ref};
}

std::string ReportFigures::label(const FigureRef &ref, bool english) const {
  const auto *declared = catalog_->indicator(ref.indicator);
  if (declared == nullptr) return std::string(catalog_->phrase("render.villages"));
  auto words = english ? declared->label.en : declared->label.zh;
  if (ref.dimension.empty()) return words;
  std::string group = ref.group;
  if (const auto *figure = now(ref.indicator))
    for (const auto &each : figure->groups)
      if (each.dimension == ref.dimension && each.code == ref.group && !each.label.empty())
        group = each.label;
  const auto *field = report::grouped_field(*catalog_, *declared, ref.dimension);
  const auto *list = field == nullptr ? nullptr : catalog_->list(field->list);
  if (const auto *word = list == nullptr ? nullptr : list->find(ref.group))
    group = english ? word->label.en : word->label.zh;
  return words + "·" + group;
}

} // namespace yifa::service
