#include "base/file.h"
#include "base/text.h"
#include "blob/blobs.h"
#include "cli/context.h"
#include "exchange/table_out.h"
#include "wire/submission_json.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace yifa::cli {
namespace {

struct SubmissionOptions {
  std::string what;
  std::string key;
  std::string org;
  int year = 0;
};

/// The county that is meant: the one named, else the only one the tree has.
Result<OrgCode> county_of(Context &context, const std::string &written) {
  if (!written.empty()) return context.org(written);
  auto *env = TRY(context.environment());
  const auto found = TRY(TRY(env->store.read())->orgs_under({}, OrgLevel::County, 2));
  if (found.size() == 1) return found.front().code;
  return invalid("name the county: --org CODE");
}

/// The record of a submission: by its own id, or by the package's.
Result<RecordId> submission_of(Context &context, const std::string &written) {
  if (!blob::is_hash(written)) return RecordId::parse(written);
  auto *env = TRY(context.environment());
  auto reader = TRY(env->store.read());
  for (const auto &one : TRY(service::kept_submissions(*env, *reader, {}, std::nullopt)))
    if (one.id == written) return one.record;
  return not_found("there is no such package");
}

Result<int> take_in(Context &context, const SubmissionOptions &options) {
  auto *space = TRY(context.workspace());
  service::Ledgers ledgers(space->environment());
  service::Submissions submissions(*space, ledgers);
  const auto bytes = TRY(read_file(options.what, service::kMostPackage));
  const auto received = TRY(submissions.receive(
      bytes, options.year == 0 ? std::nullopt : std::optional<int>(options.year)));
  if (context.as_json) {
    context.print(wire::to_json(received));
    return kDone;
  }
  const auto &statement = received.statement;
  context.out() << fmt::format("{} {}, revision {}: {}{}\nrecord {}\n", statement.office_name,
                               statement.year, statement.revision, received.state,
                               received.repeated ? " (was here already)" : "",
                               received.record.text());
  for (const auto &note : received.notes) context.out() << "note: " << note << "\n";
  return kDone;
}

Result<int> list_towns(Context &context, const SubmissionOptions &options) {
  auto *space = TRY(context.workspace());
  service::Ledgers ledgers(space->environment());
  service::Submissions submissions(*space, ledgers);
  const auto county = TRY(county_of(context, options.org));
  // The year before this one is the one that is handed in.
  const int year = options.year != 0 ? options.year : space->environment().clock.today().year() - 1;
  const auto towns = TRY(submissions.towns(county, year, context.actor()));
  if (context.as_json) {
    context.print(wire::towns_json(county, year, towns));
    return kDone;
  }
  std::vector<std::vector<std::string>> rows;
  std::size_t here = 0;
  for (const auto &town : towns) {
    if (town.latest) ++here;
    rows.push_back({town.office.text(), town.name, town.latest ? town.latest->state : "missing",
                    town.latest ? std::to_string(town.latest->revision) : "",
                    town.latest ? town.latest->sent_on.text() : "",
                    town.accepted ? std::to_string(*town.accepted) : "",
                    town.fingerprint.empty() ? "no key" : town.fingerprint.substr(0, 16),
                    town.latest ? town.latest->record.text() : ""});
  }
  context.out() << exchange::text_table(
      {"office", "name", "state", "revision", "sent", "accepted", "key", "record"}, rows);
  context.out() << fmt::format("{}: {} of {} towns have handed in\n", year, here, towns.size());
  return kDone;
}

std::string shown(const std::optional<Decimal> &amount) { return amount ? amount->text() : "–"; }

Result<int> compare(Context &context, const SubmissionOptions &options) {
  auto *space = TRY(context.workspace());
  service::Ledgers ledgers(space->environment());
  service::Submissions submissions(*space, ledgers);
  const auto compared =
      TRY(service::compare_submission(submissions, space->environment(),
                                      TRY(submission_of(context, options.what)), context.actor()));
  if (context.as_json) {
    context.print(wire::to_json(compared));
    return kDone;
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto &one : compared.figures)
    rows.push_back({one.id, one.label, shown(one.now), shown(one.before), shown(one.difference),
                    one.percent ? one.percent->text() + "%" : "", one.unit,
                    std::string(service::to_string(one.kind)) + (one.redefined ? " *" : "")});
  context.out() << exchange::text_table({"figure", "名称", std::to_string(compared.package.year),
                                         std::to_string(compared.year_before), "difference", "%",
                                         "unit", "change"},
                                        rows, 44);
  context.out() << (compared.before         ? "compared with the package of the year before\n"
                    : compared.with_records ? "compared with the records of the year before\n"
                                            : "there is nothing of the year before\n");
  return kDone;
}

Result<int> sum(Context &context, const SubmissionOptions &options) {
  auto *space = TRY(context.workspace());
  service::Ledgers ledgers(space->environment());
  service::Submissions submissions(*space, ledgers);
  const auto county = TRY(county_of(context, options.org));
  const auto sums = TRY(service::sum_submissions(submissions, space->environment(), county,
                                                 options.year, context.actor()));
  if (context.as_json) {
    context.print(wire::to_json(sums));
    return kDone;
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto &figure : sums.figures)
    if (figure.exists())
      rows.push_back({figure.id, figure.label, figure.number(), figure.unit,
                      fmt::format("{} of {} towns", figure.covered, figure.offices)});
  context.out() << exchange::text_table({"figure", "名称", "value", "unit", "covers"}, rows, 44);
  context.out() << fmt::format("{} {}: accepted packages of {} of {} towns were added\n", sums.name,
                               sums.year, sums.added.size(), sums.towns.size());
  if (!sums.left_out.empty())
    context.out() << fmt::format("{} figures cannot be added from packages (--json names them)\n",
                                 sums.left_out.size());
  return kDone;
}

Result<int> trust(Context &context, const SubmissionOptions &options, bool off) {
  auto *env = TRY(context.environment());
  const auto office = TRY(context.org(options.what));
  if (off) {
    TRY(service::distrust_key(*env, office, context.actor()));
    if (context.as_json) context.print({{"org", office.text()}, {"fingerprint", nullptr}});
    return kDone;
  }
  auto fingerprint = text::lower_ascii(options.key);
  std::error_code error;
  if (!blob::is_hash(fingerprint) && std::filesystem::is_regular_file(options.key, error))
    fingerprint =
        TRY(crypto::VerifyKey::parse(text::trim(TRY(read_file(options.key, 65536))))).fingerprint();
  const auto known = TRY(service::trust_key(*env, office, fingerprint, context.actor()));
  if (context.as_json)
    context.print(wire::to_json(known));
  else
    context.out() << fmt::format("{} signs with {}\n", known.office.text(), known.fingerprint);
  return kDone;
}

} // namespace

void add_submission_commands(CLI::App &app, Context &context, int &exit) {
  auto options = std::make_shared<SubmissionOptions>();
  auto *accept = app.add_subcommand("accept", "Take in a package a town handed over");
  accept->add_option("file", options->what, "Package")->required();
  accept->add_option("--year", options->year, "Only of this year");
  run_as(accept, context, exit, [&context, options] { return take_in(context, *options); });

  auto *all = app.add_subcommand("submissions", "What the towns of a county have handed in");
  all->add_option("year", options->year, "Year (default: the one before this)");
  all->add_option("--org", options->org, "County (default: the only one there is)");
  auto *compared = all->add_subcommand("compare", "A package beside the year before");
  compared->add_option("id", options->what, "Record or package")->required();
  run_as(compared, context, exit, [&context, options] { return compare(context, *options); });
  auto *added = all->add_subcommand("sum", "The county's sums of accepted packages");
  added->add_option("year", options->year, "Year")->required();
  added->add_option("--org", options->org, "County (default: the only one there is)");
  run_as(added, context, exit, [&context, options] { return sum(context, *options); });
  auto *trusted = all->add_subcommand("trust", "Register the key a town signs with");
  trusted->add_option("org", options->what, "Town: code or name")->required();
  trusted->add_option("--key", options->key, "Fingerprint, or a file with the public key")
      ->required();
  run_as(trusted, context, exit, [&context, options] { return trust(context, *options, false); });
  auto *distrusted = all->add_subcommand("distrust", "Take a town's key back");
  distrusted->add_option("org", options->what, "Town: code or name")->required();
  run_as(distrusted, context, exit, [&context, options] { return trust(context, *options, true); });
  run_as(all, context, exit, [&context, &exit, options, all]() -> Result<int> {
    if (!all->get_subcommands().empty()) return exit; // its own body ran
    return list_towns(context, *options);
  });
}

} // namespace yifa::cli
