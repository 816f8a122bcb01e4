#include "service/work.h"

#include "service/permission.h"
#include "service/personal.h"

#include <fmt/format.h>

namespace yifa::service {

using catalog::Field;
using catalog::RecordType;
using catalog::Value;
using record::Receipt;
using record::Record;

Result<Receipt> Work::do_part(const PartAction &wanted) {
  const auto &part = type_->parts[static_cast<std::size_t>(wanted.part)];
  TRY(permit_part(actor_, part));
  const record::PartRecord *old_part = nullptr;
  record::PartRecord made;
  if (wanted.verb == "open") {
    const auto *state = type_->state(after_.state);
    if (state != nullptr && state->ends)
      return refused(fmt::format("{} cannot be added: the matter has ended", part.label.zh), {});
    made.id = command_.part ? *command_.part : env_.ids.next();
    made.part = wanted.part;
    made.actor = actor_.id;
    made.recorded_at = at_;
    made.values.resize(part.fields.size());
    made.version = 0;
  } else {
    if (!command_.part) return invalid("which part? give its id");
    for (const auto &each : before_.parts)
      if (each.id == *command_.part && each.part == wanted.part) old_part = &each;
    if (old_part == nullptr)
      return not_found(fmt::format("the record has no {} {}", part.id, command_.part->text()));
    if (old_part->withdrawn)
      return refused(fmt::format("this {} was withdrawn", part.label.zh), {});
    made = *old_part;
  }
  json::object sealed;
  if (wanted.verb == "withdraw") {
    if (command_.reason.empty())
      return invalid("a withdrawal needs a reason", {{"reason", "say why", "", ""}});
    made.withdrawn = true;
  } else {
    auto values = TRY(record::decode_fields(part.fields, command_.fields, context(after_.day)));
    TRY(check_papers(part.fields, values, ""));
    for (std::size_t i = 0; i < part.fields.size(); ++i)
      if (values[i].filled() || written(part.fields, static_cast<int>(i)) != nullptr)
        made.values[i] = values[i];
    for (std::size_t i = 0; old_part != nullptr && i < part.fields.size(); ++i)
      if (part.fields[i].sealed && !extends(old_part->values[i], made.values[i]))
        return invalid(
            fmt::format("{} was not taken", part.label.zh),
            {{part.fields[i].id,
              fmt::format("{} can only be added to; what stands stays", part.fields[i].label.zh),
              "", ""}});
    auto standing = made.values;
    if (old_part != nullptr)
      for (const auto &each : TRY(whole(after_)).parts)
        for (std::size_t i = 0; each.id == made.id && i < part.fields.size(); ++i)
          if (!standing[i].filled() && written(part.fields, static_cast<int>(i)) == nullptr)
            standing[i] = each.values[i];
    auto problems = procedure::missing_required(part.fields, standing);
    if (!problems.empty()) return invalid(fmt::format("{} was not taken", part.label.zh), problems);
    if (wanted.verb == "open" && part.at_most > 0) TRY(check_at_most(part, made, wanted.part));
    if (take_personal(part.fields, made.values, sealed))
      TRY(merge_personal({}, made.id.text(), sealed));
  }
  made.version += 1;
  std::size_t at = after_.parts.size();
  for (std::size_t i = 0; i < after_.parts.size(); ++i)
    if (after_.parts[i].id == made.id) at = i;
  if (at == after_.parts.size()) {
    after_.parts.push_back(made);
  } else {
    after_.parts[at] = made;
  }
  if (wanted.verb != "withdraw") TRY(pass_gates(part.gates, &after_.parts[at], type_->open().role));
  if (old_part != nullptr) TRY(hold_taken_steps());
  after_.version += 1;
  Change change;
  change.part = wanted.part;
  change.part_before = old_part;
  change.part_after = &after_.parts[at];
  TRY(store_change(command_.action, change));
  auto done = receipt();
  done.part = made.id;
  return done;
}

Result<std::vector<record::PartRecord>> Work::decode_parts(json::object &personal,
                                                           std::vector<Problem> &problems) {
  std::vector<record::PartRecord> parts;
  for (std::size_t n = 0; n < command_.parts.size(); ++n) {
    const auto &input = command_.parts[n];
    auto path = fmt::format("parts[{}]", n);
    int index = type_->part_index(input.part);
    if (index < 0) {
      problems.push_back(
          {path, fmt::format("{} has no part \"{}\"", type_->id, input.part), "", ""});
      continue;
    }
    const auto &part = type_->parts[static_cast<std::size_t>(index)];
    record::PartRecord made;
    made.id = env_.ids.next();
    made.part = index;
    made.actor = actor_.id;
    made.recorded_at = after_.recorded_at;
    auto values = record::decode_fields(part.fields, input.fields, context(after_.day));
    std::vector<Problem> found;
    if (values) {
      made.values = std::move(*values);
      TRY(check_papers(part.fields, made.values, path + "."));
      found = procedure::missing_required(part.fields, made.values);
    } else if (values.error().code == ErrorCode::Invalid) {
      found = values.error().problems;
    } else {
      return std::move(values).error();
    }
    for (auto &problem : found) {
      problem.where = path + "." + problem.where;
      problems.push_back(problem);
    }
    if (!found.empty()) continue;
    json::object sealed;
    if (take_personal(part.fields, made.values, sealed))
      personal["parts"].as_object()[made.id.text()] = std::move(sealed);
    parts.push_back(std::move(made));
  }
  return parts;
}

Status Work::check_at_most(const catalog::Part &part, const record::PartRecord &made, int index) {
  std::int64_t alike = 0;
  for (const auto &each : before_.parts) {
    if (each.part != index || each.withdrawn) continue;
    bool same = true;
    for (const auto &per : part.at_most_per)
      same = same && each.values[static_cast<std::size_t>(per.index)] ==
                         made.values[static_cast<std::size_t>(per.index)];
    if (same) ++alike;
  }
  if (alike >= part.at_most)
    return refused(fmt::format("the record holds {} such {} already; no more are possible", alike,
                               part.label.zh),
                   {});
  return Done{};
}

Status Work::check_links() {
  for (std::size_t i = 0; i < type_->fields.size(); ++i) {
    const auto &field = type_->fields[i];
    if (!field.acyclic || !after_.values[i].filled()) continue;
    const auto *next = after_.values[i].get<RecordId>();
    std::optional<RecordId> at = next != nullptr ? std::optional<RecordId>(*next) : std::nullopt;
    for (int hops = 0; at && hops < 1000; ++hops) {
      if (*at == after_.id)
        return invalid(
            "the record was not taken",
            {{field.id, fmt::format("{} would lead back to this very record", field.label.zh), "",
              ""}});
      auto loaded = TRY(reader_.get(after_.type, *at));
      at.reset();
      if (loaded)
        if (const auto *further = loaded->values[i].get<RecordId>()) at = *further;
    }
  }
  return Done{};
}

Status Work::warn_duplicates() {
  if (type_->alike.empty()) return Done{};
  std::vector<Record> alike;
  if (!alike_by_personal(*type_)) {
    alike = TRY(reader_.alike(*type_, after_));
  } else if (blind_) {
    for (const auto &id :
         TRY(reader_.blind_matches(after_.owner_org, after_.type, kBlindAlike, *blind_)))
      if (auto found = TRY(reader_.get(after_.type, id)); found && !found->withdrawn)
        alike.push_back(std::move(*found));
  }
  for (const auto &each : alike)
    warnings_.push_back(
        {each.id.text(),
         fmt::format("record {} of the same office reads alike ({})", each.number, each.day.text()),
         "", ""});
  return Done{};
}

Status Work::note_blind() {
  if (!alike_by_personal(*type_)) return Done{};
  Record whole = after_;
  if (before_.version > 0 && !before_.forgotten && env_.master) {
    Record old = before_;
    TRY(fill(*type_, TRY(unseal(env_, reader_, before_)), old));
    for (std::size_t i = 0; i < type_->fields.size(); ++i)
      if (type_->fields[i].personal && written(type_->fields, static_cast<int>(i)) == nullptr)
        whole.values[i] = old.values[i];
  }
  blind_ = blind_mac(workings_.blind_key, *type_, whole);
  blind_moved_ = true;
  return Done{};
}

Status Work::keep_blind() {
  if (!blind_moved_) return Done{};
  if (before_.version > 0) TRY(writer_->drop_blinds(after_.id));
  if (!blind_ || after_.forgotten) return Done{};
  return writer_->put_blind(after_.owner_org, after_.type, after_.id, kBlindAlike, *blind_);
}

} // namespace yifa::service
