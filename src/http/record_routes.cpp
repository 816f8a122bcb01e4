#include "base/text.h"
#include "exchange/table_out.h"
#include "http/call.h"
#include "http/lists.h"
#include "record/codec.h"
#include "service/filters.h"
#include "service/search.h"
#include "wire/deadline_json.h"
#include "wire/forms.h"
#include "wire/record_json.h"

#include <algorithm>

namespace yifa::http {
namespace {

/// Counting further than this tells nobody more and costs time.
constexpr std::int64_t kMostCounted = 10'000;

json::array totals_json(Call &call, const std::vector<service::Ledgers::Sum> &sums) {
  json::array out;
  for (const auto &sum : sums) {
    if (sum.records == 0) continue;
    catalog::Value value(catalog::Count{sum.value});
    if (sum.field->type == catalog::FieldType::Money) value = Money::from_fen(sum.value);
    if (sum.field->type == catalog::FieldType::Number) value = Decimal::from_millionths(sum.value);
    out.push_back({{"field", sum.field->id},
                   {"label", call.label(sum.field->label)},
                   {"value", record::encode_value(*sum.field, value)},
                   {"number", record::display(call.catalog(), *sum.field, value, call.english)},
                   {"records", sum.records}});
  }
  return out;
}

Result<Response> list_records(Call &call) {
  auto asked = TRY(read_list(call));
  const auto limit = TRY(call.number("limit", 50, 1, 500));
  if (const auto after = call.text("after"); !after.empty())
    asked.query.after = TRY(service::read_cursor(after));
  asked.query.limit = limit + 1; // one more tells whether there is more
  auto *reader = TRY(call.reader());
  auto &ledgers = call.desk.ledgers();
  auto records = TRY(ledgers.list_in(*reader, asked.query, call.actor(), asked.words));
  const bool more = static_cast<std::int64_t>(records.size()) > limit;
  if (more) records.pop_back();
  auto *names = TRY(call.names());
  service::Outlooks outlooks(ledgers);
  json::array items;
  for (const auto &record : records) {
    const auto due = TRY(outlooks.pressing(*reader, record));
    items.push_back(wire::record_json(call.catalog(), service::edition_of(call.catalog(), record),
                                      record, *names, {false, false, call.english},
                                      due ? &*due : nullptr));
  }
  json::object out{
      {"items", std::move(items)},
      {"next", more ? json::value(service::write_cursor(records.back())) : json::value()}};
  if (!call.flag("uncounted")) {
    const auto total =
        TRY(ledgers.count_in(*reader, asked.query, call.actor(), kMostCounted, asked.words));
    out["total"] = total;
    out["total_is_least"] = total == (asked.words.empty() ? kMostCounted : service::kMostFound);
  }
  if (call.flag("totals")) {
    const auto sums =
        TRY(ledgers.sums_in(*reader, asked.query, call.actor(), kMostCounted, asked.words));
    out["totals"] = sums ? json::value(totals_json(call, *sums)) : json::value();
  }
  return answer(out);
}

Result<Response> export_records(Call &call) {
  const auto asked = TRY(read_list(call));
  const auto format = call.text("format").empty() ? std::string("xlsx") : call.text("format");
  return export_list(call, asked, format);
}

Result<Response> search(Call &call) {
  store::SearchQuery query;
  query.words = call.text("q");
  if (call.request.parameter("org")) query.scope = TRY(call.org());
  for (const auto &ledger : call.words("ledgers"))
    query.types.push_back(TRY(service::find_type(call.catalog(), ledger))->id);
  query.by_date = call.flag("by_date");
  query.limit = TRY(call.number("limit", 20, 1, 200));
  query.offset = TRY(call.number("offset", 0, 0, 10'000));
  json::array items;
  for (const auto &hit : TRY(service::search(call.environment(), query, call.actor())))
    items.push_back(wire::hit_json(hit, "record"));
  return answer({{"items", std::move(items)}});
}

Result<Response> show_record(Call &call) {
  const bool personal = call.flag("personal");
  auto shown = TRY(call.desk.ledgers().show(call.captured[0], "", {}, personal, call.actor()));
  auto *reader = TRY(call.reader());
  const auto due = TRY(service::Outlooks(call.desk.ledgers()).pressing(*reader, shown.record));
  auto out = wire::record_json(call.catalog(), *shown.type, shown.record, *TRY(call.names()),
                               {personal, true, call.english}, due ? &*due : nullptr);
  out["handler"] = TRY(service::handles(*reader, call.actor(), shown.record));
  json::array handlers;
  for (const auto &user : TRY(reader->handlers(shown.record.id))) handlers.emplace_back(user);
  out["handlers"] = std::move(handlers);
  return answer(out);
}

Result<Response> outlook(Call &call) {
  auto ahead =
      TRY(service::Outlooks(call.desk.ledgers()).next(call.captured[0], "", {}, call.actor()));
  auto out = wire::outlook_json(ahead, call.english);
  // Whose step it is, is told beside what it asks.
  auto &steps = out["steps"].as_array();
  for (std::size_t i = 0; i < ahead.steps.size(); ++i)
    steps[i].as_object()["may"] =
        service::permit_step(call.actor(), ahead.steps[i].step->role).has_value();
  auto &limits = out["limits"].as_array();
  for (std::size_t i = 0; i < ahead.limits.size(); ++i)
    limits[i].as_object()["days"] = wire::to_json(ahead.limits[i].days);
  return answer(call.said(std::move(out)));
}

} // namespace

void add_record_routes(Router &router) {
  const Parameter org{"org", "Office or node: code or name; the own office unless said"};
  const std::vector<Parameter> filters = {
      org,
      {"period", "2025, 2025-03, 2025-Q1, 2025-01..2025-06; the whole ledger unless said"},
      {"state", "Only these states", "string", false, true},
      {"where", "field=value, field=a|b, field>=v, field<=v, field!=v, field?, field!?", "string",
       false, true},
      {"q", "Only those in whose text these words occur"},
      {"late", "Only those recorded late", "boolean"},
      {"withdrawn", "Withdrawn records too", "boolean"},
      {"order", "oldest: by day, the oldest first"}};

  auto &list = router.add(Method::Get, "/api/v1/ledgers/{ledger}/records", "listRecords",
                          "Records of a ledger, without personal fields", list_records);
  list.parameters = filters;
  list.with({"after", "Cursor of the page before"})
      .with({"limit", "Records a page, 1 to 500", "integer"})
      .with({"uncounted", "Leave the total out", "boolean"})
      .with({"totals", "With the sums of all numbers over the whole list", "boolean"});
  list.gives = "RecordList";

  auto &exported = router.add(Method::Get, "/api/v1/ledgers/{ledger}/export", "exportRecords",
                              "The same as a file", export_records);
  exported.parameters = filters;
  exported.with({"format", "xlsx, csv or json"})
      .with({"columns", "Columns", "string", false, true});
  exported.media = "text/csv, application/json, "
                   "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  auto &found = router.add(Method::Get, "/api/v1/search", "search",
                           "Words in the non-personal text of all ledgers", search);
  found.with({"q", "Words; all must occur", "string", true})
      .with(org)
      .with({"ledgers", "Only these ledgers", "string", false, true})
      .with({"by_date", "Newest first instead of best first", "boolean"})
      .with({"limit", "1 to 200", "integer"})
      .with({"offset", "Hits to pass over", "integer"});
  found.gives = "HitList";

  auto &one =
      router.add(Method::Get, "/api/v1/records/{id}", "showRecord",
                 "A record; its personal fields for its handlers, which is recorded", show_record);
  one.with({"personal", "With personal fields", "boolean"});
  one.gives = "Record";

  router
      .add(Method::Get, "/api/v1/records/{id}/outlook", "outlook",
           "What was done, what can be done now and what forbids it, what is due when", outlook)
      .gives = "Outlook";
}

} // namespace yifa::http
