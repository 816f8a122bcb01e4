#include "service/commit_queue.h"

#include "service/forgotten.h"

#include <algorithm>

namespace yifa::service {
namespace {

/// A transaction this long keeps the first waiting no longer than a blink.
constexpr std::size_t kMostTogether = 64;

/// One command inside a transaction it shares with others.
Result<record::Receipt> take_step(Ledgers &ledgers, store::Writer &writer,
                                  const record::Command &command, const Actor &actor) {
  TRY(writer.save());
  auto receipt = ledgers.apply_in(writer, command, actor);
  if (receipt && command.action == "forget")
    if (auto noted = note_forgotten(ledgers.environment().forgotten_list, receipt->record); !noted)
      receipt = std::move(noted).error();
  TRY(receipt ? writer.keep() : writer.back());
  return receipt;
}

} // namespace

Result<record::Receipt> CommitQueue::apply(const record::Command &command, const Actor &actor) {
  Waiting mine{command, actor, std::nullopt};
  std::unique_lock lock(mutex_);
  waiting_.push_back(&mine);
  if (busy_) {
    mine.turn.wait(lock, [&] { return mine.done || mine.leads; });
    if (mine.done) return *std::move(mine.done);
  }
  // Whoever leads stands first, so his own command is among those he carries out.
  busy_ = true;
  const auto many = std::min(waiting_.size(), kMostTogether);
  const std::vector<Waiting *> batch(waiting_.begin(),
                                     waiting_.begin() + static_cast<std::ptrdiff_t>(many));
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(many));
  lock.unlock();
  carry_out(batch);
  lock.lock();
  busy_ = !waiting_.empty();
  if (busy_) {
    waiting_.front()->leads = true;
    waiting_.front()->turn.notify_one();
  }
  return *std::move(mine.done);
}

std::vector<Result<record::Receipt>>
CommitQueue::in_one_commit(const std::vector<Waiting *> &batch) {
  std::vector<Result<record::Receipt>> results;
  results.reserve(batch.size());
  if (batch.size() == 1) {
    results.push_back(ledgers_.apply(batch.front()->command, batch.front()->actor));
    return results;
  }
  auto writer = ledgers_.environment().store.write();
  bool changed = false;
  for (const auto *one : batch) {
    results.push_back(writer ? take_step(ledgers_, **writer, one->command, one->actor)
                             : Result<record::Receipt>(writer.error()));
    changed = changed || (results.back() && !results.back()->repeated);
  }
  auto committed = changed ? (*writer)->commit() : Status(Done{});
  // A repeated answer may repeat one of this batch, so it falls with it; asking again is safe.
  if (!committed)
    for (auto &result : results)
      if (result) result = committed.error();
  return results;
}

void CommitQueue::carry_out(const std::vector<Waiting *> &batch) {
  std::vector<Result<record::Receipt>> results;
  try {
    results = in_one_commit(batch);
  } catch (const std::exception &) { // no memory: whoever waits must hear of it too
    results.assign(batch.size(), internal_error("the change could not be carried out"));
  }
  const std::lock_guard lock(mutex_);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    batch[i]->done = std::move(results[i]);
    batch[i]->turn.notify_one(); // while locked: once he sees it he is gone
  }
}

} // namespace yifa::service
