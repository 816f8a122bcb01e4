#pragma once

#include "record/figure.h"
#include "report/words.h"

#include <cstdint>
#include <string>

namespace yifa::report {

/// A number as it stands in the text, apart from its unit. Inside this room.
struct Amount {
  std::string number; ///< 219, 98.6, 2万, 9300余
  std::string unit;   ///< 件; %; 万元 for money from 10 000 yuan up
  bool rough = false; ///< printed with 余
};

/// How a value is printed.
struct AmountOptions {
  std::string unit;   ///< instead of the figure's own
  bool rough = false; ///< 余 is allowed here
};

/// The total of a figure. Money in yuan up to 9999.99, from there in 万元 with two decimals; counts
/// from 10 000 up in 万 when that loses nothing; with 余: two leading digits (one below a hundred),
/// cut off, never raised, never below ten.
Amount amount_of(const record::Figure &figure, const AmountOptions &options, const Words &words);
/// The number of one group.
Amount amount_of(const record::Figure &figure, const record::Figure::Group &group,
                 const AmountOptions &options, const Words &words);
/// A difference of two totals of the figure's kind, not negative, in the smallest part (fen,
/// millionths).
Amount amount_of_difference(const record::Figure &figure, std::int64_t difference,
                            const Words &words);

/// The exact value, as kept in a FigureRef: "219", "98.6", "18600.00".
std::string exact_value(const record::Figure &figure);
std::string exact_value(const record::Figure &figure, std::int64_t value);

} // namespace yifa::report
