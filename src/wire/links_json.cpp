#include "wire/links_json.h"

namespace yifa::wire {

json::object to_json(const service::RecordLink &link) {
  return {{"field", link.field},
          {"ledger", link.ledger},
          {"ledger_label", link.ledger_label},
          {"record", link.record.text()},
          {"number", link.number},
          {"label", link.label},
          {"state", link.state},
          {"withdrawn", link.withdrawn}};
}

json::object to_json(const service::RecordLinks &links) {
  json::array ahead;
  for (const auto &link : links.links) ahead.push_back(to_json(link));
  json::array back;
  for (const auto &link : links.backlinks) back.push_back(to_json(link));
  return {{"links", std::move(ahead)}, {"backlinks", std::move(back)}, {"more", links.more}};
}

} // namespace yifa::wire
