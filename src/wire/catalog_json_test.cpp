#include "wire/catalog_json.h"

#include "catalog/embedded.h"
#include "record/codec.h"
#include "wire/record_json.h"

#include <set>

#include <doctest/doctest.h>

using namespace yifa;

namespace {

const catalog::Catalog &whole_catalog() {
  static const auto loaded = catalog::load(catalog::embedded_sources());
  REQUIRE(loaded.catalog != nullptr);
  return *loaded.catalog;
}

const json::object &named(const json::value &list, std::string_view id) {
  for (const auto &one : list.as_array())
    if (one.at("id") == json::value(id)) return one.as_object();
  FAIL("not there: " << id);
  return list.as_array().front().as_object();
}

record::Record a_dispute(const catalog::RecordType &type) {
  record::Record record;
  record.id = RecordId::parse("01a8f5c0-0000-7000-8000-000000000001").value();
  record.type = type.id;
  record.edition = type.edition;
  record.owner_org = OrgCode::parse("500229107").value();
  record.place_org = OrgCode::parse("500229107201").value();
  record.number = "2025-218";
  record.day = Date::parse("2025-12-29").value();
  record.state = "found";
  record.version = 1;
  record.values.resize(type.fields.size());
  record.personal = "sealed";
  return record;
}

} // namespace

TEST_CASE("catalog json: every ledger with its form, its law in words and no field that is gone") {
  const auto &catalog = whole_catalog();
  const json::value made = wire::catalog_json(catalog, false);
  std::set<std::string> groups;
  for (const auto &group : made.at("groups").as_array())
    groups.insert(group.at("id").as_string().c_str());
  CHECK(groups == std::set<std::string>{"A", "B", "C", "D", "E", "F", "G"});
  CHECK(made.at("ledgers").as_array().size() == catalog.type_ids().size());
  CHECK(made.at("indicators").as_array().size() == catalog.indicators.size());
  for (const auto &ledger : made.at("ledgers").as_array()) {
    const auto *type = catalog.type(std::string(ledger.at("id").as_string()));
    INFO(type->id);
    CHECK(groups.contains(ledger.at("group").as_string().c_str()));
    CHECK(ledger.at("transitions").at(0).at("id") == "open");
    for (const auto &step : ledger.at("transitions").as_array()) {
      CHECK_FALSE(step.at("label").as_string().empty());
      for (const auto &gate : step.at("gates").as_array())
        CHECK_FALSE(gate.at("says").as_string().empty());
    }
    for (const auto &limit : ledger.at("deadlines").as_array()) {
      CHECK_FALSE(limit.at("says").as_string().empty());
      CHECK_FALSE(limit.at("from").as_string().empty());
    }
    for (const auto &field : ledger.at("fields").as_array()) {
      CHECK_FALSE(type->field(std::string(field.at("id").as_string()))->absent);
      if (const auto &list = field.at("list").as_string(); !list.empty())
        CHECK(made.at("lists").as_object().contains(list));
    }
  }
}

TEST_CASE("catalog json: one ledger, in both languages") {
  const auto &catalog = whole_catalog();
  const json::value made = wire::catalog_json(catalog, false);
  const auto &dispute = named(made.at("ledgers"), "dispute");
  CHECK(dispute.at("label") == "矛盾纠纷");
  CHECK(dispute.at("day") == "found_on");
  CHECK(dispute.at("place") == "village");
  CHECK(dispute.at("retention") == "30年");
  const auto &found_on = named(dispute.at("fields"), "found_on");
  CHECK(found_on.at("type") == "date");
  CHECK(found_on.at("required") == true);
  const auto &accept = named(dispute.at("transitions"), "accept");
  CHECK(accept.at("role") == "mediator");
  const auto &willing = named(accept.at("gates"), "dispute.accept.willing");
  CHECK(willing.at("blocks") == true);
  CHECK(willing.at("certainty") == "V");
  CHECK(willing.at("binding") == "direct");

  const json::value english = wire::catalog_json(catalog, true);
  CHECK(named(english.at("ledgers"), "dispute").at("label") !=
        json::value(dispute.at("label").as_string()));
  CHECK(english.at("groups").at(0).at("label") == "Leadership");
}

TEST_CASE("catalog json: money is counted in yuan, whatever way it is summed") {
  const auto &catalog = whole_catalog();
  const json::value made = wire::catalog_json(catalog, false);
  for (const auto &one : catalog.indicators) {
    if (!one.money) continue;
    CHECK(named(made.at("indicators"), one.id).at("unit") == "元");
  }
}

TEST_CASE("record json: words beside codes, offices, records and days; personal fields stay away") {
  const auto &catalog = whole_catalog();
  const auto &type = *catalog.type("dispute");
  auto record = a_dispute(type);
  const auto put = [&](const char *field, catalog::Value value) {
    const int at = type.field_index(field);
    REQUIRE(at >= 0);
    record.values[static_cast<std::size_t>(at)] = std::move(value);
  };
  put("found_on", Date::parse("2025-12-29").value());
  const auto *kinds = catalog.list(type.field("kind")->list);
  put("kind", catalog::Code{kinds->codes.front().code});
  put("village", OrgCode::parse("500229107201").value());
  put("round", RecordId::parse("01a8f5c0-0000-7000-8000-000000000002").value());
  std::string personal;
  for (const auto &field : type.fields)
    if (field.personal && field.type == catalog::FieldType::Text && !field.many)
      personal = field.id;
  REQUIRE_FALSE(personal.empty());
  put(personal.c_str(), std::string("某某"));

  int asked = 0;
  wire::Names names(
      [&](const OrgCode &code) {
        ++asked;
        return code.text().size() == 12 ? "石坪村" : "明中乡";
      },
      [](const RecordId &) { return std::string("2025年第4季度排查"); });
  service::LimitAhead due;
  due.rule = "MED.DONE";
  due.due = Date::parse("2026-01-05").value();
  due.days_left = 3;
  const json::value made = wire::record_json(catalog, type, record, names, {}, &due);
  CHECK(made.at("org_name") == "明中乡");
  CHECK(made.at("place_name") == "石坪村");
  CHECK(made.at("state_label") == "已发现");
  CHECK(made.at("personal_sealed") == true);
  CHECK(made.at("labels").at("kind") == json::value(kinds->codes.front().label.zh));
  CHECK(made.at("labels").at("village") == "石坪村");
  CHECK(made.at("labels").at("round") == "2025年第4季度排查");
  CHECK(made.at("labels").at("found_on") == "2025-12-29");
  CHECK(made.at("due").at("due") == "2026-01-05");
  CHECK(made.at("due").at("days_left") == 3);
  CHECK(json::serialize(made).find("某某") == std::string::npos);
  CHECK(asked == 2); // each office once

  const json::value plain = wire::record_json(catalog, type, record, names, {false, false, true});
  CHECK(plain.at("due").is_null());
  CHECK_FALSE(plain.as_object().contains("parts"));

  // What the stored form leaves out never comes back by another way.
  wire::RecordForm handler;
  handler.personal = true;
  CHECK(json::serialize(wire::record_json(catalog, type, record, names, handler)).find("某某") !=
        std::string::npos);
}

TEST_CASE("record json: a part has its label, its day and words of its own") {
  const auto &catalog = whole_catalog();
  const auto &type = *catalog.type("dispute");
  auto record = a_dispute(type);
  const int at = type.part_index("session");
  REQUIRE(at >= 0);
  const auto &kind = type.parts[static_cast<std::size_t>(at)];
  record::PartRecord part;
  part.id = RecordId::parse("01a8f5c0-0000-7000-8000-000000000003").value();
  part.part = at;
  part.values.resize(kind.fields.size());
  part.values[static_cast<std::size_t>(kind.day.index)] = Date::parse("2026-01-02").value();
  part.actor = "li";
  record.parts.push_back(part);
  wire::Names names([](const OrgCode &code) { return code.text(); },
                    [](const RecordId &) { return std::string(); });
  const json::value made = wire::record_json(catalog, type, record, names, {});
  const auto &one = made.at("parts").at(0);
  CHECK(one.at("part") == "session");
  CHECK(one.at("label") == "调解");
  CHECK(one.at("day") == "2026-01-02");
  CHECK(one.at("labels").as_object().contains(kind.day.name));
  CHECK(one.at("actor") == "li");
}
