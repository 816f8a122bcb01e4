#pragma once

#include "base/json.h"
#include "catalog/model.h"

namespace yifa::cli {

/// Fields from `name=value` and `name=@file` arguments and from a JSON object (a file, or "-" for
/// standard input). Invalid: an argument without "=", a field twice, a personal field written on
/// the command line, where other programs and the shell's history would see it.
Result<json::object> read_fields(const std::vector<catalog::Field> &fields,
                                 const std::vector<std::string> &arguments,
                                 const std::string &json_file);

} // namespace yifa::cli
