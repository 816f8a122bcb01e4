#pragma once

#include "service/ledgers.h"

#include <filesystem>

namespace yifa::service {

struct KeptAttachment {
  std::string hash;
  std::int64_t bytes = 0;
  bool known = false; ///< the same content was there already
};

/// Keeps a file's content under its hash, and that the actor brought it. NotFound, Unavailable,
/// Invalid when it is too large.
Result<KeptAttachment> keep_attachment(Environment &environment, const std::filesystem::path &file,
                                       const Actor &actor);

/// The same of content that was made for him here and kept already.
Status note_brought(store::Writer &writer, const Actor &actor, const std::string &hash, Moment at);

/// Whether he may read an attachment: he may see a record that bears it, and of a ledger that is
/// for handlers he handles that record. Unavailable.
Result<bool> reads_attachment(Environment &environment, store::Reader &reader,
                              const std::string &hash, const Actor &actor);

/// Whether he may name it in a record: he brought it himself, or may read it. Who merely knows the
/// hash of a file may not, since naming it would let him read it. Unavailable.
Result<bool> names_attachment(Environment &environment, store::Reader &reader,
                              const std::string &hash, const Actor &actor);

/// Writes an attachment to `target` when its content still has its hash. Only for whoever may read
/// it (DECISIONS 3); to others it is NotFound, as one that does not exist. Unavailable.
Status fetch_attachment(Environment &environment, const std::string &hash,
                        const std::filesystem::path &target, const Actor &actor);

/// The same of an attachment that this very record names. One in a personal field is for those who
/// handle the record, and that it was read is recorded (Ledgers::show). NotFound to others.
Status fetch_attachment_of(Ledgers &ledgers, const RecordId &record, const std::string &hash,
                           const std::filesystem::path &target, const Actor &actor);

} // namespace yifa::service
