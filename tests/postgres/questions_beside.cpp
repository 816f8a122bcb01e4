// What is kept beside the records: keys, answers, people, meta, history; and the walks over all.
#include "questions.h"

#include "crypto/hash.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::testing {
namespace {

std::string many(std::vector<std::string> lines, bool sorted = true) {
  if (!sorted) std::sort(lines.begin(), lines.end());
  std::string out;
  for (const auto &line : lines) out += line + "\n";
  return out;
}

std::string members(const std::vector<std::pair<std::string, RecordId>> &list) {
  std::vector<std::string> out;
  for (const auto &[type, id] : list) out.push_back(type + " " + id.text());
  return many(std::move(out));
}

} // namespace

Question Questions::keys() {
  const auto record = made_.busy_id();
  const auto owner = org(chance_.of(MadeUp::owners()));
  const auto &person = chance_.of(MadeUp::people());
  const auto &key = chance_.of(MadeUp::short_keys());
  const auto mac = crypto::sha256(std::to_string(chance_.below(5)));
  switch (chance_.below(8)) {
  case 0:
    return {"keyed", [=](store::Reader &r) -> Result<std::string> {
              const auto one = TRY(r.keyed(owner.county(), person, key));
              return one ? one->request_hash + "|" + one->answer : std::string();
            }};
  case 1:
    return {"record_key", [=](store::Reader &r) -> Result<std::string> {
              return TRY(r.record_key(record)).value_or("");
            }};
  case 2:
    return {"meta",
            [=](store::Reader &r) -> Result<std::string> { return TRY(r.meta(key)).value_or(""); }};
  case 3:
    return {"meta_keys", [=](store::Reader &r) -> Result<std::string> {
              return many(TRY(r.meta_keys(person.empty() ? "" : key)));
            }};
  case 4:
    return {"blind_matches", [=](store::Reader &r) -> Result<std::string> {
              std::vector<std::string> out;
              for (const auto &id : TRY(r.blind_matches(owner, "matter", "party", mac)))
                out.push_back(id.text());
              return many(std::move(out));
            }};
  case 5:
    return {"handlers",
            [=](store::Reader &r) -> Result<std::string> { return many(TRY(r.handlers(record))); }};
  case 6:
    return {"handles", [=](store::Reader &r) -> Result<std::string> {
              std::string out;
              for (const auto &one : MadeUp::people())
                if (TRY(r.handles(one, record))) out += one + "\n";
              return out;
            }};
  default:
    return {"handled_by", [=](store::Reader &r) -> Result<std::string> {
              return members(TRY(r.handled_by(person)));
            }};
  }
}

Question Questions::history() {
  const auto record = made_.some_id();
  const auto chain = org(chance_.of(MadeUp::owners())).township().text();
  const auto after = static_cast<std::int64_t>(chance_.below(300));
  const auto limit = static_cast<std::int64_t>(chance_.below(50));
  const auto hash = MadeUp::file(chance_.below(99));
  const auto batch = id_of(900'000 + chance_.below(4));
  const auto say = [](const std::vector<record::Event> &events) {
    std::vector<std::string> out;
    for (const auto &e : events)
      out.push_back(fmt::format("{}|{}|{}|{}|{}|{}|{}", e.chain, e.seq, e.at.text(), e.actor,
                                e.action, e.body, crypto::hex(e.previous) + crypto::hex(e.hash)));
    return many(std::move(out));
  };
  switch (chance_.below(6)) {
  case 0:
    return {"chains",
            [](store::Reader &r) -> Result<std::string> { return many(TRY(r.chains())); }};
  case 1:
    return {"head " + chain, [=](store::Reader &r) -> Result<std::string> {
              const auto head = TRY(r.head(chain));
              return head ? fmt::format("{} {}", head->seq, crypto::hex(head->hash))
                          : std::string();
            }};
  case 2:
    return {"events " + chain, [=](store::Reader &r) -> Result<std::string> {
              return say(TRY(r.events(chain, after, limit)));
            }};
  case 3:
    return {"attached", [=](store::Reader &r) -> Result<std::string> {
              std::vector<std::string> out;
              for (const auto &use : TRY(r.attached(hash)))
                out.push_back(use.type + use.record.text() + use.field + use.hash);
              return many(std::move(out));
            }};
  case 4:
    return {"batch_members", [=](store::Reader &r) -> Result<std::string> {
              return members(TRY(r.batch_members(batch)));
            }};
  default:
    return {"history",
            [=](store::Reader &r) -> Result<std::string> { return say(TRY(r.history(record))); }};
  }
}

Question Questions::walks() {
  const auto type = chance_.one_in(3) ? "note" : "matter";
  return {"walks", [=, this](store::Reader &r) -> Result<std::string> {
            std::vector<std::string> out;
            const auto add = [&out](std::string line) -> Status {
              out.push_back(std::move(line));
              return Done{};
            };
            TRY(r.each_record(type, [&](record::Record &&one) { return add(shown(one)); }));
            TRY(r.each_attached([&](const store::Attached &a) {
              return add(a.type + a.record.text() + a.field + a.hash);
            }));
            TRY(r.each_record_key([&](const RecordId &id, const std::string &wrapped) {
              return add(id.text() + wrapped);
            }));
            TRY(r.each_answer([&](const std::string &county, const std::string &actor,
                                  const std::string &key, const store::KeyedAnswer &answer) {
              return add(county + "|" + actor + "|" + key + "|" + answer.request_hash);
            }));
            TRY(r.each_register([&](const store::RegisterRow &row) {
              return add(fmt::format("{}|{}|{}|{}", row.owner.text(), row.register_id, row.year,
                                     row.last));
            }));
            TRY(r.each_handler(
                [&](const std::string &county, const RecordId &id, const std::string &user) {
                  return add(county + id.text() + user);
                }));
            TRY(r.each_blind([&](const store::BlindRow &row) {
              return add(row.owner.text() + row.type + row.record.text() + row.field +
                         crypto::hex(row.mac));
            }));
            auto all = many(std::move(out));
            // Tally rows come in the order in which the engine keeps them.
            std::vector<std::string> rows;
            TRY(r.each_tally([&](const OrgCode &owner, const record::Contribution &c) -> Status {
              rows.push_back(fmt::format("{}|{}|{}|{}|{}|{}|{}", owner.text(), c.month.text(),
                                         c.indicator, c.dimension, c.group, c.stock, c.value));
              return Done{};
            }));
            all += many(std::move(rows), false);
            TRY(r.each_misfit([&](const std::string &where, const std::string &what) {
              all += "misfit " + where + ": " + what + "\n";
            }));
            return all;
          }};
}

} // namespace yifa::testing
