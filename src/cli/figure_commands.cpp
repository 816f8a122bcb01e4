#include "cli/context.h"

#include "base/text.h"
#include "exchange/table_out.h"
#include "service/figures.h"
#include "service/orgs.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace yifa::cli {
namespace {

struct FigureOptions {
  std::string org;
  std::string period;
  std::string id;
  std::string group;
  std::string format;
  bool records = false;
  bool all = false;
};

/// What stands in the value column: what is not known looks different from nought.
std::string shown_value(const record::Figure &figure) {
  switch (figure.status) {
  case record::Figure::Status::NoRecord:
    return "no record";
  case record::Figure::Status::Undefined:
    return "–";
  case record::Figure::Status::ConfirmedZero:
    return "0 (confirmed)";
  case record::Figure::Status::Partial:
    return fmt::format("{} ({} of {} offices)", figure.number(), figure.covered, figure.offices);
  case record::Figure::Status::Counted:
    break;
  }
  return figure.number();
}

void print_figures(Context &context, const std::vector<record::Figure> &figures, bool all) {
  std::vector<std::vector<std::string>> rows;
  for (const auto &figure : figures) {
    if (!all && !figure.exists()) continue;
    std::string terms = figure.ratio && figure.exists()
                            ? fmt::format("{}/{}", figure.numerator, figure.denominator)
                            : "";
    rows.push_back({figure.id, figure.label, shown_value(figure), figure.unit, terms});
    for (const auto &group : figure.groups)
      rows.push_back({"  " + group.dimension + "=" + group.code, "  " + group.label,
                      std::to_string(group.value), group.unit.empty() ? figure.unit : group.unit,
                      ""});
  }
  context.out() << exchange::text_table({"figure", "名称", "value", "unit", "terms"}, rows, 44);
  if (!all) context.out() << "(figures without any record are left out; --all shows them)\n";
}

/// The group "DIMENSION=CODE" of a figure; without records when it has none.
record::Figure::Group group_of(const record::Figure &figure, const std::string &written) {
  const auto equals = written.find('=');
  record::Figure::Group wanted;
  wanted.dimension = written.substr(0, equals);
  wanted.code = wanted.label = written.substr(equals + 1);
  for (const auto &group : figure.groups)
    if (group.dimension == wanted.dimension && group.code == wanted.code) wanted = group;
  if (wanted.unit.empty()) wanted.unit = figure.unit;
  return wanted;
}

void print_members(Context &context, const record::Figure &figure, const std::string &group,
                   const std::vector<service::Figures::Member> &members) {
  if (context.as_json) {
    json::array out;
    for (const auto &member : members) {
      json::object each{{"id", member.record.id.text()},
                        {"ledger", member.record.type},
                        {"number", member.record.number},
                        {"day", member.record.day.text()},
                        {"org", member.record.owner_org.text()},
                        {"indicator", member.indicator},
                        {"role", member.role},
                        {"value", member.value}};
      if (!member.keys.empty()) {
        json::object keys;
        for (const auto &[key, value] : member.keys) keys[key] = value;
        each["keys"] = std::move(keys);
      }
      out.push_back(std::move(each));
    }
    json::object printed{{"figure", record::to_json(figure)}};
    if (!group.empty()) {
      const auto one = group_of(figure, group);
      printed["group"] = {{"dimension", one.dimension},
                          {"code", one.code},
                          {"label", one.label},
                          {"value", one.value},
                          {"unit", one.unit}};
    }
    printed["records"] = std::move(out);
    context.print(printed);
    return;
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto &member : members) {
    std::string keys;
    for (const auto &[key, value] : member.keys) keys += (keys.empty() ? "" : " ") + key;
    rows.push_back({member.record.day.text(), member.record.type, member.record.number,
                    std::to_string(member.value), member.role, keys, member.record.id.text()});
  }
  context.out() << exchange::text_table({"day", "ledger", "number", "value", "role", "keys", "id"},
                                        rows, 36);
  if (group.empty()) {
    context.out() << fmt::format("{} {}: {} {}, {} records\n", figure.id, figure.label,
                                 shown_value(figure), figure.unit, rows.size());
  } else {
    const auto one = group_of(figure, group);
    context.out() << fmt::format("{} {} ({}): {} {}, {} records\n", figure.id, figure.label,
                                 one.label, one.value, one.unit, rows.size());
  }
}

} // namespace

void add_figure_commands(CLI::App &app, Context &context, int &exit) {
  auto options = std::make_shared<FigureOptions>();
  auto *figures = app.add_subcommand("figures", "Figures of an office for a period");
  figures->add_option("--org", options->org, "Office or any node of the tree: code or name")
      ->required();
  figures
      ->add_option("--period", options->period,
                   "2023 · 2023-03 · 2023-Q1 · 2023-01..2023-06 · 2023-01-05..2023-02-10")
      ->required();
  figures->add_option("--format", options->format, "table or json")
      ->check(CLI::IsMember({"table", "json"}));
  figures->add_flag("--all", options->all, "Also figures without any record");
  run_as(figures, context, exit, [&context, options]() -> Result<int> {
    auto *env = TRY(context.environment());
    auto org = TRY(context.org(options->org));
    auto period = TRY(Period::parse(options->period));
    auto all = TRY(service::Figures(*env).compute(org, period, {}, context.actor()));
    if (context.as_json || options->format == "json") {
      json::array out;
      for (const auto &figure : all) out.push_back(record::to_json(figure));
      context.print(out);
    } else {
      print_figures(context, all, options->all);
    }
    return kDone;
  });

  auto *figure = app.add_subcommand("figure", "One figure, and the records that make it");
  figure->add_option("id", options->id, "Figure id")->required();
  figure->add_option("--org", options->org, "Office: code or name")->required();
  figure->add_option("--period", options->period, "Period, as in `figures`")->required();
  figure->add_option("--group", options->group, "Only one group: DIMENSION=CODE");
  figure->add_option("--format", options->format, "table or json")
      ->check(CLI::IsMember({"table", "json"}));
  figure->add_flag("--records", options->records, "List exactly the records that make the number");
  run_as(figure, context, exit, [&context, options]() -> Result<int> {
    auto *env = TRY(context.environment());
    if (options->format == "json") context.as_json = true;
    auto org = TRY(context.org(options->org));
    auto period = TRY(Period::parse(options->period));
    service::Figures service(*env);
    auto found = TRY(service.compute(org, period, {options->id}, context.actor())).front();
    if (options->records || !options->group.empty()) {
      print_members(
          context, found, options->group,
          TRY(service.members(options->id, org, period, options->group, context.actor())));
      return kDone;
    }
    if (context.as_json) {
      context.print(record::to_json(found));
      return kDone;
    }
    print_figures(context, {found}, true);
    if (!found.definition.empty()) context.out() << fmt::format("定义: {}\n", found.definition);
    if (!found.source.empty()) context.out() << fmt::format("依据: {}\n", found.source);
    return kDone;
  });
}

} // namespace yifa::cli
