#pragma once

#include "record/record.h"
#include "store/shape.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>

/// What a record leaves in the indexes beside its row: a pure function of the record.
namespace yifa::store {

/// (field, target) of every link, and (field, hash) of every attachment; fields inside parts and
/// rows as "part.field", "rows.column".
struct Entries {
  std::set<std::pair<std::string, RecordId>> links;
  std::set<std::pair<std::string, std::string>> files;
  /// 64 bits of a hash over the `alike` fields; nothing when none is filled or the record is
  /// withdrawn.
  std::optional<std::int64_t> alike;
  bool operator==(const Entries &) const = default;
};

Entries entries_of(const TypeShape &type, const record::Record &record);

/// The register that gives the records of a ledger their numbers.
std::string ledger_register(const std::string &type);

std::optional<std::int64_t> alike_digest(const TypeShape &type, const record::Record &record);

/// The text by which a record is found: no personal field is in it. Withdrawn records have none,
/// withdrawn parts add none.
struct SearchText {
  std::string title;
  std::string body; ///< other texts, labels of codes and the number, folded, one a line
  bool operator==(const SearchText &) const = default;
};

SearchText search_text(const Shape &shape, const TypeShape &type, const record::Record &record);

/// As words are compared: half width, lower case, blanks of every kind as one blank.
std::string fold(std::string_view text);

} // namespace yifa::store
