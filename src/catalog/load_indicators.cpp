#include "catalog/loading.h"

#include <algorithm>
#include <fmt/format.h>

namespace yifa::catalog {
namespace {

const std::initializer_list<std::string_view> indicator_keys = {
    "label", "count", "sum",  "distinct", "least",   "total",      "ratio", "of",
    "where", "day",   "unit", "by",       "valid",   "as",         "mixed", "persons",
    "zero",  "rough", "over", "until",    "outcome", "definition", "help"};

struct WayWord {
  std::string_view word;
  Indicator::Way way;
};
constexpr WayWord way_words[] = {
    {"count", Indicator::Way::Count},       {"sum", Indicator::Way::Sum},
    {"distinct", Indicator::Way::Distinct}, {"least", Indicator::Way::Least},
    {"total", Indicator::Way::Total},       {"ratio", Indicator::Way::Ratio}};

class IndicatorReader {
public:
  IndicatorReader(Loading &loading, const Scope &scope, Indicator &out, const Node &key,
                  const Node &node)
      : loading_(loading), report_(loading.report), scope_(scope), out_(out), key_(key),
        shape_(node, loading.report, fmt::format("the indicator \"{}\"", out.id), indicator_keys) {}
  bool read();

private:
  void counted(const Node &node);
  void condition(const Node &node);
  void days_between(const Node &node);
  void summed(const Node &node);
  void distinct(const Node &node);
  void derived_way(const Node &node);
  void dated();
  void grouped();
  void group(const Node &node, std::string_view name, bool top);
  void misplaced(std::initializer_list<std::string_view> marks, std::string_view goes_with);

  Loading &loading_;
  Report &report_;
  const Scope &scope_;
  Indicator &out_;
  const Node &key_;
  Shape shape_;
};

void IndicatorReader::misplaced(std::initializer_list<std::string_view> marks,
                                std::string_view goes_with) {
  for (auto mark : marks)
    if (const Node *node = shape_.get(mark))
      report_.error(*node, fmt::format("\"{}\" goes with {}", mark, goes_with));
}

void IndicatorReader::counted(const Node &node) {
  misplaced({"where"}, "sum and distinct; a count says its condition itself");
  if (const Node *of = shape_.get("of")) {
    Named rows = find_name(loading_, scope_, *of);
    if (rows && (!rows.field || rows.field->type != FieldType::Rows ||
                 rows.ref.kind != FieldRef::Kind::Field)) {
      report_.error(*of, fmt::format("\"{}\" is no rows field; `of` counts lines", of->text));
    } else {
      out_.of = rows.ref;
      out_.lines = static_cast<bool>(rows);
    }
  }
  condition(node);
}

/// What depends on other records is derived onto the record first: a tally moves with one record
/// alone.
void IndicatorReader::condition(const Node &node) {
  PredicateUse use{"an indicator", false, false, false, false};
  if (out_.lines || out_.of.kind == FieldRef::Kind::RowColumn) use.lines = out_.of.index;
  out_.where = read_predicate(loading_, scope_, node, use);
}

/// `sum: {from: [corrected_on, received_on], to: answered_on}`: calendar days, the first not
/// counted.
void IndicatorReader::days_between(const Node &node) {
  Shape span(node, report_, "a sum of days", {"from", "to"});
  if (!span.good()) return;
  span.need("from");
  for (const Node *one : span.list("from"))
    if (Named from = find_day(loading_, scope_, *one)) out_.since.push_back(from.ref);
  if (const Node *to = span.need("to"))
    if (Named end = find_day(loading_, scope_, *to)) out_.of = end.ref;
  if (!shape_.get("unit")) report_.error(node, "days need their measure word: `unit: 日`");
}

void IndicatorReader::summed(const Node &node) {
  if (node.is_map()) {
    days_between(node);
    return;
  }
  if (!node.is_text()) {
    report_.error(node, "a sum adds one field; add two figures with `total: [a, b]`");
    return;
  }
  Named field = find_name(loading_, scope_, node);
  if (!field) return;
  bool adds = field.field &&
              (field.field->type == FieldType::Count || field.field->type == FieldType::Number ||
               field.field->type == FieldType::Money);
  if (!adds) {
    report_.error(
        node, fmt::format("\"{}\" cannot be summed; a sum adds count, number or money", node.text));
    return;
  }
  if (field.ref.kind == FieldRef::Kind::Owner)
    report_.error(node, "the owner's field would be added once for every part");
  if (field.field->personal)
    report_.error(node, fmt::format("\"{}\" is personal and stands in no figure", node.text));
  out_.of = field.ref;
  out_.money = field.field->type == FieldType::Money;
}

void IndicatorReader::distinct(const Node &node) {
  Named field = find_name(loading_, scope_, node);
  if (!field) return;
  bool fits =
      field.field && (field.field->type == FieldType::Code || field.field->type == FieldType::Org ||
                      field.field->type == FieldType::Link);
  if (!fits) {
    report_.error(
        node,
        fmt::format("\"{}\" cannot be told apart; distinct looks at code, org or link", node.text));
    return;
  }
  if (field.field->personal)
    report_.error(node, fmt::format("\"{}\" is personal and stands in no figure", node.text));
  out_.of = field.ref;
}

/// What is computed from other figures.
void IndicatorReader::derived_way(const Node &node) {
  misplaced({"where", "of", "by", "day", "valid", "until", "outcome", "persons"},
            "count, sum and distinct");
  switch (out_.way) {
  case Indicator::Way::Least:
    out_.of_indicator = read_text(node, report_, "least");
    if (const Node *over = shape_.need("over")) {
      read_word(*over, report_, "over", {"villages"});
      out_.over = over->text;
    }
    break;
  case Indicator::Way::Total:
    if (!node.is_list() || node.items.size() < 2)
      report_.error(node, "a total adds two or more indicators");
    for (const Node *term : read_texts(node, report_, "total")) out_.terms.emplace_back(term->text);
    break;
  case Indicator::Way::Ratio: {
    Shape ratio(node, report_, "ratio", {"of", "over"});
    out_.of_indicator = ratio.need_text("of");
    out_.over = ratio.need_text("over");
    if (const Node *as = shape_.need("as"))
      out_.percent = read_word(*as, report_, "as", {"percent", "per"}) == 0;
    out_.mixed = shape_.text("mixed");
    break;
  }
  default:
    break;
  }
}

void IndicatorReader::dated() {
  const Node *valid = shape_.get("valid");
  const Node *day = shape_.get("day");
  if (valid) {
    read_word(*valid, report_, "valid", {"end"});
    out_.stock = true;
    if (!scope_.is_record())
      report_.error(*valid, "a part has no `valid`; only records are in force");
    else if (!scope_.type->valid)
      report_.error(*valid, fmt::format("{} says no `valid: {{from, to}}`", scope_.type->id));
    if (day) report_.error(*day, "what is in force at the end of the period has no day of its own");
  } else if (day) {
    out_.day = find_day(loading_, scope_, *day).ref;
    if (out_.day.kind == FieldRef::Kind::Today)
      report_.error(*day, "@today is the day of no record");
  } else {
    out_.day = scope_.part ? scope_.part->day : scope_.type->day;
  }
  const Node *until = shape_.get("until");
  const Node *outcome = shape_.get("outcome");
  if (until) out_.until_period_end = read_word(*until, report_, "until", {"period_end"}) == 0;
  if (outcome) out_.outcome = find_day(loading_, scope_, *outcome).ref;
  if (until && !outcome)
    report_.error(*until,
                  "`until: period_end` needs `outcome:`, the date that must lie in the period");
  if (outcome && !until) report_.error(*outcome, "`outcome` goes with `until: period_end`");
  if (until && valid) report_.error(*until, "a stock has no outcome");
}

void IndicatorReader::group(const Node &node, std::string_view name, bool top) {
  Named field = find_name(loading_, scope_, node, name);
  if (!field) return;
  bool fits =
      field.field && (field.field->type == FieldType::Code || field.field->type == FieldType::Org ||
                      field.field->type == FieldType::Link);
  if (!fits) {
    report_.error(node,
                  fmt::format("\"{}\" cannot group figures; code, org and link fields can", name));
    return;
  }
  if (field.field->personal) {
    report_.error(node, fmt::format("\"{}\" is personal and groups no figures", name));
    return;
  }
  if (top && field.field->type != FieldType::Code)
    report_.error(node, fmt::format("\"{}\" has no `under`, so no `top`", name));
  bool of_lines = out_.lines || out_.of.kind == FieldRef::Kind::RowColumn;
  if (field.ref.kind == FieldRef::Kind::RowColumn &&
      (!of_lines || field.ref.index != out_.of.index)) {
    report_.error(node,
                  fmt::format("\"{}\" groups lines, and this indicator counts none of them", name));
    return;
  }
  if (out_.dimension(name)) {
    report_.error(node, fmt::format("grouped by \"{}\" twice", name));
    return;
  }
  out_.by.push_back({std::string(name), field.ref, top});
}

void IndicatorReader::grouped() {
  const Node *by = shape_.get("by");
  if (!by) return;
  auto one = [&](const Node &node) {
    if (node.is_text()) {
      group(node, node.text, false);
    } else if (node.is_map() && node.pairs() == 1 && node.value(0).is_text() &&
               node.value(0).text == "top") {
      group(node.key(0), node.key(0).text, true);
    } else {
      report_.error(node, "a group is a field, or {field: top}");
    }
  };
  if (by->is_list())
    for (const Node &node : by->items) one(node);
  else
    one(*by);
}

bool IndicatorReader::read() {
  if (!shape_.good()) return false;
  const Node *argument = nullptr;
  int ways = 0;
  for (const auto &word : way_words)
    if (const Node *node = shape_.node().find(word.word)) {
      ++ways;
      out_.way = word.way;
      argument = node;
    }
  if (ways != 1) {
    report_.error(key_, fmt::format("the indicator \"{}\" says {} of count, sum, distinct, least, "
                                    "total, ratio; it must say one",
                                    out_.id, ways == 0 ? "none" : "several"));
    return false;
  }
  if (argument->broken()) return false;
  if (argument->is_null()) {
    report_.error(*argument, "nothing is said; `count: {}` counts every record");
    return false;
  }
  if (const Node *label = shape_.need("label")) out_.label = read_words(*label, report_, "label");
  if (const Node *definition = shape_.get("definition"))
    out_.definition = read_help(*definition, report_, "definition");
  out_.unit = shape_.text("unit");
  if (const Node *unit = shape_.get("unit")) check_unit(loading_, *unit, out_.unit);
  out_.persons = shape_.text("persons");
  out_.rough = shape_.flag("rough");
  out_.zero = shape_.text("zero");
  if (const Node *zero = shape_.get("zero")) check_zero_category(loading_, *zero, out_.zero);
  out_.source.law = scope_.type->law;
  if (out_.way != Indicator::Way::Ratio) misplaced({"as", "mixed"}, "ratio");
  if (out_.way != Indicator::Way::Least) misplaced({"over"}, "least");
  if (out_.way != Indicator::Way::Count) misplaced({"of"}, "count");
  if (out_.way == Indicator::Way::Count) {
    counted(*argument);
  } else if (out_.way == Indicator::Way::Sum || out_.way == Indicator::Way::Distinct) {
    if (out_.way == Indicator::Way::Sum)
      summed(*argument);
    else
      distinct(*argument);
    if (const Node *where = shape_.get("where")) condition(*where);
  } else {
    derived_way(*argument);
    return true;
  }
  dated();
  grouped();
  return true;
}

} // namespace

void check_zero_category(Loading &loading, const Node &at, std::string_view category) {
  const CodeList *list = loading.catalog.list("zero_category");
  if (list && list->find(category)) return;
  std::vector<std::string> known;
  if (list)
    for (const auto &word : list->codes) known.push_back(word.code);
  loading.report.unknown(at, "code of the list zero_category", category, known);
}

void read_indicator(Loading &loading, const Node &key, std::string_view id, const Node &node,
                    std::size_t edition, int part) {
  if (node.broken()) return;
  const RecordType &type = loading.catalog.editions[edition];
  Indicator indicator;
  indicator.id = id;
  indicator.type = type.id;
  Scope record;
  record.type = &type;
  Scope scope = record;
  if (part >= 0) {
    scope = record.of_part(type.parts[static_cast<std::size_t>(part)]);
    indicator.part = scope.part->id;
  }
  auto [have, fresh] = loading.indicator_places.try_emplace(indicator.id, &key);
  if (!fresh) {
    loading.report.error(
        key, fmt::format("the indicator \"{}\" stands in {} too", id, have->second->file->path));
    return;
  }
  if (!IndicatorReader(loading, scope, indicator, key, node).read()) return;
  loading.catalog.indicators.push_back(std::move(indicator));
  loading.indicator_sources.push_back({&key, &node, edition, part});
}

void resolve_indicators(Loading &loading) {
  auto read = [&](const Node *map, std::size_t edition, int part) {
    if (!map || map->is_null() || map->broken()) return;
    if (!map->is_map()) {
      loading.report.error(*map, "\"indicators\" must be a map of indicators");
      return;
    }
    for (std::size_t i = 0; i < map->pairs(); ++i) {
      const Node &key = map->key(i);
      if (!check_name(key, loading.report, "an indicator")) continue;
      if (key.text.starts_with("x_"))
        loading.report.error(key, "indicators with x_ belong to a county's overlay");
      read_indicator(loading, key, key.text, map->value(i), edition, part);
    }
  };
  for (std::size_t e = 0; e < loading.sources.size(); ++e) {
    if (loading.sources[e].past) continue;
    const Node &root = *loading.sources[e].root;
    read(root.find("indicators"), e, -1);
    const Node *parts = root.find("parts");
    if (!parts || !parts->is_map()) continue;
    const RecordType &type = loading.catalog.editions[e];
    for (std::size_t i = 0; i < parts->pairs(); ++i) {
      int at = type.part_index(parts->key(i).text);
      if (at >= 0 && parts->value(i).is_map()) read(parts->value(i).find("indicators"), e, at);
    }
  }
}

} // namespace yifa::catalog
