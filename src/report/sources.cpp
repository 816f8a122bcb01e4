#include "report/sources.h"

#include "report/words.h"
#include "report/writer.h"

#include <cstdlib>
#include <set>

namespace yifa::report {

namespace {

std::string anchor_text(std::string_view text) {
  std::string all;
  for (char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '_' || c == '-';
    all += plain ? c : '-';
  }
  return all;
}

std::string group_label(const catalog::Catalog &catalog, const catalog::Indicator &indicator,
                        const std::string &dimension, const std::string &code, std::string &unit) {
  const auto *field = grouped_field(catalog, indicator, dimension);
  const auto *list = field ? catalog.list(field->list) : nullptr;
  const auto *word = list ? list->find(code) : nullptr;
  if (!word) return code;
  if (!word->unit.empty() && !indicator.unit_of.empty()) unit = word->unit;
  return word->label.zh;
}

} // namespace

Sources::Sources(const Document &document, const catalog::Catalog &catalog) {
  for (const auto &block : document.blocks)
    for (const auto &sentence : block.sentences) {
      for (const auto &run : sentence.runs)
        if (run.figure) add(*run.figure, sentence.id, catalog);
      for (const auto &ref : sentence.rests_on) add(ref, sentence.id, catalog);
    }
}

std::string Sources::key(const FigureRef &ref) {
  return ref.indicator + "\n" + ref.dimension + "\n" + ref.group;
}

const SourceRow &Sources::row(const FigureRef &ref) const {
  const auto at = places_.find(key(ref));
  if (at == places_.end()) std::abort(); // every figure of the document was added
  return rows_[at->second];
}

void Sources::add(const FigureRef &ref, const std::string &sentence,
                  const catalog::Catalog &catalog) {
  const auto [at, fresh] = places_.try_emplace(key(ref), rows_.size());
  if (!fresh) {
    if (ref.kind == FigureRef::Kind::Change) rows_[at->second].last_year = ref.last_year;
    return;
  }
  const Words words(catalog);
  SourceRow row;
  row.anchor = "fig-" + anchor_text(ref.indicator);
  if (!ref.dimension.empty())
    row.anchor += "-" + anchor_text(ref.dimension) + "-" + anchor_text(ref.group);
  for (const auto &other : rows_)
    if (other.anchor == row.anchor) row.anchor += "-" + std::to_string(rows_.size());
  row.indicator = ref.indicator;
  row.dimension = ref.dimension;
  row.group = ref.group;
  row.last_year = ref.last_year;
  row.period = ref.period.text();
  row.records = ref.records;
  row.first_use = sentence;
  const auto *indicator = catalog.indicator(ref.indicator);
  if (!indicator) { // the number of villages
    row.label = words.get("render.villages");
    row.value = ref.seen + std::string(words.get("number.villages"));
    row.command = "yifa orgs show " + ref.org.text();
    rows_.push_back(std::move(row));
    return;
  }
  std::string unit = indicator->money ? std::string(words.get("number.yuan")) : indicator->unit;
  row.label = indicator->label.zh;
  if (!ref.dimension.empty())
    row.label += "·" + group_label(catalog, *indicator, ref.dimension, ref.group, unit);
  if (ref.kind != FigureRef::Kind::Change) row.value = ref.seen + unit;
  row.definition = indicator->definition.zh;
  row.source = indicator->source.text();
  row.command = "yifa figure " + ref.indicator + " --org " + ref.org.text() + " --period " +
                ref.period.text() + " --records";
  if (!ref.dimension.empty()) row.command += " --group " + ref.dimension + "=" + ref.group;
  rows_.push_back(std::move(row));
}

std::string silent_figures(const Draft &draft) {
  std::set<std::string> known;
  std::string all;
  for (const auto &gap : draft.missing)
    if (gap.kind == Missing::Kind::Figure && known.insert(gap.label).second)
      all += (all.empty() ? "" : "、") + gap.label;
  return all;
}

} // namespace yifa::report
