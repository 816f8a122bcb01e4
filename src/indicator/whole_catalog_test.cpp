#include "catalog/loader.h"
#include "indicator/sample_ledgers.h"

#include "base/text.h"

#include <doctest/doctest.h>

/// Every indicator of the shipped catalog over random records of every type: the records listed for
/// a figure make the figure.
using namespace yifa;
using namespace yifa::indicator;
using namespace yifa::indicator::sample;

namespace {

class Filling {
public:
  Filling(const catalog::Catalog &book, unsigned seed) : book_(book), engine_(seed), ids_(seed) {}

  Record record(const catalog::RecordType &type) {
    static const std::vector<std::string> owners = {"370306104", "370306104D01", "370306105"};
    Record made;
    made.id = ids_.next();
    made.type = type.id;
    made.edition = type.edition;
    made.owner_org = made.place_org = org(owners[pick(owners.size())]);
    made.state = type.states[pick(type.states.size())].id;
    made.version = 1;
    made.withdrawn = pick(12) == 0;
    for (const auto &field : type.fields) made.values.push_back(value(field));
    made.day = day();
    if (type.day.kind == FieldRef::Kind::Field) {
      if (const auto *own = made.value(type.day.index).get<Date>()) made.day = *own;
      if (const auto *own = made.value(type.day.index).get<Moment>()) made.day = own->date();
    }
    for (std::size_t p = 0; p < type.parts.size(); ++p) {
      for (std::size_t n = pick(3); n > 0; --n) {
        record::PartRecord part;
        part.part = static_cast<int>(p);
        part.withdrawn = pick(6) == 0;
        for (const auto &field : type.parts[p].fields) part.values.push_back(value(field));
        made.parts.push_back(std::move(part));
      }
    }
    return made;
  }

private:
  std::size_t pick(std::size_t n) { return engine_() % n; }
  Date day() {
    Date any = on("2022-07-01").plus_days(static_cast<int>(pick(700)));
    return pick(3) == 0 ? last_day(any.month_of()) : any;
  }

  Value value(const Field &field) {
    if (pick(5) == 0) return Value();
    if (field.type == FieldType::Rows) {
      std::vector<Row> rows;
      for (std::size_t n = pick(4); n > 0; --n) {
        Row row;
        for (const auto &column : field.columns) row.cells.push_back(value(column));
        rows.push_back(std::move(row));
      }
      return Value(std::move(rows));
    }
    if (!field.many) return single(field);
    std::vector<Value> values;
    for (std::size_t n = pick(4); n > 0; --n) {
      auto one = single(field);
      if (std::find(values.begin(), values.end(), one) == values.end())
        values.push_back(std::move(one));
    }
    return Value(std::move(values));
  }

  Value single(const Field &field) {
    switch (field.type) {
    case FieldType::Text:
      return Value(std::string("字"));
    case FieldType::Code: {
      const auto *list = book_.list(field.list);
      return list && !list->codes.empty() ? Value(Code{list->codes[pick(list->codes.size())].code})
                                          : Value();
    }
    case FieldType::Count:
      return Value(Count{static_cast<std::int64_t>(pick(50))});
    case FieldType::Number:
      return Value(Decimal::from_millionths(static_cast<std::int64_t>(pick(90'000'000))));
    case FieldType::Money:
      return Value(Money::from_fen(static_cast<std::int64_t>(pick(9'000'000))));
    case FieldType::Date:
      return Value(day());
    case FieldType::Moment:
      return Value(Moment::from_unix(std::int64_t{day().days()} * 86'400 +
                                     static_cast<std::int64_t>(pick(57'000))));
    case FieldType::Flag:
      return Value(pick(2) == 0);
    case FieldType::Org:
      return Value(org("37030610420" + std::to_string(1 + pick(4))));
    case FieldType::Link:
      return Value(SeededIds(1 + pick(6)).next());
    case FieldType::File:
      return Value(catalog::FileHash{std::string(64, 'a')});
    case FieldType::Rows:
      break;
    }
    return Value();
  }

  const catalog::Catalog &book_;
  std::mt19937 engine_;
  SeededIds ids_;
};

struct Counted {
  std::int64_t value = 0;
  std::set<std::string> keys;
  std::map<std::string, std::int64_t> by_village;
};

Counted count_members(const catalog::Catalog &book, const Shelf &shelf, const Indicator &leaf,
                      const OrgCode &scope, const Period &period) {
  Counted counted;
  const auto *villages = village_dimension(book, leaf);
  for (const auto *record : shelf.find(candidates(book, leaf, scope, period))) {
    auto part = share(book, leaf, *book.type(record->type), *record, period, shelf.around(),
                      villages ? villages->id : "");
    counted.value += part.value;
    for (const auto &[key, n] : part.keys) {
      if (leaf.way == Indicator::Way::Distinct) counted.keys.insert(key);
      counted.by_village[key] += n;
    }
  }
  return counted;
}

} // namespace

TEST_CASE("for every indicator of the catalog the listed records make the figure") {
  auto sources = catalog::read_sources(YIFA_SOURCE_DIR "/catalog");
  REQUIRE(sources.has_value());
  auto loaded = catalog::load(*sources);
  for (const auto &d : loaded.diagnostics)
    if (d.level == catalog::Diagnostic::Level::Error) MESSAGE(d.text());
  REQUIRE(loaded.catalog);
  const catalog::Catalog &book = *loaded.catalog;
  Shelf shelf(book);
  shelf.met([](const std::string &deadline, const Record &record) -> std::optional<bool> {
    auto roll = (deadline.size() + record.id.bytes()[15]) % 3;
    return roll == 0 ? std::nullopt : std::optional(roll == 1);
  });
  Filling filling(book, 11);
  for (const auto &id : book.type_ids())
    for (int n = 0; n < 100; ++n) shelf.put(filling.record(*book.type(id)));
  CHECK(shelf.tally() == shelf.recount());

  const std::vector<OrgCode> villages = {org("370306104201"), org("370306104202"),
                                         org("370306104203"), org("370306104204")};
  std::set<std::string> seen;
  for (const char *text : {"2023", "2023-Q1", "2023-01-01..2023-10-20"}) {
    for (const auto &scope : {org("370306104"), org("370306")}) {
      Request request{scope, *Period::parse(text), {}};
      std::map<std::string, record::Figure> figures;
      for (auto &figure : shelf.figures(request, villages)) figures[figure.id] = figure;
      for (const auto &indicator : book.indicators) {
        const auto &figure = figures.at(indicator.id);
        auto at = indicator.id + " " + text + " of " + scope.text();
        if (figure.exists()) seen.insert(indicator.id);
        if (indicator.way == Indicator::Way::Ratio) {
          if (!figure.exists()) continue;
          CHECK_MESSAGE(figure.numerator == figures.at(indicator.of_indicator).value, at);
          if (indicator.over != "@villages")
            CHECK_MESSAGE(figure.denominator == figures.at(indicator.over).value, at);
        } else if (indicator.way == Indicator::Way::Total) {
          std::int64_t sum = 0;
          for (const auto &term : indicator.terms) sum += figures.at(term).value;
          CHECK_MESSAGE(figure.value == sum, at);
        } else if (indicator.way == Indicator::Way::Least) {
          auto counted = count_members(book, shelf, *book.indicator(indicator.of_indicator), scope,
                                       request.period);
          std::int64_t least = INT64_MAX;
          for (const auto &village : villages)
            least = std::min(least, counted.by_village[village.text()]);
          if (figure.exists()) CHECK_MESSAGE(figure.value == least, at);
        } else {
          auto counted = count_members(book, shelf, indicator, scope, request.period);
          auto sum = indicator.way == Indicator::Way::Distinct
                         ? static_cast<std::int64_t>(counted.keys.size())
                         : counted.value;
          CHECK_MESSAGE(figure.value == sum, at);
        }
      }
    }
  }
  // The check must have had something to check.
  CHECK(seen.size() * 10 > book.indicators.size() * 9);
}
