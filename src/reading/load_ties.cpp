#include "reading/tie.h"

#include "base/text.h"
#include "reading/checks_file.h"

namespace yifa::reading {
namespace {

std::vector<std::u32string> tie_words(const catalog::Shape &shape, std::string_view key) {
  std::vector<std::u32string> words;
  for (const auto *word : shape.list(key)) words.push_back(text::decode(word->text));
  return words;
}

Tie read_tie(const catalog::Node &node, const catalog::Node *groups, catalog::Report &report) {
  catalog::Shape shape(
      node, report, "a tie",
      {"indicator", "units", "kinds", "any", "near", "with", "back", "without", "away"});
  Tie tie;
  if (!shape.good()) return tie;
  tie.indicator = shape.need_text("indicator");
  if (const auto *units = shape.need("units"))
    for (const auto *unit : catalog::read_texts(*units, report, "measure words")) {
      const auto *group = groups ? groups->find(unit->text) : nullptr;
      if (group == nullptr)
        tie.units.emplace_back(unit->text);
      else
        for (const auto *word : catalog::read_texts(*group, report, "a group of measure words"))
          tie.units.emplace_back(word->text);
    }
  for (const auto *kind : shape.list("kinds")) {
    const int word = catalog::read_word(*kind, report, "a kind of figure",
                                        {"amount", "rate", "zero", "coverage", "each"});
    if (word >= 0) tie.kinds.push_back(static_cast<FigureKind>(word));
  }
  if (tie.kinds.empty()) {
    if (tie.units == std::vector<std::string>{"%"})
      tie.kinds = {FigureKind::Rate, FigureKind::Coverage};
    else
      tie.kinds = {FigureKind::Amount};
  }
  (void)shape.need("any");
  tie.any = tie_words(shape, "any");
  tie.near = tie_words(shape, "near");
  tie.with = tie_words(shape, "with");
  tie.back = tie_words(shape, "back");
  tie.without = tie_words(shape, "without");
  tie.away = tie_words(shape, "away");
  return tie;
}

} // namespace

Result<std::shared_ptr<const Ties>> load_ties(const catalog::Sources &sources) {
  constexpr std::string_view kFile = "checks/indicators.yaml";
  if (sources.count(std::string(kFile)) == 0)
    return not_found("the catalog holds no " + std::string(kFile));
  auto made = std::make_shared<Ties>();
  ChecksFiles files(sources, kFile);
  files.each([&](const std::string &, const catalog::Node &root, catalog::Report &report) {
    catalog::Shape shape(root, report, "the table of ties", {"units", "parts", "fillers", "ties"});
    if (!shape.good()) return;
    made->parts = tie_words(shape, "parts");
    made->fillers = tie_words(shape, "fillers");
    const auto *list = shape.need("ties");
    if (list == nullptr) return;
    const auto *groups = shape.get("units");
    for (const auto &node : list->items) made->add(read_tie(node, groups, report));
  });
  TRY(files.done());
  return std::shared_ptr<const Ties>(std::move(made));
}

} // namespace yifa::reading
