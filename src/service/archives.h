#pragma once

#include "service/workspace.h"

#include <filesystem>
#include <functional>

/// The whole content as plain files, and back.
namespace yifa::service {

struct ArchiveReport {
  std::int64_t events = 0;
  std::int64_t records = 0;
  std::int64_t orgs = 0;
  std::int64_t attachments = 0;
  std::string heads; ///< digest over the heads of all chains: equal archives have equal heads
};

/// Writes everything into a new folder, from one snapshot. Personal fields leave as ciphertext with
/// their wrapped keys. Invalid when the folder holds something; Unavailable.
Result<ArchiveReport>
export_all(Workspace &space, const std::filesystem::path &folder,
           const std::function<void(double, const std::string &)> &progress = {});

/// Brings an archive into a data directory without records: events with their very hashes, rows and
/// tallies made from them. All or nothing. Invalid when a file was altered, when the directory
/// holds records, or when the catalog does not know what the events say.
Result<ArchiveReport>
load_archive(Workspace &space, const std::filesystem::path &folder,
             const std::function<void(double, const std::string &)> &progress = {});

} // namespace yifa::service
