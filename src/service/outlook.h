#pragma once

#include "procedure/gate_limits.h"
#include "service/deadline_days.h"
#include "service/ledgers.h"

namespace yifa::service {

/// A step as it stands today: what it would still need, what forbids it, what the law expects of
/// it.
struct StepAhead {
  const catalog::Transition *step = nullptr;
  std::vector<Problem> missing;
  std::vector<Problem> forbidden;
  std::vector<Problem> expected;
  std::vector<Problem> exempt; ///< `message` names gate and ground
  std::vector<Problem> met;    ///< gates that hold, in words
};

/// A time limit of a record on a day.
struct LimitAhead {
  enum class State {
    Running, ///< not met, and there is time
    Overdue,
    Met,     ///< in time
    Missed,  ///< met too late (of lasts and not_before: too early)
    Lapsed,  ///< the party's own time went by unused: nobody's fault
    Keeping, ///< a time of waiting or keeping that goes on
  };
  std::string rule;
  std::string part; ///< id of the part's kind; empty on the record itself
  std::string says;
  std::string what; ///< in words: 书面告知日期：自收到日期15日内
  std::string binds;
  std::string source;
  std::string certainty;
  Date from;
  Date due;
  std::optional<Moment> due_at;   ///< of hours: to the second
  std::optional<Date> unextended; ///< the due day before a granted extension
  std::optional<Date> until;
  std::vector<LimitDay> days; ///< laid out; empty in lists
  std::int64_t days_left = 0; ///< of one that runs: negative when past
  State state = State::Running;
  bool estimated = false;
};
std::string_view to_string(LimitAhead::State state);

/// What was done, what can be done now, and what is due when.
struct Outlook {
  record::Record record;
  const catalog::RecordType *type = nullptr;
  std::vector<record::Event> done;
  std::vector<StepAhead> steps;
  std::vector<const catalog::Part *> parts; ///< steps of one matter that may be opened beside it
  std::vector<LimitAhead> limits;
};

/// A record that waits: its most pressing limit.
struct Due {
  record::Record record;
  const catalog::RecordType *type = nullptr;
  LimitAhead limit;
};

/// A duty that comes round, and when it is due again at an office (or village).
struct Duty {
  const catalog::RecordType *type = nullptr;
  std::string rule;
  std::string every;
  std::string source;
  std::string certainty;
  OrgCode place;
  std::optional<Date> last; ///< nothing: never recorded
  std::optional<Date> due;  ///< nothing when it was never recorded
};

struct DueRequest {
  OrgCode scope;
  Date until;
  std::string person;       ///< only matters this person opened or took a part of; empty: all
  std::int64_t limit = 200; ///< 0: all
};

struct DueList {
  std::vector<Due> found;
  bool more = false; ///< the limit cut it
  std::vector<Duty> duties;
};

/// The days ahead of matters.
class Outlooks {
public:
  explicit Outlooks(Ledgers &ledgers) : ledgers_(ledgers) {}

  /// Errors as Ledgers::show.
  Result<Outlook> next(const std::string &id_or_number, const std::string &type, const OrgCode &org,
                       const Actor &actor);

  /// The limit that falls due first of a record the actor may see; nothing when none runs.
  Result<std::optional<LimitAhead>> pressing(store::Reader &reader, const record::Record &record);

  /// Limits that are not met, due up to the day `until`, of the records the scope keeps; the most
  /// pressing first. Ended and withdrawn records are not looked at, nor a party's own time that
  /// went by. Of a town or what lies in it, duties that come round and are due up to that day as
  /// well. Reads only what it tells.
  Result<DueList> due(const DueRequest &request, const Actor &actor);

private:
  Result<std::vector<Duty>> duties(store::Reader &reader, const OrgCode &scope, Date until);

  Ledgers &ledgers_;
};

} // namespace yifa::service
