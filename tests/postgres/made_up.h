#pragma once

#include "small_catalog.h"
#include "store/port.h"

#include <functional>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

/// Changes made up by chance, the same ones for the same seed, for two stores to carry out alike.
namespace yifa::testing {

class Chance {
public:
  explicit Chance(std::uint64_t seed) : random_(seed) {}
  /// 0 … to − 1.
  std::uint64_t below(std::uint64_t to) { return random_() % to; }
  bool one_in(std::uint64_t n) { return below(n) == 0; }
  template <typename T> const T &of(const std::vector<T> &some) { return some[below(some.size())]; }

private:
  std::mt19937_64 random_;
};

/// A change and what it says: "done", an error's text, a number, a hash.
using Change = std::function<std::string(store::Writer &)>;

class MadeUp {
public:
  explicit MadeUp(Chance &chance) : chance_(chance) {}

  /// The next change, taken as carried out; those that must fail are known to.
  Change next();
  /// From now on records of this county alone are changed; empty: of any.
  void only(const std::string &county) { county_ = county; }
  /// Whether refusals may come late: then nothing is tried that only the tables refuse.
  void late(bool late) { late_ = late; }
  /// What commands to come might look up, of the offices that may be written to now.
  std::vector<store::Foreseen> to_come();
  /// Where the changes stand that forget() may take back: those since remember().
  std::size_t mark() const { return before_.size(); }
  /// Takes back all changes since a mark.
  void forget(std::size_t since = 0);
  void remember() { before_.clear(); }

  const std::map<RecordId, record::Record> &records() const { return records_; }
  /// Some record's id; now and then one that nobody has.
  RecordId some_id();
  /// One that keys, people or limits were given to, if any.
  RecordId busy_id();
  /// Words of the texts.
  std::string words(std::uint64_t most);
  std::string day();
  /// The codes that records, questions and offices take.
  static const std::vector<std::string> &owners();
  static const std::vector<std::string> &scopes();
  static const std::vector<std::string> &people();
  static const std::vector<std::string> &short_keys();
  static std::string file(std::uint64_t n);

private:
  /// An office that may be written to now.
  OrgCode owner();
  /// A record that may be changed now.
  const record::Record *standing();
  record::Record fresh();
  void fill(record::Record &record);
  void visit(record::Record &record);
  Change open();
  Change correct();
  Change put_again();
  Change office();
  Change limits();
  Change key_or_answer();
  Change number_or_meta();
  Change person_or_blind();
  /// The record as it was and as it will be: event, row and figures.
  Change whole(std::optional<record::Record> old, record::Record now, const std::string &action);

  Chance &chance_;
  bool late_ = false;
  std::map<RecordId, record::Record> records_;
  std::vector<std::pair<RecordId, std::optional<record::Record>>> before_;
  std::uint64_t made_ = 0;
  std::string county_;
  std::vector<RecordId> busy_;
};

} // namespace yifa::testing
