#include "service/attachments.h"

#include "service/named_papers.h"
#include "service/permission.h"

#include <fstream>

#include <fmt/format.h>

namespace yifa::service {

namespace {

/// Who brought which file: nothing else shows it before a record names the file.
std::string brought_key(const std::string &user, const std::string &hash) {
  return "brought:" + user + ":" + hash;
}

} // namespace

Status note_brought(store::Writer &writer, const Actor &actor, const std::string &hash, Moment at) {
  return writer.put_meta(brought_key(actor.id, hash), at.text());
}

Result<KeptAttachment> keep_attachment(Environment &environment, const std::filesystem::path &file,
                                       const Actor &actor) {
  auto kept = TRY(environment.blobs.put_file(file));
  if (!actor.local_operator) {
    const auto key = brought_key(actor.id, kept.hash);
    const auto known = TRY(TRY(environment.store.read())->meta(key));
    if (!known) {
      auto writer = TRY(environment.store.write({.county = actor.scope.county()}));
      TRY(note_brought(*writer, actor, kept.hash, environment.clock.now()));
      TRY(writer->commit());
    }
  }
  return KeptAttachment{kept.hash, kept.bytes, kept.known};
}

/// Papers of a ledger that is for handlers are for handlers, as are its personal fields.
Result<bool> reads_attachment(Environment &environment, store::Reader &reader,
                              const std::string &hash, const Actor &actor) {
  if (actor.local_operator) return true;
  for (const auto &use : TRY(reader.attached(hash))) {
    const auto record = TRY(reader.get(use.type, use.record));
    if (!record || !permit_record(reader, actor, *record)) continue;
    if (edition_of(*environment.catalog, *record).access != "handlers" ||
        TRY(handles(reader, actor, *record)))
      return true;
  }
  return false;
}

Result<bool> names_attachment(Environment &environment, store::Reader &reader,
                              const std::string &hash, const Actor &actor) {
  if (actor.local_operator || TRY(reader.meta(brought_key(actor.id, hash)))) return true;
  return reads_attachment(environment, reader, hash, actor);
}

Status fetch_attachment(Environment &environment, const std::string &hash,
                        const std::filesystem::path &target, const Actor &actor) {
  if (!actor.local_operator) {
    auto reader = TRY(environment.store.read());
    if (!TRY(reads_attachment(environment, *reader, hash, actor)))
      return not_found("there is no such file");
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

Status fetch_attachment_of(Ledgers &ledgers, const RecordId &record, const std::string &hash,
                           const std::filesystem::path &target, const Actor &actor) {
  auto &env = ledgers.environment();
  const auto shown = TRY(ledgers.show(record.text(), "", {}, false, actor));
  if (bears_paper(*shown.type, shown.record, hash) || shown.record.personal.empty())
    return fetch_attachment(env, hash, target, actor);
  if (!TRY(handles(*TRY(env.store.read()), actor, shown.record)))
    return not_found("there is no such file");
  const auto whole = TRY(ledgers.show(record.text(), "", {}, true, actor));
  if (!bears_paper(*whole.type, whole.record, hash)) return not_found("there is no such file");
  return fetch_attachment(env, hash, target, local_operator());
}

} // namespace yifa::service
