#pragma once

#include "indicator/figures.h"
#include "record/figure.h"
#include "service/environment.h"

#include <string>
#include <vector>

namespace yifa::service {

/// Figures of a node of the tree, and the records behind them.
class Figures {
public:
  explicit Figures(Environment &environment) : env_(environment) {}

  /// All figures of the catalog, or the named ones, in catalog order. NotFound for an unknown id,
  /// Forbidden outside the actor's scope.
  Result<std::vector<record::Figure>> compute(const OrgCode &org, const Period &period,
                                              const std::vector<std::string> &ids,
                                              const Actor &actor);
  /// The same inside a reader of the caller. `rows` is given the tally rows they were made of,
  /// where somebody wants to lay them out otherwise.
  Result<std::vector<record::Figure>> compute_in(store::Reader &reader, const OrgCode &org,
                                                 const Period &period,
                                                 const std::vector<std::string> &ids,
                                                 std::vector<record::TallyRow> *rows = nullptr);

  struct Member {
    std::string indicator; ///< the leaf indicator it belongs to
    std::string role;      ///< "count", "numerator", "denominator"
    record::Record record;
    std::int64_t value = 0;
    std::map<std::string, std::int64_t> keys;
  };
  /// Exactly the records that make the figure (of one group when `group` is given as
  /// "dimension=code"), by leaf, day and id.
  Result<std::vector<Member>> members(const std::string &id, const OrgCode &org,
                                      const Period &period, const std::string &group,
                                      const Actor &actor);
  Result<std::vector<Member>> members_in(store::Reader &reader, const std::string &id,
                                         const OrgCode &org, const Period &period);

private:
  Environment &env_;
};

/// What a record is called where it is named: the first text of its list columns, its title or
/// name, else its number.
std::string record_label(const catalog::RecordType &type, const record::Record &record);

} // namespace yifa::service
