#pragma once

#include "procedure/gates.h"
#include "record/matches.h"
#include "service/environment.h"
#include "service/past.h"
#include "store/port.h"

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace yifa::service {

class Nearby;

/// Which types hold derived fields that look at records of another type.
class Dependents {
public:
  struct Dependence {
    std::string type;  ///< whose derived fields look
    std::string link;  ///< through this link field …
    bool back = false; ///< … of the looked-at type (it points to us), else of our own
  };
  explicit Dependents(const catalog::Catalog &catalog);
  const std::vector<Dependence> &on(const std::string &type) const;

private:
  std::map<std::string, std::vector<Dependence>, std::less<>> by_seen_;
};

/// What predicates see around a record inside one transaction. Owns the records it loads.
class Around {
public:
  /// `calendar`: one that was made before; without it one is made when a day must be counted.
  /// `nearby`: links, back links and histories are looked up there, and only there.
  Around(Environment &environment, store::Reader &reader,
         const procedure::Calendar *calendar = nullptr, Nearby *nearby = nullptr)
      : env_(environment), reader_(reader), calendar_(calendar), nearby_(nearby) {}
  record::Surroundings view();
  /// A record of one of the types by its id; null when there is none.
  const record::Record *find(const RecordId &id, const std::vector<std::string> &types);
  /// What gates and time limits see around `record`: all of the above, and its past.
  procedure::Facts facts(const record::Record &record);
  /// The same, and what single rules and caps look at besides.
  procedure::Facts wide_facts(const record::Record &record);
  /// What the history of a record says of its time limits.
  const Past &past(const RecordId &record);
  /// The first failure of the store while predicates looked around: what they saw then is not to be
  /// trusted.
  Status status() const;

private:
  std::vector<const record::Record *> linked(const catalog::Predicate::Subject &subject,
                                             const record::Record &record);
  std::vector<const record::Record *> pointing(const catalog::Predicate::Subject &subject,
                                               const record::Record &record);
  /// Kept until the end; null when there is none.
  const record::Record *load(const std::string &type, const RecordId &id);

  const procedure::Calendar &calendar();
  std::optional<bool> met(const std::string &rule, const record::Record &record);
  std::int64_t siblings(const record::Record &record, const catalog::Gate &gate);
  std::vector<std::string> counted(const record::Record &record, const std::string &category,
                                   const Period &period);
  procedure::ReportState report(const record::Record &record, int year, const std::string &outline);

  Environment &env_;
  store::Reader &reader_;
  const procedure::Calendar *calendar_;
  Nearby *nearby_;
  std::shared_ptr<const procedure::Calendar> own_calendar_;
  std::map<RecordId, Past> pasts_;
  std::deque<record::Record> loaded_;
  std::optional<Error> failure_;
};

/// A setting's value on a day (an overlay may change it) as a typed value: money in fen, counts,
/// shares as a Decimal, else text.
catalog::Value setting_value(const catalog::Setting &setting, Date day);

} // namespace yifa::service
