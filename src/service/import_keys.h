#pragma once

#include "crypto/key.h"
#include "service/environment.h"

#include <optional>
#include <string>

namespace yifa::service {

/// The keys (记录键) under which imported rows were known, so that a later file can link to them.
/// They are kept with the answers to client keys, as keyed hashes: what a clerk uses as a key may
/// be a person's number. A key names the records of one office and ledger.
class ImportKeys {
public:
  /// `key` as Workings::request_key; without one the hashes are plain.
  explicit ImportKeys(const std::optional<crypto::Key> &key) : key_(key) {}

  Status remember(store::Writer &writer, const OrgCode &office, const std::string &type,
                  const std::string &row_key, const RecordId &record) const;

  /// The record that an earlier import brought under this key; withdrawn ones are passed over.
  /// Invalid when several did.
  Result<std::optional<RecordId>> find(store::Reader &reader, const OrgCode &office,
                                       const std::string &type, const std::string &row_key) const;

private:
  std::string name(const OrgCode &office, const std::string &type, const std::string &row_key,
                   int n) const;
  const std::optional<crypto::Key> &key_;
};

} // namespace yifa::service
