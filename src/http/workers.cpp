#include "http/workers.h"

#include <algorithm>

namespace yifa::http {

namespace {
constexpr std::size_t kMostLater = 64;
}

Workers::Workers(int threads, std::size_t most_waiting) : most_waiting_(most_waiting) {
  for (int i = 0; i < std::max(threads, 1); ++i) threads_.emplace_back([this] { work(); });
}

Workers::~Workers() { stop(); }

void Workers::wake() {
  if (sleeping_.empty()) return;
  auto *sleeper = sleeping_.back();
  sleeping_.pop_back();
  sleeper->awake = true;
  sleeper->woken.notify_one();
}

bool Workers::offer(std::unique_ptr<Job> &job) {
  std::lock_guard lock(mutex_);
  if (waiting_.size() >= most_waiting_) return false;
  waiting_.push_back(std::move(job));
  wake();
  return true;
}

void Workers::push(std::unique_ptr<Job> job) {
  {
    std::lock_guard lock(mutex_);
    if (!threads_.empty()) {
      waiting_.push_back(std::move(job));
      wake();
      return;
    }
  }
  job->run();
}

void Workers::push_later(std::unique_ptr<Job> job) {
  {
    std::lock_guard lock(mutex_);
    if (!threads_.empty()) {
      later_.push_back(std::move(job));
      return;
    }
  }
  job->run();
}

void Workers::nudge() {
  std::lock_guard lock(mutex_);
  if (!later_.empty()) wake();
}

std::unique_ptr<Workers::Job> Workers::take() {
  // Under lasting load what can wait would wait for ever, and hold its memory.
  auto &from = waiting_.empty() || later_.size() > kMostLater ? later_ : waiting_;
  if (from.empty()) return nullptr;
  auto job = std::move(from.front());
  from.pop_front();
  return job;
}

void Workers::work() {
  Sleeper self;
  std::unique_lock lock(mutex_);
  for (;;) {
    auto job = take();
    if (job == nullptr) {
      if (stopping_) return;
      self.awake = false;
      sleeping_.push_back(&self);
      self.woken.wait(lock, [&self] { return self.awake; });
      continue;
    }
    lock.unlock();
    job->run();
    job.reset();
    lock.lock();
  }
}

void Workers::stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    while (!sleeping_.empty()) wake();
  }
  for (auto &thread : threads_) thread.join();
  std::unique_lock lock(mutex_);
  threads_.clear(); // from now on jobs are done where they are pushed
  while (auto job = take()) {
    lock.unlock();
    job->run();
    lock.lock();
  }
}

} // namespace yifa::http
