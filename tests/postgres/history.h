#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

/// What many clients were told, held against what the store keeps in the end.
namespace yifa::testing {

/// One call. The same command asked again is one more call with the same key.
struct Call {
  enum class Kind { Open, Correct, Read };
  enum class End {
    Done,    ///< acknowledged
    Refused, ///< told that nothing was changed
    Unknown, ///< the store could not say
  };
  Kind kind = Kind::Read;
  End end = End::Done;
  std::int64_t began = 0; ///< of one clock for all
  std::int64_t ended = 0;
  std::string key;   ///< client key of a change
  std::string value; ///< what it writes, unlike that of any other key; of a Read: what it saw
  std::string record;
  std::int64_t version = 0;
  std::string number; ///< of an Open: "office/year/n"

  auto operator<=>(const Call &) const = default;
};

/// A record as the store keeps it: what each of its versions wrote, by the client key of its event.
struct KeptRecord {
  std::string number;
  std::int64_t version = 0;
  struct Step {
    std::int64_t version = 0;
    std::string key;
    std::string value;
  };
  std::vector<Step> steps; ///< its events, in order
};

/// Everything that no order of the calls, one after another, explains: a change that was lost or
/// overwritten, one kept though refused, a number given twice or never, a client key carried out
/// twice, a version that goes back, a read that misses what was acknowledged before it began.
std::vector<std::string> anomalies(const std::vector<Call> &calls,
                                   const std::map<std::string, KeptRecord> &kept);

/// A call as a line and back.
std::string line_of(const Call &call);
Call call_of(const std::string &line);

} // namespace yifa::testing
