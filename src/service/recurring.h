#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace yifa::service {

/// Work done again and again on a thread of its own, until the end of this object.
class Recurring {
public:
  using Pause = std::chrono::milliseconds;
  /// Waits `first`, works, waits as long as the work says, and so on. Work that goes wrong tells
  /// nobody: it is done at a later time, and where it matters its own state says so.
  Recurring(Pause first, std::function<Pause()> work);
  /// Waits for work under way.
  ~Recurring();
  Recurring(const Recurring &) = delete;
  Recurring &operator=(const Recurring &) = delete;

private:
  void run(Pause pause);

  std::function<Pause()> work_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool ending_ = false;
  std::thread thread_;
};

} // namespace yifa::service
