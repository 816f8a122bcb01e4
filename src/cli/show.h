#pragma once

#include "cli/context.h"

namespace yifa::cli {

/// What became of a command, for a person or as JSON; `did` is the word for it.
void print_receipt(Context &context, const record::Receipt &receipt, const char *did);

/// A record for a person, or as JSON with --json.
void print_record(Context &context, const catalog::Catalog &catalog,
                  const service::Ledgers::Shown &shown, const std::vector<record::Event> &history);

} // namespace yifa::cli
