#pragma once

#include "exchange/table_in.h"

namespace yifa::exchange {

/// The rows that were not taken, in the form they came in and with a column of reasons (退回原因,
/// which an import ignores), so that they are mended and imported again as they stand. Bad cells
/// are red in .xlsx. Holds the rows in a spool on disk until finish().
class RejectFile {
public:
  /// The source's format decides the form; `path` should end in the same suffix. Unavailable.
  static Result<RejectFile> create(const std::filesystem::path &path, const TableSource &source);
  RejectFile(RejectFile &&) noexcept;
  RejectFile &operator=(RejectFile &&) noexcept;
  ~RejectFile();

  /// `problems` are addressed (see `addressed`). Unavailable on a full disk.
  Status add(const WrittenRow &row, const std::vector<Problem> &problems);
  std::int64_t rows() const;
  /// Writes the file whole; without it none appears.
  Status finish();

private:
  struct Impl;
  explicit RejectFile(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

} // namespace yifa::exchange
