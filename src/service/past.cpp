#include "service/past.h"

#include "base/json.h"

namespace yifa::service {
namespace {

std::string text_of(const json::object &body, const char *name) {
  const auto *found = body.if_contains(name);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : "";
}

} // namespace

Past::Past(const std::vector<record::Event> &history) {
  auto leave = [&](Date day) {
    // A state that is left on the day it was entered held for no day.
    if (!state_.empty() && day > entered_) stays_[state_].push_back({entered_, day.plus_days(-1)});
  };
  for (const auto &event : history) {
    auto parsed = parse_json(event.body);
    if (!parsed || !parsed->is_object()) continue;
    const auto &body = parsed->get_object();
    if (auto to = text_of(body, "to"); !to.empty()) {
      leave(event.at.date());
      state_ = std::move(to);
      entered_ = event.at.date();
    }
    const auto *extend = body.if_contains("extend");
    if (extend == nullptr || !extend->is_object()) continue;
    const auto &grant = extend->get_object();
    procedure::Extension extension;
    const auto *by = grant.if_contains("by");
    const auto *unit = grant.if_contains("unit");
    if (by == nullptr || !by->is_int64() || unit == nullptr || !unit->is_int64()) continue;
    extension.amount = by->get_int64();
    extension.unit = static_cast<catalog::Deadline::Unit>(unit->get_int64());
    RecordId part;
    if (auto id = RecordId::parse(text_of(grant, "part"))) part = *id;
    extensions_[{text_of(grant, "rule"), part}].push_back(extension);
  }
}

std::vector<procedure::Stretch> Past::stays(const std::string &state,
                                            std::optional<Date> today) const {
  const auto found = stays_.find(state);
  auto out = found == stays_.end() ? std::vector<procedure::Stretch>{} : found->second;
  if (today && state == state_ && *today >= entered_) out.push_back({entered_, *today});
  return out;
}

std::vector<procedure::Extension> Past::extensions(const std::string &rule,
                                                   const RecordId &part) const {
  auto found = extensions_.find({rule, part});
  return found == extensions_.end() ? std::vector<procedure::Extension>{} : found->second;
}

} // namespace yifa::service
