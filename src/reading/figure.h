#pragma once

#include "base/quantity.h"
#include "reading/text.h"

#include <optional>
#include <string>
#include <vector>

namespace yifa::reading {

/// What a number in a report says.
enum class FigureKind {
  Amount,    ///< so many of something
  Rate,      ///< a percentage
  Zero,      ///< 未发生…, 无…, 0件: the value is 0
  Coverage,  ///< 全覆盖, 全部…: the value is 100 %
  Each,      ///< 每村一名: so many for each of something; unit "名/村"
  Frequency, ///< 每两月1次: a rhythm, no total; unit "次/两月"
  Change,    ///< 较上年增长12%: against another period
  Planned,   ///< stands in next year's plans or says what is demanded (不少于4次)
};
std::string_view to_string(FigureKind kind);

/// One number a report states, with what it counts.
struct Figure {
  FigureKind kind = FigureKind::Amount;
  Decimal value;
  std::optional<Decimal> upper; ///< of a range (3至5次): value is its lower end
  std::string unit;             ///< as written: 次, 人次, 件, %, 名/村
  bool approx = false;
  std::string approx_marker; ///< 余, 多, 近, 约, 以上 …; the word that claims coverage
  std::string object;        ///< what is counted: 矛盾纠纷
  std::string verb;          ///< 排查; may be empty
  std::string indicator;     ///< of the catalog; empty where none fits
  Span span;                 ///< of the number with unit and approximation
  Span clause;               ///< the clause it stands in
  std::size_t paragraph = 0;
  int section = -1;
  int sentence = -1;       ///< index in Structure::sentences
  std::optional<int> year; ///< the year it is said of, where that is not the report's
};

} // namespace yifa::reading
