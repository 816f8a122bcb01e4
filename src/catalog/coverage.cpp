#include "catalog/coverage.h"

#include <algorithm>

namespace yifa::catalog {

Coverage coverage(const Catalog &catalog) { return coverage(catalog, catalog.mechanisms); }

Coverage coverage(const Catalog &catalog,
                  const std::vector<std::pair<std::string, std::string>> &against) {
  std::map<std::string, std::vector<std::string>> homes;
  for (const auto &id : catalog.type_ids())
    for (const auto &mechanism : catalog.type(id)->covers) homes[mechanism].push_back(id);
  Coverage out;
  for (const auto &[id, zh] : against) {
    auto home = homes.find(id);
    if (home == homes.end()) {
      out.uncovered.push_back({id, zh, {}});
    } else {
      out.covered.push_back({id, zh, home->second});
    }
  }
  for (const auto &[id, types] : homes) {
    bool listed = std::any_of(against.begin(), against.end(),
                              [&wanted = id](const auto &one) { return one.first == wanted; });
    if (!listed) out.unlisted.push_back(id);
  }
  return out;
}

} // namespace yifa::catalog
