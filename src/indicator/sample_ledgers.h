#pragma once

#include "indicator/figures.h"
#include "indicator/members.h"

#include <map>
#include <random>
#include <set>

/// For the tests of this room: a small catalog with every way to count, records for it, and a store
/// of a few lines that answers plans the way a backend must.
namespace yifa::indicator::sample {

using catalog::Code;
using catalog::Count;
using catalog::Field;
using catalog::FieldRef;
using catalog::FieldType;
using catalog::Indicator;
using catalog::Predicate;
using catalog::Row;
using catalog::Value;
using record::Record;

Date on(std::string_view text);
OrgCode org(std::string_view code);

/// Fields of the type "event", by index.
enum EventField {
  AtHeld,
  AtTopics,
  AtKind,
  AtPeople,
  AtFee,
  AtArea,
  AtVillages,
  AtDone,
  AtLines,
  AtOfficers,
  AtUrgent
};
/// Fields of the type "roster".
enum RosterField { AtFrom, AtTo, AtGone, AtSuspended, AtLevel, AtVillage, AtSeats };
/// Fields of the type "zero_return".
enum ZeroField { AtCategory, AtZeroFrom, AtZeroTo, AtVoid };

/// All indicator ids stand in the source, each with the way it counts.
catalog::Catalog ledgers();

/// An empty record of the type, kept by the office.
Record blank(const catalog::Catalog &book, std::string_view type, const OrgCode &owner);

/// Records and the tally they make.
class Shelf {
public:
  explicit Shelf(const catalog::Catalog &book) : book_(book), counter_(book) {
    around_.catalog = &book;
  }

  /// Puts or replaces (by id), moving the tally by the difference.
  void put(const Record &record);
  /// The tally counted anew from all records.
  std::map<std::pair<std::string, record::Contribution>, std::int64_t> recount() const;
  const auto &tally() const { return tally_; }
  const std::map<RecordId, Record> &records() const { return records_; }

  std::vector<record::TallyRow> tallies(const record::TallyQuery &query) const;
  std::vector<const Record *> find(const record::Query &query) const;
  /// Plan, tallies, sweeps, figures. `villages` and `offices` are those under the scope.
  std::vector<record::Figure> figures(const Request &request,
                                      const std::vector<OrgCode> &villages = {},
                                      const std::vector<OrgCode> &offices = {}) const;
  record::Figure figure(const std::string &id, const OrgCode &scope, std::string_view period,
                        const std::vector<OrgCode> &villages = {},
                        const std::vector<OrgCode> &offices = {}) const;
  const record::Surroundings &around() const { return around_; }
  /// Answers @met; before the first put().
  void met(std::function<std::optional<bool>(const std::string &, const Record &)> answer) {
    around_.met = std::move(answer);
  }
  /// How many records the sweeps looked at in the last figures().
  mutable std::size_t swept = 0;

private:
  const catalog::Catalog &book_;
  Counter counter_;
  record::Surroundings around_;
  std::map<RecordId, Record> records_;
  std::map<std::pair<std::string, record::Contribution>, std::int64_t>
      tally_; ///< keys have the value 0
};

} // namespace yifa::indicator::sample
