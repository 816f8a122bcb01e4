#pragma once

#include "store/port.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace yifa::service {

/// Has what writers changed added to the sums above the counties, twice a second, on a thread of
/// its own (store::Store::raise_sums); no thread where the store keeps no such sums.
class RisingSums {
public:
  explicit RisingSums(store::Store &store);
  ~RisingSums();
  RisingSums(const RisingSums &) = delete;
  RisingSums &operator=(const RisingSums &) = delete;

private:
  void run();

  store::Store &store_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool ending_ = false;
  std::thread thread_;
};

} // namespace yifa::service
