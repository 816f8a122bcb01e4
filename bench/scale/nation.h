#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// A made-up nation for measurements: the provinces' real codes with about as many counties as each
/// has, cities and townships numbered on. No town of it exists.
namespace yifa::bench {

struct Town {
  std::string code;  ///< nine digits
  double weight = 0; ///< share of all that the nation records; the first town has most (Zipf)
};

struct Nation {
  std::vector<Town> towns; ///< by code
  /// Codes of each level that have towns beneath, those with most counties first.
  std::vector<std::string> counties;
  std::vector<std::string> cities;
  std::vector<std::string> provinces;
};

/// So many towns, some 14 a county, evenly spread over the counties.
Nation make_nation(std::int64_t towns);

} // namespace yifa::bench
