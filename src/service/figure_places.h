#pragma once

#include "service/figure_views.h"

namespace yifa::service {

/// A figure of a town laid out by its villages (and the town itself, for what lies in none), from
/// the records that make it; all villages of the tree, those without a record too.
Result<std::vector<FigurePlace>> by_village(Environment &environment, store::Reader &reader,
                                            const catalog::Indicator &indicator,
                                            const record::Figure &whole);

/// A figure above the towns laid out by town, from the tally rows it was made of (Figures). Nothing
/// where the period cuts a month: then records would have to be read.
Result<std::optional<std::vector<FigurePlace>>> by_town(Environment &environment,
                                                        store::Reader &reader,
                                                        const record::Figure &whole,
                                                        const std::vector<record::TallyRow> &rows);

/// A figure above the counties by the nodes beneath (provinces, cities, counties), each from its
/// kept sum. Its period has whole months.
Result<std::vector<FigurePlace>> by_node(Environment &environment, store::Reader &reader,
                                         const record::Figure &whole);

/// Figures above the towns in whole months from the sums kept for counties: their values are those
/// of Figures, their status says nothing of single towns. Without groups. Empty `ids`: all.
Result<std::vector<record::Figure>> from_sums(Environment &environment, store::Reader &reader,
                                              const OrgCode &org, const Period &period,
                                              const std::vector<std::string> &ids);

/// A figure of every month of a year and of the year before, from the tallies alone, in order: 24.
Result<std::vector<record::Figure>> by_month(Environment &environment, store::Reader &reader,
                                             const std::string &id, const OrgCode &org, int year);

} // namespace yifa::service
