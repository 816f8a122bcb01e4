#pragma once

#include "case_table.h"
#include "service/ledgers.h"
#include "service/workspace.h"

namespace yifa::law {

/// Carries out cases against a catalog. Every case runs in a transaction that is given up
/// afterwards.
class Court {
public:
  /// `tree`: the project's source tree.
  explicit Court(const std::filesystem::path &tree);
  ~Court();
  Court(const Court &) = delete;
  Court &operator=(const Court &) = delete;

  const catalog::Catalog &catalog() const { return *catalog_; }

  /// Under which law later cases are judged.
  void judge_by(std::shared_ptr<const catalog::Catalog> catalog);

  /// Empty when the case comes out as written; else what differs.
  std::string differs(const Table &table, const Case &one);

private:
  std::filesystem::path folder_;
  std::unique_ptr<service::Workspace> space_;
  std::shared_ptr<const catalog::Catalog> catalog_;
  std::unique_ptr<service::Environment> env_;
  FixedClock clock_;
  std::unique_ptr<service::Ledgers> ledgers_;
};

} // namespace yifa::law
