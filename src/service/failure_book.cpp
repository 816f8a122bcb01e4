#include "service/failure_book.h"

#include <algorithm>

namespace yifa::service {
namespace {

constexpr std::size_t kMostNames = 10'000;

} // namespace

Moment FailureBook::free_from(const std::string &name) {
  const std::scoped_lock lock(mutex_);
  auto found = failures_.find(name);
  return found == failures_.end() ? Moment() : account::free_from(rule_, found->second);
}

void FailureBook::add(const std::string &name, Moment now) {
  const std::scoped_lock lock(mutex_);
  write(name, now);
}

Moment FailureBook::add_unless_held(const std::string &name, Moment now) {
  const std::scoped_lock lock(mutex_);
  if (const auto found = failures_.find(name); found != failures_.end())
    if (const auto until = account::free_from(rule_, found->second); until > now) return until;
  write(name, now);
  return {};
}

void FailureBook::take_back(const std::string &name) {
  const std::scoped_lock lock(mutex_);
  const auto found = failures_.find(name);
  if (found != failures_.end() && --found->second.count <= 0) failures_.erase(found);
}

void FailureBook::write(const std::string &name, Moment now) {
  if (failures_.size() >= kMostNames && !failures_.contains(name)) {
    auto forgotten = [&](const auto &each) {
      return now.unix_seconds() - each.second.last.unix_seconds() > rule_.memory;
    };
    std::erase_if(failures_, forgotten);
    // Still full: the one with the fewest failures gives way, so that those who are held back stay.
    if (failures_.size() >= kMostNames)
      failures_.erase(
          std::min_element(failures_.begin(), failures_.end(), [](const auto &a, const auto &b) {
            return a.second.count < b.second.count;
          }));
  }
  auto &failures = failures_[name];
  failures = account::after_failure(rule_, failures, now);
}

} // namespace yifa::service
