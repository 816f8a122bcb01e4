#pragma once

#include "http/call.h"

namespace yifa::http {

/// What a list shows: read from the address.
struct AskedList {
  const catalog::RecordType *type = nullptr;
  record::Query query;
  std::string words; ///< that must occur in a record's text
};
/// The ledger captured from the path, with scope, period, states, conditions and words. Invalid,
/// NotFound.
Result<AskedList> read_list(Call &call);

/// The whole list as a file (xlsx, csv, json), sent as it is read.
Result<Response> export_list(Call &call, const AskedList &asked, const std::string &format);

} // namespace yifa::http
