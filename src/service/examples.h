#pragma once

#include "service/imports.h"
#include "service/reports.h"
#include "service/workspace.h"

namespace yifa::service {

/// A file built into the program: its path under examples/ and its content.
struct ExampleFile {
  std::string_view path;
  std::string_view content;
};
/// Generated from examples/ (cmake/embed_examples.cmake).
const std::vector<ExampleFile> &example_files();

struct ExampleTown {
  std::string name;
  DraftRequest report; ///< office, year, outline, number, date as its town.yaml says
  std::int64_t records = 0;
  bool loaded = false; ///< now, not by an earlier run
};

/// A demo directory with the five towns in it: made when it is not there, filled when it is empty,
/// made anew when the examples or the catalog of this program are others than it was filled with.
/// Refused for a directory that is no demo's.
Result<std::vector<ExampleTown>>
prepare_examples(const WorkspaceOptions &options, const StoreOpener &opener,
                 const std::function<void(double, const std::string &)> &progress);

} // namespace yifa::service
