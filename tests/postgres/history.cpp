#include "history.h"

#include "base/text.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace yifa::testing {
namespace {

using Kept = std::map<std::string, KeptRecord>;

class Checking {
public:
  Checking(const std::vector<Call> &calls, const Kept &kept) : calls_(calls), kept_(kept) {}

  std::vector<std::string> run() {
    records();
    numbers();
    changes();
    reads();
    return std::move(found_);
  }

private:
  template <typename... A> void found(fmt::format_string<A...> words, A &&...values) {
    found_.push_back(fmt::format(words, std::forward<A>(values)...));
  }

  /// Steps without gap, each of a client key of its own.
  void records() {
    for (const auto &[id, record] : kept_) {
      std::int64_t next = 1;
      for (const auto &step : record.steps) {
        if (step.version != next)
          found("record {} has version {} where {} comes next", id, step.version, next);
        ++next;
        if (!keys_.emplace(step.key, std::pair(id, &step)).second)
          found("the client key {} was carried out twice", step.key);
      }
      if (record.version != next - 1)
        found("record {} stands at version {}, its history at {}", id, record.version, next - 1);
    }
  }

  /// 1, 2, … of every register.
  void numbers() {
    std::map<std::string, std::set<std::int64_t>> registers;
    for (const auto &[id, record] : kept_) {
      const auto cut = record.number.rfind('/');
      const auto number = std::stoll(record.number.substr(cut + 1));
      if (!registers[record.number.substr(0, cut)].insert(number).second)
        found("the number {} was given twice", record.number);
    }
    for (const auto &[name, given] : registers)
      if (*given.begin() != 1 || *given.rbegin() != static_cast<std::int64_t>(given.size()))
        found("the register {} has a gap: {} numbers up to {}", name, given.size(),
              *given.rbegin());
  }

  const KeptRecord::Step *step_of(const std::string &key) const {
    const auto known = keys_.find(key);
    return known == keys_.end() ? nullptr : known->second.second;
  }

  void changes() {
    std::map<std::string, std::vector<const Call *>> by_key;
    for (const auto &call : calls_)
      if (call.kind != Call::Kind::Read) by_key[call.key].push_back(&call);
    std::map<std::pair<std::string, std::int64_t>, std::string> told;
    for (auto &[key, asked] : by_key) {
      std::sort(asked.begin(), asked.end(),
                [](const Call *a, const Call *b) { return a->began < b->began; });
      const auto *step = step_of(key);
      for (const auto *call : asked) {
        if (call->end != Call::End::Done) continue;
        const auto [other, fresh] = told.try_emplace({call->record, call->version}, key);
        if (!fresh && other->second != key)
          found("version {} of {} was told to both {} and {}: one is lost", call->version,
                call->record, other->second, key);
        if (step == nullptr) {
          found("the change {} was acknowledged and is not there", key);
          continue;
        }
        const auto &record = keys_.at(key).first;
        if (call->record != record || call->version != step->version)
          found("the change {} was told to be version {} of {} and is version {} of {}", key,
                call->version, call->record, step->version, record);
        if (call->value != step->value)
          found("the change {} wrote {} and holds {}", key, call->value, step->value);
        if (call->kind == Call::Kind::Open && call->number != kept_.at(record).number)
          found("the record {} was told the number {} and has {}", record, call->number,
                kept_.at(record).number);
      }
      if (asked.back()->end == Call::End::Refused && step != nullptr)
        found("the change {} was refused and is there", key);
    }
    for (const auto &[key, where] : keys_)
      if (!by_key.contains(key)) found("nobody asked for the change {}", key);
  }

  /// In the order of time: who begins after another has ended sees no less.
  void reads() {
    struct Moment {
      std::int64_t at;
      bool begins;
      const Call *call;
    };
    std::map<std::string, std::vector<Moment>> records;
    for (const auto &call : calls_) {
      if (call.end != Call::End::Done) continue;
      records[call.record].push_back({call.began, true, &call});
      records[call.record].push_back({call.ended, false, &call});
    }
    for (auto &[id, moments] : records) {
      std::sort(moments.begin(), moments.end(), [](const Moment &a, const Moment &b) {
        return a.at != b.at ? a.at < b.at : a.begins > b.begins;
      });
      std::int64_t least = 0; // acknowledged or seen so far
      std::map<const Call *, std::int64_t> since;
      for (const auto &[at, begins, call] : moments) {
        if (begins) {
          since[call] = least;
          continue;
        }
        least = std::max(least, call->version);
        // What is asked again with its key is told the version of the first time.
        if (call->kind != Call::Kind::Read) continue;
        if (call->version < since[call])
          found("a read of {} saw version {} after version {} was acknowledged or seen", id,
                call->version, since[call]);
        saw(id, *call);
      }
    }
    writes_in_order();
  }

  void saw(const std::string &id, const Call &call) {
    const auto known = kept_.find(id);
    const auto at = static_cast<std::size_t>(call.version - 1);
    if (known == kept_.end() || call.version < 1 || at >= known->second.steps.size())
      found("a read of {} saw version {}, which was never kept", id, call.version);
    else if (known->second.steps[at].value != call.value)
      found("a read of {} saw {} in version {}, which wrote {}", id, call.value, call.version,
            known->second.steps[at].value);
  }

  /// A change that was first asked for after another was acknowledged comes behind it.
  void writes_in_order() {
    std::map<std::string, const Call *> first;
    for (const auto &call : calls_)
      if (call.kind != Call::Kind::Read) {
        auto &one = first[call.key];
        if (one == nullptr || call.began < one->began) one = &call;
      }
    std::map<std::string, std::vector<std::pair<std::int64_t, std::int64_t>>> acknowledged;
    for (const auto &call : calls_)
      if (call.kind != Call::Kind::Read && call.end == Call::End::Done)
        acknowledged[call.record].emplace_back(call.ended, call.version);
    for (const auto &[key, where] : keys_) {
      const auto asked = first.find(key);
      if (asked == first.end()) continue;
      for (const auto &[ended, version] : acknowledged[where.first])
        if (ended < asked->second->began && version >= where.second->version)
          found("the version of {} goes back: {} was asked for after version {} and became {}",
                where.first, key, version, where.second->version);
    }
  }

  const std::vector<Call> &calls_;
  const Kept &kept_;
  std::map<std::string, std::pair<std::string, const KeptRecord::Step *>> keys_;
  std::vector<std::string> found_;
};

} // namespace

std::vector<std::string> anomalies(const std::vector<Call> &calls, const Kept &kept) {
  return Checking(calls, kept).run();
}

std::string line_of(const Call &call) {
  return fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", static_cast<int>(call.kind),
                     static_cast<int>(call.end), call.began, call.ended, call.key, call.value,
                     call.record, call.version, call.number);
}

Call call_of(const std::string &line) {
  const auto cells = text::split(line, '\t');
  Call call;
  call.kind = static_cast<Call::Kind>(std::stoi(cells.at(0)));
  call.end = static_cast<Call::End>(std::stoi(cells.at(1)));
  call.began = std::stoll(cells.at(2));
  call.ended = std::stoll(cells.at(3));
  call.key = cells.at(4);
  call.value = cells.at(5);
  call.record = cells.at(6);
  call.version = std::stoll(cells.at(7));
  call.number = cells.at(8);
  return call;
}

} // namespace yifa::testing
