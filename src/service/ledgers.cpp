#include "service/ledgers.h"

#include "base/text.h"
#include "crypto/hash.h"
#include "service/forgotten.h"
#include "service/journal.h"
#include "service/orgs.h"
#include "service/permission.h"
#include "service/personal.h"
#include "service/work.h"

#include "store/entries.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace yifa::service {
namespace {

using catalog::RecordType;
using record::Command;
using record::Receipt;
using record::Record;

/// The request's identity: what was asked, not when or how it was spelt in JSON. Keyed where there
/// is a key, since a request may hold personal fields and its hash outlives them.
std::string request_hash(const Command &command, const std::optional<crypto::Key> &key) {
  std::array<unsigned char, 4096> room; // NOLINT(cppcoreguidelines-pro-type-member-init)
  json::monotonic_resource pool(room.data(), room.size());
  json::object request(&pool);
  request["type"] = command.type;
  request["action"] = command.action;
  request["org"] = command.org.text();
  // Of an opening the id is ours to give, not part of what was asked.
  if (command.record && command.action != "open") request["record"] = command.record->text();
  if (command.part) request["part"] = command.part->text();
  request["fields"] = command.fields;
  request["reason"] = command.reason;
  request["state"] = command.target_state;
  if (!command.exemptions.empty()) {
    json::object grounds;
    for (const auto &[gate, ground] : command.exemptions) grounds[gate] = ground;
    request["exempt"] = std::move(grounds);
  }
  json::array parts;
  for (const auto &part : command.parts)
    parts.push_back({{"part", part.part}, {"fields", part.fields}});
  if (!parts.empty()) request["parts"] = std::move(parts);
  auto text = canonical(request);
  return crypto::hex(key ? crypto::hmac(*key, text) : crypto::sha256(text));
}

json::object receipt_json(const Receipt &receipt) {
  json::object out;
  out["record"] = receipt.record.text();
  if (receipt.part) out["part"] = receipt.part->text();
  out["type"] = receipt.type;
  out["number"] = receipt.number;
  out["state"] = receipt.state;
  out["version"] = receipt.version;
  out["late"] = receipt.late;
  return out;
}

} // namespace

Ledgers::Ledgers(Environment &environment)
    : env_(environment), workings_{Dependents(*environment.catalog),
                                   indicator::Counter(*environment.catalog), std::nullopt,
                                   std::nullopt, procedure::Calendar(*environment.catalog)} {
  if (!environment.master) return;
  workings_.request_key = crypto::derive(*environment.master, "request");
  workings_.blind_key = crypto::derive(*environment.master, kBlindPurpose);
}

Result<Receipt> receipt_from(const std::string &answer) {
  auto parsed = TRY(parse_json(answer));
  const auto &object = parsed.as_object();
  Receipt receipt;
  receipt.record = TRY(RecordId::parse(std::string(object.at("record").as_string())));
  if (const auto *part = object.if_contains("part"))
    receipt.part = TRY(RecordId::parse(std::string(part->as_string())));
  receipt.type = std::string(object.at("type").as_string());
  receipt.number = std::string(object.at("number").as_string());
  receipt.state = std::string(object.at("state").as_string());
  receipt.version = object.at("version").as_int64();
  receipt.late = object.at("late").as_bool();
  receipt.repeated = true;
  return receipt;
}

Result<const RecordType *> find_type(const catalog::Catalog &catalog, const std::string &id) {
  if (const auto *type = catalog.type(id)) return type;
  std::vector<std::string> names = catalog.type_ids();
  for (const auto &name : names)
    if (catalog.type(name)->label.zh == id) return catalog.type(name);
  auto near = text::nearest(id, names);
  return not_found(fmt::format("there is no ledger \"{}\"{}; `yifa catalog list` names them all",
                               id,
                               near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near)));
}

const RecordType &edition_of(const catalog::Catalog &catalog, const Record &record) {
  return *catalog.edition_on(record.type, record.day);
}

Result<std::string> Ledgers::county_of(const Command &command) {
  if (!env_.store.writes_apart()) return std::string();
  if (command.action == "open" || !command.record) return command.org.county();
  auto reader = TRY(env_.store.read());
  const auto type = TRY(find_type(*env_.catalog, command.type));
  const auto found = TRY(reader->get(type->id, *command.record));
  return found ? found->owner_org.county() : std::string();
}

Result<Receipt> Ledgers::apply(const Command &command, const Actor &actor) {
  auto writer = TRY(env_.store.write({.county = TRY(county_of(command))}));
  auto receipt = TRY(apply_in(*writer, command, actor));
  if (receipt.repeated) return receipt;
  // Noted first: what is on the list and was not forgotten after all is forgotten at a restore.
  if (command.action == "forget") TRY(note_forgotten(env_.forgotten_list, receipt.record));
  TRY(writer->commit());
  return receipt;
}

Status Ledgers::foresee(store::Writer &writer, const std::vector<Asked> &commands) {
  std::vector<store::Foreseen> foreseen;
  for (const auto &[command, actor] : commands) {
    const auto *type = env_.catalog->type(command.type);
    if (type == nullptr) continue; // told when it is carried out
    store::Foreseen one{command.org, actor.id, command.client_key, type->id, {}, {}};
    if (command.action == "open") {
      one.registers.push_back(store::ledger_register(type->id));
    } else {
      one.record = command.record;
    }
    foreseen.push_back(std::move(one));
  }
  return writer.foresee(foreseen);
}

Result<Receipt> Ledgers::apply_in(store::Writer &writer, const Command &command, const Actor &actor,
                                  const KeyedIds *keys) {
  std::string county = command.org.county();
  if (command.record && command.action != "open") {
    auto type = TRY(find_type(*env_.catalog, command.type));
    if (auto found = TRY(writer.get(type->id, *command.record))) county = found->owner_org.county();
  }
  std::string hash;
  if (!command.client_key.empty()) {
    hash = request_hash(command, workings_.request_key);
    if (auto before = TRY(writer.keyed(county, actor.id, command.client_key))) {
      if (before->request_hash != hash)
        return stale(
            fmt::format("the client key \"{}\" was used for another request", command.client_key));
      return receipt_from(before->answer);
    }
  }
  Work work(env_, workings_, writer, &writer, command, actor, keys);
  auto receipt = TRY(work.run());
  if (!command.client_key.empty())
    TRY(writer.keep_answer(county, actor.id, command.client_key,
                           {hash, canonical(receipt_json(receipt))}));
  return receipt;
}

Result<Receipt> Ledgers::check(store::Reader &reader, const Command &command, const Actor &actor,
                               const KeyedIds *keys) {
  return Work(env_, workings_, reader, nullptr, command, actor, keys).run();
}

Result<Ledgers::Shown> Ledgers::show(const std::string &id_or_number, const std::string &type,
                                     const OrgCode &org, bool personal, const Actor &actor) {
  Shown shown;
  {
    auto reader = TRY(env_.store.read());
    auto id = RecordId::parse(id_or_number);
    std::string ledger = type;
    if (id) {
      auto found = TRY(reader->type_of(*id));
      if (!found) return no_such_record(id_or_number);
      ledger = *found;
    } else {
      if (type.empty() || org.is_nation())
        return invalid(
            fmt::format("\"{}\" is no record id; with a display number give the ledger and --org",
                        id_or_number));
      ledger = TRY(find_type(*env_.catalog, type))->id;
      auto numbered = TRY(reader->by_number(ledger, org, id_or_number));
      if (!numbered)
        return not_found(
            fmt::format("the ledger {} of {} has no number {}", ledger, org.text(), id_or_number));
      id = *numbered;
    }
    auto record = TRY(reader->get(ledger, *id));
    if (!record) return no_such_record(id_or_number);
    shown.record = std::move(*record);
    shown.type = &edition_of(*env_.catalog, shown.record);
    TRY(permit_record(*reader, actor, shown.record));
    if (personal) {
      if (!TRY(handles(*reader, actor, shown.record)))
        return forbidden("personal fields are for those who handle the record");
      TRY(fill(*shown.type, TRY(unseal(env_, *reader, shown.record)), shown.record));
      shown.personal = true;
    }
  }
  if (shown.personal) TRY(note_reading(shown.record, actor));
  return shown;
}

Status Ledgers::note_reading(const Record &record, const Actor &actor) {
  auto writer = TRY(env_.store.write({.county = record.owner_org.county()}));
  record::Event event;
  event.chain = "access:" + record.owner_org.county();
  event.at = env_.clock.now();
  event.actor = actor.id;
  event.type = "@access";
  event.record = record.id;
  event.action = "read personal";
  json::object body;
  body["v"] = 1;
  body["at"] = event.at.text();
  body["actor"] = actor.id;
  body["type"] = event.type;
  body["ledger"] = record.type;
  body["record"] = record.id.text();
  body["action"] = event.action;
  event.body = canonical(body);
  TRY(writer->append(event));
  return writer->commit();
}

Result<std::vector<record::Event>> Ledgers::history(const RecordId &id, const Actor &actor) {
  auto reader = TRY(env_.store.read());
  auto type = TRY(reader->type_of(id));
  if (!type) return no_such_record(id.text());
  auto record = TRY(reader->get(*type, id));
  if (!record) return no_such_record(id.text());
  TRY(permit_record(*reader, actor, *record));
  return reader->history(id);
}

} // namespace yifa::service
