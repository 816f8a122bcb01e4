#include "procedure/steps.h"

#include <doctest/doctest.h>

namespace yifa::procedure {
namespace {

/// filed → (told →) decided → closed, and a short way from filed to decided.
struct Matter {
  catalog::RecordType type;
  record::Record record;

  Matter() {
    type.id = "matter";
    for (const char *id : {"told_on", "decided_on", "closed_on"}) {
      catalog::Field field;
      field.id = id;
      field.type = catalog::FieldType::Date;
      field.label = {id, id};
      type.fields.push_back(field);
    }
    for (const char *id : {"filed", "told", "decided", "closed"}) {
      catalog::State state;
      state.id = id;
      state.label = {id, id};
      state.ends = state.id == "closed";
      type.states.push_back(state);
    }
    step("open", {}, "filed", -1);
    step("on_spot", {"filed"}, "decided", 1);
    step("tell", {"filed"}, "told", 0);
    step("decide", {"filed", "told"}, "decided", 1);
    step("close", {"decided"}, "closed", 2);
    record.state = "filed";
    record.values.resize(3);
  }

  void step(const char *id, std::vector<std::string> from, const char *to, int asks) {
    catalog::Transition made;
    made.id = id;
    made.label = {id, id};
    made.from = std::move(from);
    made.to = to;
    if (asks >= 0) {
      catalog::FieldRef ref;
      ref.kind = catalog::FieldRef::Kind::Field;
      ref.index = asks;
      made.asks.push_back(ref);
    }
    type.transitions.push_back(made);
  }

  void fill(int field, const char *day) {
    record.values[static_cast<std::size_t>(field)] = Date::parse(day).value();
  }

  std::string taken(const Fits &fits = {}) const {
    auto found = way(type, record, "closed", "", fits);
    if (!found) return found.error().problems.empty() ? "none" : found.error().problems[0].where;
    std::string out;
    for (const auto *each : *found) out += (out.empty() ? "" : " ") + each->id;
    return out;
  }
};

TEST_CASE("the way goes through the steps whose days are told") {
  Matter matter;
  CHECK(matter.taken() == "decided_on");
  matter.fill(1, "2024-03-05");
  matter.fill(2, "2024-03-06");
  CHECK(matter.taken() == "on_spot close");
  matter.fill(0, "2024-03-01");
  CHECK(matter.taken() == "tell decide close");
}

TEST_CASE("of ways that tell alike the one whose steps fit") {
  Matter matter;
  matter.fill(1, "2024-03-05");
  matter.fill(2, "2024-03-06");
  CHECK(matter.taken([](const catalog::Transition &step) { return step.id != "on_spot"; }) ==
        "decide close");
  // Where none fits the record goes the way it can.
  CHECK(matter.taken([](const catalog::Transition &) { return false; }) == "on_spot close");
}

} // namespace
} // namespace yifa::procedure
