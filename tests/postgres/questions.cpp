#include "questions.h"

#include "crypto/hash.h"
#include "store/row.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::testing {
namespace {

using record::Record;

/// A row as text.
class Shown final : public store::RowSink {
public:
  void null(int column) override { out += fmt::format("{}-;", column); }
  void integer(int column, std::int64_t value) override {
    out += fmt::format("{}={};", column, value);
  }
  void text(int column, std::string_view value) override { bytes(column, value); }
  void bytes(int column, std::string_view value) override {
    out += fmt::format("{}:{}:", column, value.size());
    out += value;
  }
  void copied_text(int column, std::string_view value) override { bytes(column, value); }
  std::string out;
};

std::string shown_org(const record::Org &o) {
  return fmt::format("{}|{}|{}|{}|{}|{}\n", o.code.text(), o.name, static_cast<int>(o.kind),
                     o.from ? o.from->text() : "", o.to ? o.to->text() : "", o.successor.text());
}

std::string shown_due(const store::DueRow &row) {
  return fmt::format("{}|{}|{}|{}|{}|{}|{}\n", row.owner.text(), row.due.text(), row.binds,
                     row.type, row.record.text(), row.rule, row.part.text());
}

template <typename List, typename Say> std::string lines(const List &list, const Say &say) {
  std::string out;
  for (const auto &one : list) out += say(one);
  return out;
}

std::string plain(const std::string &text) { return text + "\n"; }

} // namespace

Questions::Questions(const catalog::Catalog &catalog, Chance &chance, MadeUp &made)
    : catalog_(catalog), shape_(store::shape_of(catalog).value()), chance_(chance), made_(made) {}

std::string Questions::shown(const Record &record) const {
  const auto &type = *shape_->type(record.type).value();
  Shown row;
  row.out = record.type + ">";
  store::write_record(type, record, row);
  for (std::size_t i = 0; i < record.parts.size(); ++i) {
    row.out += "|part|";
    store::write_part(type.parts[static_cast<std::size_t>(record.parts[i].part)], record, i, row);
  }
  return std::move(row.out) + "\n";
}

std::string Questions::shown(const std::vector<Record> &records) const {
  return lines(records, [this](const Record &record) { return shown(record); });
}

record::Query Questions::query() {
  record::Query q;
  q.type = chance_.one_in(5) ? "note" : "matter";
  q.scope = org(chance_.of(MadeUp::scopes()));
  q.by_place = chance_.one_in(2);
  q.newest_first = chance_.one_in(2);
  q.with_withdrawn = chance_.one_in(3);
  q.only_late = chance_.one_in(8);
  static const std::vector<std::string> periods = {
      "2022", "2023", "2023-03", "2022-Q4", "2022-11..2023-06", "2023-03-05"};
  if (chance_.one_in(3)) q.period = Period::parse(chance_.of(periods)).value();
  if (chance_.one_in(4)) q.states = {"done"};
  if (chance_.one_in(12)) q.handler = chance_.of(MadeUp::people());
  if (q.type == "matter" && !chance_.one_in(3)) q.where = chance_predicate(chance_, made_, 3);
  if (chance_.one_in(2)) q.limit = 1 + static_cast<std::int64_t>(chance_.below(30));
  if (chance_.one_in(4)) q.after = std::pair(Date::parse(made_.day()).value(), made_.some_id());
  return q;
}

Question Questions::records() {
  const auto q = query();
  const auto what = fmt::format("{} in '{}'", q.type, q.scope.text());
  const auto most = static_cast<std::int64_t>(1 + chance_.below(500));
  switch (chance_.below(3)) {
  case 0:
    return {"count " + what, [q, most](store::Reader &r) -> Result<std::string> {
              const auto n = TRY(r.count(q, most));
              return n ? std::to_string(*n) : std::string();
            }};
  case 1:
    return {"scan " + what, [this, q, most](store::Reader &r) -> Result<std::string> {
              std::string out;
              auto left = most / 10 + 1;
              const auto done = r.scan(q, [&](Record &&record) -> Status {
                out += shown(record);
                return --left > 0 ? Status(Done{}) : Status(invalid("enough"));
              });
              if (!done && done.error().message != "enough") return done.error();
              return out;
            }};
  default:
    return {"find " + what,
            [this, q](store::Reader &r) -> Result<std::string> { return shown(TRY(r.find(q))); }};
  }
}

Question Questions::one() {
  const auto id = made_.some_id();
  const auto found = made_.records().lower_bound(id);
  const auto record = found == made_.records().end() ? Record() : found->second;
  const auto &type = chance_.one_in(8) ? std::string("note") : record.type;
  static const std::vector<std::string> links = {"before", "parent", "lines.about", "about"};
  const auto &link = chance_.of(links);
  switch (record.type.empty() ? 0 : chance_.below(6)) {
  case 0:
    return {"type_of", [id](store::Reader &r) -> Result<std::string> {
              return TRY(r.type_of(id)).value_or("");
            }};
  case 1:
    return {"by_number", [record](store::Reader &r) -> Result<std::string> {
              if (record.number.empty()) return std::string();
              const auto one = TRY(r.by_number(record.type, record.owner_org, record.number));
              return one ? one->text() : std::string();
            }};
  case 2:
    return {"pointing " + link, [=, this](store::Reader &r) -> Result<std::string> {
              return shown(TRY(r.pointing(record.owner_org.county(),
                                          link == "about" ? "note" : "matter", link, id)));
            }};
  case 3:
    return {"alike", [=, this](store::Reader &r) -> Result<std::string> {
              return shown(TRY(r.alike(*catalog_.type(record.type), record)));
            }};
  default:
    return {"get", [=, this](store::Reader &r) -> Result<std::string> {
              const auto one = TRY(r.get(type, record.id));
              return one ? shown(*one) : std::string();
            }};
  }
}

Question Questions::texts() {
  store::SearchQuery q;
  q.words = made_.words(3);
  if (chance_.one_in(3)) q.words += " " + made_.words(2);
  if (chance_.one_in(2)) q.scope = org(chance_.of(MadeUp::scopes()));
  if (chance_.one_in(5)) q.types = {"note"};
  if (chance_.one_in(9)) q.types = {"note", "nothing"};
  q.by_date = chance_.one_in(3);
  if (chance_.one_in(3))
    q.listed = chance_.one_in(2) ? store::SearchQuery::Listed::NewestFirst
                                 : store::SearchQuery::Listed::OldestFirst;
  if (chance_.one_in(4)) q.from = Date::parse(made_.day()).value();
  if (chance_.one_in(4)) q.until = Date::parse(made_.day()).value();
  q.limit = static_cast<std::int64_t>(chance_.below(40));
  if (chance_.one_in(4)) q.offset = static_cast<std::int64_t>(chance_.below(20));
  return {"search '" + q.words + "'", [q](store::Reader &r) -> Result<std::string> {
            return lines(TRY(r.search(q)), [](const store::SearchHit &hit) {
              return fmt::format("{}|{}|{}|{}|{}|{}\n", hit.type, hit.record.text(),
                                 hit.owner_org.text(), hit.day.text(), hit.title, hit.rank);
            });
          }};
}

Question Questions::figures() {
  const auto scope = org(chance_.of(MadeUp::scopes()));
  const auto from = Month(2021, 11).plus(static_cast<int>(chance_.below(40)));
  const auto to = from.plus(static_cast<int>(chance_.below(16)));
  const bool by_org = chance_.one_in(2);
  if (chance_.one_in(5)) {
    const store::StatesQuery q{
        scope, from, to, {{"matter", {chance_.one_in(2) ? "open" : "done"}}, {"note", {"kept"}}}};
    return {"offices_in_states " + scope.text(), [q](store::Reader &r) -> Result<std::string> {
              return lines(TRY(r.offices_in_states(q)),
                           [](const OrgCode &one) { return plain(one.text()); });
            }};
  }
  if (chance_.one_in(2)) {
    store::MonthCountQuery q{scope, from, to, by_org};
    q.by_month = !chance_.one_in(3);
    if (chance_.one_in(3)) q.types = {chance_.one_in(2) ? "matter" : "note"};
    return {"counts_by_month " + scope.text(), [q](store::Reader &r) -> Result<std::string> {
              return lines(TRY(r.counts_by_month(q)), [](const store::MonthCount &row) {
                return fmt::format("{}|{}|{}|{}|{}|{}\n", row.org.text(), row.type,
                                   row.month.text(), row.state, row.records, row.late);
              });
            }};
  }
  record::TallyQuery q;
  q.scope = scope;
  q.from = from;
  q.to = to;
  q.stock = chance_.one_in(3);
  q.by_month = chance_.one_in(2);
  q.by_org = by_org;
  if (chance_.one_in(2)) q.indicators = {"matters"};
  if (chance_.one_in(3)) q.indicators.emplace_back("standing");
  return {"tallies " + scope.text(), [q](store::Reader &r) -> Result<std::string> {
            return lines(TRY(r.tallies(q)), [](const record::TallyRow &row) {
              return fmt::format("{}|{}|{}|{}|{}|{}\n", row.org.text(), row.month.text(),
                                 row.indicator, row.dimension, row.group, row.value);
            });
          }};
}

Question Questions::time() {
  const auto id = made_.busy_id();
  if (chance_.one_in(4))
    return {"due_of", [id](store::Reader &r) -> Result<std::string> {
              return lines(TRY(r.due_of(id)), shown_due);
            }};
  store::DueQuery q;
  q.scope = org(chance_.of(MadeUp::scopes()));
  if (chance_.one_in(2)) q.until = Date::parse(made_.day()).value();
  if (chance_.one_in(2)) q.parties_from = Date::parse(made_.day()).value();
  const auto most = 1 + chance_.below(200);
  return {"due " + q.scope.text(), [q, most](store::Reader &r) -> Result<std::string> {
            std::string out;
            auto left = most;
            TRY(r.due(q, [&](const store::DueRow &row) -> Result<bool> {
              out += shown_due(row);
              return --left > 0;
            }));
            return out;
          }};
}

Question Questions::offices() {
  const auto code = org(chance_.of(MadeUp::scopes()));
  const auto day = Date::parse(made_.day()).value();
  const auto limit = static_cast<std::int64_t>(chance_.below(6));
  std::optional<OrgLevel> level;
  if (chance_.one_in(2)) level = static_cast<OrgLevel>(chance_.below(7));
  static const std::vector<std::string> names = {"高观镇",         "高观",     "张家村委会", "张家",
                                                 "张家村",         "李家社区", "沁源县",     "沁源",
                                                 "李家社区居委会", "a'b%",     "无"};
  const auto &name = chance_.of(names);
  switch (chance_.below(5)) {
  case 0:
    return {"org " + code.text(), [code](store::Reader &r) -> Result<std::string> {
              const auto one = TRY(r.org(code));
              return one ? shown_org(*one) : std::string();
            }};
  case 1:
    return {"org_on " + code.text(), [code, day](store::Reader &r) -> Result<std::string> {
              const auto one = TRY(r.org_on(code, day));
              return one ? shown_org(*one) : std::string();
            }};
  case 2:
    return {"orgs_named " + name, [name, limit](store::Reader &r) -> Result<std::string> {
              return lines(TRY(r.orgs_named(name, limit)), shown_org);
            }};
  case 3:
    return {"orgs_under " + code.text(), [=](store::Reader &r) -> Result<std::string> {
              return lines(TRY(r.orgs_under(code, level, limit)), shown_org);
            }};
  default:
    return {"offices_with_records " + code.text(), [code](store::Reader &r) -> Result<std::string> {
              return lines(TRY(r.offices_with_records(code)),
                           [](const OrgCode &one) { return plain(one.text()); });
            }};
  }
}

Question Questions::next() {
  switch (chance_.below(20)) {
  case 0:
    return offices();
  case 1:
    return time();
  case 2:
    return history();
  case 3:
    return keys();
  case 4:
  case 5:
    return figures();
  case 6:
  case 7:
  case 8:
    return one();
  case 9:
  case 10:
  case 11:
  case 12:
    return texts();
  case 13:
    return chance_.one_in(20) ? walks() : time();
  default:
    return records();
  }
}

} // namespace yifa::testing
