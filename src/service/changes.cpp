#include "service/changes.h"

#include "base/text.h"
#include "record/codec.h"
#include "service/figures.h"
#include "service/permission.h"

namespace yifa::service {
namespace {

using catalog::Field;
using catalog::RecordType;
using catalog::Value;

std::string changes_word(const catalog::Words &words, bool english) {
  return english && !words.en.empty() ? words.en : words.zh;
}

std::string changes_text(const json::object &body, const char *name) {
  const auto *found = body.if_contains(name);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : "";
}

const json::object &changes_object(const json::object &body, const char *name) {
  static const json::object none;
  const auto *found = body.if_contains(name);
  return found != nullptr && found->is_object() ? found->get_object() : none;
}

class ChangeTelling {
public:
  ChangeTelling(Environment &env, store::Reader &reader, const RecordType &type,
                const ChangesRequest &request, const Actor &actor)
      : env_(env), reader_(reader), type_(type), request_(request), actor_(actor) {}

  Result<RecordChange> tell(const record::Event &event) {
    RecordChange out;
    out.seq = event.seq;
    out.at = event.at;
    out.actor = event.actor;
    if (request_.name_of) out.actor_name = request_.name_of(event.actor);
    out.action = event.action;
    out.label = action_label(event.action);
    const auto parsed = TRY(parse_json(event.body));
    if (!parsed.is_object()) return out;
    const auto &body = parsed.get_object();
    out.from = changes_text(body, "from");
    out.to = changes_text(body, "to");
    out.from_label = state_label(out.from);
    out.to_label = state_label(out.to);
    out.reason = changes_text(body, "reason");
    const auto *late = body.if_contains("late");
    out.late = late != nullptr && late->is_bool() && late->get_bool();
    out.personal = body.contains("personal");
    out.extended = changes_text(changes_object(body, "extend"), "rule");
    if (const auto *warned = body.if_contains("warned"); warned != nullptr && warned->is_array())
      for (const auto &gate : warned->get_array())
        if (gate.is_string()) out.warned.emplace_back(gate.get_string());
    for (const auto &gate : changes_object(body, "exempt")) out.exempt.emplace_back(gate.key());
    TRY(differences(type_.fields, body, out.changes));
    if (body.contains("part")) TRY(part(changes_object(body, "part"), out));
    return out;
  }

private:
  Status part(const json::object &body, RecordChange &out) {
    out.part = changes_text(body, "kind");
    if (auto id = RecordId::parse(changes_text(body, "id"))) out.part_id = *id;
    const int index = type_.part_index(out.part);
    if (index < 0) return Done{};
    return differences(type_.parts[static_cast<std::size_t>(index)].fields, body, out.changes);
  }

  /// What `set` gives and `was` gave, in the order of the fields.
  Status differences(const std::vector<Field> &fields, const json::object &body,
                     std::vector<FieldChange> &out) {
    const auto &set = changes_object(body, "set");
    const auto &was = changes_object(body, "was");
    for (const auto &field : fields) {
      const auto *now = set.if_contains(field.id);
      // What became personal later is no longer for everybody's eyes.
      if (now == nullptr || field.personal) continue;
      const auto *before = was.if_contains(field.id);
      out.push_back({field.id, changes_word(field.label, request_.english),
                     before != nullptr ? TRY(words(field, *before)) : std::string(),
                     TRY(words(field, *now))});
    }
    return Done{};
  }

  /// A field that changed its kind since is told as it was written.
  Result<std::string> words(const Field &field, const json::value &stored) {
    const auto value = record::decode_exact(field, stored);
    if (!value) return stored.is_null() ? std::string() : json::serialize(stored);
    std::vector<std::string> names;
    const auto add = [&](const Value &one) -> Status {
      if (const auto *org = one.get<OrgCode>()) names.push_back(TRY(office_name(*org)));
      if (const auto *id = one.get<RecordId>()) names.push_back(TRY(record_name(*id)));
      return Done{};
    };
    if (const auto *many = value->get<std::vector<Value>>()) {
      for (const auto &one : *many) TRY(add(one));
    } else {
      TRY(add(*value));
    }
    if (names.empty()) return record::display(*env_.catalog, field, *value, request_.english);
    return text::join(names, request_.english ? ", " : "、");
  }

  Result<std::string> office_name(const OrgCode &code) {
    const auto node = TRY(reader_.org(code));
    return node ? node->name : code.text();
  }

  Result<std::string> record_name(const RecordId &id) {
    const auto type = TRY(reader_.type_of(id));
    if (!type) return id.text();
    const auto record = TRY(reader_.get(*type, id));
    if (!record || !permit_record(reader_, actor_, *record)) return id.text();
    return record_label(edition_of(*env_.catalog, *record), *record);
  }

  std::string state_label(const std::string &state) const {
    const auto *found = type_.state(state);
    return found != nullptr ? changes_word(found->label, request_.english) : state;
  }

  /// The step's label; for what every record has, the catalog's words, which are Chinese.
  std::string action_label(const std::string &action) const {
    static const std::map<std::string, const char *, std::less<>> kOwn = {
        {"open", "dossier.opened"},        {"correct", "dossier.corrected"},
        {"withdraw", "dossier.withdrawn"}, {"forget", "dossier.forgotten"},
        {"extend", "dossier.extended"},    {"read personal", "dossier.read"},
        {"send", "dossier.sent"},          {"take back", "dossier.taken_back"}};
    if (const auto *step = type_.transition(action); step != nullptr && !step->label.zh.empty())
      return changes_word(step->label, request_.english);
    const auto phrase = [&](const char *key) { return std::string(env_.catalog->phrase(key)); };
    if (const auto own = kOwn.find(action); own != kOwn.end())
      return request_.english ? action : phrase(own->second);
    const auto dot = action.find('.');
    const int part = dot == std::string::npos ? -1 : type_.part_index(action.substr(0, dot));
    if (part < 0) return {};
    const auto label =
        changes_word(type_.parts[static_cast<std::size_t>(part)].label, request_.english);
    const auto verb = action.substr(dot + 1);
    if (request_.english) return label + ": " + verb;
    return text::replace_all(phrase(verb == "open"      ? "dossier.part_opened"
                                    : verb == "correct" ? "dossier.part_corrected"
                                                        : "dossier.part_withdrawn"),
                             "{part}", label);
  }

  Environment &env_;
  store::Reader &reader_;
  const RecordType &type_;
  const ChangesRequest &request_;
  const Actor &actor_;
};

} // namespace

Result<std::vector<RecordChange>> record_changes(Ledgers &ledgers, const ChangesRequest &request,
                                                 const Actor &actor) {
  auto &env = ledgers.environment();
  const auto history = TRY(ledgers.history(request.record, actor));
  auto reader = TRY(env.store.read());
  std::vector<RecordChange> out;
  const auto id = TRY(reader->type_of(request.record));
  if (!id) return out;
  // Events name fields of any edition; the newest holds them all.
  const auto *type = TRY(find_type(*env.catalog, *id));
  ChangeTelling telling(env, *reader, *type, request, actor);
  for (const auto &event : history) out.push_back(TRY(telling.tell(event)));
  return out;
}

} // namespace yifa::service
