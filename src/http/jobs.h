#pragma once

#include "base/json.h"
#include "base/result.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace yifa::http {

/// How a job stands, as it is told: {id, kind, state, fraction, note, result?, error?}.
struct JobView {
  json::object json;
  std::int64_t version = 0; ///< rises with every change
  bool over = false;
};

/// Work that takes longer than an answer should: imports, checks of a folder, backups, proofs. Two
/// run at a time; what is done is kept for an hour, for whoever began it.
class Jobs {
public:
  /// Told of progress: share done (0 to 1) and what is going on.
  using Progress = std::function<void(double, const std::string &)>;
  using Body = std::function<Result<json::object>(const Progress &)>;
  /// Words of an error, in the language of who began the job.
  using Words = std::function<json::object(const Error &)>;

  Jobs();
  ~Jobs(); ///< waits for what is running
  Jobs(const Jobs &) = delete;
  Jobs &operator=(const Jobs &) = delete;

  /// Unavailable when too many wait already.
  Result<std::string> begin(const std::string &user, const std::string &kind, Body body,
                            Words words);
  /// NotFound for others' jobs too.
  Result<JobView> view(const std::string &user, const std::string &id);
  /// Forgets a finished job, or one that has not begun. Refused while it runs.
  Status forget(const std::string &user, const std::string &id);

private:
  struct Job {
    std::string id;
    std::string user;
    std::string kind;
    std::string state = "waiting";
    double fraction = 0;
    std::string note;
    json::object result;
    json::object error;
    std::int64_t version = 1;
    Body body;
    Words words;
    std::chrono::steady_clock::time_point ended;
  };
  void work();
  void run(Job &job);
  void sweep(); ///< the mutex is held

  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, std::shared_ptr<Job>> jobs_;
  std::deque<std::shared_ptr<Job>> waiting_;
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

} // namespace yifa::http
