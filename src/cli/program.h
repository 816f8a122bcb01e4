#pragma once

#include "service/workspace.h"

#include <iosfwd>
#include <string>
#include <vector>

namespace yifa::cli {

/// The program: reads the arguments, does the one thing they say, returns the exit code.
int run(const std::vector<std::string> &arguments, const service::StoreOpener &opener,
        std::ostream &out, std::ostream &err);

} // namespace yifa::cli
