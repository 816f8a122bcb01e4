#include "service/journal.h"

#include "crypto/hash.h"
#include "record/codec.h"

#include <array>

#include <fmt/format.h>

namespace yifa::service {
namespace {

using catalog::Field;
using catalog::Value;

/// What differs, as it is and as it was. Derived and personal fields are no facts of their own.
void differences(const std::vector<Field> &fields, const std::vector<Value> &before,
                 const std::vector<Value> &after, json::object &set, json::object &was) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].derive || fields[i].personal) continue;
    const Value none;
    const Value &old_value = i < before.size() ? before[i] : none;
    if (old_value == after[i]) continue;
    set[fields[i].id] = record::encode_value(fields[i], after[i]);
    if (old_value.filled()) was[fields[i].id] = record::encode_value(fields[i], old_value);
  }
}

Status take(const std::vector<Field> &fields, const json::object &set, std::vector<Value> &values) {
  values.resize(fields.size());
  for (const auto &member : set) {
    bool found = false;
    for (std::size_t i = 0; i < fields.size() && !found; ++i) {
      if (fields[i].id != std::string_view(member.key())) continue;
      values[i] = TRY(record::decode_exact(fields[i], member.value()));
      found = true;
    }
    if (!found)
      return invalid(fmt::format("the event sets \"{}\", which the catalog does not know",
                                 std::string_view(member.key())));
  }
  return Done{};
}

/// Reads a member of an event's body that must be there in the form we wrote it.
class Body {
public:
  explicit Body(const json::object &body) : body_(body) {}
  std::string text(const char *name) const {
    const auto *found = body_.if_contains(name);
    return found != nullptr && found->is_string() ? std::string(found->get_string())
                                                  : std::string();
  }
  std::int64_t number(const char *name) const {
    const auto *found = body_.if_contains(name);
    return found != nullptr && found->is_int64() ? found->get_int64() : 0;
  }
  bool flag(const char *name) const {
    const auto *found = body_.if_contains(name);
    return found != nullptr && found->is_bool() && found->get_bool();
  }
  const json::object &object(const char *name) const {
    static const json::object none;
    const auto *found = body_.if_contains(name);
    return found != nullptr && found->is_object() ? found->get_object() : none;
  }
  bool has(const char *name) const { return body_.if_contains(name) != nullptr; }

private:
  const json::object &body_;
};

Status replay_part(const catalog::RecordType &type, const record::Event &event,
                   const json::object &told, record::Record &record) {
  Body part(told);
  int index = type.part_index(part.text("kind"));
  if (index < 0)
    return invalid(fmt::format("the event names the unknown part \"{}\"", part.text("kind")));
  auto id = TRY(RecordId::parse(part.text("id")));
  record::PartRecord *found = nullptr;
  for (auto &each : record.parts)
    if (each.id == id) found = &each;
  if (found == nullptr) {
    record::PartRecord opened;
    opened.id = id;
    opened.part = index;
    opened.actor = event.actor;
    opened.recorded_at = event.at;
    record.parts.push_back(opened);
    found = &record.parts.back();
  }
  found->version = part.number("version");
  found->withdrawn = part.flag("withdrawn");
  return take(type.parts[static_cast<std::size_t>(index)].fields, part.object("set"),
              found->values);
}

} // namespace

std::string chain_of(const OrgCode &owner) { return owner.township().text(); }

record::Event make_event(const catalog::RecordType &type, const record::Record &before,
                         const record::Record &after, const Change &change, Moment at,
                         const std::string &actor) {
  // Many small things that live as long as this call.
  std::array<unsigned char, 4096> room; // NOLINT(cppcoreguidelines-pro-type-member-init)
  json::monotonic_resource pool(room.data(), room.size());
  json::object set(&pool);
  json::object was(&pool);
  differences(type.fields, before.values, after.values, set, was);
  json::object body(&pool);
  body["v"] = 1;
  body["at"] = at.text();
  body["actor"] = actor;
  if (!change.client_key.empty()) body["key"] = change.client_key;
  if (change.batch) body["batch"] = change.batch->text();
  body["type"] = after.type;
  body["record"] = after.id.text();
  body["action"] = change.action;
  body["version"] = after.version;
  if (before.version == 0) {
    body["number"] = after.number;
    body["org"] = after.owner_org.text();
  }
  if (before.version == 0 || before.edition != after.edition)
    body["edition"] = after.edition.text();
  if (before.version == 0 || before.place_org != after.place_org)
    body["place"] = after.place_org.text();
  if (before.version == 0 || before.day != after.day) body["day"] = after.day.text();
  if (before.version == 0 || before.state != after.state) {
    if (before.version != 0) body["from"] = change.from_state;
    body["to"] = after.state;
  }
  if (before.late != after.late) body["late"] = after.late;
  if (before.withdrawn != after.withdrawn) body["withdrawn"] = after.withdrawn;
  if (before.forgotten != after.forgotten) body["forgotten"] = after.forgotten;
  if (!set.empty()) body["set"] = std::move(set);
  if (!was.empty()) body["was"] = std::move(was);
  if (change.part_after != nullptr) {
    const auto &fields = type.parts[static_cast<std::size_t>(*change.part)].fields;
    json::object told(&pool);
    json::object part_set(&pool);
    json::object part_was(&pool);
    static const std::vector<Value> none;
    differences(fields, change.part_before != nullptr ? change.part_before->values : none,
                change.part_after->values, part_set, part_was);
    told["kind"] = type.parts[static_cast<std::size_t>(*change.part)].id;
    told["id"] = change.part_after->id.text();
    told["version"] = change.part_after->version;
    if (change.part_after->withdrawn) told["withdrawn"] = true;
    if (!part_set.empty()) told["set"] = std::move(part_set);
    if (!part_was.empty()) told["was"] = std::move(part_was);
    body["part"] = std::move(told);
  }
  if (!change.reason.empty()) body["reason"] = change.reason;
  if (!change.extend.empty()) body["extend"] = change.extend;
  if (!change.warned.empty()) body["warned"] = json::value_from(change.warned, body.storage());
  if (!change.exempt.empty()) {
    json::object grounds(&pool);
    for (const auto &[gate, ground] : change.exempt) grounds[gate] = ground;
    body["exempt"] = std::move(grounds);
  }
  if (before.personal != after.personal) body["personal"] = crypto::hex(after.personal);

  record::Event event;
  event.chain = chain_of(after.owner_org);
  event.at = at;
  event.actor = actor;
  event.type = after.type;
  event.record = after.id;
  event.action = change.action;
  event.body = canonical(body);
  return event;
}

Status read_head(record::Event &event) {
  auto parsed = TRY(parse_json(event.body));
  if (!parsed.is_object()) return invalid("the event is not a JSON object");
  Body body(parsed.get_object());
  event.type = body.text("type");
  event.action = body.text("action");
  event.actor = body.text("actor");
  event.at = TRY(Moment::parse(body.text("at")));
  if (body.has("record")) event.record = TRY(RecordId::parse(body.text("record")));
  return Done{};
}

Status replay(const catalog::Catalog &catalog, const record::Event &event, record::Record &record) {
  auto parsed = TRY(parse_json(event.body));
  if (!parsed.is_object()) return invalid("the event is not a JSON object");
  Body body(parsed.get_object());
  if (record.version + 1 != body.number("version"))
    return invalid(fmt::format("the event makes version {} of a record at version {}",
                               body.number("version"), record.version));
  const auto *newest = catalog.type(body.text("type"));
  if (newest == nullptr)
    return invalid(fmt::format("the catalog does not know the ledger \"{}\"", body.text("type")));
  if (record.version == 0) {
    record.id = TRY(RecordId::parse(body.text("record")));
    record.type = body.text("type");
    record.number = body.text("number");
    record.owner_org = TRY(OrgCode::parse(body.text("org")));
    record.created_by = body.text("actor");
    record.recorded_at = TRY(Moment::parse(body.text("at")));
    if (body.has("batch")) record.batch = TRY(RecordId::parse(body.text("batch")));
    record.values.resize(newest->fields.size());
  }
  record.version = body.number("version");
  if (body.has("edition")) record.edition = TRY(Date::parse(body.text("edition")));
  if (body.has("place")) record.place_org = TRY(OrgCode::parse(body.text("place")));
  if (body.has("day")) record.day = TRY(Date::parse(body.text("day")));
  if (body.has("to")) record.state = body.text("to");
  if (body.has("late")) record.late = body.flag("late");
  if (body.has("withdrawn")) {
    record.withdrawn = body.flag("withdrawn");
    record.withdrawn_reason = body.text("reason");
  }
  if (body.has("forgotten")) record.forgotten = body.flag("forgotten");
  if (body.has("personal")) record.personal = crypto::from_hex(body.text("personal"));
  TRY(take(newest->fields, body.object("set"), record.values));
  if (body.has("part")) TRY(replay_part(*newest, event, body.object("part"), record));
  return Done{};
}

} // namespace yifa::service
