#include "http/check_desk.h"

#include "base/id.h"
#include "service/checks.h"

#include <algorithm>

namespace yifa::http {
namespace {

constexpr std::size_t kMostInBatch = 100;
constexpr std::size_t kMostOfAll = 1000;
constexpr auto kBatchKept = std::chrono::hours(1);

} // namespace

Result<const reading::Checker *> CheckDesk::checker() {
  const std::lock_guard lock(mutex_);
  if (!checker_) checker_ = std::make_unique<reading::Checker>(TRY(service::load_checker("")));
  return checker_.get();
}

Result<std::pair<std::string, std::string>>
CheckDesk::keep(const std::string &user, std::string batch,
                std::shared_ptr<const reading::Checked> checked) {
  const std::lock_guard lock(mutex_);
  sweep();
  std::size_t all = 0;
  for (const auto &one : batches_) all += one.second.reports.size();
  if (all >= kMostOfAll)
    return unavailable("too many reports are being checked; try again in a few minutes");
  if (batch.empty()) {
    batch = RandomIds().next().text();
    batches_[batch].user = user;
  }
  const auto found = batches_.find(batch);
  if (found == batches_.end() || found->second.user != user)
    return not_found("there is no such batch, or it was closed");
  if (found->second.reports.size() >= kMostInBatch)
    return refused("a batch holds no more than 100 reports", {});
  found->second.used = std::chrono::steady_clock::now();
  found->second.reports.push_back({RandomIds().next().text(), std::move(checked)});
  return std::pair{batch, found->second.reports.back().id};
}

Result<std::shared_ptr<const reading::Checked>> CheckDesk::find(const std::string &user,
                                                                const std::string &id) {
  const std::lock_guard lock(mutex_);
  for (auto &[name, batch] : batches_) {
    if (batch.user != user) continue;
    for (const auto &report : batch.reports)
      if (report.id == id) {
        batch.used = std::chrono::steady_clock::now();
        return report.checked;
      }
  }
  return not_found("there is no such report, or its batch was closed");
}

Result<std::vector<CheckDesk::Kept>> CheckDesk::batch(const std::string &user,
                                                      const std::string &batch) {
  const std::lock_guard lock(mutex_);
  const auto found = batches_.find(batch);
  if (found == batches_.end() || found->second.user != user)
    return not_found("there is no such batch, or it was closed");
  found->second.used = std::chrono::steady_clock::now();
  return found->second.reports;
}

Status CheckDesk::close(const std::string &user, const std::string &batch) {
  const std::lock_guard lock(mutex_);
  const auto found = batches_.find(batch);
  if (found == batches_.end() || found->second.user != user)
    return not_found("there is no such batch, or it was closed");
  batches_.erase(found);
  return Done{};
}

void CheckDesk::sweep() {
  const auto now = std::chrono::steady_clock::now();
  std::erase_if(batches_, [&](const auto &one) { return now - one.second.used > kBatchKept; });
}

} // namespace yifa::http
