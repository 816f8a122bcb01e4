#pragma once

#include "catalog/model.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace yifa::catalog {

/// One thing wrong with a catalog file, as a compiler would say it.
struct Diagnostic {
  enum class Level { Error, Warning };
  Level level = Level::Error;
  std::string file;
  int line = 0;   ///< 1-based
  int column = 0; ///< 1-based, in code points
  std::string message;
  std::string line_text; ///< the source line, for the caret

  /// `file:line:column: error: message`, the line and a caret under the column.
  std::string text() const;
};

/// Catalog sources by path relative to the catalog's root ("institutions/penalty.yaml"); overlay
/// files stand under "catalog.d/".
using Sources = std::map<std::string, std::string>;

struct Loaded {
  std::shared_ptr<Catalog> catalog;    ///< null when any diagnostic is an error
  std::vector<Diagnostic> diagnostics; ///< by file, line and column
};

/// Syntax, shape and meaning of all files; every problem is reported, not the first.
/// `rules` are the names of the C++ rules that exist; without them names of rules are not checked.
Loaded load(const Sources &sources, const std::vector<std::string> *rules = nullptr);

/// Reads a catalog folder (and the overlay folder beside it, when given and present) into sources.
/// NotFound, Unavailable.
Result<Sources> read_sources(const std::string &folder, const std::string &overlay_folder = {});

} // namespace yifa::catalog
