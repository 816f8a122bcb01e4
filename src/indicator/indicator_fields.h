#pragma once

#include "catalog/model.h"

/// What an indicator's declaration says about its fields; shared by counting, planning and figures.
namespace yifa::indicator {

/// Count, Sum, Distinct: counted from records. The others are made of figures.
bool is_leaf(const catalog::Indicator &indicator);

/// The field a reference of an indicator names, in the part it is declared on (empty: the record);
/// nullptr for @state and its like.
const catalog::Field *field_of(const catalog::FieldRef &ref, const catalog::RecordType &type,
                               std::string_view part);

/// The rows field whose lines are counted or summed one by one; -1 when the record or part is.
int counted_rows(const catalog::Indicator &indicator);

/// The day a flow indicator follows: its own, else its part's, else its type's.
const catalog::FieldRef &day_ref(const catalog::Indicator &indicator,
                                 const catalog::RecordType &type);

/// Whether that day is the record's own day.
bool follows_record_day(const catalog::Indicator &indicator, const catalog::RecordType &type);

/// 1 for counts, 100 for money (fen), 1 000 000 for sums of numbers.
std::int64_t scale_of(const catalog::Catalog &catalog, const catalog::Indicator &indicator);

/// Whether the condition asks if a deadline was met. Of a deadline not yet judged nothing is known,
/// so that the absence of such records says nothing either.
bool asks_met(const catalog::Predicate &predicate);

/// A distinct count that is the numerator of a rate over @villages counts administrative villages
/// only, since communities are not in the denominator.
bool counts_villages_only(const catalog::Catalog &catalog, const catalog::Indicator &indicator);

} // namespace yifa::indicator
