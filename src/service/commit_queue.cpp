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
  const auto county = TRY(ledgers_.county_of(command));
  auto receipt = wait_for(county, command, actor);
  if (!receipt && receipt.error().code == ErrorCode::Unavailable && !command.client_key.empty())
    receipt = wait_for(county, command, actor);
  return receipt;
}

Result<record::Receipt> CommitQueue::wait_for(const std::string &county,
                                              const record::Command &command, const Actor &actor) {
  Waiting mine{command, actor, std::nullopt};
  std::unique_lock lock(mutex_);
  auto &queue = queues_[county];
  auto &waiting = queue.waiting;
  waiting.push_back(&mine);
  if (queue.busy) {
    mine.turn.wait(lock, [&] { return mine.done || mine.leads; });
    if (mine.done) return *std::move(mine.done);
  }
  // Whoever leads stands first, so his own command is among those he carries out.
  queue.busy = true;
  const auto many = std::min(waiting.size(), kMostTogether);
  const std::vector<Waiting *> batch(waiting.begin(),
                                     waiting.begin() + static_cast<std::ptrdiff_t>(many));
  waiting.erase(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(many));
  lock.unlock();
  carry_out(county, batch);
  lock.lock();
  queue.busy = !waiting.empty();
  if (queue.busy) {
    waiting.front()->leads = true;
    waiting.front()->turn.notify_one();
  } else {
    queues_.erase(county);
  }
  return *std::move(mine.done);
}

std::vector<Result<record::Receipt>>
CommitQueue::in_one_commit(const std::string &county, const std::vector<Waiting *> &batch) {
  std::vector<Result<record::Receipt>> results;
  results.reserve(batch.size());
  if (batch.size() == 1) {
    results.push_back(ledgers_.apply(batch.front()->command, batch.front()->actor));
    return results;
  }
  auto writer = ledgers_.environment().store.write({.county = county});
  bool changed = false;
  for (const auto *one : batch) {
    results.push_back(writer ? take_step(ledgers_, **writer, one->command, one->actor)
                             : Result<record::Receipt>(writer.error()));
    changed = changed || (results.back() && !results.back()->repeated);
  }
  auto committed = changed ? (*writer)->commit() : Status(Done{});
  if (committed) return results;
  if (writer) writer->reset();
  // A repeated answer may repeat one of this batch, so it falls with it; asking again is safe. What
  // the store refuses for certain may be one command's fault: none answers for another.
  const bool certain = committed.error().code != ErrorCode::Unavailable;
  for (std::size_t i = 0; i < batch.size(); ++i)
    if (results[i])
      results[i] = certain ? ledgers_.apply(batch[i]->command, batch[i]->actor)
                           : Result<record::Receipt>(committed.error());
  return results;
}

void CommitQueue::carry_out(const std::string &county, const std::vector<Waiting *> &batch) {
  std::vector<Result<record::Receipt>> results;
  try {
    results = in_one_commit(county, batch);
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
