#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace yifa::http {

/// Threads that do what may block: the store, passwords, files, child programs. The I/O thread only
/// ever puts work here and never waits for room.
class Workers {
public:
  class Job {
  public:
    virtual ~Job() = default;
    virtual void run() noexcept = 0;
  };

  /// At least one thread; `most_waiting` jobs wait at most before offer() refuses.
  Workers(int threads, std::size_t most_waiting);
  ~Workers();
  Workers(const Workers &) = delete;
  Workers &operator=(const Workers &) = delete;

  /// False, and `job` stays with the caller, when as many wait as may: the answer is 503.
  bool offer(std::unique_ptr<Job> &job);
  /// For what was already begun: always taken. There is at most one such job a connection.
  void push(std::unique_ptr<Job> job);
  /// For what nobody waits for: done after other jobs, or when nudge() is called. It wakes no
  /// thread, which would cost more than most requests do.
  void push_later(std::unique_ptr<Job> job);
  /// Sees to what was pushed for later, if no thread has yet. Call it some times a second.
  void nudge();
  /// Does what waits, then ends the threads. Jobs pushed later are done by the caller's thread.
  void stop();

private:
  /// A thread without work, and what wakes it.
  struct Sleeper {
    std::condition_variable woken;
    bool awake = false;
  };

  void work();
  /// Wakes the thread that fell asleep last, whose memory is still near; under the lock.
  void wake();
  /// The next job, under the lock; none when nothing waits.
  std::unique_ptr<Job> take();

  const std::size_t most_waiting_;
  std::mutex mutex_;
  std::deque<std::unique_ptr<Job>> waiting_;
  std::deque<std::unique_ptr<Job>> later_;
  std::vector<Sleeper *> sleeping_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

} // namespace yifa::http
