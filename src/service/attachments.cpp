#include "service/attachments.h"

#include "service/ledgers.h"
#include "service/permission.h"

#include <fstream>

#include <fmt/format.h>

namespace yifa::service {

Result<KeptAttachment> keep_attachment(Environment &environment,
                                       const std::filesystem::path &file) {
  auto kept = TRY(environment.blobs.put_file(file));
  return KeptAttachment{kept.hash, kept.bytes, kept.known};
}

namespace {

/// Papers of a ledger that is for handlers are for handlers, as are its personal fields.
Status permit_attachment(Environment &environment, store::Reader &reader, const std::string &hash,
                         const Actor &actor) {
  for (const auto &use : TRY(reader.attached(hash))) {
    const auto record = TRY(reader.get(use.type, use.record));
    if (!record || !permit_record(reader, actor, *record)) continue;
    if (edition_of(*environment.catalog, *record).access != "handlers" ||
        TRY(handles(reader, actor, *record)))
      return Done{};
  }
  return forbidden("you may see no record that names this attachment");
}

} // namespace

Status fetch_attachment(Environment &environment, const std::string &hash,
                        const std::filesystem::path &target, const Actor &actor) {
  if (!actor.local_operator) {
    auto reader = TRY(environment.store.read());
    TRY(permit_attachment(environment, *reader, hash, actor));
  }
  auto beside = target;
  beside += ".part";
  std::ofstream out(beside, std::ios::binary | std::ios::trunc);
  if (!out) return unavailable(fmt::format("cannot write {}", target.string()));
  auto copied = environment.blobs.read(hash, [&](std::string_view piece) -> Status {
    out.write(piece.data(), static_cast<std::streamsize>(piece.size()));
    if (!out)
      return unavailable(fmt::format("cannot write {}: is the disk full?", target.string()));
    return Done{};
  });
  out.close();
  std::error_code error;
  if (copied && out) {
    std::filesystem::rename(beside, target, error);
    if (!error) return Done{};
  }
  std::filesystem::remove(beside, error);
  if (!copied) return std::move(copied).error();
  return unavailable(fmt::format("cannot write {}", target.string()));
}

} // namespace yifa::service
