#include "wire/changes_json.h"

namespace yifa::wire {

json::object to_json(const service::RecordChange &change) {
  json::array changes;
  for (const auto &each : change.changes)
    changes.push_back(
        {{"field", each.field}, {"label", each.label}, {"was", each.was}, {"is", each.is}});
  json::object out{{"seq", change.seq},
                   {"at", change.at.text()},
                   {"actor", change.actor},
                   {"actor_name", change.actor_name},
                   {"action", change.action},
                   {"label", change.label},
                   {"part", nullptr},
                   {"from", change.from},
                   {"to", change.to},
                   {"from_label", change.from_label},
                   {"to_label", change.to_label},
                   {"changes", std::move(changes)},
                   {"personal", change.personal},
                   {"reason", change.reason},
                   {"late", change.late},
                   {"warned", json::value_from(change.warned)},
                   {"exempt", json::value_from(change.exempt)},
                   {"extended", change.extended}};
  if (!change.part.empty()) out["part"] = {{"kind", change.part}, {"id", change.part_id.text()}};
  return out;
}

} // namespace yifa::wire
