#include "catalog/plan.h"

#include <algorithm>
#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::catalog;

namespace {

Field field(const char *id, FieldType type) {
  Field out;
  out.id = id;
  out.type = type;
  return out;
}

Catalog with(std::vector<Field> fields, std::vector<Part> parts = {}) {
  Catalog out;
  RecordType type;
  type.id = "thing";
  type.fields = std::move(fields);
  type.parts = std::move(parts);
  type.transitions.resize(1);
  out.editions = {type};
  out.index();
  return out;
}

std::string said(const std::vector<PlanStep> &steps) {
  std::string out;
  for (const auto &step : steps) out += std::string(to_string(step.kind)) + ": " + step.text + "\n";
  return out;
}

} // namespace

TEST_CASE("the same catalog needs nothing, whatever the order of its fields") {
  auto a = with({field("a", FieldType::Text), field("b", FieldType::Date)});
  auto b = with({field("b", FieldType::Date), field("a", FieldType::Text)});
  CHECK(plan(a, b).empty());
  CHECK(canonical(shape_json(a)) == canonical(shape_json(b)));
  auto labelled = with({field("a", FieldType::Text), field("b", FieldType::Date)});
  labelled.editions[0].fields[0].label = {"甲", "A"};
  CHECK(canonical(shape_json(a)) == canonical(shape_json(labelled)));
}

TEST_CASE("additions, renames, retirements and refusals are told apart") {
  auto old_rows = field("lines", FieldType::Rows);
  old_rows.columns = {field("a", FieldType::Text)};
  auto new_rows = old_rows;
  new_rows.columns.push_back(field("b", FieldType::Count));
  auto renamed = field("new_name", FieldType::Text);
  renamed.was = "old_name";
  auto secret = field("secret", FieldType::Text);
  auto now_secret = secret;
  now_secret.personal = true;
  auto gone = field("gone", FieldType::Flag);
  auto retired = field("retired", FieldType::Flag);
  auto now_retired = retired;
  now_retired.absent = true;
  Part step;
  step.id = "visit";
  step.fields = {field("on_day", FieldType::Date)};
  auto before = with({old_rows, field("old_name", FieldType::Text), field("kind", FieldType::Text),
                      secret, gone, retired});
  auto after = with({new_rows, renamed, field("kind", FieldType::Code), now_secret, now_retired,
                     field("more", FieldType::Money)},
                    {step});
  auto steps = plan(before, after);
  CHECK(said(steps) == "rename_field: rename thing.old_name to new_name\n"
                       "refused: thing.kind is text in the store and code in the catalog; write a "
                       "numbered step, or take a "
                       "new name and retire this one\n"
                       "add_field: add the column thing.lines.b (count)\n"
                       "add_field: add the column thing.more (money)\n"
                       "retire: thing.retired is offered no more; its column stays\n"
                       "refused: thing.secret becomes personal; what is stored would have to be "
                       "encrypted, so write a numbered step\n"
                       "retire: thing.gone is in the catalog no more; its column stays\n"
                       "add_part: add the table of the part thing.visit\n");
  CHECK(!possible(steps));
  CHECK(needs_ddl(steps));
  CHECK(said(plan(after, after)).empty());
}

TEST_CASE("a shape survives its JSON and a broken one is refused") {
  Part part;
  part.id = "visit";
  part.absent = true;
  part.fields = {field("on_day", FieldType::Date)};
  auto rows = field("lines", FieldType::Rows);
  rows.columns = {field("a", FieldType::Text)};
  auto extra = field("x_street", FieldType::Text);
  extra.extra = true;
  auto catalog = with({field("a", FieldType::Text), rows, extra}, {part});
  auto text = canonical(shape_json(catalog));
  CHECK(text.find("x_street") == std::string::npos);
  auto stored = parse_json(text);
  REQUIRE(stored.has_value());
  auto steps = plan(*stored, shape_json(catalog));
  REQUIRE(steps.has_value());
  CHECK(steps->empty());
  auto fresh = plan(*parse_json(R"({"format":1,"types":{}})"), shape_json(catalog));
  REQUIRE(fresh.has_value());
  CHECK(said(*fresh) == "add_type: add the ledger thing (2 fields, 1 parts)\n");
  auto lost = plan(*stored, *parse_json(R"({"format":1,"types":{}})"));
  CHECK(said(*lost) == "retire: the ledger thing is in the catalog no more; its tables stay\n");
  CHECK(!needs_ddl(*lost));
  for (const char *bad :
       {"[]", "{}", R"({"format":2,"types":{}})", R"({"format":1,"types":[]})",
        R"({"format":1,"types":{"a":1}})", R"({"format":1,"types":{"a":{"fields":{"b":1}}}})",
        R"({"format":1,"types":{"a":{"fields":{"b":{}}}}})",
        R"({"format":1,"types":{"a":{"parts":{"p":3}}}})"})
    CHECK_MESSAGE(!plan(*parse_json(bad), *stored).has_value(), bad);
}
