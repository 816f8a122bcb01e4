#include "service/commit_queue.h"

#include "service/forgotten.h"

#include <algorithm>

namespace yifa::service {
namespace {

/// A transaction this long keeps the first waiting no longer than a blink.
constexpr std::size_t kMostTogether = 64;

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

std::optional<std::vector<Result<record::Receipt>>>
CommitQueue::together(store::Writer &writer, const std::vector<Waiting *> &batch) {
  std::vector<Ledgers::Asked> commands;
  for (const auto *one : batch) commands.push_back({one->command, one->actor});
  if (!ledgers_.foresee(writer, commands)) return std::nullopt;
  std::vector<Result<record::Receipt>> results;
  bool changed = false;
  for (const auto *one : batch) {
    if (!writer.save()) return std::nullopt;
    auto receipt = ledgers_.apply_in(writer, one->command, one->actor);
    if (receipt && one->command.action == "forget")
      if (auto noted = note_forgotten(ledgers_.environment().forgotten_list, receipt->record);
          !noted)
        receipt = std::move(noted).error();
    if (const auto ended = receipt ? writer.keep() : writer.back(); !ended) return std::nullopt;
    changed = changed || (receipt && !receipt->repeated);
    results.push_back(std::move(receipt));
  }
  if (!changed) return results;
  const auto committed = writer.commit();
  if (committed) return results;
  // What the store refuses for certain may be one command's fault: none answers for another.
  if (committed.error().code != ErrorCode::Unavailable) return std::nullopt;
  // A repeated answer may repeat one of this batch, so it falls with it; asking again is safe.
  for (auto &result : results)
    if (result) result = committed.error();
  return results;
}

std::vector<Result<record::Receipt>> CommitQueue::one_by_one(const std::vector<Waiting *> &batch) {
  std::vector<Result<record::Receipt>> results;
  std::optional<Error> away; // a store that cannot be reached is not asked by everybody in turn
  for (const auto *one : batch) {
    results.push_back(away ? Result<record::Receipt>(*away)
                           : ledgers_.apply(one->command, one->actor));
    if (!results.back() && results.back().error().code == ErrorCode::Unavailable)
      away = results.back().error();
  }
  return results;
}

std::vector<Result<record::Receipt>>
CommitQueue::in_one_commit(const std::string &county, const std::vector<Waiting *> &batch) {
  if (batch.size() == 1) return one_by_one(batch);
  auto writer = ledgers_.environment().store.write({.county = county, .late = true});
  if (!writer) return {batch.size(), Result<record::Receipt>(writer.error())};
  auto results = together(**writer, batch);
  writer->reset(); // lets its lock go before anything else is asked
  return results ? *std::move(results) : one_by_one(batch);
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
