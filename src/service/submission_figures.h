#pragma once

#include "record/figure.h"
#include "service/figures.h"
#include "service/submissions.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

/// Figures as packages bring them: compared with the year before, added up over a county.
namespace yifa::service {

/// One figure of a package. Amounts are exact to six places; money in fen.
struct SentFigure {
  std::string id;
  std::string label;
  std::string unit;
  record::Figure::Status status = record::Figure::Status::NoRecord;
  std::optional<Decimal> value; ///< nothing unless `status` says that there is one
  std::optional<Decimal> numerator;
  std::optional<Decimal> denominator;
  std::vector<record::Figure::Group> groups; ///< values in millionths
  std::string definition;
};

/// Reads the figures of a package (record::to_json of each). Invalid, naming the figure and what is
/// wrong with it; every fault at once.
Result<std::vector<SentFigure>> read_sent_figures(const std::string &content);

/// The figures of a package by id; empty when it holds none.
Result<std::map<std::string, SentFigure>> sent_figures(const SubmissionPackage &package);

/// One figure beside itself a year before.
struct FigureChange {
  enum class Kind { Same, Up, Down, New, Gone, None };
  std::string id;
  std::string label;
  std::string unit;
  Kind kind = Kind::None; ///< None: neither year has a value, or there is nothing to compare with
  record::Figure::Status status = record::Figure::Status::NoRecord;
  std::optional<record::Figure::Status> status_before;
  std::optional<Decimal> now;
  std::optional<Decimal> before;
  std::optional<Decimal> difference; ///< of a rate in its own unit (percentage points)
  std::optional<Decimal> percent; ///< of the value before, one decimal; nothing of 0 and of rates
  bool redefined = false;         ///< the two years did not count the same
};
std::string_view
to_string(FigureChange::Kind kind); ///< "same", "up", "down", "new", "gone", "none"

struct Comparison {
  KeptSubmission package;
  std::string town;
  int year_before = 0;
  std::optional<KeptSubmission> before; ///< the package it is compared with
  bool with_records = false;            ///< compared with the county's own records of that year
  std::vector<FigureChange> figures;    ///< in catalog order; without those of neither year
};

/// A package beside last year's of the same office: the newest accepted, else the newest; without
/// one, beside the records this instance has of that year itself. Errors of Submissions::open.
Result<Comparison> compare_submission(Submissions &submissions, Environment &environment,
                                      const RecordId &record, const Actor &actor);

/// A county's sums of accepted packages.
struct SubmissionSums {
  OrgCode county;
  std::string name;
  int year = 0;
  std::vector<Submissions::Town> towns;
  std::vector<OrgCode> added;          ///< towns whose newest accepted package was added
  std::vector<record::Figure> figures; ///< in catalog order; with `covered` of `offices`
  /// Figures that cannot be added from packages, each with the reason: distinct, redefined.
  std::map<std::string, std::string> left_out;
};

/// Adds up the newest accepted package of every town. A town without one, without the figure, or
/// whose figure is partial or undefined is not taken as zero: the sum is partial then. Figures that
/// count different things (enterprises, villages) cannot be added from sums and are left out.
Result<SubmissionSums> sum_submissions(Submissions &submissions, Environment &environment,
                                       const OrgCode &county, int year, const Actor &actor);

} // namespace yifa::service
