#pragma once

#include "procedure/gates.h"
#include "procedure/reckon.h"

namespace yifa::procedure {

/// A time limit measured on a record: from where it starts to what meets it.
struct Measured {
  const catalog::Deadline *rule = nullptr;
  Reckoning reckoning;
  Date until;
  std::string until_name;
  bool satisfied = false;
};

/// The time limit `id` of the record or of one of its parts (of several such parts the last), with
/// its pauses. Nothing when it has not started, when nothing has met it yet, when it is of another
/// record, starts from an event that is not kept, or when a year lacks its calendar.
std::optional<Measured> measure_limit(const std::string &id, const record::Place &place,
                                      const Facts &facts);

} // namespace yifa::procedure
