#pragma once

#include "record/record.h"
#include "service/past.h"
#include "store/port.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace yifa::service {

/// What lies around many records, fetched for all of them together: for who walks whole ledgers.
/// What was not fetched yet is noted and given as nothing; then the judging record lacks() it and
/// is judged again after fetch(). A few rounds do, however many records there are.
class Nearby {
public:
  explicit Nearby(store::Reader &reader) : reader_(reader) {}

  /// Null when there is no such record, or it was not fetched yet.
  const record::Record *record(const std::string &type, const RecordId &id);
  /// As Reader::pointing, in no order; null when not fetched yet.
  const std::vector<record::Record> *pointing(const std::string &county, const std::string &type,
                                              const std::string &link, const RecordId &target);
  /// Null when not fetched yet.
  const Past *past(const RecordId &record);

  /// Whether anything was asked for in vain since the last call.
  bool lacks() { return std::exchange(lacks_, false); }
  /// Fetches all that was asked for in vain.
  Status fetch();
  /// Lets go of what was fetched: other records follow.
  void clear();

private:
  using Link = std::tuple<std::string, std::string, std::string>; ///< county, type, field

  store::Reader &reader_;
  bool lacks_ = false;
  std::map<std::string, std::set<RecordId>> wanted_records_; ///< by type
  std::map<Link, std::set<RecordId>> wanted_pointing_;
  std::set<RecordId> wanted_pasts_;
  std::map<std::pair<std::string, RecordId>, std::optional<record::Record>> records_;
  std::map<std::pair<Link, RecordId>, std::vector<record::Record>> pointing_;
  std::map<RecordId, Past> pasts_;
};

} // namespace yifa::service
