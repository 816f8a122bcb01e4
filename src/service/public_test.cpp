#include "service/public_decisions.h"
#include "service/public_form_token.h"

#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::service;

namespace {

Date public_day(const char *text) { return *Date::parse(text); }

catalog::Transition public_step(const char *id, std::vector<std::string> from, const char *to) {
  catalog::Transition step;
  step.id = id;
  step.from = std::move(from);
  step.to = to;
  return step;
}

catalog::RecordType public_type() {
  catalog::RecordType type;
  for (const char *id : {"formed", "reviewed", "published", "filed", "withheld", "archived"})
    type.states.push_back({id, {}, false});
  type.transitions = {public_step("open", {}, "formed"),
                      public_step("review", {"formed"}, "reviewed"),
                      public_step("publish", {"reviewed"}, "published"),
                      public_step("file", {"published"}, "filed"),
                      public_step("withhold", {"formed", "reviewed"}, "withheld"),
                      public_step("archive", {"published", "withheld"}, "archived")};
  catalog::Field day;
  day.id = "published_on";
  day.type = catalog::FieldType::Date;
  type.fields = {day};
  return type;
}

} // namespace

TEST_CASE("a cell a day") {
  const auto opens = public_day("2025-12-24");
  const auto closes = public_day("2026-01-23");
  const auto now = day_cells(opens, closes, public_day("2026-01-06"));
  CHECK(now.past == 13);
  CHECK(now.today);
  CHECK(now.left == 17);
  CHECK(now.all() == 31);
  const auto first = day_cells(opens, closes, opens);
  CHECK((first.past == 0 && first.today && first.left == 30));
  const auto last = day_cells(opens, closes, closes);
  CHECK((last.past == 30 && last.today && last.left == 0));
  const auto over = day_cells(opens, closes, public_day("2026-01-24"));
  CHECK((over.past == 31 && !over.today && over.left == 0));
  const auto before = day_cells(opens, closes, public_day("2025-12-23"));
  CHECK((before.past == 0 && !before.today && before.left == 31));
  const auto one = day_cells(opens, opens, opens);
  CHECK((one.all() == 1 && one.today));
}

TEST_CASE("published is what only the step leads to") {
  const auto type = public_type();
  CHECK(published_states(type) == std::vector<std::string>{"published", "filed"});
  record::Record record;
  record.values = {catalog::Value(public_day("2026-01-05"))};
  const auto today = public_day("2026-01-06");
  // A day alone, typed in by whoever may correct the record, publishes nothing.
  for (const char *state : {"formed", "reviewed", "withheld", "archived"}) {
    record.state = state;
    CHECK_FALSE(is_published(type, record, today));
  }
  record.state = "published";
  CHECK(is_published(type, record, today));
  CHECK(is_published(type, record, public_day("2026-01-05")));
  CHECK_FALSE(is_published(type, record, public_day("2026-01-04")));
  record.withdrawn = true;
  CHECK_FALSE(is_published(type, record, today));
  record.withdrawn = false;
  record.values = {catalog::Value()};
  CHECK_FALSE(is_published(type, record, today));
  CHECK(published_states(catalog::RecordType{}).empty());
}

TEST_CASE("a form's token is for its form and its day") {
  const auto key = *crypto::Key::random();
  const auto now = Moment::from_unix(1'767'700'000);
  const auto later = [&](std::int64_t seconds) {
    return Moment::from_unix(now.unix_seconds() + seconds);
  };
  const auto token = *make_form_token(key, "opinion 1", now);
  const auto nonce = form_nonce(key, "opinion 1", token, now);
  CHECK(nonce.size() == 32);
  CHECK(form_nonce(key, "opinion 1", token, later(kFormSeconds)) == nonce);
  CHECK(form_nonce(key, "opinion 1", token, later(kFormSeconds + 1)).empty());
  CHECK(form_nonce(key, "opinion 1", token, later(-1)).empty());
  CHECK(form_nonce(key, "opinion 2", token, now).empty());
  CHECK(form_nonce(*crypto::Key::random(), "opinion 1", token, now).empty());
  CHECK(*make_form_token(key, "opinion 1", now) != token);
  for (std::size_t i = 0; i < token.size(); ++i) {
    auto other = token;
    other[i] = other[i] == '0' ? '1' : '0';
    CHECK(form_nonce(key, "opinion 1", other, now).empty());
  }
  for (const char *bad : {"", "..", "a.b.c", "."})
    CHECK(form_nonce(key, "opinion 1", bad, now).empty());
}
