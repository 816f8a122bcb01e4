#pragma once

#include "base/json.h"
#include "base/org_code.h"
#include "crypto/signing.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The form of what a town's instance hands to its county's: one file, in one form of its bytes
/// (docs/submitting.md). Nothing here looks at a store.
namespace yifa::service {

/// Bytes of a package, and of all its items together.
inline constexpr std::size_t kMostPackage = std::size_t{64} << 20;
/// Bytes of its end: statement, key and signature.
inline constexpr std::size_t kMostSeal = std::size_t{1} << 20;
/// The names of its items; rows of a ledger are "ledgers/<id>.jsonl".
inline constexpr std::string_view kFiguresItem = "figures.json";
inline constexpr std::string_view kReportItem = "report.json";
inline constexpr std::string_view kManifestItem = "manifest.json";
inline constexpr std::string_view kLedgerItems = "ledgers/";
/// The ledger an item holds rows of; empty when it is another item.
std::string ledger_of_item(std::string_view name);

/// What is signed: whose year, and the digest of every item.
struct SubmissionStatement {
  OrgCode office;
  std::string office_name;
  int year = 0;
  int revision = 1;               ///< 1, 2, … of this office and year
  std::string previous;           ///< id of the revision before; empty of the first
  std::string catalog;            ///< hash of the catalog it was counted by
  std::vector<std::string> lacks; ///< asked for and not there: "report", "manifest"
  struct Item {
    std::string name;
    std::string hash; ///< SHA-256 of the content, hexadecimal
    std::int64_t bytes = 0;
    bool operator==(const Item &) const = default;
  };
  std::vector<Item> items; ///< by name

  /// Canonical JSON: what is signed.
  std::string text() const;
  /// SHA-256 of `text()` in hexadecimal: the package's id.
  std::string id() const;
  /// Digest of everything but which revision it is: what tells whether anything changed.
  std::string content() const;
};

struct SubmissionPackage {
  SubmissionStatement statement;
  std::map<std::string, std::string> contents; ///< by item; UTF-8 text
  std::optional<crypto::VerifyKey> key;        ///< of whoever signed
  std::string signature;                       ///< raw
};

/// The items of contents, as the statement lists them.
std::vector<SubmissionStatement::Item>
list_items(const std::map<std::string, std::string> &contents);

/// The file's bytes: canonical JSON {"contents", "key", "signature", "statement", "v"}.
Result<std::string> write_package(const SubmissionStatement &statement,
                                  const std::map<std::string, std::string> &contents,
                                  const crypto::SigningKey &key);

/// Reads the end of a package alone: statement, key and signature, which it proves. Costs the same
/// however large the package is, so that a stranger's is refused before its contents are looked at:
/// its last kMostSeal bytes do for `bytes`. `contents` stays empty. Invalid, naming what does not
/// fit.
Result<SubmissionPackage> read_seal(std::string_view bytes);

/// Reads a package and proves what can be proved without knowing anybody: that it is in the one
/// form, that every item has its digest, that the signature is of the key inside. Whose key it is
/// remains to be asked. Invalid, naming what does not fit.
Result<SubmissionPackage> read_package(std::string_view bytes);

/// What a town signs to ask how its package stands.
std::string standing_question(const std::string &package_id);

} // namespace yifa::service
