#pragma once

#include "service/figures.h"

#include <optional>

namespace yifa::service {

/// A figure with what a page shows beside it.
struct FigureRow {
  enum class Mark {
    Outlier, ///< far from the same period a year before (far_from)
    Late,    ///< the ledgers it counts from hold records of the period that were recorded late
  };
  const catalog::Indicator *indicator = nullptr;
  record::Figure figure;
  record::Figure last_year;
  char group = 'A'; ///< of its ledger
  std::vector<Mark> marks;
};
std::string_view to_string(FigureRow::Mark mark); ///< "outlier", "late"

struct FigureMonth {
  Month month;
  record::Figure figure;
  record::Figure last_year; ///< of the same month a year before
};

/// The part of a figure that falls to one village of a town, or one town of a county.
struct FigurePlace {
  OrgCode org;
  std::string name;
  record::Figure figure; ///< without groups
};

struct FigureView {
  FigureRow row;
  std::vector<const catalog::Indicator *> made_of; ///< of a total its terms, of a rate both terms
  std::vector<FigureMonth> months;                 ///< of the year in which the period ends
  /// By division code: villages of a town, towns of a county. Nothing of other nodes, of a county
  /// in a period that cuts a month, and where more than kMostByPlace records would have to be read.
  std::optional<std::vector<FigurePlace>> places;
  std::int64_t records = 0; ///< of its ledgers, by their own day in the months of the period
  std::int64_t late = 0;    ///< of those recorded late
};

/// Records that are read at most to lay a figure out by village.
inline constexpr std::int64_t kMostByPlace = 20'000;

/// A change worth a second look, not a finding: more than twice or less than half of the year
/// before, and by at least ten (records, yuan, points of a percentage).
bool far_from(const record::Figure &figure, const record::Figure &last_year);

/// Whether all ledgers a figure is counted from are the actor's.
bool may_see_figure(const catalog::Catalog &catalog, const catalog::Indicator &indicator,
                    const Actor &actor);

/// Figures as pages show them. Only of ledgers the actor has; Forbidden outside his scope.
class FigureViews {
public:
  explicit FigureViews(Environment &environment) : env_(environment) {}

  /// All figures, or the named ones, or those of a group of ledgers ('A' to 'G'). NotFound for an
  /// unknown id.
  Result<std::vector<FigureRow>> list(const OrgCode &org, const Period &period,
                                      const std::vector<std::string> &ids,
                                      std::optional<char> group, const Actor &actor);
  /// One figure, by month and by place.
  Result<FigureView> one(const std::string &id, const OrgCode &org, const Period &period,
                         const Actor &actor);

private:
  Result<std::vector<FigureRow>> rows(store::Reader &reader, const OrgCode &org,
                                      const Period &period, const std::vector<std::string> &ids,
                                      std::vector<record::TallyRow> *kept = nullptr);
  Result<std::vector<FigureMonth>> months(store::Reader &reader, const std::string &id,
                                          const OrgCode &org, int year);
  Result<std::optional<std::vector<FigurePlace>>> places(store::Reader &reader,
                                                         const FigureRow &row, std::int64_t records,
                                                         const std::vector<record::TallyRow> &kept);

  Environment &env_;
};

} // namespace yifa::service
