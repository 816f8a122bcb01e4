#pragma once

#include "catalog/submission.h"
#include "service/ledgers.h"
#include "service/submission_package.h"
#include "service/workspace.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// A year on its way from a town's instance to its county's (docs/submitting.md). Both ends keep
/// packages in the ledger `submission`, as attachments of its records.
namespace yifa::service {

/// One package as the ledger has it.
struct KeptSubmission {
  RecordId record;
  OrgCode office;
  int year = 0;
  int revision = 0;
  std::string id;
  std::string previous;
  std::string fingerprint;
  std::string package; ///< hash of the attachment
  std::string lacks;
  std::string state; ///< submitted, returned, accepted
  Date sent_on;
  bool withdrawn = false;
};

/// Packages under the scope, by office, year and revision; of one year when it is given. Withdrawn
/// ones only when they are asked for.
Result<std::vector<KeptSubmission>> kept_submissions(Environment &environment,
                                                     store::Reader &reader, const OrgCode &scope,
                                                     std::optional<int> year,
                                                     bool with_withdrawn = false);

/// How the county stands to a package.
struct Standing {
  std::string id;
  std::string state;
  std::string reason; ///< of a return
  int revision = 0;
  int latest = 0; ///< the newest revision the county has of that office and year
};

class Submissions {
public:
  /// All three outlive it.
  Submissions(Workspace &space, Ledgers &ledgers);

  const catalog::SubmissionRule &rule() const { return rule_; }

  // The town.

  /// The file of the instance's key, beside the master key.
  std::filesystem::path key_file() const;
  struct Made {
    RecordId record;
    SubmissionStatement statement;
    std::string bytes;
    std::string state;
    bool repeated = false; ///< nothing changed since it was made before
  };
  /// The office's year as a package; kept in the ledger. NotFound without a signing key (says how
  /// to make one); Invalid for a year that has not begun or an office that is no town; what
  /// gather_submission says.
  Result<Made> make(const OrgCode &office, int year, const Actor &actor);
  /// The newest package of a year. NotFound when none was made.
  Result<KeptSubmission> latest(const OrgCode &office, int year);
  /// What is sent to ask how it stands: {"package", "signature"}.
  Result<json::object> question(const KeptSubmission &kept);
  /// What lets a package, or a question after it, in at the county whoever else is at the same
  /// address (submission_door.h).
  Result<std::string> pass(const std::string &package_id);
  /// Takes the county's answer to that question into the ledger: the package becomes returned, with
  /// the reasons, or accepted. Invalid when the answer is none, or of another package.
  Result<Standing> take_answer(const KeptSubmission &kept, const json::value &answer,
                               const Actor &actor);

  // The county.

  /// Whether somebody registered stands behind a package: reads its last kMostSeal bytes alone.
  /// Invalid, NotFound and Forbidden as `receive` says them.
  Status greet(std::string_view end);

  struct Received {
    RecordId record;
    SubmissionStatement statement;
    std::string fingerprint;
    std::string state;
    bool repeated = false;
    std::vector<std::string> notes; ///< what a reader should know: lacking, another catalog
  };
  /// Takes a package in. Invalid when it was changed or does not hold what it says; Forbidden when
  /// no key or another one is registered for the office; Refused for personal fields; Stale when a
  /// later revision is here already; NotFound for an office the tree does not know. `year`: any
  /// other one is Invalid. The same package once more is answered `repeated`.
  Result<Received> receive(std::string_view bytes, std::optional<int> year);
  /// How a package stands, told to whoever holds the key it was signed with. NotFound for all
  /// others.
  Result<Standing> standing(const std::string &id, const std::string &signature);

  struct Town {
    OrgCode office;
    std::string name;
    std::optional<KeptSubmission> latest; ///< nothing: the town is missing
    std::optional<int> accepted;          ///< revision that is added up
    std::string fingerprint;              ///< registered; empty: none
  };
  /// The towns of a county in a year, by code. Forbidden outside the actor's scope.
  Result<std::vector<Town>> towns(const OrgCode &county, int year, const Actor &actor);
  /// A package the county has, read and proved again: it is the one that came in, whatever was
  /// written into its record since. Errors of permit_record, read_package; Invalid.
  Result<SubmissionPackage> open(const RecordId &record, const Actor &actor,
                                 KeptSubmission *kept = nullptr);
  Result<SubmissionPackage> open(const KeptSubmission &kept);

private:
  Result<record::Receipt> enter(const SubmissionStatement &statement, const std::string &bytes,
                                const std::string &fingerprint, const Actor &actor);

  Workspace &space_;
  Ledgers &ledgers_;
  Environment &env_;
  catalog::SubmissionRule rule_;
};

} // namespace yifa::service
