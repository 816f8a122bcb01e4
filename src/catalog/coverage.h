#pragma once

#include "catalog/model.h"

namespace yifa::catalog {

/// Which mechanisms have a home: a type of today that names them in `covers`.
struct Coverage {
  struct Home {
    std::string id;
    std::string zh;
    std::vector<std::string> types;
  };
  std::vector<Home> covered;         ///< in the order of the list asked about
  std::vector<Home> uncovered;       ///< without types
  std::vector<std::string> unlisted; ///< named in `covers`, but not in the list asked about
};

/// Against the catalog's own list (mechanisms.yaml).
Coverage coverage(const Catalog &catalog);
/// Against another list of ids, with names where known.
Coverage coverage(const Catalog &catalog,
                  const std::vector<std::pair<std::string, std::string>> &against);

} // namespace yifa::catalog
