#pragma once

#include "service/environment.h"
#include "service/public_entries.h"

#include <optional>
#include <string>
#include <vector>

/// What an office shows to everybody. Nothing here asks who is looking: what it gives, all may see.
namespace yifa::service {

/// Whether a record is published: it went through the step `publish` of its ledger (the state it is
/// in cannot be reached without it, and the release review is a gate of that step), the day of
/// publication has come, and it was not withdrawn.
/// Source: 政府信息公开条例 第十七条
bool is_published(const catalog::RecordType &type, const record::Record &record, Date today);

/// The states of a ledger that only the step `publish` leads to; empty of one without that step.
std::vector<std::string> published_states(const catalog::RecordType &type);

/// An office as the head of its pages names it.
struct PublicOffice {
  OrgCode code;
  std::string name;   ///< 高观镇
  std::string issuer; ///< 高观镇人民政府
};

/// A file that may be handed out.
struct PublicFile {
  std::string hash;
  std::string name; ///< without ending
};

/// Reads in the caller's snapshot; used by one thread, must not outlive what it was made of. Errors
/// are NotFound (the same for what is not there and what is not shown) and Unavailable.
class PublicShelf {
public:
  PublicShelf(Environment &environment, store::Reader &reader)
      : env_(environment), reader_(reader), today_(environment.clock.today()) {}

  /// Offices with something to read: by code.
  Result<std::vector<PublicOffice>> offices();
  /// Office `code` when it is one of these.
  Result<PublicOffice> office(const OrgCode &code);

  /// Published records the office itself keeps, the latest first, at most `most`.
  Result<std::vector<record::Record>> published(const std::string &ledger, const OrgCode &office,
                                                std::size_t most);
  /// One of them by its id.
  Result<record::Record> published_record(const RecordId &id, const OrgCode &office);

  /// Whether this very text passed a release review: the last review of the record says it may be
  /// published, or, where the review stands in the record itself, its conclusion over the text.
  Result<bool> released(const record::Record &record, const std::string &hash);
  /// A text of a record that is shown (published, or a decision open for comment). `field` is the
  /// name of a file field.
  Result<PublicFile> file(const RecordId &id, const std::string &field, const OrgCode &office);

  const catalog::RecordType &edition(const record::Record &record) const;
  /// Of `ledger`, records of the office in these states (all when empty), the latest first.
  Result<std::vector<record::Record>> kept(const std::string &ledger, const OrgCode &office,
                                           const std::vector<std::string> &states,
                                           std::size_t most);
  Date today() const { return today_; }
  Environment &environment() const { return env_; }
  store::Reader &reader() { return reader_; }

private:
  Result<PublicOffice> named(const OrgCode &code);

  Environment &env_;
  store::Reader &reader_;
  Date today_;
};

} // namespace yifa::service
