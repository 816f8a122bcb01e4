#include "service/work.h"

#include "base/text.h"
#include "service/dues.h"
#include "service/orgs.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace yifa::service {

using catalog::Field;
using catalog::RecordType;
using catalog::Value;
using record::Receipt;
using record::Record;

Status Work::store_step(const std::string &action, const catalog::Transition *step) {
  if (step != nullptr && step->number) TRY(give_number(*step));
  return store_change(action, {});
}

Status Work::give_number(const catalog::Transition &step) {
  if (!record::matches(step.number->when, *type_, after_, around_.view())) return around_.status();
  for (std::size_t i = 0; i < type_->fields.size(); ++i) {
    if (!type_->fields[i].by_register || after_.values[i].filled()) continue;
    auto n = TRY(writer_->next_number(after_.owner_org.township(), step.number->register_id,
                                      after_.day.year()));
    auto office = TRY(reader_.org(after_.owner_org.township()));
    std::string form = step.number->form;
    form =
        text::replace_all(form, "{@short}", office ? short_name(*office) : after_.owner_org.text());
    form = text::replace_all(form, "{@year}", std::to_string(after_.day.year()));
    after_.values[i] = text::replace_all(form, "{n}", std::to_string(n));
    return Done{};
  }
  return Done{};
}

Status Work::store_change(const std::string &action, Change change) {
  TRY(derive_own());
  change.action = action;
  change.from_state = before_.state;
  change.reason = command_.reason;
  change.client_key = command_.client_key;
  change.batch = command_.batch;
  change.warned = std::exchange(warned_, {});
  change.exempt = std::exchange(exempt_, {});
  auto event = make_event(*type_, before_, after_, change, at_, actor_.id);
  TRY(writer_->append(event));
  TRY(writer_->put(after_));
  TRY(move_tallies(before_, after_));
  TRY(keep_due(env_, *writer_, workings_.calendar, after_));
  return settle_dependents(before_, after_, 0);
}

Status Work::derive_own() {
  record::derive(*type_, after_, around_.view());
  return around_.status();
}

Status Work::move_tallies(const Record &old_record, const Record &new_record) {
  // What the event just written says of time limits belongs to it.
  Around fresh(env_, *writer_, &workings_.calendar);
  auto view = fresh.view();
  std::vector<record::Contribution> before;
  if (old_record.version > 0)
    before =
        workings_.counter.contributions(edition_of(*env_.catalog, old_record), old_record, view);
  auto after =
      workings_.counter.contributions(edition_of(*env_.catalog, new_record), new_record, view);
  TRY(fresh.status());
  for (const auto &each : indicator::difference(before, after))
    TRY(writer_->move(new_record.owner_org, each, 1));
  return Done{};
}

Status Work::settle_dependents(const Record &old_record, const Record &new_record, int depth) {
  for (const auto &dependence : workings_.dependents.on(new_record.type)) {
    std::vector<Record> affected;
    if (dependence.back) {
      const auto &seen_type = edition_of(*env_.catalog, new_record);
      int index = seen_type.field_index(dependence.link);
      if (index < 0) continue;
      std::vector<RecordId> targets;
      for (const auto *each : {&old_record, &new_record}) {
        if (each->version == 0) continue;
        const auto &value = each->value(index);
        if (const auto *one = value.get<RecordId>()) targets.push_back(*one);
        if (const auto *many = value.get<std::vector<Value>>())
          for (const auto &item : *many)
            if (const auto *id = item.get<RecordId>()) targets.push_back(*id);
      }
      std::sort(targets.begin(), targets.end());
      targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
      for (const auto &target : targets)
        if (auto found = TRY(writer_->get(dependence.type, target)))
          affected.push_back(std::move(*found));
    } else if (old_record.version > 0 || command_.record) {
      // To a record whose id was made just now nothing points yet.
      affected = TRY(writer_->pointing(new_record.owner_org.county(), dependence.type,
                                       dependence.link, new_record.id));
    }
    for (auto &each : affected) {
      Record changed = each;
      Around fresh(env_, *writer_, &workings_.calendar);
      bool moved = record::derive(edition_of(*env_.catalog, changed), changed, fresh.view());
      TRY(fresh.status());
      if (!moved) continue;
      if (depth >= 8) return internal_error("derived fields do not come to rest");
      TRY(writer_->put_derived(changed));
      TRY(move_tallies(each, changed));
      TRY(keep_due(env_, *writer_, workings_.calendar, changed));
      TRY(settle_dependents(each, changed, depth + 1));
    }
  }
  return Done{};
}

} // namespace yifa::service
