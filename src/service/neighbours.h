#pragma once

#include "procedure/gates.h"
#include "record/matches.h"
#include "service/environment.h"
#include "service/past.h"
#include "store/port.h"

#include <deque>
#include <map>
#include <string>
#include <vector>

namespace yifa::service {

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
  Around(const Environment &environment, store::Reader &reader)
      : env_(environment), reader_(reader) {}
  record::Surroundings view();
  /// A record of one of the types by its id; null when there is none.
  const record::Record *find(const RecordId &id, const std::vector<std::string> &types);
  /// What gates and time limits see around `record`: all of the above, and its past.
  procedure::Facts facts(const procedure::Calendar &calendar, const record::Record &record);
  /// The first failure of the store while predicates looked around: what they saw then is not to be
  /// trusted.
  Status status() const;

private:
  std::vector<const record::Record *> linked(const catalog::Predicate::Subject &subject,
                                             const record::Record &record);

  const Past &past(const RecordId &record);

  const Environment &env_;
  store::Reader &reader_;
  std::map<RecordId, Past> pasts_;
  std::deque<record::Record> loaded_;
  std::optional<Error> failure_;
};

/// A setting's value on a day (an overlay may change it) as a typed value: money in fen, counts,
/// shares as a Decimal, else text.
catalog::Value setting_value(const catalog::Setting &setting, Date day);

} // namespace yifa::service
