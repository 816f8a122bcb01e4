#include "service/nearby.h"

#include <utility>

namespace yifa::service {
namespace {

std::vector<RecordId> listed(const std::set<RecordId> &ids) { return {ids.begin(), ids.end()}; }

} // namespace

const record::Record *Nearby::record(const std::string &type, const RecordId &id) {
  const auto found = records_.find({type, id});
  if (found != records_.end()) return found->second ? &*found->second : nullptr;
  wanted_records_[type].insert(id);
  lacks_ = true;
  return nullptr;
}

const std::vector<record::Record> *Nearby::pointing(const std::string &county,
                                                    const std::string &type,
                                                    const std::string &link,
                                                    const RecordId &target) {
  const Link key(county, type, link);
  const auto found = pointing_.find({key, target});
  if (found != pointing_.end()) return &found->second;
  wanted_pointing_[key].insert(target);
  lacks_ = true;
  return nullptr;
}

const Past *Nearby::past(const RecordId &record) {
  const auto found = pasts_.find(record);
  if (found != pasts_.end()) return &found->second;
  wanted_pasts_.insert(record);
  lacks_ = true;
  return nullptr;
}

Status Nearby::fetch() {
  for (const auto &[type, ids] : std::exchange(wanted_records_, {})) {
    for (const auto &id : ids) records_[{type, id}];
    for (auto &record : TRY(reader_.records(type, listed(ids)))) {
      const auto id = record.id;
      records_[{type, id}] = std::move(record);
    }
  }
  for (const auto &[link, targets] : std::exchange(wanted_pointing_, {})) {
    for (const auto &target : targets) pointing_[{link, target}];
    const auto &[county, type, field] = link;
    for (auto &[target, record] : TRY(reader_.pointing(county, type, field, listed(targets))))
      pointing_[{link, target}].push_back(std::move(record));
  }
  const auto wanted = std::exchange(wanted_pasts_, {});
  std::map<RecordId, std::vector<record::Event>> histories;
  for (const auto &id : wanted) histories[id];
  if (!wanted.empty())
    for (auto &event : TRY(reader_.history(listed(wanted))))
      histories[event.record].push_back(std::move(event));
  for (const auto &[id, events] : histories) pasts_.emplace(id, Past(events));
  return Done{};
}

void Nearby::clear() {
  records_.clear();
  pointing_.clear();
  pasts_.clear();
}

} // namespace yifa::service
