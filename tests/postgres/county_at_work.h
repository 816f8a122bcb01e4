#pragma once

#include "history.h"
#include "service/commit_queue.h"
#include "service/workspace.h"

#include <filesystem>
#include <memory>
#include <string>

/// One program of several that serve the same counties from one database.
namespace yifa::testing {

class CountyAtWork {
public:
  /// Opens the data directory; with `make` it is made first, with the offices, over that store.
  CountyAtWork(const std::filesystem::path &folder, const std::string &url, bool make);

  /// So many clients at once, each so many commands; what each was told. `part` tells programs
  /// apart.
  std::vector<Call> work(int clients, int commands, std::uint64_t seed, int part);

  service::CommitQueue &queue() { return *queue_; }
  /// As long as it is held nobody else writes to the county.
  std::unique_ptr<store::Writer> hold(const std::string &county);

  /// What the store holds of the ledger in the end.
  std::map<std::string, KeptRecord> kept();
  /// The faults `yifa verify` finds.
  std::vector<std::string> verified();

private:
  class Client;
  std::unique_ptr<service::Workspace> space_;
  std::unique_ptr<service::Ledgers> ledgers_;
  std::unique_ptr<service::CommitQueue> queue_;
};

} // namespace yifa::testing
