#pragma once

#include "service/environment.h"

#include <string>
#include <vector>

namespace yifa::service {

/// An invented user of the demonstration, with a one-time code of today.
struct ExamplePerson {
  std::string id;
  std::string code;
  std::string what; ///< what he does there
};

/// Makes the demonstration's users where they are not there (examples/people.json) and a new code
/// for each. There is no password anybody could know. Only for a demo's directory.
Result<std::vector<ExamplePerson>> settle_example_people(Environment &environment);

} // namespace yifa::service
