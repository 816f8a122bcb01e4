#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace yifa::service {

/// Threads that read reports beside each other.
constexpr unsigned kReaders = 2;
/// Reports that are read but not yet handed on.
constexpr std::size_t kReadAhead = 16;

/// Runs `work(i)` for 0 ≤ i < count on kReaders threads and `done(i, made)` in order on the
/// caller's, never more than kReadAhead apart: what is in memory does not grow with `count`.
/// Neither may throw.
template <typename Made, typename Work, typename Done>
void in_order(std::size_t count, const Work &work, const Done &done) {
  std::mutex mutex;
  std::condition_variable changed;
  std::map<std::size_t, Made> ready;
  std::size_t taken = 0;
  std::size_t handed = 0;
  auto run = [&] {
    for (;;) {
      std::size_t i = 0;
      {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return taken >= count || taken < handed + kReadAhead; });
        if (taken >= count) return;
        i = taken++;
      }
      Made made = work(i);
      std::lock_guard lock(mutex);
      ready.emplace(i, std::move(made));
      changed.notify_all();
    }
  };
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < std::min<std::size_t>(kReaders, count); ++t)
    threads.emplace_back(run);
  for (std::size_t i = 0; i < count; ++i) {
    std::optional<Made> next;
    {
      std::unique_lock lock(mutex);
      changed.wait(lock, [&] { return ready.contains(i); });
      next = std::move(ready.at(i));
      ready.erase(i);
      handed = i + 1;
    }
    changed.notify_all();
    done(i, *next);
  }
  for (auto &thread : threads) thread.join();
}

} // namespace yifa::service
