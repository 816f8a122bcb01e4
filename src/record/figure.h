#pragma once

#include "base/json.h"
#include "base/quantity.h"
#include "record/tally.h"

#include <optional>

namespace yifa::record {

/// A number with everything a reader may ask of it.
struct Figure {
  enum class Status {
    Counted,       ///< records were counted
    ConfirmedZero, ///< nothing recorded, and a zero return covers the whole period in every office
                   ///< concerned
    NoRecord,      ///< nothing recorded and nobody has said that there was nothing
    Partial,       ///< counted or confirmed in some offices only: `covered` of `offices`
    Undefined,     ///< a ratio whose denominator is zero or has no record; a least over no villages
  };
  struct Group {
    std::string dimension;
    std::string code;
    std::string label;
    std::string phrase; ///< for enumerations
    std::string unit;
    std::int64_t value = 0;
  };

  std::string id;
  std::string label; ///< Chinese
  std::string label_en;
  std::string unit;
  Status status = Status::NoRecord;
  std::int64_t value = 0; ///< in the unit, or fen, or millionths (scale says); of a ratio unused
  std::int64_t scale = 1; ///< 1, 100 for money (fen), 1 000 000 for numbers
  bool ratio = false;
  bool percent = false;
  std::int64_t numerator = 0;
  std::int64_t denominator = 0;
  std::int64_t numerator_scale = 1; ///< as `scale`, of each term
  std::int64_t denominator_scale = 1;
  std::string numerator_id;
  std::string denominator_id;
  std::vector<Group> groups; ///< largest first, then by rank
  std::int64_t covered = 0;
  std::int64_t offices = 0;
  OrgCode org;
  Period period;
  std::string definition;
  std::string source;

  /// Counted, confirmed zero or partial: it has a value.
  bool exists() const {
    return status == Status::Counted || status == Status::ConfirmedZero ||
           status == Status::Partial;
  }
  bool zero() const { return exists() && (ratio ? numerator == 0 : value == 0); }
  /// The value as printed without unit: "219", "98.6" (percent: one decimal, other rates two; half
  /// up, trailing zeros dropped, never rounded to 100, and with more decimals before it is rounded
  /// to 0), "1.86" for money in 万元 when `unit` is 万元, else yuan.
  std::string number() const;
  /// The exact value for comparisons in `when`: percent as 98.6 rounded as printed.
  Decimal comparable() const;
};

std::string_view to_string(
    Figure::Status status); ///< "counted", "confirmed_zero", "no_record", "partial", "undefined"

/// DECISIONS 12.
json::object to_json(const Figure &figure);

} // namespace yifa::record
