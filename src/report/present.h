#pragma once

#include "catalog/model.h"
#include "record/figure.h"
#include "report/document.h"

#include <optional>
#include <string>

namespace yifa::report {

/// The figures a place of the text speaks of, as the ledgers count them now.
struct CountedNow {
  const record::Figure *figure = nullptr;    ///< null: the catalog has no such figure any more
  const record::Figure *last_year = nullptr; ///< of a Change; null: not known, or defined otherwise
  std::int64_t villages = 0;                 ///< of "@villages"
};

/// What would stand at a place of the text if it were written now.
struct Present {
  bool exists = false;   ///< there is a value (of a Change: both years have one)
  bool confirmed = true; ///< of a zero: somebody has said that there was nothing
  std::string value;     ///< exact, as FigureRef::seen
  std::string last_year; ///< of a Change, as FigureRef::last_year
  std::string number;    ///< as it would be printed, without unit
  std::string unit;      ///< the measure word behind it
};

/// `rough`: the number may be printed with 余. The measure word of the place is kept where the
/// figure may be told in it.
Present present(const FigureRef &ref, const CountedNow &now, bool rough,
                const catalog::Catalog &catalog);

/// Whether the run prints digits, which can be put in place of each other; else it prints words
/// (全部, names, 未发生…), which hang together with those around.
bool prints_number(const Run &run);
/// Whether the number was printed with 余.
bool prints_rough(const Run &run, const catalog::Catalog &catalog);

enum class Standing {
  Fresh, ///< says what the ledgers say
  Stale, ///< the ledgers say something else now
  Zero,  ///< says that there was nothing, and nothing is recorded
};

/// How a run with a figure stands to the present. What a person kept with a reason is fresh until
/// the ledgers move again.
Standing standing(const Run &run, const Present &now);

} // namespace yifa::report
