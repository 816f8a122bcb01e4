#include "service/work.h"

#include "base/text.h"
#include "service/import_keys.h"
#include "service/orgs.h"
#include "service/permission.h"
#include "service/personal.h"
#include "service/program_only.h"
#include "store/entries.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::service {

using catalog::Field;
using catalog::RecordType;
using catalog::Value;
using record::Receipt;
using record::Record;

namespace {

std::int64_t late_after(const catalog::Catalog &catalog, Date day) {
  auto found = catalog.settings.find("late_after");
  if (found == catalog.settings.end()) return 0;
  auto value = setting_value(found->second, day);
  const auto *days = value.get<catalog::Count>();
  return days != nullptr ? days->n : 0;
}

Result<std::optional<PartAction>> part_action(const RecordType &type, const std::string &action) {
  auto dot = action.find('.');
  if (dot == std::string::npos) return std::optional<PartAction>();
  PartAction found{type.part_index(action.substr(0, dot)), action.substr(dot + 1)};
  if (found.part < 0) {
    std::vector<std::string> names;
    for (const auto &part : type.parts) names.push_back(part.id);
    auto near = text::nearest(action.substr(0, dot), names);
    return not_found(fmt::format("{} has no part \"{}\"{}", type.id, action.substr(0, dot),
                                 near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near)));
  }
  if (found.verb != "open" && found.verb != "correct" && found.verb != "withdraw")
    return not_found(
        fmt::format("a part can be opened, corrected or withdrawn, not \"{}\"", found.verb));
  return std::optional<PartAction>(found);
}

} // namespace

Result<Receipt> Work::run() {
  auto done = TRY(carry_out());
  for (const auto &[gate, ground] : command_.exemptions)
    if (!known_gates_.contains(gate))
      return invalid("the exemption was not taken",
                     {{"exempt", fmt::format("this step has no gate \"{}\"", gate), "", ""}});
  return done;
}

Result<Receipt> Work::carry_out() {
  type_ = TRY(find_type(*env_.catalog, command_.type));
  TRY(permit_by_hand(actor_, type_->id, command_.action));
  if (command_.action == "open") return open();
  auto loaded = TRY(load());
  before_ = std::move(loaded);
  after_ = before_;
  type_ = env_.catalog->edition_on(before_.type, before_.day);
  TRY(permit_record(reader_, actor_, before_));
  if (command_.expected_version && *command_.expected_version != before_.version)
    return stale(fmt::format("the record is at version {}, not {}; read it again", before_.version,
                             *command_.expected_version));
  if (before_.withdrawn)
    return refused(fmt::format("the record was withdrawn ({})", before_.withdrawn_reason), {});
  if (auto part = TRY(part_action(*type_, command_.action))) return do_part(*part);
  if (const auto *step = type_->transition(command_.action)) {
    TRY(permit_step(actor_, step->role));
    return act();
  }
  TRY(permit_step(actor_, ""));
  if (command_.action == "correct") return correct();
  if (command_.action == "withdraw") return withdraw();
  if (command_.action == "forget") return forget();
  if (command_.action == "extend") return extend();
  return act(); // which says what steps there are
}

record::DecodeContext Work::context(Date day) {
  return {
      *env_.catalog, day,
      [this](const std::string &written) { return resolve_org(reader_, written, command_.org); },
      [this](const std::string &written, const std::vector<std::string> &to) {
        return resolve_link(written, to);
      }};
}

Result<RecordId> Work::resolve_link(const std::string &written,
                                    const std::vector<std::string> &to) {
  const OrgCode &owner = before_.version > 0 ? before_.owner_org : command_.org;
  if (keys_ != nullptr)
    for (const auto &type : to)
      if (auto found = keys_->find({type, written}); found != keys_->end()) return found->second;
  if (auto id = RecordId::parse(written)) {
    auto type = TRY(reader_.type_of(*id));
    auto found = type ? TRY(reader_.get(*type, *id)) : std::nullopt;
    if (!found || !TRY(sees(*found))) return no_such_record(written);
    if (std::find(to.begin(), to.end(), *type) == to.end())
      return invalid(
          fmt::format("record {} is a {}, not a {}", written, *type, text::join(to, " or ")));
    if (found->owner_org.county() != owner.county())
      return invalid(fmt::format("record {} belongs to another county", written));
    return *id;
  }
  const auto seen = [&](const std::string &type,
                        const std::optional<RecordId> &id) -> Result<bool> {
    const auto found = id ? TRY(reader_.get(type, *id)) : std::nullopt;
    return found && TRY(sees(*found));
  };
  for (const auto &type : to) {
    const auto id = TRY(reader_.by_number(type, owner, written));
    if (TRY(seen(type, id))) return *id;
  }
  for (const auto &type : to) {
    const auto id = TRY(ImportKeys(workings_.request_key).find(reader_, owner, type, written));
    if (TRY(seen(type, id))) return *id;
  }
  return not_found(fmt::format("no {} of this office has the number or import key \"{}\"",
                               text::join(to, " or "), written));
}

Result<bool> Work::sees(const Record &record) {
  const auto allowed = permit_record(reader_, actor_, record);
  if (!allowed && allowed.error().code != ErrorCode::NotFound) return allowed.error();
  return allowed.has_value();
}

Result<Record> Work::load() {
  if (!command_.record) return invalid("which record? give its id");
  auto found = TRY(reader_.get(command_.type, *command_.record));
  if (!found) {
    auto elsewhere = TRY(reader_.type_of(*command_.record));
    if (elsewhere)
      return not_found(fmt::format("record {} is in the ledger {}, not {}", command_.record->text(),
                                   *elsewhere, command_.type));
    return no_such_record(command_.record->text());
  }
  return std::move(*found);
}

Result<Date> Work::own_day() {
  if (type_->day.kind != catalog::FieldRef::Kind::Field) return at_.date();
  const auto &field = type_->fields[static_cast<std::size_t>(type_->day.index)];
  const auto *told = written(type_->fields, type_->day.index);
  if (told == nullptr) return at_.date();
  auto value = record::decode_value(field, *told, context(at_.date()), field.id);
  if (!value) return at_.date(); // told with all other faults below
  return record::day_in(*value).value_or(at_.date());
}

Date Work::day_of(const Record &record) const {
  return record::day_in(record::value_of(type_->day, *type_, record))
      .value_or(record.recorded_at.date());
}

bool Work::day_is_year() const {
  if (type_->day.kind != catalog::FieldRef::Kind::Field) return false;
  const auto kind = type_->fields[static_cast<std::size_t>(type_->day.index)].type;
  return kind == catalog::FieldType::Number || kind == catalog::FieldType::Count;
}

void Work::check_year(std::vector<Problem> &problems) const {
  if (!day_is_year()) return;
  const auto &value = after_.value(type_->day.index);
  if (value.filled() && !record::day_in(value))
    add_new(problems, {field_name(type_->day), "is no year: write four digits, as 2025", "", ""});
}

OrgCode Work::place_of(const Record &record) const {
  auto value = record::value_of(type_->place, *type_, record);
  if (const auto *org = value.get<OrgCode>()) return *org;
  if (const auto *many = value.get<std::vector<Value>>(); many != nullptr && many->size() == 1)
    if (const auto *org = many->front().get<OrgCode>()) return *org;
  return record.owner_org;
}

void Work::settle_day() {
  after_.day = day_of(after_);
  after_.edition = env_.catalog->edition_on(after_.type, after_.day)->edition;
  after_.place_org = place_of(after_);
  auto limit = late_after(*env_.catalog, after_.recorded_at.date());
  // What belongs to a year as a whole is not late within it or after it.
  after_.late =
      limit > 0 && !day_is_year() && after_.recorded_at.date().days() - after_.day.days() > limit;
}

Result<Receipt> Work::open() {
  // A village's clerk writes into his town's ledger what happened in his village: judged again
  // below, when the place is known.
  TRY(permit(actor_, type_->id, command_.org,
             command_.org.contains(actor_.scope) ? actor_.scope : command_.org));
  // Who records an act need not be who usually does; what follows is for the role that is named.
  if (!permit_step(actor_, type_->open().role)) TRY(permit_step(actor_, ""));
  if (command_.org.level() < OrgLevel::County || !TRY(org_known(reader_, command_.org)))
    return not_found(
        fmt::format("no office keeps records under the code \"{}\"", command_.org.text()));
  const auto day = TRY(own_day());
  type_ = env_.catalog->edition_on(type_->id, day);
  after_.type = type_->id;
  after_.id = command_.record ? *command_.record : env_.ids.next();
  after_.owner_org = command_.org;
  after_.created_by = actor_.id;
  after_.recorded_at = at_;
  after_.batch = command_.batch;
  after_.state = type_->open().to;

  std::vector<Problem> problems;
  auto values = record::decode_fields(type_->fields, command_.fields, context(day));
  if (!values) {
    if (values.error().code != ErrorCode::Invalid) return std::move(values).error();
    problems = values.error().problems;
    after_.values = readable_fields(day);
  } else {
    after_.values = std::move(*values);
  }
  for (std::size_t i = 0; i < type_->fields.size(); ++i)
    if (!after_.values[i].filled() && type_->fields[i].fallback.filled())
      after_.values[i] = type_->fields[i].fallback;
  auto lacking = procedure::missing_required(type_->fields, after_.values);
  for (auto &problem : procedure::missing(*type_, type_->open(), after_, command_.reason))
    lacking.push_back(problem);
  // What was written and could not be read is told as that, not as missing.
  for (auto &problem : lacking) add_new(problems, problem);
  check_year(problems);
  if (!problems.empty())
    return invalid(fmt::format("the record was not taken: {} fault(s)", problems.size()), problems);
  settle_day();
  TRY(permit(actor_, type_->id, after_.owner_org, after_.place_org));
  if (after_.day > at_.date().plus_days(366 * 2))
    return invalid("the record was not taken",
                   {{field_name(type_->day),
                     fmt::format("{} lies more than two years ahead", after_.day.text()), "", ""}});
  std::vector<const catalog::Transition *> steps;
  if (!command_.target_state.empty())
    steps = TRY(procedure::way(*type_, after_, command_.target_state, command_.reason,
                               [this](const catalog::Transition &step) { return fits(step); }));
  // Rows of an import tell what others did long ago; who opens one record takes its steps himself.
  if (!command_.batch)
    for (const auto *step : steps) TRY(permit_step(actor_, step->role));
  TRY(check_links());
  TRY(check_papers(type_->fields, after_.values, ""));
  TRY(pass_gates(type_->gates, nullptr, type_->open().role));
  TRY(pass_gates(type_->open().gates, nullptr, type_->open().role));
  TRY(note_blind());
  json::object sealed;
  json::object personal{{"fields", json::object()}, {"parts", json::object()}};
  bool any_personal = take_personal(type_->fields, after_.values, sealed);
  if (any_personal) personal["fields"] = std::move(sealed);
  auto parts = TRY(decode_parts(personal, problems));
  if (!problems.empty()) return invalid("the record was not taken", problems);
  any_personal = any_personal || !personal["parts"].as_object().empty();
  if (command_.tell_alike) TRY(warn_duplicates());
  if (writer_ == nullptr) { // the steps are judged all the same, on the record as it would stand
    after_.parts.insert(after_.parts.end(), parts.begin(), parts.end());
    TRY(fill(*type_, personal, after_));
    for (const auto *step : steps) {
      if (!step->to.empty()) after_.state = step->to;
      TRY(pass_gates(step->gates, nullptr, step->role));
    }
    return receipt();
  }

  if (any_personal) TRY(seal(env_, *writer_, personal, after_));
  auto number = TRY(writer_->next_number(after_.owner_org, store::ledger_register(after_.type),
                                         after_.day.year()));
  after_.number = fmt::format("{}-{}", after_.day.year(), number);
  after_.version = 1;
  TRY(store_step("open", &type_->open()));
  TRY(keep_blind());
  for (const auto &part : parts) {
    before_ = after_;
    after_.version += 1;
    after_.parts.push_back(part);
    Change change;
    change.part = part.part;
    change.part_after = &after_.parts.back();
    TRY(store_change(type_->parts[static_cast<std::size_t>(part.part)].id + ".open", change));
  }
  for (const auto *step : steps) {
    before_ = after_;
    after_.version += 1;
    if (!step->to.empty()) after_.state = step->to;
    TRY(pass_gates(step->gates, nullptr, step->role));
    TRY(store_step(step->id, step));
  }
  return receipt();
}

Result<Receipt> Work::act() {
  procedure::Done done;
  if (const auto *wanted = type_->transition(command_.action);
      wanted != nullptr && wanted->at_most > 0)
    for (const auto &event : TRY(reader_.history(before_.id))) done[event.action] += 1;
  const auto *step = TRY(procedure::step(*type_, before_, command_.action, done));
  TRY(overlay_fields());
  if (!step->to.empty()) after_.state = step->to;
  auto problems = procedure::missing(*type_, *step, TRY(whole(after_)), command_.reason);
  if (!problems.empty()) return invalid("the step asks for more", problems);
  settle_day();
  TRY(check_links());
  TRY(pass_gates(step->gates, nullptr, step->role));
  after_.version += 1;
  TRY(store_step(step->id, step));
  TRY(keep_blind());
  return receipt();
}

Result<Receipt> Work::correct() {
  if (command_.fields.empty()) return invalid("a correction names at least one field");
  TRY(overlay_fields());
  settle_day();
  // A day moved across the law's change puts the record under the other edition: its fields must
  // fit that one.
  type_ = env_.catalog->edition_on(after_.type, after_.day);
  const auto standing = TRY(whole(after_));
  auto problems = procedure::missing_required(type_->fields, standing.values);
  for (auto &problem : procedure::missing(*type_, type_->open(), standing, "-"))
    add_new(problems, problem);
  check_year(problems);
  if (!problems.empty())
    return invalid("the correction would leave the record incomplete", problems);
  TRY(check_links());
  if (after_ == before_) return receipt();
  TRY(pass_gates(type_->gates, nullptr, ""));
  TRY(hold_taken_steps());
  after_.version += 1;
  TRY(store_step("correct", nullptr));
  TRY(keep_blind());
  return receipt();
}

Result<Receipt> Work::withdraw() {
  if (command_.reason.empty())
    return invalid("a withdrawal needs a reason",
                   {{"reason", "say why the record is withdrawn", "", ""}});
  after_.withdrawn = true;
  after_.withdrawn_reason = command_.reason;
  after_.version += 1;
  TRY(store_step("withdraw", nullptr));
  return receipt();
}

Result<Receipt> Work::forget() {
  if (before_.personal.empty()) return invalid("the record holds no personal fields");
  if (before_.forgotten) return receipt();
  TRY(writer_->drop_record_key(before_.id));
  TRY(writer_->drop_blinds(before_.id));
  after_.forgotten = true;
  after_.version += 1;
  TRY(store_step("forget", nullptr));
  return receipt();
}

const json::value *Work::written(const std::vector<Field> &fields, int index) const {
  const auto &field = fields[static_cast<std::size_t>(index)];
  if (const auto *found = command_.fields.if_contains(field.id)) return found;
  for (const auto &member : command_.fields)
    if (auto named = record::field_named(fields, member.key()); named && *named == index)
      return &member.value();
  return nullptr;
}

std::vector<Value> Work::readable_fields(Date day) {
  std::vector<Value> values(type_->fields.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto &field = type_->fields[i];
    const auto *told = written(type_->fields, static_cast<int>(i));
    if (told == nullptr || field.derive || field.by_register || field.absent) continue;
    if (auto value = record::decode_value(field, *told, context(day), field.id))
      values[i] = std::move(*value);
  }
  return values;
}

Status Work::overlay_fields() {
  auto values = TRY(record::decode_fields(type_->fields, command_.fields, context(before_.day)));
  TRY(check_papers(type_->fields, values, ""));
  std::vector<Problem> problems;
  for (std::size_t i = 0; i < type_->fields.size(); ++i) {
    const auto &field = type_->fields[i];
    if (written(type_->fields, static_cast<int>(i)) == nullptr) continue;
    if (field.sealed && !extends(before_.values[i], values[i])) {
      problems.push_back({field.id,
                          fmt::format("{} can only be added to; what stands stays", field.label.zh),
                          "", ""});
      continue;
    }
    after_.values[i] = values[i];
  }
  if (!problems.empty()) return invalid("the fields were not taken", problems);
  TRY(note_blind());
  json::object sealed;
  if (take_personal(type_->fields, after_.values, sealed)) TRY(merge_personal(sealed, "", {}));
  return Done{};
}

bool Work::extends(const Value &before, const Value &now) {
  const auto *old_rows = before.get<std::vector<catalog::Row>>();
  const auto *new_rows = now.get<std::vector<catalog::Row>>();
  if (old_rows == nullptr || old_rows->empty()) return true;
  return new_rows != nullptr && new_rows->size() >= old_rows->size() &&
         std::equal(old_rows->begin(), old_rows->end(), new_rows->begin());
}

Status Work::merge_personal(const json::object &fields, const std::string &part,
                            const json::object &part_fields) {
  if (writer_ == nullptr) return Done{};
  auto all = TRY(unseal(env_, *writer_, before_));
  if (!all.contains("fields")) all["fields"] = json::object();
  if (!all.contains("parts")) all["parts"] = json::object();
  for (const auto &member : fields) all["fields"].as_object()[member.key()] = member.value();
  if (!part.empty()) {
    auto &parts = all["parts"].as_object();
    if (!parts.contains(part)) parts[part] = json::object();
    for (const auto &member : part_fields) parts[part].as_object()[member.key()] = member.value();
  }
  return seal(env_, *writer_, all, after_);
}

std::string Work::field_name(const catalog::FieldRef &ref) const {
  return ref.kind == catalog::FieldRef::Kind::Field
             ? type_->fields[static_cast<std::size_t>(ref.index)].id
             : "";
}

void Work::add_new(std::vector<Problem> &problems, const Problem &problem) {
  for (const auto &each : problems)
    if (each.where == problem.where || each.where.starts_with(problem.where + "[")) return;
  problems.push_back(problem);
}

Receipt Work::receipt() const {
  Receipt done;
  done.record = after_.id;
  done.type = after_.type;
  done.number = after_.number;
  done.state = after_.state;
  done.version = after_.version;
  done.late = after_.late;
  done.warnings = warnings_;
  return done;
}

} // namespace yifa::service
