#pragma once

#include "reading/time_context.h"

#include <vector>

namespace yifa::reading {

/// A year named in the running text, with the passage it stands in.
struct YearMention {
  int year = 0;
  Span span;     ///< 2023年, 2023年度
  Span clause;   ///< the clause it stands in
  Span says;     ///< what is said of it: the rest of its clause, or the next one where it is all
                 ///< that the clause holds (2023年，全镇共开展…)
  Span sentence; ///< or its heading
  bool heading = false;
  bool opens = false;    ///< begins the clause: 2023年，…; 一是2023年…
  bool aside = false;    ///< in 《》, quotation marks or brackets
  bool in_row = false;   ///< of a row or range of years: 2021—2025年, 2022年和2023年
  bool compared = false; ///< 较2023年, 与2023年相比, 自2023年起, 截至2023年
  int month = 0;         ///< 2023年3月: 3
  Content content = Content::Other;
};

/// All years named in lead, headings and body, in order.
std::vector<YearMention> year_mentions(const Case &report);

} // namespace yifa::reading
