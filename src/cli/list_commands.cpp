#include "cli/context.h"

#include "base/file.h"
#include "base/text.h"
#include "exchange/table_out.h"
#include "service/filters.h"
#include "service/ledgers.h"
#include "service/search.h"
#include "wire/forms.h"

#include <algorithm>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace yifa::cli {
namespace {

constexpr std::int64_t kPage = 50;
constexpr std::int64_t kAtOnce = 2000;

struct ListOptions {
  std::string ledger;
  std::string org;
  std::string period;
  std::vector<std::string> states;
  std::vector<std::string> filters;
  std::vector<std::string> columns;
  std::string format = "table";
  std::string output;
  std::string after;
  std::int64_t limit = -1; ///< not said
  bool withdrawn = false;
  bool oldest_first = false;
  bool english = false;
  // search
  std::string words;
  std::vector<std::string> ledgers;
  bool by_date = false;
  std::int64_t offset = 0;
};

Result<int> list(Context &context, const ListOptions &options) {
  auto *env = TRY(context.environment());
  service::Ledgers ledgers(*env);
  const auto *type = TRY(service::find_type(*env->catalog, options.ledger));
  record::Query query;
  query.type = type->id;
  query.scope = TRY(context.org(options.org));
  if (!options.period.empty()) query.period = TRY(Period::parse(options.period));
  for (const auto &state : options.states) {
    if (type->state(state) == nullptr) {
      std::vector<std::string> names;
      for (const auto &each : type->states) names.push_back(each.id);
      return invalid(fmt::format("{} has no state \"{}\"; its states: {}", type->id, state,
                                 text::join(names, ", ")));
    }
    query.states.push_back(state);
  }
  query.with_withdrawn = options.withdrawn;
  query.newest_first = !options.oldest_first;
  if (options.limit < -1) return invalid("the limit is a number of records, 0 for all");
  // A screen shows a page; a file or another program gets everything unless it asks for less.
  const bool page = options.output.empty() && !context.as_json && options.format == "table";
  const std::int64_t limit = options.limit >= 0 ? options.limit : page ? kPage : 0;
  if (!options.after.empty()) query.after = TRY(service::read_cursor(options.after));
  query.where = TRY(service::read_filters(*env->catalog, *type, *TRY(env->store.read()),
                                          query.scope, options.filters));
  auto format = TRY(exchange::parse_list_format(context.as_json ? "json" : options.format));
  if (format == exchange::ListFormat::Xlsx && options.output.empty())
    return invalid("an .xlsx list needs a file: -o FILE.xlsx");

  auto reader = TRY(env->store.read());
  exchange::ListSpec spec;
  spec.catalog = env->catalog.get();
  spec.type = type;
  spec.columns = options.columns;
  spec.english = options.english;
  spec.org_name = [&reader](const OrgCode &code) {
    auto found = reader->org(code);
    return found && *found ? (*found)->name : code.text();
  };
  spec.link_label = [&](const RecordId &id) {
    auto of = reader->type_of(id);
    if (!of || !*of) return id.text();
    auto found = reader->get(**of, id);
    return found && *found ? (*found)->number : id.text();
  };
  std::string collected;
  exchange::Sink sink = [&](std::string_view bytes) -> Status {
    if (options.output.empty()) {
      context.out() << bytes;
    } else {
      collected += bytes;
    }
    return Done{};
  };
  auto writer = TRY(exchange::ListWriter::create(format, spec, sink, options.output));
  std::int64_t written = 0;
  std::string mark; // of the last record written
  bool more = false;
  for (bool end = false; !end;) {
    // One more than is shown tells whether there is more.
    const auto wanted = limit == 0 ? kAtOnce : std::min(limit - written, kAtOnce);
    query.limit = wanted + 1;
    auto records = TRY(ledgers.list(query, context.actor()));
    end = static_cast<std::int64_t>(records.size()) <= wanted;
    if (!end) records.pop_back();
    for (const auto &record : records) TRY(writer.add(record));
    written += static_cast<std::int64_t>(records.size());
    if (!records.empty()) {
      query.after = {records.back().day, records.back().id};
      mark = service::write_cursor(records.back());
    }
    if (!end && limit > 0 && written == limit) end = more = true;
  }
  TRY(writer.finish());
  if (!options.output.empty() && format != exchange::ListFormat::Xlsx)
    TRY(write_file(options.output, collected));
  if (more)
    (format == exchange::ListFormat::Table && options.output.empty() ? context.out()
                                                                     : context.err())
        << fmt::format("more: --after {}\n", mark);
  if (!options.output.empty())
    context.err() << fmt::format("{} records in {}\n", written, options.output);
  return kDone;
}

} // namespace

void add_list_commands(CLI::App &app, Context &context, int &exit) {
  auto options = std::make_shared<ListOptions>();
  auto *command = app.add_subcommand("list", "List the records of a ledger");
  command->add_option("ledger", options->ledger, "Ledger")->required();
  command->add_option("--org", options->org, "Office or any node of the tree")->required();
  command->add_option("--period", options->period, "By the record's day; as in `figures`");
  command->add_option("--state", options->states, "Only these states");
  command->add_option("--where", options->filters,
                      "field=value, field=a|b, field>=value, field<=value, field!=value, field? "
                      "(filled), field!? (empty)");
  command->add_option("--columns", options->columns, "Columns, comma-separated")->delimiter(',');
  command->add_option("--format", options->format, "table, csv, json or xlsx");
  command->add_option("-o,--output", options->output, "Write to a file");
  command->add_option("--limit", options->limit,
                      "Records a page (default: 50 on the screen, all elsewhere; 0 for all)");
  command->add_option("--after", options->after, "Go on behind this page mark");
  command->add_flag("--withdrawn", options->withdrawn, "Also withdrawn records");
  command->add_flag("--oldest-first", options->oldest_first, "By day, the oldest first");
  command->add_flag("--english", options->english, "English headers and labels");
  run_as(command, context, exit, [&context, options] { return list(context, *options); });

  auto *search = app.add_subcommand("search", "Find words in the non-personal text of all ledgers");
  search
      ->add_option("words", options->words, "Words; all must occur, two Chinese characters suffice")
      ->required();
  search->add_option("--org", options->org, "Office or node to search in (default: everything)");
  search->add_option("--ledger", options->ledgers, "Only these ledgers")->delimiter(',');
  search->add_flag("--by-date", options->by_date, "Newest first instead of best first");
  search->add_option("--limit", options->limit, "Hits (default 50)");
  search->add_option("--offset", options->offset, "Hits to pass over");
  run_as(search, context, exit, [&context, options]() -> Result<int> {
    auto *env = TRY(context.environment());
    store::SearchQuery query;
    query.words = options->words;
    if (!options->org.empty()) query.scope = TRY(context.org(options->org));
    for (const auto &ledger : options->ledgers)
      query.types.push_back(TRY(service::find_type(*env->catalog, ledger))->id);
    query.by_date = options->by_date;
    query.limit = options->limit < 0 ? kPage : options->limit;
    query.offset = options->offset;
    auto hits = TRY(service::search(*env, query, context.actor()));
    if (context.as_json) {
      json::array out;
      for (const auto &hit : hits) out.push_back(wire::hit_json(hit, "id"));
      context.print(out);
      return kDone;
    }
    std::vector<std::vector<std::string>> rows;
    for (const auto &hit : hits)
      rows.push_back(
          {hit.day.text(), hit.type, hit.owner_org.text(), hit.title, hit.record.text()});
    context.out() << exchange::text_table({"day", "ledger", "office", "text", "id"}, rows, 48);
    return kDone;
  });
}

} // namespace yifa::cli
