#pragma once

#include "base/json.h"
#include "reading/checker.h"
#include "reading/render.h"

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace yifa::http {

/// Reports that somebody gave to be checked: in memory alone, in batches, for an hour. No ledger is
/// touched and nothing of a report is written anywhere.
class CheckDesk {
public:
  /// The checker is loaded when the first report comes. Invalid when its catalog has faults.
  Result<const reading::Checker *> checker();

  struct Kept {
    std::string id;
    std::shared_ptr<const reading::Checked> checked;
  };
  /// Adds to a batch (made when `batch` is empty); gives the batch and the report's id. Refused
  /// when the batch or the room for all is full; NotFound for another user's batch.
  Result<std::pair<std::string, std::string>> keep(const std::string &user, std::string batch,
                                                   std::shared_ptr<const reading::Checked> checked);
  Result<std::shared_ptr<const reading::Checked>> find(const std::string &user,
                                                       const std::string &id);
  Result<std::vector<Kept>> batch(const std::string &user, const std::string &batch);
  Status close(const std::string &user, const std::string &batch);

private:
  struct Batch {
    std::string user;
    std::vector<Kept> reports;
    std::chrono::steady_clock::time_point used;
  };
  void sweep(); ///< the mutex is held

  std::mutex mutex_;
  std::unique_ptr<reading::Checker> checker_;
  std::map<std::string, Batch> batches_;
};

} // namespace yifa::http
