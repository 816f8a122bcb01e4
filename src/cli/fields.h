#pragma once

#include "base/json.h"
#include "catalog/model.h"

#include <functional>

namespace yifa::cli {

/// Keeps a file as an attachment and gives its hash.
using Attach = std::function<Result<std::string>(const std::string &path)>;

/// Fields from `name=value` and `name=@file` arguments and from a JSON object (a file, or "-" for
/// standard input). Invalid: an argument without "=", a field twice, a personal field written on
/// the command line, where other programs and the shell's history would see it. Of a field that
/// holds papers `@file` is kept as an attachment; its hash tells nobody anything.
Result<json::object> read_fields(const std::vector<catalog::Field> &fields,
                                 const std::vector<std::string> &arguments,
                                 const std::string &json_file, const Attach &attach);

} // namespace yifa::cli
