#pragma once

#include "base/result.h"
#include "ooxml/zip.h"

#include <string>
#include <string_view>
#include <vector>

/// The Open Packaging Conventions beneath every Office file (ECMA-376 part 2).
namespace yifa::ooxml {

struct Relationship {
  std::string id;
  std::string type; ///< the last word of the type address: "officeDocument", "worksheet", …
  std::string part; ///< full name in the archive; empty for targets outside it
};

/// The relationships of a part ("" for the package); none when it has none. Invalid when malformed.
Result<std::vector<Relationship>> relationships_of(const ZipReader &zip, std::string_view part);

} // namespace yifa::ooxml
