#include "made_up.h"

#include "crypto/hash.h"

#include <fmt/format.h>

namespace yifa::testing {
namespace {

using catalog::Value;
using record::Record;

std::string said(const Status &status) { return status ? "done" : status.error().text(); }

std::vector<record::Contribution> figures_of(const Record &record) {
  if (record.type != "matter" || record.withdrawn || !record.value(kKind).filled() ||
      !record.value(kCopies).filled())
    return {};
  auto out = contributions_of(record);
  record::Contribution stock;
  stock.indicator = "standing";
  stock.month = record.day.month_of();
  stock.stock = true;
  stock.value = record.state == "open" ? 1 : -1;
  out.push_back(stock);
  return out;
}

} // namespace

const std::vector<std::string> &MadeUp::owners() {
  static const std::vector<std::string> codes = {
      "370306104", "370306104", "370306104D01", "370306104201", "370306105", "370306",
      "370307101", "370307101", "140423107",    "140423107",    "3703",      "37"};
  return codes;
}

const std::vector<std::string> &MadeUp::scopes() {
  static const std::vector<std::string> codes = {
      "",          "37",        "3703",         "370306",       "370306104", "370306104D01",
      "370306105", "370306106", "370306104201", "370306104202", "370307",    "370307101",
      "14",        "140423",    "140423107",    "50",           "500229107"};
  return codes;
}

const std::vector<std::string> &MadeUp::people() {
  static const std::vector<std::string> names = {"clerk", "head", "李四", "o'brien", "%", ""};
  return names;
}

const std::vector<std::string> &MadeUp::short_keys() {
  static const std::vector<std::string> keys = {"a", "a1", "A", "b'", "键",  "键值",
                                                "é", "_%", "z", "𠀀", "a b", "B"};
  return keys;
}

std::string MadeUp::file(std::uint64_t n) {
  return crypto::hex(crypto::sha256(std::to_string(n % 9)));
}

std::string MadeUp::words(std::uint64_t most) {
  static const std::vector<std::string> pieces = {
      "土地", "承包", "纠纷",  "调解",   "界桩",  "婚姻",   "家庭", "劳动",  "报酬", "张家村",
      "土",   "地",   "Road7", "road",   "ROAD",  "7号",    "ａｂ", "…",     "，",   "。",
      "'",    "\"",   "\\",    "%",      "_",     "\t",     "\n",   " ",     "𠀀𠀁", "é",
      "-",    ":*",   "&",     "2023-1", "100.5", "甲乙",   "丙",   "(",     ")",    "|",
      "!",    "乙",   "〇",    "<b>",    "NULL",  "承包地", "\x7f", "纠纷 ", "\r"};
  std::string out;
  for (auto n = chance_.below(most + 1); n > 0; --n) out += chance_.of(pieces);
  if (chance_.one_in(200)) out += std::string(100 + chance_.below(3000), 'w');
  return out;
}

std::string MadeUp::day() {
  return Date::from(2021, 12, 1).value().plus_days(static_cast<int>(chance_.below(900))).text();
}

RecordId MadeUp::some_id() { return id_of(1 + chance_.below(made_ + 5)); }

void MadeUp::fill(Record &r) {
  if (r.type == "note") {
    if (chance_.one_in(2)) r.values[kText] = testing::words(words(20));
    if (chance_.one_in(3)) r.values[kAbout] = Value(some_id());
    return;
  }
  const auto number = [&](std::uint64_t to) {
    return static_cast<std::int64_t>(chance_.below(to));
  };
  const auto set = [&](Matter field, Value value) {
    if (chance_.one_in(3)) r.values[field] = chance_.one_in(4) ? Value() : std::move(value);
  };
  static const std::vector<std::string> kinds = {"land", "family", "wage"};
  set(kTitle, testing::words(words(6)));
  set(kKind, code(chance_.of(kinds)));
  set(kCopies, Value(catalog::Count{number(60)}));
  set(kShare, Value(Decimal::from_millionths(number(100) * 500'000 - 20'000'000)));
  set(kCost, Value(Money::from_fen(number(5) * 100'000'000'000)));
  set(kStarted, Value(Moment::from_unix(1'600'000'000 + number(100'000'000))));
  set(kUrgent, Value(chance_.one_in(2)));
  set(kVillage, Value(org(chance_.of(owners()))));
  set(kBefore, Value(std::vector<Value>{Value(some_id()), Value(some_id())}));
  set(kPhotos, Value(std::vector<Value>{Value(catalog::FileHash{file(chance_.below(99))})}));
  set(kLines, Value(std::vector<catalog::Row>{
                  {{testing::words(words(3)), Value(catalog::Count{number(9)}), Value(some_id())}},
                  {{Value(), Value(), Value()}}}));
  set(kRemark, testing::words(words(40)));
  set(kExtraOne, testing::words(words(4)));
  set(kOwnerLink, Value(some_id()));
  r.late = chance_.one_in(6);
  r.state = chance_.one_in(3) ? "done" : "open";
  if (chance_.one_in(5)) r.personal = std::string("\x01\x00\xff", 3) + words(3);
  if (chance_.one_in(9)) r.batch = id_of(900'000 + chance_.below(4));
  if (chance_.one_in(9)) r.forgotten = true;
}

void MadeUp::visit(Record &r) {
  if (r.type != "matter") return;
  if (!r.parts.empty() && chance_.one_in(2)) {
    auto &part = r.parts[chance_.below(r.parts.size())];
    part.version += 1;
    part.withdrawn = chance_.one_in(3);
    part.values[kFound] = testing::words(words(8));
    return;
  }
  if (r.parts.size() > 2 && chance_.one_in(3)) {
    r.parts.pop_back();
    return;
  }
  record::PartRecord part;
  part.id = id_of(1'000'000 + made_ * 10 + r.parts.size());
  part.part = 0;
  part.values = {date(day()), chance_.one_in(3) ? Value() : testing::words(words(8))};
  part.actor = chance_.of(people());
  part.recorded_at = r.recorded_at;
  r.parts.push_back(part);
}

RecordId MadeUp::busy_id() { return busy_.empty() ? some_id() : chance_.of(busy_); }

OrgCode MadeUp::owner() {
  while (true)
    if (auto one = org(chance_.of(owners())); county_.empty() || one.county() == county_)
      return one;
}

const Record *MadeUp::standing() {
  const auto found = records_.lower_bound(some_id());
  if (found == records_.end()) return nullptr;
  if (!county_.empty() && found->second.owner_org.county() != county_) return nullptr;
  return &found->second;
}

Record MadeUp::fresh() {
  ++made_;
  const auto keeper = owner().text();
  auto r = chance_.one_in(4) ? note(made_, keeper, day(), words(12))
                             : matter(made_, keeper, day(), words(5));
  if (r.type == "matter" && chance_.one_in(3)) r.place_org = org(chance_.of(owners()));
  if (chance_.one_in(20)) r.number.clear();
  fill(r);
  while (chance_.one_in(4)) visit(r);
  return r;
}

Change MadeUp::whole(std::optional<Record> old, Record now, const std::string &action) {
  before_.emplace_back(now.id, old);
  records_[now.id] = now;
  return [old = std::move(old), now = std::move(now), action](store::Writer &w) {
    auto event = event_of(now, action);
    auto out = said(w.append(event)) + " " + crypto::hex(event.hash) + " " + said(w.put(now));
    if (old)
      for (const auto &c : figures_of(*old)) out += said(w.move(old->owner_org, c, -1));
    for (const auto &c : figures_of(now)) out += said(w.move(now.owner_org, c, 1));
    return out;
  };
}

Change MadeUp::open() { return whole({}, fresh(), "open"); }

Change MadeUp::correct() {
  const auto *found = standing();
  if (found == nullptr) return open();
  auto now = *found;
  now.version += 1;
  fill(now);
  if (chance_.one_in(3)) visit(now);
  if (chance_.one_in(8)) now.withdrawn = !now.withdrawn;
  if (chance_.one_in(8)) now.day = Date::parse(day()).value();
  now.withdrawn_reason = now.withdrawn ? words(3) : "";
  return whole(*found, now, "correct");
}

/// Derived fields move without a version; a wrong version and a second opening are refused.
Change MadeUp::put_again() {
  const auto *found = standing();
  if (found == nullptr) return open();
  const auto old = *found;
  auto now = old;
  if (chance_.one_in(2)) {
    now.version = !late_ && chance_.one_in(2) ? 1 : now.version + 2;
    return [now](store::Writer &w) { return said(w.put(now)); };
  }
  if (now.type == "matter") now.values[kCopies] = Value(catalog::Count{77});
  before_.emplace_back(now.id, old);
  records_[now.id] = now;
  return [old, now](store::Writer &w) {
    auto out = said(w.put_derived(now));
    for (const auto &c : figures_of(old)) out += said(w.move(old.owner_org, c, -1));
    for (const auto &c : figures_of(now)) out += said(w.move(now.owner_org, c, 1));
    return out;
  };
}

Change MadeUp::next() {
  switch (chance_.below(14)) {
  case 0:
    return office();
  case 1:
    return limits();
  case 2:
    return key_or_answer();
  case 3:
    return number_or_meta();
  case 4:
    return person_or_blind();
  case 5:
    return put_again();
  case 6:
  case 7:
  case 8:
    return correct();
  default:
    return open();
  }
}

void MadeUp::forget(std::size_t since) {
  for (; before_.size() > since; before_.pop_back()) {
    auto &[id, old] = before_.back();
    if (old)
      records_[id] = std::move(*old);
    else
      records_.erase(id);
  }
}

} // namespace yifa::testing
