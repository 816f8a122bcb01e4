#pragma once

#include "base/json.h"
#include "base/org_code.h"
#include "record/event.h"
#include "record/org.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// The plain files of `yifa export --all`: everything, in forms that need no program of ours to
/// read. docs/adr/0051-archive-form.md. Rows and tallies are not in it: replay makes them from the
/// events.
///
///   manifest.json          {format, version, hash, made_by, facts, files: [{path, size, hash}]},
///   written last chains/<chain>.jsonl   {seq, hash, body}: the body is the very bytes that were
///   hashed orgs.jsonl             nodes of the tree keys.jsonl             {record, wrapped}:
///   record keys, wrapped by the master key, base64 answers.jsonl          {county, actor, key,
///   request, answer} meta.json              settings of the store catalog/<path>         catalog
///   sources, all editions and overlay attachments/<ab>/<hash>
namespace yifa::exchange {

/// A running digest. The crypto room's SHA-256 is handed in, since this room may not see it.
class Digest {
public:
  virtual ~Digest() = default;
  virtual void update(std::string_view bytes) = 0;
  virtual std::string hex() = 0; ///< lower case; the digest is spent
};
using DigestSource = std::function<std::unique_ptr<Digest>()>;

struct ArchiveKey {
  RecordId record;
  std::string wrapped; ///< raw bytes
  bool operator==(const ArchiveKey &) const = default;
};

struct ArchiveAnswer {
  std::string county;
  std::string actor;
  std::string key;
  std::string request_hash;
  std::string answer; ///< canonical JSON of the receipt
  bool operator==(const ArchiveAnswer &) const = default;
};

/// Writes the directory. Calls may come in any order, save that one chain's events come in order
/// and together. Nothing counts before finish() has written the manifest.
class ArchiveWriter {
public:
  /// Invalid: the directory exists and is not empty. Unavailable.
  static Result<ArchiveWriter> create(const std::filesystem::path &folder, DigestSource digests);
  ArchiveWriter(ArchiveWriter &&) noexcept;
  ArchiveWriter &operator=(ArchiveWriter &&) noexcept;
  ~ArchiveWriter();

  Status event(const record::Event &event);
  Status org(const record::Org &org);
  Status key(const ArchiveKey &key);
  Status answer(const ArchiveAnswer &answer);
  Status meta(const std::string &key, const std::string &value);
  Status catalog_source(const std::string &path, std::string_view text);
  /// Pulls the content in pieces (empty at the end) and checks that its digest is `hex`. Internal
  /// otherwise.
  Status attachment(const std::string &hex, const std::function<Result<std::string>()> &next_piece);
  /// `facts` goes into the manifest: heads of chains, counts, the catalog's hash.
  Status finish(const json::object &facts);

private:
  struct Impl;
  explicit ArchiveWriter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Reads a directory back after checking every file against the manifest.
class ArchiveReader {
public:
  /// Invalid with every file that is missing, altered, or not in the manifest; an unknown format or
  /// a newer version.
  static Result<ArchiveReader> open(const std::filesystem::path &folder,
                                    const DigestSource &digests);

  const json::object &facts() const { return facts_; }
  std::vector<std::string> chains() const;
  /// In order; `previous` is filled from the line before. Hashes are not recomputed here: appending
  /// to the store does.
  Status events(const std::string &chain,
                const std::function<Status(record::Event &&)> &each) const;
  Status orgs(const std::function<Status(record::Org &&)> &each) const;
  Status keys(const std::function<Status(ArchiveKey &&)> &each) const;
  Status answers(const std::function<Status(ArchiveAnswer &&)> &each) const;
  Result<std::map<std::string, std::string>> meta() const;
  Result<std::map<std::string, std::string>> catalog_sources() const;
  std::vector<std::string> attachments() const; ///< digests
  std::filesystem::path attachment_path(const std::string &hex) const;

private:
  struct Entry {
    std::uint64_t size = 0;
    std::string hash;
  };
  std::filesystem::path folder_;
  json::object facts_;
  std::map<std::string, Entry> files_;
};

} // namespace yifa::exchange
