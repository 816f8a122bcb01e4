#include "service/recount.h"

#include "indicator/contributions.h"
#include "record/matches.h"
#include "service/dues.h"

namespace yifa::service {
namespace {

/// One round over a ledger; true when a derived field moved.
Result<bool> settle_derived(Environment &env, store::Writer &writer,
                            const procedure::Calendar &calendar, const std::string &type) {
  std::vector<record::Record> moved;
  TRY(writer.each_record(type, [&](record::Record &&record) -> Status {
    Around around(env, writer, &calendar);
    if (record::derive(edition_of(*env.catalog, record), record, around.view()))
      moved.push_back(std::move(record));
    return around.status();
  }));
  for (const auto &record : moved) TRY(writer.put_derived(record));
  return !moved.empty();
}

} // namespace

Status recount(Environment &env, store::Writer &writer) {
  const procedure::Calendar calendar(*env.catalog);
  const indicator::Counter counter(*env.catalog);
  const auto types = env.catalog->type_ids();
  // A derived field may look at one of a linked record: the graph of types is acyclic, so a few
  // rounds settle it.
  bool moved = true;
  for (int round = 0; moved && round < 8; ++round) {
    moved = false;
    for (const auto &type : types)
      moved = TRY(settle_derived(env, writer, calendar, type)) || moved;
  }
  TRY(writer.clear_counts());
  for (const auto &type : types)
    TRY(writer.each_record(type, [&](record::Record &&record) -> Status {
      Around around(env, writer, &calendar);
      for (const auto &each :
           counter.contributions(edition_of(*env.catalog, record), record, around.view()))
        TRY(writer.move(record.owner_org, each, 1));
      TRY(around.status());
      return keep_due(env, writer, calendar, record);
    }));
  return Done{};
}

} // namespace yifa::service
