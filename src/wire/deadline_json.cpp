#include "wire/deadline_json.h"

#include "wire/forms.h"

namespace yifa::wire {

json::array to_json(const std::vector<service::LimitDay> &days) {
  json::array out;
  for (const auto &each : days) {
    json::object day{{"date", each.day.text()}, {"kind", std::string(to_string(each.kind))}};
    if (each.n > 0) day["n"] = each.n;
    if (!each.why.empty()) day["why"] = each.why;
    out.push_back(std::move(day));
  }
  return out;
}

json::object to_json(const service::DeadlineDays &deadline) {
  auto out = reckoning_json(*deadline.rule.type, *deadline.rule.deadline, deadline.reckoning,
                            deadline.days_left);
  out["what"] = deadline.what;
  out["days"] = to_json(deadline.days);
  return out;
}

} // namespace yifa::wire
