#pragma once

#include "cli/context.h"

namespace yifa {

/// `yifa serve`: the desk of a data directory over HTTP, in the foreground until it is told to
/// stop.
void add_serve_command(CLI::App &app, cli::Context &context, int &exit);

} // namespace yifa
