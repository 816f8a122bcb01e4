#include "sql/fixed_rows.h"
#include "sql/session.h"

#include <fmt/format.h>

namespace yifa::sql {

using store::KeyedAnswer;
using store::RegisterRow;

Result<std::optional<KeyedAnswer>>
Session::keyed(const std::string &county, const std::string &actor, const std::string &key) {
  if (rows_.late()) {
    const AnswerKey at{county, actor, key};
    if (const auto *given = answered(at)) return std::optional(*given);
    if (const auto known = foreseen_.find(at); known != foreseen_.end()) return known->second;
  }
  // What is put off was looked at, so it need not be written for this.
  auto rows = TRY(rows_.beside(
      "SELECT request_hash, answer FROM answer WHERE county = ?1 AND actor = ?2 AND key = ?3"));
  rows.with(county, actor, key);
  if (!TRY(rows.step())) return std::optional<KeyedAnswer>();
  return std::optional<KeyedAnswer>(KeyedAnswer{rows.text_at(0), rows.text_at(1)});
}

Status Session::keep_answer(const std::string &county, const std::string &actor,
                            const std::string &key, const KeyedAnswer &answer) {
  TRY(writes_to(county));
  const auto again = [&] {
    return stale(fmt::format("the client key \"{}\" was answered already", key));
  };
  if (rows_.late()) {
    const AnswerKey at{county, actor, key};
    const auto known = foreseen_.find(at);
    if (answered(at) != nullptr || (known != foreseen_.end() && known->second)) return again();
    answers_.now.emplace(at, answer);
    return answers_.now.size() < kPutOff ? Status(Done{}) : noted(flush_answers());
  }
  auto write = [&]() -> Status {
    auto put =
        TRY(prepare("INSERT INTO answer (county, actor, key, request_hash, answer) VALUES (?1, ?2, "
                    "?3, ?4, ?5) ON CONFLICT DO NOTHING RETURNING 1"));
    put.with(county, actor, key, answer.request_hash, answer.answer);
    return TRY(put.step()) ? put.run() : again();
  };
  return noted(write());
}

Status
Session::each_answer(const std::function<Status(const std::string &, const std::string &,
                                                const std::string &, const KeyedAnswer &)> &each) {
  auto rows = TRY(prepare(
      "SELECT county, actor, key, request_hash, answer FROM answer ORDER BY county, actor, key",
      Use::Walk));
  while (TRY(rows.step()))
    TRY(each(rows.text_at(0), rows.text_at(1), rows.text_at(2),
             {rows.text_at(3), rows.text_at(4)}));
  return Done{};
}

Result<std::optional<std::string>> Session::record_key(const RecordId &record) {
  auto rows = TRY(prepare("SELECT wrapped FROM record_key WHERE record = ?1" + in_county()));
  with_county(rows, record);
  if (!TRY(rows.step())) return std::optional<std::string>();
  return std::optional<std::string>(rows.text_at(0));
}

Status Session::put_record_key(const std::string &county, const RecordId &record,
                               const std::string &wrapped) {
  TRY(writes_to(county));
  auto write = [&]() -> Status {
    auto put = TRY(prepare("INSERT INTO record_key (county, record, wrapped) VALUES (?1, ?2, "
                           "?3) ON CONFLICT (county, record) DO UPDATE SET wrapped = "
                           "excluded.wrapped"));
    put.with(county, record);
    put.bytes(2, wrapped);
    return put.run();
  };
  return noted(write());
}

Status Session::drop_record_key(const RecordId &record) {
  TRY(writable());
  auto write = [&]() -> Status {
    auto drop = TRY(prepare("DELETE FROM record_key WHERE record = ?1" + in_county()));
    return with_county(drop, record).run();
  };
  return noted(write());
}

Status
Session::each_record_key(const std::function<Status(const RecordId &, const std::string &)> &each) {
  auto rows = TRY(prepare("SELECT record, wrapped FROM record_key ORDER BY record", Use::Walk));
  while (TRY(rows.step())) TRY(each(TRY(rows.id_at(0)), rows.text_at(1)));
  return Done{};
}

Status Session::put_blind(const OrgCode &owner, const std::string &type, const RecordId &record,
                          const std::string &field, const std::string &mac) {
  TRY(writes_to(owner.county()));
  auto write = [&]() -> Status {
    const auto county = owner.county();
    auto put = TRY(rows_.adding(fixed_rows().blind));
    put.with(county, owner, type, field, nullptr, record);
    put.bytes(4, mac);
    return put.run();
  };
  return noted(write());
}

Status Session::drop_blinds(const RecordId &record) {
  TRY(writable());
  auto write = [&]() -> Status {
    auto drop = TRY(prepare("DELETE FROM blind WHERE record = ?1" + in_county()));
    return with_county(drop, record).run();
  };
  return noted(write());
}

Status Session::each_blind(const std::function<Status(const store::BlindRow &)> &each) {
  auto rows = TRY(prepare("SELECT owner_org, type, record, field, mac FROM blind ORDER BY "
                          "county, owner_org, type, field, mac, record",
                          Use::Walk));
  while (TRY(rows.step()))
    TRY(each({TRY(rows.org_at(0)), rows.text_at(1), TRY(rows.id_at(2)), rows.text_at(3),
              rows.text_at(4)}));
  return Done{};
}

Result<std::vector<RecordId>> Session::blind_matches(const OrgCode &owner, const std::string &type,
                                                     const std::string &field,
                                                     const std::string &mac) {
  const auto county = owner.county();
  auto rows = TRY(prepare(
      "SELECT record FROM blind WHERE county = ?1 AND owner_org = ?2 AND type = ?3 AND field = ?4 "
      "AND mac = ?5 ORDER BY record"));
  rows.with(county, owner, type, field);
  rows.bytes(4, mac);
  std::vector<RecordId> out;
  while (TRY(rows.step())) out.push_back(TRY(rows.id_at(0)));
  return out;
}

Result<std::int64_t> Session::next_number(const OrgCode &owner, const std::string &register_id,
                                          int year) {
  TRY(writes_to(owner.county()));
  // The first number is taken in the store, the ones after it are counted here: nobody else writes.
  const RegisterKey key{owner.text(), register_id, year};
  save_register(key);
  auto [known, fresh] = registers_.try_emplace(key);
  if (!fresh) {
    known->second.moved = true;
    return ++known->second.last;
  }
  if (foreseen_registers_.contains({owner.text(), register_id})) { // no number is stored yet
    known->second = {owner, 1, true};
    return 1;
  }
  auto write = [&]() -> Result<std::int64_t> {
    const auto county = owner.county();
    auto next = TRY(prepare(
        "INSERT INTO register (county, owner_org, register, year, last) VALUES (?1, ?2, ?3, ?4, 1) "
        "ON CONFLICT (county, owner_org, register, year) DO UPDATE SET last = register.last + 1 "
        "RETURNING last"));
    next.with(county, owner, register_id, year);
    if (!TRY(next.step())) return internal_error("a register gave no number");
    auto number = next.integer(0);
    TRY(next.run());
    return number;
  };
  auto number = noted(write());
  if (number) {
    known->second = {owner, *number, false};
  } else {
    registers_.erase(known);
  }
  return number;
}

Status Session::put_register(const RegisterRow &row) {
  TRY(writes_to(row.owner.county()));
  const RegisterKey key{row.owner.text(), row.register_id, row.year};
  save_register(key);
  registers_.erase(key);
  foreseen_registers_.erase({row.owner.text(), row.register_id});
  TRY(noted(write_register(row)));
  return noted(rows_.write(fixed_rows().number));
}

Status Session::write_register(const RegisterRow &row) {
  const auto county = row.owner.county();
  auto put = TRY(rows_.adding(fixed_rows().number));
  return put.with(county, row.owner, row.register_id, row.year, row.last).run();
}

void Session::save_register(const RegisterKey &key) {
  if (!saved_ || saved_->registers.contains(key)) return;
  const auto known = registers_.find(key);
  saved_->registers.emplace(key, known == registers_.end() ? std::nullopt
                                                           : std::optional(known->second));
}

Status Session::flush_registers() {
  for (auto &[key, numbers] : registers_) {
    if (!numbers.moved) continue;
    save_register(key);
    TRY(write_register({numbers.owner, std::get<1>(key), std::get<2>(key), numbers.last}));
    numbers.moved = false;
  }
  return rows_.write(fixed_rows().number);
}

Status Session::each_register(const std::function<Status(const RegisterRow &)> &each) {
  TRY(noted(flush_registers()));
  auto rows = TRY(prepare(
      "SELECT owner_org, register, year, last FROM register ORDER BY county, owner_org, register, "
      "year"));
  while (TRY(rows.step()))
    TRY(each({TRY(rows.org_at(0)), rows.text_at(1), static_cast<int>(rows.integer(2)),
              rows.integer(3)}));
  return Done{};
}

Result<std::optional<std::string>> Session::meta(const std::string &key) {
  auto rows = TRY(prepare("SELECT value FROM meta WHERE key = ?1"));
  rows.with(key);
  if (!TRY(rows.step())) return std::optional<std::string>();
  return std::optional<std::string>(rows.text_at(0));
}

Result<std::vector<std::string>> Session::meta_keys(const std::string &prefix) {
  auto rows = TRY(prepare("SELECT key FROM meta WHERE key >= ?1 AND substr(key, 1, length(?1)) = "
                          "?1 AND substr(key, 1, 1) <> '@' ORDER BY key"));
  rows.with(prefix);
  std::vector<std::string> out;
  while (TRY(rows.step())) out.push_back(rows.text_at(0));
  return out;
}

Status Session::put_meta(const std::string &key, const std::string &value) {
  TRY(writable());
  if (key.starts_with('@'))
    return noted(Status(internal_error("keys beginning with @ are the store's own")));
  auto write = [&]() -> Status {
    auto put = TRY(prepare(
        "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = "
        "excluded.value"));
    put.with(key);
    put.bytes(1, value);
    return put.run();
  };
  return noted(write());
}

Status Session::drop_meta(const std::string &key) {
  TRY(writable());
  if (key.starts_with('@'))
    return noted(Status(internal_error("keys beginning with @ are the store's own")));
  auto write = [&]() -> Status {
    auto drop = TRY(prepare("DELETE FROM meta WHERE key = ?1"));
    return drop.with(key).run();
  };
  return noted(write());
}

} // namespace yifa::sql
