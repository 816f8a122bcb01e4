#pragma once

#include "service/ledgers.h"

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>

namespace yifa::service {

/// Commands of many people at once, with one flush to disk for those that arrive together. Whoever
/// comes first carries out what waits, each command wholly or not at all, and commits for all; the
/// others wait for that. Where the store writes counties beside one another, each county has a
/// queue of its own. May be called from any number of threads.
class CommitQueue {
public:
  explicit CommitQueue(Ledgers &ledgers) : ledgers_(ledgers) {}

  /// As Ledgers::apply: durable when it returns. A command with a client key is asked once more
  /// when the store could not say whether it was kept: the key makes that the same change.
  Result<record::Receipt> apply(const record::Command &command, const Actor &actor);

private:
  struct Waiting {
    const record::Command &command;
    const Actor &actor;
    std::optional<Result<record::Receipt>> done;
    bool leads = false;             ///< the next to carry out
    std::condition_variable turn{}; ///< of one alone: nobody is woken in vain
  };
  struct Queue {
    std::deque<Waiting *> waiting;
    bool busy = false; ///< somebody is carrying out
  };
  Result<record::Receipt> wait_for(const std::string &county, const record::Command &command,
                                   const Actor &actor);
  /// One transaction for all of them: what became of each.
  std::vector<Result<record::Receipt>> in_one_commit(const std::string &county,
                                                     const std::vector<Waiting *> &batch);
  /// Nothing where the store refused them together, so that each must be asked alone.
  std::optional<std::vector<Result<record::Receipt>>> together(store::Writer &writer,
                                                               const std::vector<Waiting *> &batch);
  std::vector<Result<record::Receipt>> one_by_one(const std::vector<Waiting *> &batch);
  /// The same, and tells them; every one is done afterwards.
  void carry_out(const std::string &county, const std::vector<Waiting *> &batch);

  Ledgers &ledgers_;
  std::mutex mutex_;
  std::map<std::string, Queue> queues_; ///< by county; one that is empty and not busy is removed
};

} // namespace yifa::service
