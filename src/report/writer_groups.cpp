#include "report/amount.h"
#include "report/writer.h"

#include <algorithm>

namespace yifa::report {

using catalog::Token;
using record::Figure;

namespace {

std::string without_title_marks(std::string name) {
  constexpr std::string_view open = "《";
  constexpr std::string_view close = "》";
  if (name.starts_with(open) && name.ends_with(close) && name.find(open, 1) == std::string::npos)
    return name.substr(open.size(), name.size() - open.size() - close.size());
  return name;
}

} // namespace

const catalog::Field *grouped_field(const catalog::Catalog &catalog,
                                    const catalog::Indicator &indicator, const std::string &id) {
  const auto *dimension = indicator.dimension(id);
  const auto *type = catalog.type(indicator.type);
  if (!dimension || !type) return nullptr;
  const auto &ref = dimension->field;
  const auto at = [](const std::vector<catalog::Field> &fields, int index) {
    return index >= 0 && static_cast<std::size_t>(index) < fields.size()
               ? &fields[static_cast<std::size_t>(index)]
               : nullptr;
  };
  const int part = indicator.part.empty() ? -1 : type->part_index(indicator.part);
  const bool in_part = part >= 0 && ref.kind != catalog::FieldRef::Kind::Owner;
  const auto *field =
      at(in_part ? type->parts[static_cast<std::size_t>(part)].fields : type->fields, ref.index);
  if (field && ref.kind == catalog::FieldRef::Kind::RowColumn)
    return at(field->columns, ref.column);
  return field;
}

Writer::Print Writer::groups(const Token &token, Prose &out) {
  const Figure *figure = speaking(token.name);
  const auto *indicator = ground_.catalog.indicator(token.name);
  const auto *dimension = indicator ? indicator->dimension(token.argument) : nullptr;
  if (!figure || !dimension) return Print::Silent;
  const std::string key = token.name + "*" + dimension->id;
  if (ground_.said_here.contains(key)) return Print::Said;

  const catalog::Field *coded = grouped_field(ground_.catalog, *indicator, token.argument);
  const auto *list = coded ? ground_.catalog.list(coded->list) : nullptr;

  std::vector<const Figure::Group *> shown;
  std::int64_t sum = 0;
  for (const auto &group : figure->groups) {
    if (group.dimension != dimension->id || group.value <= 0) continue;
    sum += group.value;
    if (!token.selector.empty()) {
      const auto *word = list ? list->find(group.code) : nullptr;
      if (!word || word->set != token.selector) continue;
    }
    shown.push_back(&group);
  }
  if (shown.empty()) return Print::Silent;
  const bool one_kind_of_thing = indicator->unit_of.empty() && figure->scale == 1;
  const std::string_view of_which = ground_.words.get("group.of_which");
  const auto phrase_of = [](const Figure::Group &group) {
    return group.phrase.empty() ? group.label : group.phrase;
  };

  if (out.ends_with(of_which) && one_kind_of_thing && token.selector.empty()) {
    if (shown.size() == 1 && shown.front()->value == figure->value) {
      if (figure->value == 1) return Print::Silent;
      // All of one kind: 均为…
      out.drop_end(of_which);
      const auto all = ground_.words.fill("group.all", {{"phrase", phrase_of(*shown.front())}});
      out.figure(ground_.group_ref(*figure, *shown.front()), all);
      numbers.insert(key);
      printed.insert(token.name);
      lead_done_ = true;
      return Print::Done;
    }
    if (sum > figure->value) {
      // One thing under several kinds: the parts do not add up to the whole, so 其中 would mislead.
      out.drop_end(of_which);
      out.text(
          ground_.words.fill("group.by", {{"label", coded ? coded->label.zh : std::string()}}));
    }
  }

  std::stable_partition(shown.begin(), shown.end(), [&](const Figure::Group *group) {
    return !phrase_of(*group).starts_with(ground_.words.get("group.rest"));
  });
  const std::size_t limit = token.limit > 0
                                ? std::min(shown.size(), static_cast<std::size_t>(token.limit))
                                : shown.size();
  const bool commas = std::any_of(shown.begin(), shown.end(), [&](const Figure::Group *group) {
    return phrase_of(*group).find("、") != std::string::npos;
  });
  // Parts of a printed whole are exact; sums of unlike things (手册, 横幅) have no whole.
  const AmountOptions how{{},
                          ground_.options.style == Style::Approximate && indicator->rough &&
                              !one_kind_of_thing && !terms_.contains(token.name)};
  for (std::size_t i = 0; i < limit; ++i) {
    const auto &group = *shown[i];
    if (i > 0) out.text(commas ? "，" : "、");
    out.text(phrase_of(group));
    const auto amount = amount_of(*figure, group, how, ground_.words);
    out.number(ground_.group_ref(*figure, group), amount.number, amount.unit);
    numbers.insert(key + "=" + group.code);
  }
  const bool more =
      limit < shown.size() || (token.selector.empty() && one_kind_of_thing && sum < figure->value);
  if (more) out.text(ground_.words.get("group.more"));
  numbers.insert(key);
  printed.insert(token.name);
  lead_done_ = true;
  return Print::Done;
}

Writer::Print Writer::one_group(const Token &token, Prose &out, bool optional) {
  const Figure *figure = speaking(token.name);
  if (!figure) return Print::Silent;
  const auto *indicator = ground_.catalog.indicator(token.name);
  const auto *dimension = indicator ? indicator->dimension(token.argument) : nullptr;
  if (!dimension) return Print::Silent;
  const std::string key = token.name + "*" + dimension->id + "=" + token.selector;
  for (const auto &group : figure->groups) {
    if (group.dimension != dimension->id || group.code != token.selector || group.value <= 0)
      continue;
    if (said(key, optional)) return Print::Said;
    const AmountOptions how{{},
                            ground_.options.style == Style::Approximate && indicator->rough &&
                                !terms_.contains(token.name)};
    const auto amount = amount_of(*figure, group, how, ground_.words);
    out.number(ground_.group_ref(*figure, group), amount.number, amount.unit);
    numbers.insert(key);
    printed.insert(token.name);
    lead_done_ = true;
    return Print::Done;
  }
  return Print::Silent;
}

Writer::Print Writer::names(const Token &token, const Token *next, Prose &out) {
  const Figure *figure = speaking(token.name);
  const auto *indicator = ground_.catalog.indicator(token.name);
  const auto *type = indicator ? ground_.catalog.type(indicator->type) : nullptr;
  if (!figure || !type) return Print::Silent;

  std::vector<std::pair<int, std::string>>
      names; // rank for codes, so that lists stand in their order
  const auto add = [&](const catalog::Field &field, const catalog::Value &value,
                       auto &&self) -> void {
    if (const auto *many = value.get<std::vector<catalog::Value>>()) {
      for (const auto &one : *many) self(field, one, self);
      return;
    }
    int rank = 0;
    if (const auto *code = value.get<catalog::Code>())
      if (const auto *list = ground_.catalog.list(field.list)) rank = list->rank(code->text);
    auto words = value_words(ground_, field, value, ground_.options.year, false);
    if (words.empty()) return;
    const auto same = [&](const auto &known) { return known.second == words; };
    if (std::none_of(names.begin(), names.end(), same)) names.emplace_back(rank, std::move(words));
  };
  for (const auto &counted : ground_.facts.counted(token.name)) {
    if (counted.part) {
      const auto &part = type->parts[static_cast<std::size_t>(counted.part->part)];
      if (const int at = part.field_index(token.argument); at >= 0) {
        add(part.fields[static_cast<std::size_t>(at)],
            counted.part->values[static_cast<std::size_t>(at)], add);
        continue;
      }
    }
    const int at = counted.record ? type->field_index(token.argument) : -1;
    if (at >= 0 && static_cast<std::size_t>(at) < counted.record->values.size())
      add(type->fields[static_cast<std::size_t>(at)], counted.record->value(at), add);
  }
  if (names.empty()) return Print::Silent;
  std::stable_sort(names.begin(), names.end(),
                   [](const auto &a, const auto &b) { return a.first < b.first; });

  const std::size_t limit = token.limit > 0
                                ? std::min(names.size(), static_cast<std::size_t>(token.limit))
                                : names.size();
  const bool in_marks = out.ends_with("《");
  std::string all;
  for (std::size_t i = 0; i < limit; ++i) {
    if (in_marks && i > 0)
      all += "》《";
    else if (i > 0 && !(names[i - 1].second.ends_with("》") && names[i].second.starts_with("《")))
      all += "、";
    all += in_marks ? without_title_marks(names[i].second) : names[i].second;
  }
  out.figure(ground_.ref(FigureRef::Kind::Names, *figure), all);
  const auto more = ground_.words.get("group.more");
  if (limit < names.size() && !in_marks &&
      !(next && next->kind == Token::Kind::Text && next->text.starts_with(more)))
    out.text(more);
  printed.insert(token.name);
  lead_done_ = true;
  return Print::Done;
}

} // namespace yifa::report
