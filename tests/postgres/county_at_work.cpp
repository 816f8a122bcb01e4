#include "county_at_work.h"

#include "database.h"
#include "postgres/store.h"
#include "service/upkeep.h"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <random>
#include <thread>

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace yifa::testing {
namespace {

constexpr const char *kLedger = "screening";
/// How often a command is asked again when the store could not say.
constexpr int kAskedAgain = 12;

const std::vector<std::string> &towns() {
  static const std::vector<std::string> codes = {"370306104", "370306105", "370307101",
                                                 "140423107", "140423108", "500229107"};
  return codes;
}

std::int64_t now() { return std::chrono::steady_clock::now().time_since_epoch().count(); }

Result<std::unique_ptr<store::Store>> opened(const std::string &url,
                                             const std::filesystem::path &) {
  return postgres::open(url);
}

template <typename T> T must(Result<T> result) {
  REQUIRE_MESSAGE(result, (result ? std::string() : result.error().text()));
  return std::move(*result);
}

/// "370306104/2023/7".
std::string number_of(const OrgCode &office, std::string number) {
  std::replace(number.begin(), number.end(), '-', '/');
  return office.text() + "/" + number;
}

Status add_offices(store::Store &store) {
  auto writer = TRY(store.write());
  for (const auto &code : towns()) {
    record::Org office;
    office.code = TRY(OrgCode::parse(code));
    office.name = "某镇" + code;
    office.kind = record::Org::Kind::Town;
    TRY(writer->put_org(office));
  }
  return writer->commit();
}

} // namespace

/// Opens records, corrects those that any client of the program opened, reads them again.
class CountyAtWork::Client {
public:
  struct Known {
    std::mutex lock{};
    std::vector<RecordId> ids{};
  };

  Client(CountyAtWork &home, Known &known, std::uint64_t seed, std::string name)
      : home_(home), known_(known), random_(seed), name_(std::move(name)),
        actor_(service::local_operator("p" + name_)) {}

  void work(int commands) {
    for (int n = 0; n < commands; ++n) {
      const auto kind = random_() % 10;
      const auto id = some_record();
      if (!id || kind < 4)
        open(n);
      else if (kind < 8)
        correct(*id, n);
      else
        read(*id);
    }
  }
  std::vector<Call> calls{};

private:
  std::optional<RecordId> some_record() {
    const std::lock_guard held(known_.lock);
    if (known_.ids.empty()) return std::nullopt;
    // Mostly the latest: there they meet.
    const auto few = std::min<std::size_t>(known_.ids.size(), random_() % 3 == 0 ? 1000 : 4);
    return known_.ids[known_.ids.size() - 1 - random_() % few];
  }

  record::Command command(const std::string &action, int n) {
    record::Command command;
    command.actor = actor_.id;
    command.client_key = fmt::format("{}-{}", name_, n);
    command.type = kLedger;
    command.action = action;
    // No other change writes this number of persons.
    value_ = std::to_string((std::hash<std::string>{}(command.client_key) % 1'000'000'000) + 1);
    command.fields = {{"people", std::stoll(value_)}};
    return command;
  }

  void open(int n) {
    auto asked = command("open", n);
    asked.org = OrgCode::parse(towns()[random_() % towns().size()]).value();
    asked.fields["held_on"] = random_() % 2 == 0 ? "2023-03-05" : "2024-03-05";
    const auto made = ask(Call::Kind::Open, asked);
    if (!made) return;
    const std::lock_guard held(known_.lock);
    known_.ids.push_back(*made);
  }

  void correct(const RecordId &id, int n) {
    const auto seen = read(id);
    auto asked = command("correct", n);
    asked.record = id;
    if (random_() % 4 != 0) asked.expected_version = seen;
    ask(Call::Kind::Correct, asked);
  }

  /// Asks, and asks again while the store cannot say.
  std::optional<RecordId> ask(Call::Kind kind, const record::Command &asked) {
    for (int again = 0; again < kAskedAgain; ++again) {
      Call call;
      call.kind = kind;
      call.key = asked.client_key;
      call.value = value_;
      call.began = now();
      // Now and then without the queue, as another program would.
      const auto receipt = random_() % 5 == 0 ? home_.ledgers_->apply(asked, actor_)
                                              : home_.queue_->apply(asked, actor_);
      call.ended = now();
      if (receipt) {
        call.record = receipt->record.text();
        call.version = receipt->version;
        if (kind == Call::Kind::Open) call.number = number_of(asked.org, receipt->number);
        // Every other acknowledged command is asked once more.
        const bool once_more = again == 0 && random_() % 2 == 0;
        calls.push_back(call);
        if (!once_more) return receipt->record;
        continue;
      }
      const auto code = receipt.error().code;
      call.end = code == ErrorCode::Unavailable ? Call::End::Unknown : Call::End::Refused;
      calls.push_back(call);
      if (code == ErrorCode::Unavailable) {
        std::this_thread::sleep_for(std::chrono::milliseconds(random_() % 40));
        continue;
      }
      if (code != ErrorCode::Stale) faults.push_back(receipt.error().text());
      return std::nullopt;
    }
    return std::nullopt;
  }

  std::int64_t read(const RecordId &id) {
    Call call;
    call.began = now();
    const auto look = [&]() -> Status {
      auto reader = TRY(home_.space_->environment().store.read());
      const auto record = TRY(reader->get(kLedger, id));
      if (!record) return not_found("gone");
      const auto &type = *home_.space_->environment().catalog->type(kLedger);
      call.record = id.text();
      call.version = record->version;
      for (std::size_t i = 0; i < type.fields.size(); ++i)
        if (type.fields[i].id == "people")
          if (const auto *people = record->values[i].get<catalog::Count>())
            call.value = std::to_string(people->n);
      return Done{};
    };
    const auto done = look();
    call.ended = now();
    if (done) calls.push_back(call);
    if (!done && done.error().code != ErrorCode::Unavailable) faults.push_back(done.error().text());
    return call.version;
  }

  CountyAtWork &home_;
  Known &known_;
  std::mt19937_64 random_;
  std::string name_;
  service::Actor actor_;
  std::string value_{};

public:
  std::vector<std::string> faults{};
};

CountyAtWork::CountyAtWork(const std::filesystem::path &folder, const std::string &url, bool make) {
  service::WorkspaceOptions options;
  options.data = folder / "data";
  options.store = url;
  if (make) must(service::Workspace::init(options, false, opened));
  space_ = must(service::Workspace::open(options, opened));
  if (make) must(add_offices(space_->environment().store));
  ledgers_ = std::make_unique<service::Ledgers>(space_->environment());
  queue_ = std::make_unique<service::CommitQueue>(*ledgers_);
}

std::vector<Call> CountyAtWork::work(int clients, int commands, std::uint64_t seed, int part) {
  Client::Known known;
  std::vector<std::unique_ptr<Client>> people;
  for (int n = 0; n < clients; ++n)
    people.push_back(std::make_unique<Client>(*this, known, seed * 1000 + n + part * 500,
                                              fmt::format("{}{}-{}", part, n, seed)));
  std::vector<std::thread> threads;
  for (auto &one : people) threads.emplace_back([&one, commands] { one->work(commands); });
  for (auto &thread : threads) thread.join();
  std::vector<Call> all;
  for (const auto &one : people) {
    all.insert(all.end(), one->calls.begin(), one->calls.end());
    for (const auto &fault : one->faults) fmt::print("told: {}\n", fault);
  }
  return all;
}

std::unique_ptr<store::Writer> CountyAtWork::hold(const std::string &county) {
  return must(space_->environment().store.write({.county = county}));
}

std::map<std::string, KeptRecord> CountyAtWork::kept() {
  std::map<std::string, KeptRecord> out;
  auto reader = must(space_->environment().store.read());
  must(reader->each_record(kLedger, [&](record::Record &&record) -> Status {
    auto &one = out[record.id.text()];
    one.number = number_of(record.owner_org, record.number);
    one.version = record.version;
    for (const auto &event : TRY(reader->history(record.id))) {
      const auto body = json::parse(event.body).as_object();
      const auto &set = body.at("set").as_object();
      one.steps.push_back(
          {body.at("version").to_number<std::int64_t>(),
           body.contains("key") ? std::string(body.at("key").as_string()) : std::string(),
           set.contains("people") ? json::serialize(set.at("people")) : ""});
    }
    return Done{};
  }));
  return out;
}

std::vector<std::string> CountyAtWork::verified() {
  std::vector<std::string> out;
  for (const auto &fault : must(service::verify(space_->environment(), {})).faults)
    out.push_back(fault.where + ": " + fault.message);
  return out;
}

} // namespace yifa::testing
