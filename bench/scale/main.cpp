// A nation on PostgreSQL: `yifa_scale tallies …`, `yifa_scale records …` (modes.h). See run.sh.

#include "modes.h"

#include <fmt/format.h>

int main(int argc, char **argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  const std::string mode = words.empty() ? "" : words.front();
  if (!words.empty()) words.erase(words.begin());
  if (mode == "tallies" && words.size() == 4) return yifa::bench::tallies(words);
  if (mode == "records" && words.size() >= 5) return yifa::bench::records(words);
  fmt::print(stderr, "yifa_scale tallies URL TOWNS INDICATORS MONTHS\n"
                     "yifa_scale records URL FOLDER OTHER-URL TOWNS RECORDS…\n");
  return 2;
}
