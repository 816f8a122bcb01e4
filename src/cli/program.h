#pragma once

#include "cli/context.h"

#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

namespace yifa::cli {

/// Adds a command of another room.
using AddCommand = std::function<void(CLI::App &app, Context &context, int &exit)>;

/// The program: reads the arguments, does the one thing they say, returns the exit code.
int run(const std::vector<std::string> &arguments, const service::StoreOpener &opener,
        std::ostream &out, std::ostream &err, const std::vector<AddCommand> &more = {});

} // namespace yifa::cli
