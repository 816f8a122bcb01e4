#include "service/submissions.h"

#include "base/text.h"
#include "crypto/hash.h"
#include "record/codec.h"
#include "service/orgs.h"
#include "service/report_versions.h"
#include "service/submission_contents.h"
#include "service/submission_door.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::service {
namespace {

const std::string kPackageLedger{catalog::kSubmissionLedger};

template <typename T>
const T *submission_value(const catalog::RecordType &type, const record::Record &record,
                          std::string_view field) {
  const auto index = type.field_index(field);
  return index < 0 ? nullptr : record.value(index).get<T>();
}

std::string submission_text(const catalog::RecordType &type, const record::Record &record,
                            std::string_view field) {
  const auto *found = submission_value<std::string>(type, record, field);
  return found != nullptr ? *found : std::string();
}

int submission_number(const catalog::RecordType &type, const record::Record &record,
                      std::string_view field) {
  const auto *found = submission_value<Decimal>(type, record, field);
  return found != nullptr ? static_cast<int>(found->millionths() / 1'000'000) : 0;
}

KeptSubmission kept_of(const catalog::RecordType &type, const record::Record &record) {
  KeptSubmission out;
  out.record = record.id;
  out.office = record.owner_org;
  out.year = submission_number(type, record, "year");
  out.revision = submission_number(type, record, "revision");
  out.id = submission_text(type, record, "package_id");
  out.previous = submission_text(type, record, "previous_id");
  out.fingerprint = submission_text(type, record, "fingerprint");
  out.lacks = submission_text(type, record, "lacks");
  if (const auto *file = submission_value<catalog::FileHash>(type, record, "package"))
    out.package = file->hex;
  out.state = record.state;
  out.sent_on = record.day;
  out.withdrawn = record.withdrawn;
  return out;
}

Status permit_year(const Environment &env, const OrgCode &office, int year) {
  if (office.level() != OrgLevel::Township)
    return invalid("only a town hands in a year", {{"org", "is no town", "", ""}});
  if (year < 1949 || year > env.clock.today().year())
    return invalid("this year cannot be handed in", {{"year", "has not begun", "", ""}});
  return Done{};
}

} // namespace

Result<std::vector<KeptSubmission>> kept_submissions(Environment &env, store::Reader &reader,
                                                     const OrgCode &scope, std::optional<int> year,
                                                     bool with_withdrawn) {
  std::vector<KeptSubmission> out;
  const auto *type = env.catalog->type(kPackageLedger);
  if (type == nullptr) return out;
  record::Query query;
  query.type = kPackageLedger;
  query.scope = scope;
  query.with_withdrawn = with_withdrawn;
  for (const auto &record : TRY(reader.find(query))) {
    auto kept = kept_of(*type, record);
    if (!year || kept.year == *year) out.push_back(std::move(kept));
  }
  std::sort(out.begin(), out.end(), [](const auto &a, const auto &b) {
    return std::tie(a.office, a.year, a.revision, a.record) <
           std::tie(b.office, b.year, b.revision, b.record);
  });
  return out;
}

Submissions::Submissions(Workspace &space, Ledgers &ledgers)
    : space_(space), ledgers_(ledgers), env_(space.environment()),
      rule_(catalog::read_submission(space.sources(), *env_.catalog).rule) {}

std::filesystem::path Submissions::key_file() const {
  return space_.key_file().string() + ".signing";
}

Result<record::Receipt> Submissions::enter(const SubmissionStatement &statement,
                                           const std::string &bytes, const std::string &fingerprint,
                                           const Actor &actor) {
  record::Command command;
  command.actor = actor.id;
  command.client_key = "submission " + statement.id();
  command.type = kPackageLedger;
  command.action = "open";
  command.org = statement.office;
  command.fields = {{"year", statement.year},
                    {"revision", statement.revision},
                    {"sent_on", env_.clock.today().text()},
                    {"package", TRY(keep_bytes(env_, bytes))},
                    {"package_id", statement.id()},
                    {"fingerprint", fingerprint}};
  if (!statement.previous.empty()) command.fields["previous_id"] = statement.previous;
  if (!statement.lacks.empty()) command.fields["lacks"] = text::join(statement.lacks, "、");
  return ledgers_.apply(command, actor);
}

Result<Submissions::Made> Submissions::make(const OrgCode &office, int year, const Actor &actor) {
  TRY(permit_year(env_, office, year));
  auto key = crypto::SigningKey::load(key_file());
  if (!key && key.error().code == ErrorCode::NotFound)
    return not_found("this instance has no signing key; make one with: yifa submit key");
  if (!key) return std::move(key).error();
  std::string name;
  std::vector<KeptSubmission> before;
  {
    auto reader = TRY(env_.store.read());
    const auto org = TRY(reader->org(office));
    if (!org) return not_found(fmt::format("there is no office {}", office.text()));
    name = org->name;
    before = TRY(kept_submissions(env_, *reader, office, year, true));
  }
  auto gathered = TRY(gather_submission(ledgers_, rule_, office, year, actor));
  SubmissionStatement statement;
  statement.office = office;
  statement.office_name = name;
  statement.year = year;
  statement.catalog = env_.catalog->hash;
  statement.lacks = gathered.lacks;
  statement.items = list_items(gathered.items);
  const auto shown = TRY(key->verify_key());
  if (!before.empty()) {
    const auto &last = before.back();
    const auto kept = read_package(TRY(kept_bytes(env_, last.package, kMostPackage)));
    // Signed by the key of today, or the county would not know it.
    if (!last.withdrawn && kept && kept->statement.content() == statement.content() &&
        last.fingerprint == shown.fingerprint())
      return Made{last.record, kept->statement, TRY(kept_bytes(env_, last.package, kMostPackage)),
                  last.state, true};
    statement.revision = last.revision + 1;
    statement.previous = last.id;
  }
  Made out;
  out.bytes = TRY(write_package(statement, gathered.items, *key));
  const auto receipt = TRY(enter(statement, out.bytes, shown.fingerprint(), actor));
  out.record = receipt.record;
  out.state = receipt.state;
  out.statement = std::move(statement);
  return out;
}

Result<KeptSubmission> Submissions::latest(const OrgCode &office, int year) {
  auto reader = TRY(env_.store.read());
  auto all = TRY(kept_submissions(env_, *reader, office, year));
  if (all.empty())
    return not_found(fmt::format("no package of {} was made for {}", year, office.text()));
  return std::move(all.back());
}

Result<json::object> Submissions::question(const KeptSubmission &kept) {
  const auto key = TRY(crypto::SigningKey::load(key_file()));
  return json::object{{"package", kept.id},
                      {"signature", crypto::hex(TRY(key.sign(standing_question(kept.id))))}};
}

Result<std::string> Submissions::pass(const std::string &package_id) {
  const auto key = TRY(crypto::SigningKey::load(key_file()));
  return fmt::format("{} {} {}", TRY(key.verify_key()).text(), package_id,
                     crypto::hex(TRY(key.sign(pass_bytes(package_id)))));
}

Result<Standing> Submissions::take_answer(const KeptSubmission &kept, const json::value &answer,
                                          const Actor &actor) {
  const auto *object = answer.if_object();
  const auto word = [&](const char *name) {
    const auto *value = object != nullptr ? object->if_contains(name) : nullptr;
    return value != nullptr && value->is_string() ? std::string(value->get_string())
                                                  : std::string();
  };
  const auto whole = [&](const char *name) {
    const auto *value = object != nullptr ? object->if_contains(name) : nullptr;
    return value != nullptr && value->is_int64() ? static_cast<int>(value->get_int64()) : 0;
  };
  Standing out{word("package"), word("state"), word("reason"), whole("revision"), whole("latest")};
  if (out.id != kept.id || out.state.empty())
    return invalid("the county's answer is not of this package");
  if (kept.state != "submitted" || (out.state != "accepted" && out.state != "returned")) return out;
  record::Command command;
  command.actor = actor.id;
  command.type = kPackageLedger;
  command.action = out.state == "accepted" ? "accept" : "return";
  command.record = kept.record;
  command.org = kept.office;
  command.reason = out.reason;
  TRY(ledgers_.apply(command, actor));
  return out;
}

} // namespace yifa::service
