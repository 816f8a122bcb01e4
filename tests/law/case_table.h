#pragma once

#include "base/json.h"
#include "base/result.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// Case tables: what a lawyer says should happen to made-up matters. README.md explains the format.
namespace yifa::law {

/// One step of somebody: the opening of a record or something done to one.
struct Step {
  std::string label;  ///< unique in its path; as written, or "on.do", or "do"
  std::string action; ///< `do`
  std::string type;   ///< of an opening
  std::string as;     ///< the name later steps know the record by
  std::string on;
  json::object fields;
  std::string reason;
  std::vector<std::pair<std::string, std::string>> exempt;
  std::string at; ///< the day it is recorded; empty: that of the table
};

struct Expected {
  std::string outcome = "done"; ///< done, refused, expected, invalid
  std::vector<std::string> gates;
  std::vector<std::string> missing;
  std::string says;
  std::string article;
  std::string state;
  std::map<std::string, std::string> fields;
  struct Limit {
    std::string due; ///< "none": it does not run
    std::string met; ///< "yes", "no", empty
  };
  std::map<std::string, Limit> limits;
};

struct Case {
  std::string name;
  int line = 0;
  std::vector<Step> before;
  std::optional<Step> judged;
  Expected expected;
};

struct Table {
  std::string file;
  std::string ledger;
  std::string office;
  std::string today;
  std::vector<Step> records; ///< opened before every case
  std::vector<Case> cases;
};

/// Throws std::runtime_error naming file and line.
Table read_table(const std::filesystem::path &file);

} // namespace yifa::law
