// Changes of what stands beside the records: offices, limits, keys, answers, numbers, people.
#include "made_up.h"

#include "crypto/hash.h"

#include <fmt/format.h>

namespace yifa::testing {
namespace {

std::string said(const Status &status) { return status ? "done" : status.error().text(); }

} // namespace

Change MadeUp::office() {
  static const std::vector<std::string> names = {"高观镇", "张家村",   "张家村村民委员会", "高观",
                                                 "沁源县", "李家社区", "李家社区居委会",   "a'b%"};
  record::Org office;
  office.code = org(chance_.of(scopes()));
  office.name = chance_.of(names);
  office.kind = static_cast<record::Org::Kind>(chance_.below(7));
  if (chance_.one_in(2)) office.from = Date::parse(day()).value();
  if (chance_.one_in(3)) office.to = Date::parse(day()).value();
  if (chance_.one_in(5)) office.successor = org(chance_.of(scopes()));
  return [office](store::Writer &w) { return said(w.put_org(office)); };
}

Change MadeUp::limits() {
  static const std::vector<std::string> binds = {"office", "party", "superior"};
  const auto *found = standing();
  if (found == nullptr) return open();
  busy_.push_back(found->id);
  std::vector<store::DueRow> rows;
  for (auto n = chance_.below(4); n > 0; --n) {
    store::DueRow row;
    row.owner = found->owner_org;
    row.due = Date::parse(day()).value();
    row.binds = chance_.of(binds);
    row.type = found->type;
    row.record = found->id;
    row.rule = fmt::format("rule{}", rows.size());
    if (chance_.one_in(3)) row.part = some_id();
    rows.push_back(row);
  }
  return [record = found->id, rows](store::Writer &w) { return said(w.put_due(record, rows)); };
}

std::vector<store::Foreseen> MadeUp::to_come() {
  std::vector<store::Foreseen> out;
  for (auto n = chance_.below(6); n > 0; --n) {
    store::Foreseen one;
    one.owner = owner();
    one.actor = chance_.of(people());
    one.client_key = chance_.of(short_keys());
    one.type = "matter";
    one.registers = {chance_.of(short_keys())};
    if (const auto *found = standing(); found != nullptr && chance_.one_in(2)) {
      one.owner = found->owner_org;
      one.type = found->type;
      one.record = found->id;
    }
    out.push_back(std::move(one));
  }
  return out;
}

Change MadeUp::key_or_answer() {
  const auto &key = chance_.of(short_keys());
  const auto &actor = chance_.of(people());
  const auto wrapped = std::string("\x00\x01", 2) + words(3);
  const auto *found = standing();
  if (found == nullptr || chance_.one_in(2))
    return [=, late = late_, county = owner().county()](store::Writer &w) {
      const auto before = w.keyed(county, actor, key);
      if (late && before && *before) return std::string("answered already");
      return said(w.keep_answer(county, actor, key, {"hash " + wrapped.substr(2), "{}"}));
    };
  busy_.push_back(found->id);
  const bool drops = chance_.one_in(4);
  return [=, county = found->owner_org.county(), record = found->id](store::Writer &w) {
    return said(drops ? w.drop_record_key(record) : w.put_record_key(county, record, wrapped));
  };
}

Change MadeUp::number_or_meta() {
  const auto keeper = owner();
  const auto year = 2022 + static_cast<int>(chance_.below(3));
  const auto &key = chance_.of(short_keys());
  const auto value = std::string("\x00", 1) + words(3);
  const auto last = static_cast<std::int64_t>(1 + chance_.below(50));
  switch (chance_.below(6)) {
  case 0:
    return [=](store::Writer &w) { return said(w.put_meta(key, value)); };
  case 1:
    return [=](store::Writer &w) { return said(w.drop_meta(key)); };
  case 2:
    return [=](store::Writer &w) { return said(w.put_register({keeper, key, year, last})); };
  default:
    return [=](store::Writer &w) {
      const auto number = w.next_number(keeper, key, year);
      return number ? std::to_string(*number) : number.error().text();
    };
  }
}

Change MadeUp::person_or_blind() {
  const auto *found = standing();
  if (found == nullptr) return open();
  const auto record = found->id;
  busy_.push_back(record);
  const auto keeper = found->owner_org;
  const auto &user = chance_.of(people());
  const auto mac = crypto::sha256(std::to_string(chance_.below(5)));
  switch (chance_.below(6)) {
  case 0:
    return [=](store::Writer &w) { return said(w.drop_handler(record, user)); };
  case 1:
    return [=](store::Writer &w) { return said(w.drop_blinds(record)); };
  case 2:
  case 3:
    return
        [=](store::Writer &w) { return said(w.put_blind(keeper, "matter", record, "party", mac)); };
  default:
    return [=](store::Writer &w) { return said(w.put_handler(keeper.county(), record, user)); };
  }
}

} // namespace yifa::testing
