#include "http/jobs.h"

#include "base/id.h"

namespace yifa::http {
namespace {

constexpr std::size_t kJobsAtOnce = 2;
constexpr std::size_t kMostWaiting = 100;
constexpr auto kKept = std::chrono::hours(1);

} // namespace

Jobs::Jobs() {
  for (std::size_t i = 0; i < kJobsAtOnce; ++i) threads_.emplace_back([this] { work(); });
}

Jobs::~Jobs() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    waiting_.clear();
  }
  changed_.notify_all();
  for (auto &thread : threads_) thread.join();
}

Result<std::string> Jobs::begin(const std::string &user, const std::string &kind, Body body,
                                Words words) {
  auto job = std::make_shared<Job>();
  job->id = RandomIds().next().text();
  job->user = user;
  job->kind = kind;
  job->body = std::move(body);
  job->words = std::move(words);
  const std::lock_guard lock(mutex_);
  sweep();
  if (waiting_.size() >= kMostWaiting)
    return unavailable("too much is waiting to be done; try again in a few minutes");
  jobs_[job->id] = job;
  waiting_.push_back(job);
  changed_.notify_one();
  return job->id;
}

Result<JobView> Jobs::view(const std::string &user, const std::string &id) {
  const std::lock_guard lock(mutex_);
  const auto found = jobs_.find(id);
  if (found == jobs_.end() || found->second->user != user)
    return not_found("there is no such job, or it was over more than an hour ago");
  const auto &job = *found->second;
  JobView view;
  view.version = job.version;
  view.over = job.state == "done" || job.state == "failed";
  view.json = {{"id", job.id},
               {"kind", job.kind},
               {"state", job.state},
               {"fraction", job.fraction},
               {"note", job.note}};
  if (job.state == "done") view.json["result"] = job.result;
  if (job.state == "failed") view.json["error"] = job.error;
  return view;
}

Status Jobs::forget(const std::string &user, const std::string &id) {
  const std::lock_guard lock(mutex_);
  const auto found = jobs_.find(id);
  if (found == jobs_.end() || found->second->user != user)
    return not_found("there is no such job, or it was over more than an hour ago");
  if (found->second->state == "running") return refused("the job is running", {});
  std::erase(waiting_, found->second);
  jobs_.erase(found);
  return Done{};
}

void Jobs::work() {
  while (true) {
    std::shared_ptr<Job> job;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
      if (ending_) return;
      job = waiting_.front();
      waiting_.pop_front();
      job->state = "running";
      ++job->version;
    }
    run(*job);
  }
}

void Jobs::run(Job &job) {
  const auto progress = [&](double fraction, const std::string &note) {
    const std::lock_guard lock(mutex_);
    job.fraction = fraction;
    job.note = note;
    ++job.version;
  };
  Result<json::object> result = internal_error("the job did not end");
  try {
    result = job.body(progress);
  } catch (const std::exception &fault) { // a thread of ours ends for nobody's mistake
    result = internal_error(fault.what());
  }
  auto error = result ? json::object() : job.words(result.error());
  const std::lock_guard lock(mutex_);
  job.state = result ? "done" : "failed";
  if (result) {
    job.fraction = 1;
    job.result = std::move(*result);
  } else {
    job.error = std::move(error);
  }
  job.body = nullptr;
  job.ended = std::chrono::steady_clock::now();
  ++job.version;
}

void Jobs::sweep() {
  const auto now = std::chrono::steady_clock::now();
  std::erase_if(jobs_, [&](const auto &one) {
    const auto &job = *one.second;
    return (job.state == "done" || job.state == "failed") && now - job.ended > kKept;
  });
}

} // namespace yifa::http
