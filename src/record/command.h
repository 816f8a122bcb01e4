#pragma once

#include "base/json.h"
#include "record/record.h"

namespace yifa::record {

/// What somebody wants done to one record. Everything a command says is input: decoded, checked,
/// refused or carried out whole.
struct Command {
  std::string actor; ///< user id
  std::string
      client_key; ///< makes a retry the same record; made by the edge if the client has none
  std::string type;
  /// "open"; a transition's id; "correct"; "withdraw"; "<part>.open", "<part>.correct",
  /// "<part>.withdraw"; "forget"; "extend" (fields: rule, by, told; part).
  std::string action;
  std::optional<RecordId>
      record; ///< given for all but "open"; for "open" it may be given by importers
  std::optional<RecordId> part; ///< the part to correct or withdraw
  OrgCode org;                  ///< the office that keeps a new record
  json::object fields;          ///< as written
  std::string reason;
  std::optional<std::int64_t> expected_version;
  std::optional<RecordId> batch;
  std::string
      target_state; ///< of "open" from an import: the lawful transitions are replayed up to it
  bool tell_alike = true; ///< of "open": warn of records that read alike
  /// Grounds of exemption relied on: gate → ground. They need a reason.
  std::vector<std::pair<std::string, std::string>> exemptions;

  struct PartInput {
    std::string part; ///< id
    json::object fields;
  };
  std::vector<PartInput>
      parts; ///< of "open" from an import: opened with it, before the state moves on
};

/// What became of a command.
struct Receipt {
  RecordId record;
  std::optional<RecordId> part;
  std::string type;
  std::string number;
  std::string state;
  std::int64_t version = 0;
  bool repeated = false; ///< the same client key and request came before; this is that answer
  bool late = false;
  std::vector<Problem> warnings; ///< what the law expects but does not demand, possible duplicates
};

} // namespace yifa::record
