#include "service/public_door.h"

#include "report/writer.h"

#include <algorithm>
#include <cstdlib>
#include <map>

namespace yifa::service {
namespace {

const std::string &door_word(const catalog::Words &words, bool english) {
  return english && !words.en.empty() ? words.en : words.zh;
}

struct LatestReport {
  PublicOffice office;
  PublicReportItem item;
};

Result<std::optional<LatestReport>> latest_report(PublicShelf &shelf) {
  std::optional<LatestReport> latest;
  for (auto &office : TRY(shelf.offices()))
    for (const auto &item : TRY(PublicReports(shelf).of(office.code)))
      if (!latest || latest->item.published_on < item.published_on) latest = {office, item};
  return latest;
}

/// A figure of the text and the groups of it that the text prints.
struct Told {
  const report::Run *whole = nullptr;
  std::map<std::string, std::vector<const report::Run *>> groups; ///< by dimension

  const std::vector<const report::Run *> *most() const {
    const std::vector<const report::Run *> *out = nullptr;
    for (const auto &[dimension, runs] : groups)
      if (out == nullptr || out->size() < runs.size()) out = &runs;
    return out;
  }
};

std::map<std::string, Told> told_in(const report::Document &document) {
  using Kind = report::FigureRef::Kind;
  std::map<std::string, Told> out;
  for (const auto &block : document.blocks)
    for (const auto &sentence : block.sentences)
      for (const auto &run : sentence.runs) {
        if (!run.figure) continue;
        auto &told = out[run.figure->indicator];
        if (run.figure->kind == Kind::Value && run.figure->dimension.empty() &&
            told.whole == nullptr)
          told.whole = &run;
        if (run.figure->kind == Kind::Group) told.groups[run.figure->dimension].push_back(&run);
      }
  return out;
}

DoorRow row_of(const catalog::Catalog &catalog, const catalog::Indicator &indicator,
               const report::Run &run, bool english) {
  const auto &ref = *run.figure;
  const auto *field = report::grouped_field(catalog, indicator, ref.dimension);
  const auto *list = field != nullptr ? catalog.list(field->list) : nullptr;
  const auto *code = list != nullptr ? list->find(ref.group) : nullptr;
  return {code != nullptr ? door_word(code->label, english) : ref.group, run.text,
          std::atof(ref.seen.c_str())};
}

} // namespace

Result<std::optional<Door>> public_door(PublicShelf &shelf, bool english) {
  const std::optional<Door> none;
  const auto latest = TRY(latest_report(shelf));
  if (!latest) return none;
  const auto report = TRY(PublicReports(shelf).one(latest->office.code, latest->item.year));
  if (!report.document) return none;
  const auto &catalog = *shelf.environment().catalog;
  const auto told = told_in(*report.document);
  const Told *best = nullptr;
  const catalog::Indicator *indicator = nullptr;
  for (const auto &[id, one] : told) {
    const auto *known = catalog.indicator(id);
    if (known == nullptr || known->percent || known->money || one.whole == nullptr) continue;
    const auto size = [](const Told &of) { return of.most() == nullptr ? 0 : of.most()->size(); };
    if (best != nullptr && size(one) <= size(*best)) continue;
    best = &one;
    indicator = known;
  }
  if (best == nullptr) return none;
  Door door;
  door.org_name = latest->office.name;
  door.year = latest->item.year;
  door.label = door_word(indicator->label, english);
  door.number = best->whole->text;
  door.unit = best->whole->figure->unit;
  if (const auto *groups = best->most())
    for (const auto *run : *groups) door.rows.push_back(row_of(catalog, *indicator, *run, english));
  std::stable_sort(door.rows.begin(), door.rows.end(),
                   [](const DoorRow &a, const DoorRow &b) { return a.value > b.value; });
  return std::optional<Door>(std::move(door));
}

} // namespace yifa::service
