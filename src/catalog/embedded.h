#pragma once

#include "catalog/loader.h"

namespace yifa::catalog {

/// The catalog built into the binary from catalog/ (cmake/embed.cmake).
const Sources &embedded_sources();

} // namespace yifa::catalog
