#include "service/orgs.h"
#include "service/permission.h"
#include "service/report_versions.h"
#include "service/submission_contents.h"
#include "service/submission_keys.h"
#include "service/submissions.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::service {
namespace {

/// In whose name a package enters the county's history; no account can bear it.
Actor sending_office(const OrgCode &office) { return local_operator("town " + office.text()); }

/// Whether the office is known and the key is its own. The message tells what a person at the
/// county would do.
Status permit_office_key(store::Reader &reader, const OrgCode &office,
                         const std::string &fingerprint) {
  if (!TRY(reader.org(office)))
    return not_found(fmt::format("there is no office {}", office.text()));
  for (const auto &each : TRY(trusted_keys(reader)))
    if (each.fingerprint == fingerprint && each.office != office) {
      auto error = forbidden("the package is signed with another office's key");
      error.problems.push_back(
          {"office", fmt::format("the key is registered for {}", each.office.text()), "", ""});
      return error;
    }
  const auto known = TRY(trusted_key(reader, office));
  if (known && known->fingerprint == fingerprint) return Done{};
  auto error = forbidden(known ? "the package is signed with another key than the one registered"
                               : "no key is registered for this office yet");
  error.problems.push_back(
      {"key",
       fmt::format("if the town confirms the fingerprint: yifa submissions trust {} --key {}",
                   office.text(), fingerprint),
       "", ""});
  return error;
}

/// Why the record stands as it does: the reason of its last step.
Result<std::string> last_reason(store::Reader &reader, const RecordId &record) {
  const auto history = TRY(reader.history(record));
  for (auto event = history.rbegin(); event != history.rend(); ++event) {
    const auto body = TRY(parse_json(event->body));
    const auto *object = body.if_object();
    if (object == nullptr || !object->contains("to")) continue;
    const auto *reason = object->if_contains("reason");
    return reason != nullptr && reason->is_string() ? std::string(reason->get_string())
                                                    : std::string();
  }
  return std::string();
}

/// The package a record was opened with: a correction does not make another one of it.
Result<std::string> id_that_came(store::Reader &reader, const RecordId &record) {
  for (const auto &event : TRY(reader.history(record))) {
    if (event.action != "open") continue;
    const auto body = TRY(parse_json(event.body));
    const auto *object = body.if_object();
    const auto *set = object != nullptr ? object->if_contains("set") : nullptr;
    const auto *id =
        set != nullptr && set->is_object() ? set->get_object().if_contains("package_id") : nullptr;
    return id != nullptr && id->is_string() ? std::string(id->get_string()) : std::string();
  }
  return std::string();
}

std::vector<std::string> notes_on(const Environment &env, const catalog::SubmissionRule &rule,
                                  const SubmissionStatement &statement, int latest) {
  std::vector<std::string> notes;
  const auto holds = [&](std::string_view name) {
    return std::any_of(statement.items.begin(), statement.items.end(),
                       [&](const auto &item) { return item.name == name; });
  };
  if (rule.report && !holds(kReportItem))
    notes.emplace_back("the report is not in it");
  else if (rule.report && !holds(kManifestItem))
    notes.emplace_back("the report in it is signed, and was not handed in yet: it has no manifest");
  if (statement.catalog != env.catalog->hash)
    notes.emplace_back("the town counted by another state of the catalog");
  if (statement.revision != latest + 1)
    notes.push_back(fmt::format("revision {} came, revision {} was the last before it",
                                statement.revision, latest));
  return notes;
}

} // namespace

Status Submissions::greet(std::string_view end) {
  const auto seal = TRY(read_seal(end));
  auto reader = TRY(env_.store.read());
  return permit_office_key(*reader, seal.statement.office, seal.key->fingerprint());
}

Result<Submissions::Received> Submissions::receive(std::string_view bytes,
                                                   std::optional<int> year) {
  const auto seal = TRY(read_seal(bytes));
  const auto &statement = seal.statement;
  Received out;
  out.statement = statement;
  out.fingerprint = seal.key->fingerprint();
  int latest = 0;
  {
    auto reader = TRY(env_.store.read());
    TRY(permit_office_key(*reader, statement.office, out.fingerprint));
    if (statement.year > env_.clock.today().year())
      return invalid("this year cannot be handed in", {{"year", "has not begun", "", ""}});
    if (year && *year != statement.year)
      return invalid("the package is of another year",
                     {{"year", fmt::format("the package says {}", statement.year), "", ""}});
    for (const auto &kept :
         TRY(kept_submissions(env_, *reader, statement.office, statement.year, true))) {
      latest = std::max(latest, kept.revision);
      if (kept.id != statement.id()) continue;
      if (kept.withdrawn)
        return refused("the county withdrew this package; a changed year is another one", {});
      TRY(read_package(bytes)); // a file that was changed is not the one that is here
      out.record = kept.record;
      out.state = kept.state;
      out.repeated = true;
      return out;
    }
  }
  const auto package = TRY(read_package(bytes));
  if (statement.revision <= latest)
    return stale(fmt::format("revision {} of this year is here already; this is revision {}",
                             latest, statement.revision));
  TRY(judge_submission(*env_.catalog, rule_, statement.office, statement.year, package.contents));
  const auto receipt =
      TRY(enter(statement, std::string(bytes), out.fingerprint, sending_office(statement.office)));
  out.record = receipt.record;
  out.state = receipt.state;
  out.repeated = receipt.repeated;
  out.notes = notes_on(env_, rule_, statement, latest);
  return out;
}

Result<Standing> Submissions::standing(const std::string &id, const std::string &signature) {
  auto reader = TRY(env_.store.read());
  const auto unknown = not_found("there is no such package");
  const auto county = TRY(kept_submissions(env_, *reader, {}, std::nullopt));
  const auto found =
      std::find_if(county.begin(), county.end(), [&](const auto &one) { return one.id == id; });
  if (found == county.end()) return unknown;
  const auto seal = TRY(read_seal(TRY(kept_bytes(env_, found->package, kMostPackage))));
  if (seal.statement.id() != id || !seal.key->verify(standing_question(id), signature))
    return unknown;
  Standing out{id, found->state, "", found->revision, 0};
  for (const auto &one : county)
    if (one.office == found->office && one.year == found->year)
      out.latest = std::max(out.latest, one.revision);
  if (out.state == "returned") out.reason = TRY(last_reason(*reader, found->record));
  return out;
}

Result<std::vector<Submissions::Town>> Submissions::towns(const OrgCode &county, int year,
                                                          const Actor &actor) {
  TRY(permit_office(actor, county));
  if (!has_ledger(actor, std::string(catalog::kSubmissionLedger)))
    return forbidden("you may not see or change this ledger of this office");
  auto reader = TRY(env_.store.read());
  const auto kept = TRY(kept_submissions(env_, *reader, county, year));
  std::vector<Town> out;
  for (const auto &office : TRY(offices_on(*reader, county, Period::year(year).last()))) {
    Town town;
    town.office = office;
    if (const auto org = TRY(reader->org_on(office, Period::year(year).last())))
      town.name = org->name;
    for (const auto &one : kept) {
      if (one.office != office) continue;
      town.latest = one;
      if (one.state == "accepted") town.accepted = one.revision;
    }
    if (const auto key = TRY(trusted_key(*reader, office))) town.fingerprint = key->fingerprint;
    out.push_back(std::move(town));
  }
  return out;
}

Result<SubmissionPackage> Submissions::open(const KeptSubmission &kept) {
  auto package = TRY(read_package(TRY(kept_bytes(env_, kept.package, kMostPackage))));
  if (package.statement.id() != kept.id || package.statement.office != kept.office ||
      package.statement.year != kept.year || package.key->fingerprint() != kept.fingerprint ||
      TRY(id_that_came(*TRY(env_.store.read()), kept.record)) != kept.id)
    return invalid("the package kept here is not the one this record tells of",
                   {{kept.record.text(), "was corrected since it came in", "", ""}});
  return package;
}

Result<SubmissionPackage> Submissions::open(const RecordId &record, const Actor &actor,
                                            KeptSubmission *kept) {
  auto reader = TRY(env_.store.read());
  const auto type = TRY(reader->type_of(record));
  if (!type || *type != catalog::kSubmissionLedger) return no_such_record(record.text());
  const auto found = TRY(reader->get(*type, record));
  if (!found) return no_such_record(record.text());
  TRY(permit_record(*reader, actor, *found));
  for (const auto &one : TRY(kept_submissions(env_, *reader, found->owner_org, std::nullopt)))
    if (one.record == record) {
      if (kept != nullptr) *kept = one;
      return open(one);
    }
  return no_such_record(record.text());
}

} // namespace yifa::service
