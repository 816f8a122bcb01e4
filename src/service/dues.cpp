#include "service/dues.h"

#include "procedure/gate_limits.h"

#include <algorithm>

namespace yifa::service {
namespace {

bool has_limits(const catalog::RecordType &type) {
  return !type.deadlines.empty() ||
         std::any_of(type.parts.begin(), type.parts.end(),
                     [](const auto &part) { return !part.deadlines.empty(); });
}

/// Whether something must be done by the day; the others are times of waiting and of keeping.
bool presses(const catalog::Deadline &rule) {
  using Kind = catalog::Deadline::Kind;
  return rule.kind == Kind::Within || rule.kind == Kind::Before || rule.kind == Kind::By;
}

} // namespace

Result<std::vector<store::DueRow>> running_limits(const catalog::RecordType &type,
                                                  const record::Record &record, Around &around) {
  std::vector<store::DueRow> rows;
  const auto *state = type.state(record.state);
  if (!has_limits(type) || record.withdrawn || (state != nullptr && state->ends)) return rows;
  auto facts = around.facts(record);
  // The day must not move while a pause goes on: what is kept here is read again when it is shown.
  facts.around.today = Date();
  facts.stays = [&around, id = record.id](const std::string &name) {
    return around.past(id).stays(name, std::nullopt);
  };
  for (const auto &limit : procedure::limits_of(type, record, facts)) {
    if (limit.until || !presses(*limit.rule)) continue;
    rows.push_back({record.owner_org, limit.reckoning.due, limit.rule->binds, record.type,
                    record.id, limit.rule->id,
                    limit.part != nullptr ? limit.part->id : RecordId()});
  }
  TRY(around.status());
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

Status keep_due(Environment &environment, store::Writer &writer,
                const procedure::Calendar &calendar, const record::Record &record) {
  const auto &type = edition_of(*environment.catalog, record);
  if (!has_limits(type)) return Done{};
  Around around(environment, writer, &calendar);
  return writer.put_due(record.id, TRY(running_limits(type, record, around)));
}

} // namespace yifa::service
