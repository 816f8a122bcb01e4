#include "history.h"

#include <doctest/doctest.h>

using namespace yifa::testing;
using Kind = Call::Kind;
using End = Call::End;

namespace {

/// Two clients, one record: opened, corrected twice, read in between; and a second record.
struct Calm {
  std::vector<Call> calls = {
      {Kind::Open, End::Done, 0, 10, "a1", "1", "r", 1, "t/2023/1"},
      {Kind::Correct, End::Done, 11, 20, "a2", "2", "r", 2, ""},
      {Kind::Read, End::Done, 21, 25, "", "2", "r", 2, ""},
      {Kind::Correct, End::Unknown, 22, 30, "b1", "3", "", 0, ""},
      {Kind::Correct, End::Done, 31, 40, "b1", "3", "r", 3, ""},
      {Kind::Correct, End::Refused, 24, 35, "a3", "4", "", 0, ""},
      {Kind::Open, End::Unknown, 41, 50, "b2", "5", "", 0, ""},
      {Kind::Read, End::Done, 41, 50, "", "3", "r", 3, ""},
  };
  std::map<std::string, KeptRecord> kept = {
      {"r", {"t/2023/1", 3, {{1, "a1", "1"}, {2, "a2", "2"}, {3, "b1", "3"}}}},
      {"s", {"t/2023/2", 1, {{1, "b2", "5"}}}},
  };
  /// The first anomaly, "" for none.
  std::string first() const {
    const auto found = anomalies(calls, kept);
    return found.empty() ? std::string() : found.front();
  }
  bool tells(const std::string &words) const {
    for (const auto &one : anomalies(calls, kept))
      if (one.find(words) != std::string::npos) return true;
    return false;
  }
};

} // namespace

TEST_CASE("what can have happened one after another is no anomaly") {
  Calm calm;
  CHECK(calm.first() == "");
  calm.kept.erase("s"); // the store could not say
  CHECK(calm.first() == "");
  for (const auto &call : calm.calls) {
    auto line = line_of(call);
    line.pop_back();
    CHECK(call_of(line) == call);
  }
}

TEST_CASE("a lost update") {
  Calm calm; // both were told version 3, one was overwritten
  calm.calls.push_back({Kind::Correct, End::Done, 31, 45, "c1", "9", "r", 3, ""});
  CHECK(calm.tells("was told to both"));
  CHECK(calm.tells("acknowledged and is not there"));
}

TEST_CASE("an acknowledged opening that is gone") {
  Calm calm;
  calm.calls.push_back({Kind::Open, End::Done, 60, 70, "c1", "9", "x", 1, "t/2023/3"});
  CHECK(calm.tells("acknowledged and is not there"));
}

TEST_CASE("another value than was written") {
  Calm calm;
  calm.kept["r"].steps[1].value = "7";
  CHECK(calm.tells("wrote 2 and holds 7"));
  CHECK(calm.tells("saw 2 in version 2"));
}

TEST_CASE("a number given twice, and a gap") {
  Calm calm;
  calm.kept["s"].number = "t/2023/1";
  CHECK(calm.tells("given twice"));
  calm.kept["s"].number = "t/2023/3";
  CHECK(calm.tells("has a gap"));
  calm.kept["s"].number = "t/2024/1";
  CHECK(calm.first() == "");
  calm.calls[0].number = "t/2023/2";
  CHECK(calm.tells("was told the number"));
}

TEST_CASE("a client key carried out twice") {
  Calm calm;
  calm.kept["x"] = {"t/2023/3", 1, {{1, "b2", "5"}}};
  CHECK(calm.tells("carried out twice"));
}

TEST_CASE("a change kept though refused, and one that nobody asked for") {
  Calm calm;
  calm.kept["r"].steps.push_back({4, "a3", "4"});
  calm.kept["r"].version = 4;
  CHECK(calm.tells("refused and is there"));
  calm.kept["r"].steps.back().key = "who";
  CHECK(calm.tells("nobody asked"));
}

TEST_CASE("a version that goes back") {
  Calm calm; // b1 was asked for after a2 had been acknowledged
  std::swap(calm.kept["r"].steps[1], calm.kept["r"].steps[2]);
  CHECK(calm.tells("comes next"));
  calm.kept["r"].steps[1].version = 2;
  calm.kept["r"].steps[2].version = 3;
  calm.calls[1].version = 3;
  calm.calls[4].version = 2;
  CHECK(calm.tells("goes back"));
  Calm short_of_one;
  short_of_one.kept["r"].version = 2;
  CHECK(short_of_one.tells("stands at version 2"));
}

TEST_CASE("a read that misses an acknowledged write, or an earlier read") {
  Calm calm;
  calm.calls.push_back({Kind::Read, End::Done, 60, 70, "", "2", "r", 2, ""});
  CHECK(calm.tells("saw version 2 after version 3"));
  Calm earlier;
  earlier.calls.push_back({Kind::Read, End::Done, 12, 13, "", "2", "r", 2, ""});
  earlier.calls.push_back({Kind::Read, End::Done, 14, 15, "", "1", "r", 1, ""});
  CHECK(earlier.tells("saw version 1 after version 2"));
  Calm beside; // beside the change either is right
  beside.calls.push_back({Kind::Read, End::Done, 12, 15, "", "1", "r", 1, ""});
  CHECK(beside.first() == "");
}

TEST_CASE("a read of what was never kept") {
  Calm calm;
  calm.calls.push_back({Kind::Read, End::Done, 60, 70, "", "8", "r", 4, ""});
  CHECK(calm.tells("never kept"));
}
