#include "modes.h"

namespace yifa::bench {
int records(const std::vector<std::string> &) { return 2; }
} // namespace yifa::bench
