#include "wire/figure_view_json.h"

#include "wire/ledger_json.h"

namespace yifa::wire {
namespace {

using catalog::Indicator;

json::value figure_value(const record::Figure &figure) {
  return record::to_json(figure).at("value");
}

std::string_view figure_way(Indicator::Way way) {
  switch (way) {
  case Indicator::Way::Count:
    return "count";
  case Indicator::Way::Sum:
    return "sum";
  case Indicator::Way::Distinct:
    return "distinct";
  case Indicator::Way::Least:
    return "least";
  case Indicator::Way::Total:
    return "total";
  case Indicator::Way::Ratio:
    break;
  }
  return "ratio";
}

json::object formula_json(const service::FigureView &view, bool english) {
  json::array of;
  for (const auto *term : view.made_of)
    of.push_back({{"id", term->id}, {"label", label_in(term->label, english)}});
  return {{"way", figure_way(view.row.indicator->way)},
          {"ledger", view.row.indicator->type},
          {"over_villages", view.row.indicator->over == "@villages"},
          {"of", std::move(of)}};
}

} // namespace

json::object to_json(const service::FigureRow &row, bool english) {
  auto out = record::to_json(row.figure);
  out["label"] = label_in(row.indicator->label, english);
  out["definition"] = label_in(row.indicator->definition, english);
  out["topic"] = std::string(1, row.group);
  out["ledger"] = row.indicator->type;
  out["number"] = row.figure.exists() ? json::value(row.figure.number()) : json::value();
  out["last_year"] = nullptr;
  if (row.last_year.exists())
    out["last_year"] = {{"value", figure_value(row.last_year)},
                        {"number", row.last_year.number()},
                        {"status", std::string(to_string(row.last_year.status))}};
  json::array marks;
  for (const auto mark : row.marks) marks.emplace_back(std::string(to_string(mark)));
  out["marks"] = std::move(marks);
  return out;
}

json::object to_json(const service::FigureView &view, bool english) {
  auto out = to_json(view.row, english);
  json::array months;
  for (const auto &each : view.months)
    months.push_back({{"month", static_cast<std::int64_t>(each.month.month())},
                      {"value", figure_value(each.figure)},
                      {"status", std::string(to_string(each.figure.status))},
                      {"last_year", figure_value(each.last_year)}});
  out["months"] = std::move(months);
  out["places"] = nullptr;
  if (view.places) {
    json::array places;
    for (const auto &place : *view.places)
      places.push_back(
          {{"org", place.org.text()},
           {"name", place.name},
           {"value", figure_value(place.figure)},
           {"number", place.figure.exists() ? json::value(place.figure.number()) : json::value()},
           {"status", std::string(to_string(place.figure.status))}});
    out["places"] = std::move(places);
  }
  out["formula"] = formula_json(view, english);
  out["records"] = view.records;
  out["late"] = view.late;
  return out;
}

} // namespace yifa::wire
