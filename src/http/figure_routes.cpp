#include "http/call.h"
#include "service/figure_views.h"
#include "wire/figure_view_json.h"
#include "wire/record_json.h"

namespace yifa::http {
namespace {

Result<Response> list_figures(Call &call) {
  const auto org = TRY(call.org());
  const auto period = TRY(call.period());
  std::optional<char> group;
  if (const auto said = call.text("group"); !said.empty()) group = said.front();
  json::array items;
  for (const auto &row : TRY(service::FigureViews(call.environment())
                                 .list(org, period, call.words("ids"), group, call.actor())))
    items.push_back(wire::to_json(row, call.english));
  return answer({{"items", std::move(items)}});
}

Result<Response> show_figure(Call &call) {
  const auto org = TRY(call.org());
  const auto period = TRY(call.period());
  return answer(wire::to_json(TRY(service::FigureViews(call.environment())
                                      .one(call.captured[0], org, period, call.actor())),
                              call.english));
}

/// The records behind a figure, a page at a time: the cursor is how many were passed over, since
/// the order (by leaf, day and id) is the figure's own.
Result<Response> figure_records(Call &call) {
  const auto org = TRY(call.org());
  const auto period = TRY(call.period());
  const auto limit = TRY(call.number("limit", 50, 1, 500));
  const auto after = TRY(call.number("after", 0, 0, 1'000'000'000));
  const auto members =
      TRY(service::Figures(call.environment())
              .members(call.captured[0], org, period, call.text("group"), call.actor()));
  const auto all = static_cast<std::int64_t>(members.size());
  auto *names = TRY(call.names());
  json::array items;
  for (auto at = after; at < std::min(all, after + limit); ++at) {
    const auto &member = members[static_cast<std::size_t>(at)];
    const auto &type = service::edition_of(call.catalog(), member.record);
    const auto shown = wire::record_json(call.catalog(), type, member.record, *names,
                                         {false, false, call.english});
    items.push_back({{"id", member.record.id.text()},
                     {"ledger", type.id},
                     {"number", member.record.number},
                     {"day", member.record.day.text()},
                     {"org", member.record.owner_org.text()},
                     {"org_name", names->org(member.record.owner_org)},
                     {"title", service::record_label(type, member.record)},
                     {"indicator", member.indicator},
                     {"role", member.role},
                     {"value", member.value},
                     {"late", member.record.late},
                     {"state_label", shown.at("state_label")},
                     {"labels", shown.at("labels")}});
  }
  return answer(
      {{"items", std::move(items)},
       {"total", all},
       {"next", after + limit < all ? json::value(std::to_string(after + limit)) : json::value()}});
}

} // namespace

void add_figure_routes(Router &router) {
  const Parameter org{"org", "Office or node: code or name; the own office unless said"};
  const Parameter period{"period",
                         "2025, 2025-03, 2025-Q1, 2025-01..2025-06; this year unless said"};
  auto &list = router.add(Method::Get, "/api/v1/figures", "listFigures",
                          "Figures of an office and a period, with last year's", list_figures);
  list.with(org)
      .with(period)
      .with({"group", "Group of ledgers: A to G"})
      .with({"ids", "Only these figures", "string", false, true});
  list.gives = "FigureList";
  auto &one = router.add(Method::Get, "/api/v1/figures/{id}", "showFigure",
                         "One figure by month and by place", show_figure);
  one.with(org).with(period);
  one.gives = "FigureView";
  auto &records = router.add(Method::Get, "/api/v1/figures/{id}/records", "figureRecords",
                             "The records that make a figure", figure_records);
  records.with(org)
      .with(period)
      .with({"group", "dimension=code"})
      .with({"after", "Cursor", "integer"})
      .with({"limit", "1 to 500", "integer"});
  records.gives = "FigureRecords";
}

} // namespace yifa::http
