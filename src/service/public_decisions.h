#pragma once

#include "service/public_shelf.h"

namespace yifa::service {

/// A time of days, drawn one cell a day with the first day as a cell of its own.
struct DayCells {
  std::int64_t past = 0; ///< days that are over
  bool today = false;    ///< today is one of them
  std::int64_t left = 0; ///< days after today up to the last
  std::int64_t all() const { return past + (today ? 1 : 0) + left; }
};
/// All past when it is over, all left before it begins. Precondition: opens <= closes.
DayCells day_cells(Date opens, Date closes, Date today);

/// An opinion of the public as the office tells it, with its answer.
struct PublicOpinion {
  std::string gist;
  std::string result; ///< code
  std::string answer;
  Date answered_on;
};

/// A matter on which the public is or was asked.
struct PublicDecision {
  record::Record record; ///< without personal fields
  OrgCode office;
  std::string title;
  Date opens; ///< of the last time opinions were asked for
  Date closes;
  bool open = false; ///< today, and not decided yet
  std::string short_reason;
  std::int64_t received = 0; ///< opinions that came in, as kept one by one
  std::vector<PublicOpinion> answered;
  bool draft = false; ///< the text may be handed out
  bool note = false;
  std::optional<Date> published_on; ///< the decision itself
};

/// Decisions on which the public is asked. Before the day a notice opens nothing tells that there
/// is one.
/// Source: 重大行政决策程序暂行条例 第十四、十五、十八条
class PublicDecisions {
public:
  explicit PublicDecisions(PublicShelf &shelf) : shelf_(shelf) {}

  /// Whether everybody may see the matter: it may be public at all, and the notice has opened.
  bool shown(const record::Record &record) const;
  /// The office's: those open for comment first (the one that ends soonest before the others), then
  /// the latest.
  Result<std::vector<PublicDecision>> of(const OrgCode &office);
  Result<std::vector<PublicDecision>> open_everywhere();
  /// NotFound, the same for what is not there and what is not shown yet.
  Result<PublicDecision> one(const OrgCode &office, const RecordId &id);
  /// As it stands, without looking at the papers.
  PublicDecision view(const record::Record &record) const;

private:
  const record::PartRecord *notice(const record::Record &record) const;

  PublicShelf &shelf_;
};

} // namespace yifa::service
