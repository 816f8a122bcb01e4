#include "sqlite/store.h"
#include "store_under_test.h"

namespace yifa::testing {

std::unique_ptr<store::Store> open_store_under_test(const std::filesystem::path &directory) {
  auto opened = sqlite::open(directory);
  REQUIRE_MESSAGE(opened, fault(opened));
  return std::move(opened.value());
}

} // namespace yifa::testing
