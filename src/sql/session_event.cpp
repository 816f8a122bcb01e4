#include "sql/fixed_rows.h"
#include "sql/session.h"

#include "base/json.h"
#include "crypto/hash.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

namespace yifa::sql {
namespace {

using record::Event;

constexpr const char *kEventColumns = "chain, seq, at, actor, type, record, action, body, hash";

/// "admin:370306", "access:370306" and "370306104" belong to 370306; what is above the county
/// belongs to none.
std::string county_of_chain(std::string_view chain) {
  if (const auto kind = chain.find(':'); kind != std::string_view::npos)
    chain.remove_prefix(kind + 1);
  return chain.size() >= 6 ? std::string(chain.substr(0, 6)) : std::string();
}

Result<Event> event_of(const Prepared &row) {
  Event event;
  event.chain = row.text_at(0);
  event.seq = row.integer(1);
  event.at = Moment::from_unix(row.integer(2));
  event.actor = row.text_at(3);
  event.type = row.text_at(4);
  if (!row.is_null(5)) event.record = TRY(row.id_at(5));
  event.action = row.text_at(6);
  event.body = row.text_at(7);
  event.hash = row.text_at(8);
  return event;
}

Event genesis_of(const Event &first) {
  Event genesis;
  genesis.chain = first.chain;
  genesis.at = first.at;
  genesis.type = "@chain";
  genesis.action = "genesis";
  genesis.body = canonical(json::object{{"v", 1},
                                        {"seq", 1},
                                        {"at", first.at.text()},
                                        {"type", genesis.type},
                                        {"action", genesis.action},
                                        {"chain", genesis.chain},
                                        {"algorithm", "sha256"},
                                        {"covers", "hash(previous hash, body)"}});
  return genesis;
}

} // namespace

Result<std::optional<store::ChainHead>> Session::head(const std::string &chain) {
  auto known = heads_.find(chain);
  if (known != heads_.end()) return std::optional<store::ChainHead>(known->second);
  if (foreseen_chains_.contains(chain)) return std::optional<store::ChainHead>();
  const auto county = county_of_chain(chain);
  auto rows = TRY(prepare("SELECT seq, hash FROM chain WHERE county = ?1 AND chain = ?2"));
  rows.with(county, chain);
  if (!TRY(rows.step())) return std::optional<store::ChainHead>();
  store::ChainHead head{rows.integer(0), rows.text_at(1)};
  if (mode_ != Mode::Read) heads_.emplace(chain, head);
  return std::optional<store::ChainHead>(std::move(head));
}

Status Session::add_event(const std::string &county, Event &event, store::ChainHead &head) {
  event.seq = head.seq + 1;
  event.previous = head.hash;
  event.hash = crypto::sha256(event.previous, event.body);
  auto insert = TRY(rows_.adding(fixed_rows().event));
  insert.with(county, event.chain, event.seq, event.at.unix_seconds(), event.actor, event.type,
              nullptr, event.action);
  if (!event.record.is_nil()) insert.bytes(6, store::id_bytes(event.record));
  insert.bytes(8, event.body);
  insert.bytes(9, event.hash);
  TRY(insert.run());
  head = {event.seq, event.hash};
  moved_heads_.insert(event.chain);
  return Done{};
}

Status Session::append(Event &event) {
  TRY(writable());
  if (event.chain.empty() || event.body.empty())
    return noted(Status(internal_error("an event needs a chain and a body")));
  auto add = [&]() -> Status {
    const auto county = county_of_chain(event.chain);
    TRY(writes_to(county));
    const bool genesis = event.type == "@chain" && event.action == "genesis";
    auto before = TRY(head(event.chain));
    if (before && genesis) return stale(fmt::format("the chain {} has begun already", event.chain));
    auto &end = heads_[event.chain];
    if (!before) {
      end = {0, std::string(crypto::kHashSize, '\0')};
      if (!genesis) {
        auto first = genesis_of(event);
        TRY(add_event(county, first, end));
      }
    }
    return add_event(county, event, end);
  };
  return noted(add());
}

Status Session::flush_heads() {
  for (const auto &chain : moved_heads_) {
    const auto county = county_of_chain(chain);
    const auto &head = heads_[chain];
    auto put = TRY(rows_.adding(fixed_rows().chain));
    put.with(county, chain, head.seq);
    put.bytes(3, head.hash);
    TRY(put.run());
  }
  moved_heads_.clear();
  return rows_.write(fixed_rows().chain);
}

Result<std::vector<std::string>> Session::chains() {
  TRY(noted(flush_heads()));
  auto rows = TRY(prepare("SELECT chain FROM chain ORDER BY county, chain"));
  std::vector<std::string> out;
  while (TRY(rows.step())) out.push_back(rows.text_at(0));
  return out;
}

Result<std::vector<Event>> Session::events(const std::string &chain, std::int64_t after,
                                           std::int64_t limit) {
  const auto county = county_of_chain(chain);
  std::string previous(crypto::kHashSize, '\0');
  {
    auto before =
        TRY(prepare("SELECT hash FROM event WHERE county = ?1 AND chain = ?2 AND seq = ?3"));
    before.with(county, chain, after);
    if (TRY(before.step())) previous = before.text_at(0);
  }
  auto rows = TRY(prepare(fmt::format(
      "SELECT {} FROM event WHERE county = ?1 AND chain = ?2 AND seq > ?3 ORDER BY seq LIMIT ?4",
      kEventColumns)));
  rows.with(county, chain, after, limit > 0 ? limit : INT64_MAX);
  std::vector<Event> out;
  while (TRY(rows.step())) {
    out.push_back(TRY(event_of(rows)));
    out.back().previous = previous;
    previous = out.back().hash;
  }
  return out;
}

Result<std::vector<Event>> Session::history(const RecordId &record) {
  auto rows = TRY(prepare(
      fmt::format("SELECT {}, (SELECT hash FROM event p WHERE p.county = e.county AND p.chain = "
                  "e.chain AND p.seq = e.seq - 1) FROM event e WHERE record = ?1{} "
                  "ORDER BY county, chain, seq",
                  kEventColumns, in_county())));
  with_county(rows, record);
  std::vector<Event> out;
  while (TRY(rows.step())) {
    out.push_back(TRY(event_of(rows)));
    out.back().previous = rows.is_null(9) ? std::string(crypto::kHashSize, '\0') : rows.text_at(9);
  }
  return out;
}

Result<std::vector<Event>> Session::history(const std::vector<RecordId> &records) {
  std::vector<Event> out;
  TRY(of_many(fmt::format("SELECT {} FROM event WHERE record IN ", kEventColumns), {}, records, "",
              [&](Prepared &rows) -> Status {
                while (TRY(rows.step())) out.push_back(TRY(event_of(rows)));
                return Done{};
              }));
  std::sort(out.begin(), out.end(), [](const Event &a, const Event &b) {
    return std::tie(a.chain, a.seq) < std::tie(b.chain, b.seq);
  });
  return out;
}

} // namespace yifa::sql
