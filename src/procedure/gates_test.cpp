#include "procedure/gates.h"

#include <doctest/doctest.h>

namespace yifa::procedure {
namespace {

using catalog::Code;
using catalog::Field;
using catalog::FieldRef;
using catalog::FieldType;
using catalog::Gate;
using catalog::RecordType;
using catalog::Value;

Date date(const char *text) { return Date::parse(text).value(); }

Field field(const char *id, FieldType type) {
  Field out;
  out.id = id;
  out.label.zh = id;
  out.type = type;
  return out;
}

/// A matter with a day asked, a day done, a result and two people.
struct World {
  catalog::Catalog catalog;
  RecordType type;
  record::Record record;
  Calendar calendar{catalog};

  World() {
    type.id = "matter";
    type.fields = {field("asked_on", FieldType::Date), field("done_on", FieldType::Date),
                   field("result", FieldType::Code), field("author", FieldType::Text),
                   field("reviewer", FieldType::Text)};
    record.type = "matter";
    record.values.resize(type.fields.size());
  }
  FieldRef ref(int index) const {
    FieldRef out;
    out.kind = FieldRef::Kind::Field;
    out.index = index;
    out.name = type.fields[static_cast<std::size_t>(index)].id;
    return out;
  }
  static Gate gate(Gate::Kind kind, bool blocks = false) {
    Gate out;
    out.id = "matter.finish.g";
    out.kind = kind;
    out.blocks = blocks;
    out.source.law = "某法";
    out.source.article = "第一条";
    out.source.seen = catalog::Certainty::Verified;
    return out;
  }
  Verdict judged(const Gate &gate, const std::vector<Claim> &claims = {}) const {
    auto found = verdicts(gate, claims);
    REQUIRE(found);
    REQUIRE(found->size() == 1);
    return found->front();
  }
  Result<std::vector<Verdict>> verdicts(const Gate &gate, const std::vector<Claim> &claims) const {
    record::Surroundings around;
    around.catalog = &catalog;
    Facts facts;
    facts.around = around;
    facts.calendar = &calendar;
    facts.linked = [](const RecordId &, const std::vector<std::string> &) {
      return static_cast<const record::Record *>(nullptr);
    };
    static std::vector<Gate> kept; // verdicts point at their gates
    kept = {gate};
    return judge(kept, {type, record, nullptr, -1, nullptr}, "clerk", claims, facts);
  }
};

catalog::Predicate result_is(const World &world, const char *code) {
  catalog::Predicate out;
  out.kind = catalog::Predicate::Kind::Compare;
  out.field = world.ref(2);
  catalog::Operand one;
  one.literal = Code{code};
  out.any_of.push_back(one);
  return out;
}

} // namespace

using Kind = Verdict::Kind;

TEST_CASE("what is required is named with its source and who can give it") {
  World world;
  auto gate = World::gate(Gate::Kind::Require);
  gate.fields = {world.ref(0), world.ref(1)};
  world.record.values[0] = date("2024-03-01");
  auto verdict = world.judged(gate);
  CHECK(verdict.kind == Kind::Warns);
  CHECK(verdict.problem.message.find("done_on") != std::string::npos);
  CHECK(verdict.problem.message.find("asked_on") == std::string::npos);
  CHECK(verdict.problem.source == "某法 第一条");
  CHECK(verdict.problem.supply == "clerk");
  world.record.values[1] = date("2024-03-02");
  CHECK(world.judged(gate).kind == Kind::Holds);
}

TEST_CASE("only a blocking gate refuses, and a value from memory says so") {
  World world;
  auto gate = World::gate(Gate::Kind::Bar, true);
  gate.test = result_is(world, "refused");
  CHECK(world.judged(gate).kind == Kind::Holds);
  world.record.values[2] = Code{"refused"};
  CHECK(world.judged(gate).kind == Kind::Refuses);
  gate.blocks = false;
  gate.source.seen = catalog::Certainty::Memory;
  auto verdict = world.judged(gate);
  CHECK(verdict.kind == Kind::Warns);
  CHECK(verdict.problem.source == "某法 第一条 (M, unconfirmed)");
}

TEST_CASE("a gate binds only where its `when` holds") {
  World world;
  auto gate = World::gate(Gate::Kind::Require, true);
  gate.fields = {world.ref(1)};
  gate.when = result_is(world, "penalise");
  auto none = world.verdicts(gate, {});
  REQUIRE(none);
  CHECK(none->empty());
  world.record.values[2] = Code{"penalise"};
  CHECK(world.judged(gate).kind == Kind::Refuses);
}

TEST_CASE("an exemption is a ground of the catalog, claimed or shown by the record") {
  World world;
  auto gate = World::gate(Gate::Kind::Require, true);
  gate.fields = {world.ref(1)};
  gate.exempt = {{"urgent", {"紧急", "Urgent"}, {}}};
  CHECK(world.judged(gate).kind == Kind::Refuses);
  auto verdict = world.judged(gate, {{"g", "urgent"}});
  CHECK(verdict.kind == Kind::Exempt);
  CHECK(verdict.ground == "urgent");
  CHECK_FALSE(world.verdicts(gate, {{"g", "convenient"}}));
  gate.exempt[0].when = result_is(world, "secret");
  CHECK(world.judged(gate).kind == Kind::Refuses);
  CHECK_FALSE(world.verdicts(gate, {{"g", "urgent"}})); // the record must show it
  world.record.values[2] = Code{"secret"};
  CHECK(world.judged(gate).kind == Kind::Exempt);
}

TEST_CASE("days do not run backwards and people are different") {
  World world;
  auto order = World::gate(Gate::Kind::Order);
  order.fields = {world.ref(0), world.ref(1)};
  world.record.values[0] = date("2024-03-02");
  CHECK(world.judged(order).kind == Kind::Holds); // the second is not known yet
  world.record.values[1] = date("2024-03-02");
  CHECK(world.judged(order).kind == Kind::Holds);
  world.record.values[1] = date("2024-03-01");
  CHECK(world.judged(order).kind == Kind::Warns);
  auto apart = World::gate(Gate::Kind::Apart);
  apart.fields = {world.ref(3), world.ref(4)};
  world.record.values[3] = std::string("甲");
  CHECK(world.judged(apart).kind == Kind::Holds);
  world.record.values[4] = std::string("甲");
  CHECK(world.judged(apart).kind == Kind::Warns);
  world.record.values[4] = std::string("乙");
  CHECK(world.judged(apart).kind == Kind::Holds);
}

TEST_CASE("a time limit is met or it is not, with its arithmetic") {
  World world;
  catalog::Deadline rule;
  rule.id = "X.WAIT";
  rule.kind = catalog::Deadline::Kind::Lasts;
  rule.amount = 30;
  rule.from = {world.ref(0)};
  rule.until = "done_on";
  rule.source.law = "某法";
  world.type.deadlines = {rule};
  auto gate = World::gate(Gate::Kind::Meets);
  gate.name = "X.WAIT";
  CHECK(world.judged(gate).kind == Kind::Holds); // nothing has begun
  world.record.values[0] = date("2024-03-01");
  world.record.values[1] = date("2024-03-30");
  auto verdict = world.judged(gate);
  CHECK(verdict.kind == Kind::Warns);
  CHECK(verdict.problem.message.find("2024-03-31") != std::string::npos);
  world.record.values[1] = date("2024-03-31");
  CHECK(world.judged(gate).kind == Kind::Holds);
}

} // namespace yifa::procedure
