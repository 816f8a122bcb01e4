#pragma once

#include "service/ledgers.h"

#include <filesystem>
#include <functional>

namespace yifa::service {

struct ImportFile {
  std::filesystem::path path;
  std::string ledger;
};

struct ImportRequest {
  std::vector<ImportFile> files; ///< one file, or the ledgers of a folder; links between them are
                                 ///< understood in any order
  OrgCode org;
  bool dry_run = false;
  bool accept_good =
      false; ///< take the rows that pass, write the others with their reasons beside the file
  bool personal = false;             ///< a handler's sheet with personal columns
  std::filesystem::path reject_file; ///< with accept_good; default: <file>.rejected.<ext>
  std::function<void(const std::string &file, double fraction)> progress;
};

struct ImportedFile {
  std::filesystem::path path;
  std::string ledger;
  RecordId batch;
  std::int64_t rows = 0;
  std::int64_t taken = 0;
  std::int64_t repeated = 0; ///< rows of a file imported before: the same records
  std::int64_t rejected = 0;
  std::filesystem::path reject_file;
  std::vector<Problem> problems; ///< at most 500, `where` a cell
  std::vector<std::string> notes;
};

/// Records from files, all in one transaction: either every file is taken as asked or nothing is.
class Imports {
public:
  explicit Imports(Ledgers &ledgers) : ledgers_(ledgers) {}

  /// Invalid with every bad cell (up to 500) unless accept_good; nothing was written then.
  Result<std::vector<ImportedFile>> run(const ImportRequest &request, const Actor &actor);

  struct Undone {
    std::int64_t records = 0;
  };
  /// Withdraws every record of the batch in one transaction. Refused with a list when one was acted
  /// on or numbered since.
  Result<Undone> undo(const RecordId &batch, const std::string &reason, const Actor &actor);

private:
  Ledgers &ledgers_;
};

} // namespace yifa::service
