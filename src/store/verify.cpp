#include "store/verify.h"

#include "base/json.h"
#include "crypto/hash.h"

#include <fmt/format.h>

namespace yifa::store {
namespace {

using record::Event;

constexpr std::int64_t kAtOnce = 500;

bool genesis(const Event &event) { return event.type == "@chain" && event.action == "genesis"; }

/// What is kept beside the body for looking things up must be what the body says. Empty when it is.
std::string disagreement(const Event &event) {
  auto parsed = parse_json(event.body);
  if (!parsed || !parsed->is_object()) return "its body is not JSON";
  const auto &body = parsed->get_object();
  const json::object beside = {
      {"seq", event.seq},
      {"at", event.at.text()},
      {"actor", event.actor},
      {"type", event.type},
      {"record", event.record.is_nil() ? json::value() : json::value(event.record.text())},
      {"action", event.action},
      {"chain", event.chain}};
  for (const auto &[key, value] : beside) {
    const auto *said = body.if_contains(key);
    if (said != nullptr && *said != value)
      return fmt::format("its \"{}\" differs from what is kept beside it", std::string_view(key));
  }
  if (!event.record.is_nil() && !body.contains("record"))
    return "its body names no record and one is kept beside it";
  return {};
}

std::string misfit(const Event &event, std::int64_t seq, const std::string &previous) {
  if (event.seq != seq) return fmt::format("event {} is missing", seq);
  if (event.hash != crypto::sha256(previous, event.body))
    return "its hash does not follow from the event before it and its own text: one of them was "
           "changed";
  if (seq == 1 && !genesis(event)) return "a chain must begin with its genesis";
  if (seq > 1 && genesis(event)) return "a genesis stands in the middle of the chain";
  if (genesis(event)) {
    auto body = parse_json(event.body);
    const auto *algorithm =
        body && body->is_object() ? body->get_object().if_contains("algorithm") : nullptr;
    if (algorithm == nullptr || *algorithm != "sha256")
      return "its genesis names a hash that this program does not know";
  }
  return disagreement(event);
}

} // namespace

std::string ChainFault::text() const {
  return fmt::format("{} event {}{}: {}", chain, seq,
                     record.is_nil() ? "" : fmt::format(" (record {})", record.text()), what);
}

Result<std::optional<ChainFault>> check_chain(Reader &reader, const std::string &chain,
                                              const std::function<Status(const Event &)> &each) {
  std::int64_t seq = 0;
  std::string previous(crypto::kHashSize, '\0');
  while (true) {
    auto events = TRY(reader.events(chain, seq, kAtOnce));
    for (const auto &event : events) {
      auto what = misfit(event, seq + 1, previous);
      if (!what.empty())
        return std::optional(ChainFault{chain, event.seq, event.record, std::move(what)});
      if (each) TRY(each(event));
      seq = event.seq;
      previous = event.hash;
    }
    if (static_cast<std::int64_t>(events.size()) < kAtOnce) break;
  }
  auto head = TRY(reader.head(chain));
  if (!head || head->seq != seq || (seq > 0 && head->hash != previous))
    return std::optional(ChainFault{
        chain, seq, RecordId(),
        fmt::format("the chain ends here, and its end is noted at event {}: what follows was "
                    "cut off or replaced",
                    head ? head->seq : 0)});
  return std::optional<ChainFault>();
}

Result<std::vector<ChainFault>> verify(Reader &reader, const std::vector<std::string> &types,
                                       Visitor &visitor) {
  std::vector<ChainFault> faults;
  for (const auto &chain : TRY(reader.chains())) {
    auto fault = TRY(check_chain(reader, chain,
                                 [&visitor](const Event &event) { return visitor.event(event); }));
    if (fault) faults.push_back(std::move(*fault));
  }
  for (const auto &type : types)
    TRY(reader.each_record(
        type, [&visitor](record::Record &&r) { return visitor.record(std::move(r)); }));
  TRY(reader.each_tally([&visitor](const OrgCode &owner, const record::Contribution &row) {
    return visitor.tally(owner, row);
  }));
  return faults;
}

} // namespace yifa::store
