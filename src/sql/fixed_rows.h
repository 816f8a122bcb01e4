#pragma once

#include "sql/rows.h"

namespace yifa::sql {

/// What is added to the tables that every catalog has. Those without a clash are told as Stale when
/// the same stands there; of the others one is enough.
struct FixedRows {
  RowForm home;
  RowForm office;
  RowForm link;
  RowForm attachment;
  RowForm alike;
  RowForm due;
  RowForm event;
  RowForm answer;
  RowForm blind;
  RowForm chain;  ///< in place of the one that stood there
  RowForm number; ///< likewise, a register's last
};

const FixedRows &fixed_rows();

} // namespace yifa::sql
