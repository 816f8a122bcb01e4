#include "http/training.h"

#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::http;

TEST_CASE("a training room of an earlier run of the program is cleared too") {
  int removed = 0;
  Training training({[]() -> Result<std::unique_ptr<service::Workspace>> {
                       return unavailable("not made in this test");
                     },
                     [&removed] { ++removed; }},
                    false);
  CHECK(training.of("somebody") == nullptr);
  CHECK_FALSE(training.enter("somebody"));
  training.wipe();
  CHECK(removed == 1);
}
