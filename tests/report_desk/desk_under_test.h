#pragma once

#include "service/examples.h"
#include "service/report_desk.h"
#include "service/workspace.h"

#include <filesystem>
#include <memory>
#include <string>

#include <doctest/doctest.h>

namespace yifa::testing {

/// The value of a result, or a failed test with all its problems.
template <typename T> T must(Result<T> result) {
  INFO((result ? std::string() : result.error().text()));
  REQUIRE(result);
  return std::move(*result);
}

/// A copy of the demonstration's data with a desk at it, as of January 2024. The demonstration is
/// made once a program.
class DeskUnderTest {
public:
  DeskUnderTest();
  ~DeskUnderTest();
  DeskUnderTest(const DeskUnderTest &) = delete;
  DeskUnderTest &operator=(const DeskUnderTest &) = delete;

  static const std::vector<service::ExampleTown> &towns();
  static OrgCode town(); ///< the one most tests write the report of

  service::Environment &env() { return *env_; }
  service::Workspace &space() { return *space_; }
  const std::filesystem::path &folder() const { return folder_; }
  /// A new, empty data directory beside it, with the same key.
  std::unique_ptr<service::Workspace> fresh_place(const std::string &name);
  service::Ledgers &ledgers() { return *ledgers_; }
  service::ReportDesk desk() { return {*ledgers_, checker()}; }
  static const reading::Checker &checker();

  service::ReportView begin(int year = 2023);
  /// Opens a record of the town.
  RecordId record(const std::string &type, json::object fields);
  record::Receipt act(const RecordId &report, const std::string &step, json::object fields,
                      const service::Actor &actor, const std::string &reason = {});
  /// From the draft up to the head's signature.
  void approve(const RecordId &report);

  FixedClock clock;
  service::Actor owner;    ///< of the data directory
  service::Actor officer;  ///< of the town's justice office
  service::Actor head;     ///< of the town
  service::Actor clerk;    ///< of its general office
  service::Actor reviewer; ///< of the county, only reads

private:
  std::filesystem::path folder_;
  std::unique_ptr<service::Workspace> space_;
  std::unique_ptr<service::Environment> env_;
  std::unique_ptr<service::Ledgers> ledgers_;
};

/// The first block that holds the words.
const service::BlockView &block_with(const service::ReportView &view, const std::string &words);
/// Its runs as a client sends them back.
std::vector<service::WrittenRun> written(const service::BlockView &block);
/// The run of a block with that status; its place among the runs.
std::size_t run_with(const service::BlockView &block, service::RunStatus status);

} // namespace yifa::testing
