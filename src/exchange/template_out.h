#pragma once

#include "catalog/model.h"

#include <filesystem>

namespace yifa::exchange {

/// A blank workbook for one ledger: a sheet with a column a field (required ones marked *;
/// personal, derived and register-set fields left out), drop-downs for coded fields, notes with
/// unit, form and an example; a sheet for every rows field and every part; a sheet of instructions.
/// What it holds is what TableSource reads. Same catalog, same bytes. Unavailable when the file
/// cannot be written.
Status write_template(const std::filesystem::path &path, const catalog::Catalog &catalog,
                      const catalog::RecordType &type, bool english = false);

} // namespace yifa::exchange
