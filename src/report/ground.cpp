#include "report/ground.h"

#include "base/text.h"
#include "report/amount.h"

namespace yifa::report {

using record::Figure;
using record::Org;

namespace {

std::string_view kind_key(Org::Kind kind) {
  switch (kind) {
  case Org::Kind::Town:
    return "town";
  case Org::Kind::Township:
    return "township";
  case Org::Kind::Street:
    return "street";
  case Org::Kind::Village:
  case Org::Kind::Community:
    return "village";
  case Org::Kind::Department:
    return "town";
  case Org::Kind::Division:
    break;
  }
  return "division";
}

std::string_view level_key(OrgLevel level) {
  switch (level) {
  case OrgLevel::Nation:
    return "nation";
  case OrgLevel::Province:
    return "province";
  case OrgLevel::City:
    return "city";
  case OrgLevel::County:
    return "county";
  case OrgLevel::Village:
    return "village";
  case OrgLevel::Township:
  case OrgLevel::Department:
    break;
  }
  return "town";
}

} // namespace

std::string Ground::county() const {
  auto code = OrgCode::parse(facts.office().code.county());
  return code ? facts.org_name(*code) : std::string();
}

std::string Ground::issuer() const {
  if (!options.issuer.empty()) return options.issuer;
  const auto &office = facts.office();
  return words.fill("issuer." + std::string(kind_key(office.kind)), {{"org", office.name}});
}

std::string_view Ground::whole_area() const {
  const auto &office = facts.office();
  const auto key =
      office.kind == Org::Kind::Division ? level_key(office.code.level()) : kind_key(office.kind);
  return words.get("all." + std::string(key));
}

std::string Ground::span() const {
  if (!options.cutoff) return std::string(words.get("span.year"));
  return words.fill("span.cutoff", {{"month", std::to_string(options.cutoff->month())},
                                    {"day", std::to_string(options.cutoff->day())}});
}

std::string Ground::outline_text(std::string_view text, std::string_view points) const {
  std::string all;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = text[at] == '{' ? text.find('}', at) : std::string_view::npos;
    if (end == std::string_view::npos) {
      all += text[at++];
      continue;
    }
    const auto word = text.substr(at + 1, end - at - 1);
    if (word == "@org")
      all += issuer();
    else if (word == "@org_short")
      all += facts.office().name;
    else if (word == "@county")
      all += county();
    else if (word == "@year")
      all += std::to_string(options.year);
    else if (word == "@next_year")
      all += std::to_string(options.year + 1);
    else if (word == "@all")
      all += whole_area();
    else if (word == "@span")
      all += span();
    else if (word == "@villages")
      all += std::to_string(facts.office().villages) + std::string(words.get("number.villages"));
    else if (word == "@points")
      all += points;
    at = end + 1;
  }
  return all;
}

void Ground::note_itemised(const std::vector<catalog::Token> &tokens) {
  for (const auto &token : tokens) {
    note_itemised(token.inner);
    const auto *figure =
        token.kind == catalog::Token::Kind::Groups ? facts.figure(token.name) : nullptr;
    const auto *indicator = figure ? catalog.indicator(token.name) : nullptr;
    const auto *dimension = indicator ? indicator->dimension(token.argument) : nullptr;
    if (!dimension) continue;
    for (const auto &group : figure->groups)
      if (group.dimension == dimension->id && group.value > 0) itemised.insert(token.name);
  }
}

FigureRef Ground::ref(FigureRef::Kind kind, const Figure &figure) const {
  FigureRef ref;
  ref.kind = kind;
  ref.indicator = figure.id;
  ref.org = org;
  ref.period = period;
  ref.seen = exact_value(figure);
  ref.records = facts.record_count(figure.id, {}, {});
  return ref;
}

FigureRef Ground::group_ref(const Figure &figure, const Figure::Group &group) const {
  FigureRef ref;
  ref.kind = FigureRef::Kind::Group;
  ref.indicator = figure.id;
  ref.dimension = group.dimension;
  ref.group = group.code;
  ref.org = org;
  ref.period = period;
  ref.seen = exact_value(figure, group.value);
  ref.records = facts.record_count(figure.id, group.dimension, group.code);
  return ref;
}

FigureRef Ground::villages_ref() const {
  FigureRef ref;
  ref.indicator = "@villages";
  ref.org = org;
  ref.period = period;
  ref.seen = std::to_string(facts.office().villages);
  return ref;
}

void Ground::mention(const Figure &figure) {
  mentioned.insert(figure.id);
  if (!figure.ratio) return;
  mentioned.insert(figure.numerator_id);
  mentioned.insert(figure.denominator_id);
}

void Ground::miss(Missing::Kind kind, std::string_view topic, std::string_view clause,
                  std::string_view indicator, std::string_view label) {
  std::string_view key;
  switch (kind) {
  case Missing::Kind::Chapter:
    key = "missing.chapter";
    break;
  case Missing::Kind::Topic:
    key = "missing.topic";
    break;
  case Missing::Kind::Zero:
    key = "missing.zero";
    break;
  case Missing::Kind::Figure:
    key = "missing.figure";
    break;
  case Missing::Kind::Partial:
    key = "missing.partial";
    break;
  case Missing::Kind::Reason:
    key = "missing.reason";
    break;
  case Missing::Kind::Words:
    key = "missing.words";
    break;
  }
  Missing gap;
  gap.kind = kind;
  gap.required = kind == Missing::Kind::Chapter;
  gap.topic = topic;
  gap.clause = clause;
  gap.indicator = indicator;
  gap.label = label;
  gap.message = words.fill(key, {{"label", label}});
  missing.push_back(std::move(gap));
}

std::string clean_words(std::string_view text) {
  std::u32string kept;
  for (char32_t c : text::decode(text)) {
    if (c == U'\n' || c == U'\t') c = U' ';
    if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xfeff) continue;
    // A line break between Chinese words leaves nothing; a blank between Latin words stays one.
    if (c == U' ' && (kept.empty() || kept.back() == U' ')) continue;
    if (c != U' ' && kept.size() > 1 && kept.back() == U' ' &&
        (text::is_han(c) || text::is_han(kept[kept.size() - 2])))
      kept.pop_back();
    kept += c;
  }
  constexpr std::u32string_view final_marks = U" 　。；，、：.;,:";
  while (!kept.empty() && final_marks.find(kept.back()) != std::u32string_view::npos)
    kept.pop_back();
  std::size_t start = 0;
  constexpr std::u32string_view first_marks = U" 　。；，、：;,:";
  while (start < kept.size() && first_marks.find(kept[start]) != std::u32string_view::npos) ++start;
  return text::encode(std::u32string_view(kept).substr(start));
}

namespace {

std::string date_words(const Ground &ground, Date day, int context_year, bool plan) {
  const auto month = std::to_string(day.month());
  std::string rest;
  if (plan && day == last_day(day.month_of()))
    rest = day.month() == 12 ? std::string(ground.words.get("date.year_end"))
                             : ground.words.fill("date.month_end", {{"month", month}});
  else
    rest = ground.words.fill("date.day", {{"month", month}, {"day", std::to_string(day.day())}});
  if (day.year() == context_year) return rest;
  return ground.words.fill("date.year", {{"year", std::to_string(day.year())}, {"rest", rest}});
}

} // namespace

std::string value_words(const Ground &ground, const catalog::Field &field,
                        const catalog::Value &value, int context_year, bool plan) {
  if (field.personal || !value.filled()) return {};
  if (const auto *many = value.get<std::vector<catalog::Value>>()) {
    std::vector<std::string> each;
    for (const auto &one : *many) {
      auto words = value_words(ground, field, one, context_year, plan);
      if (!words.empty()) each.push_back(std::move(words));
    }
    return text::join(each, "、");
  }
  if (const auto *held = value.get<std::string>()) return clean_words(*held);
  if (const auto *held = value.get<catalog::Code>()) {
    const auto *list = ground.catalog.list(field.list);
    const auto *word = list ? list->find(held->text) : nullptr;
    if (!word) return held->text;
    return word->label.zh;
  }
  if (const auto *held = value.get<OrgCode>()) return ground.facts.org_name(*held);
  if (const auto *held = value.get<RecordId>()) return ground.facts.record_name(*held);
  if (const auto *held = value.get<Date>()) return date_words(ground, *held, context_year, plan);
  if (const auto *held = value.get<Moment>())
    return date_words(ground, held->date(), context_year, plan);
  Figure amount;
  amount.status = Figure::Status::Counted;
  amount.unit = field.unit;
  if (const auto *count = value.get<catalog::Count>()) {
    amount.value = count->n;
  } else if (const auto *money = value.get<Money>()) {
    amount.value = money->fen();
    amount.scale = 100;
  } else if (const auto *number = value.get<Decimal>()) {
    amount.value = number->millionths();
    amount.scale = 1'000'000;
  } else {
    return {};
  }
  const auto printed = amount_of(amount, {}, ground.words);
  return printed.number + printed.unit;
}

} // namespace yifa::report
