#include "service/backup_plan.h"

#include "account/user.h"
#include "base/text.h"
#include "service/account_store.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <unistd.h>

namespace yifa::service {
namespace {

namespace fs = std::filesystem;

constexpr const char *kPlanKey = "backup:plan";
constexpr const char *kAttemptKey = "backup:attempt";
constexpr const char *kProvedPrefix = "backup:proved:";
constexpr int kMinutesADay = 24 * 60;
constexpr int kMostKept = 1000;

Error bad_plan(const char *where, const char *message) {
  return invalid("the entries cannot be accepted", {{where, message, "", ""}});
}

json::object plan_json(const BackupPlan &plan) {
  return {{"v", 1},
          {"on", plan.on},
          {"at", minute_text(plan.minute)},
          {"folder", plan.folder.string()},
          {"keep", plan.keep}};
}

Status permit_plan(const Actor &actor) {
  if (actor.local_operator ||
      std::find(actor.roles.begin(), actor.roles.end(), account::kSystemAdmin) != actor.roles.end())
    return Done{};
  return forbidden("backups are the system administrator's");
}

/// A folder somebody else looks after: it must be there, so that a disk that is not in its place is
/// told and not replaced by a directory.
Status check_folder(const fs::path &folder, const fs::path &data) {
  if (folder.empty()) return Done{};
  std::error_code error;
  if (!folder.is_absolute() || !fs::is_directory(folder, error))
    return bad_plan("folder", "is no directory of this machine: write its whole path");
  const auto inside =
      fs::weakly_canonical(folder, error).lexically_relative(fs::weakly_canonical(data, error));
  if (!inside.empty() && *inside.begin() != "..")
    return bad_plan("folder", "lies in the data directory: leave it empty, or take another disk");
  if (::access(folder.c_str(), W_OK | X_OK) != 0)
    return bad_plan("folder", "cannot be written to by the server");
  return Done{};
}

} // namespace

std::string minute_text(int minute) { return fmt::format("{:02}:{:02}", minute / 60, minute % 60); }

Result<int> read_minute(const std::string &written) {
  int hour = -1;
  int minute = -1;
  const auto *begin = written.data();
  if (written.size() == 5 && written[2] == ':' &&
      std::from_chars(begin, begin + 2, hour).ptr == begin + 2 &&
      std::from_chars(begin + 3, begin + 5, minute).ptr == begin + 5 && hour >= 0 && hour < 24 &&
      minute >= 0 && minute < 60)
    return hour * 60 + minute;
  return bad_plan("at", "is a time of the day, as 02:30");
}

Result<BackupPlan> backup_plan(store::Reader &reader) {
  BackupPlan plan;
  const auto kept = TRY(reader.meta(kPlanKey));
  if (!kept) return plan;
  const auto parsed = TRY(parse_json(*kept));
  const auto &from = parsed.as_object();
  plan.on = from.at("on").as_bool();
  plan.minute = TRY(read_minute(std::string(from.at("at").as_string())));
  plan.folder = std::string(from.at("folder").as_string());
  plan.keep = static_cast<int>(from.at("keep").as_int64());
  return plan;
}

Status keep_backup_plan(Environment &environment, const fs::path &data, const BackupPlan &plan,
                        const Actor &actor) {
  TRY(permit_plan(actor));
  if (plan.minute < 0 || plan.minute >= kMinutesADay)
    return bad_plan("at", "is a time of the day, as 02:30");
  if (plan.keep < 1 || plan.keep > kMostKept) return bad_plan("keep", "is a number from 1 to 1000");
  TRY(check_folder(plan.folder, data));
  auto writer = TRY(environment.store.write());
  const auto before = TRY(backup_plan(*writer));
  if (before == plan) return Done{};
  TRY(writer->put_meta(kPlanKey, canonical(plan_json(plan))));
  record::Event event;
  event.chain = admin_chain(actor.scope);
  event.at = environment.clock.now();
  event.actor = actor.id;
  event.type = "@backup";
  event.action = "plan";
  event.body = canonical(json::object{{"v", 1},
                                      {"at", event.at.text()},
                                      {"actor", actor.id},
                                      {"type", event.type},
                                      {"action", event.action},
                                      {"set", plan_json(plan)},
                                      {"was", plan_json(before)}});
  TRY(writer->append(event));
  return writer->commit();
}

Result<std::optional<Moment>> proved_at(store::Reader &reader, const std::string &name) {
  const auto kept = TRY(reader.meta(kProvedPrefix + name));
  if (!kept) return std::optional<Moment>();
  return std::optional<Moment>(TRY(Moment::parse(*kept)));
}

Status note_proved(store::Writer &writer, const std::string &name, Moment at) {
  return writer.put_meta(kProvedPrefix + name, at.text());
}

Status forget_proved(store::Writer &writer, const std::string &name) {
  return writer.drop_meta(kProvedPrefix + name);
}

Result<std::optional<BackupAttempt>> last_attempt(store::Reader &reader) {
  const auto kept = TRY(reader.meta(kAttemptKey));
  if (!kept) return std::optional<BackupAttempt>();
  const auto parsed = TRY(parse_json(*kept));
  const auto &from = parsed.as_object();
  return std::optional<BackupAttempt>(
      BackupAttempt{TRY(Moment::parse(std::string(from.at("at").as_string()))),
                    std::string(from.at("fault").as_string())});
}

Status note_attempt(store::Writer &writer, const BackupAttempt &attempt) {
  return writer.put_meta(
      kAttemptKey,
      canonical(json::object{{"v", 1}, {"at", attempt.at.text()}, {"fault", attempt.fault}}));
}

bool backup_due(const BackupPlan &plan, const std::optional<BackupAttempt> &last, Moment now) {
  if (!plan.on) return false;
  const auto hour = now.text().substr(11, 5);
  if (hour < minute_text(plan.minute)) return false;
  if (!last) return true;
  const bool today = last->at.date() == now.date();
  return !today || last->at.text().substr(11, 5) < minute_text(plan.minute);
}

} // namespace yifa::service
