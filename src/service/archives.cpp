#include "service/archives.h"

#include "base/text.h"
#include "crypto/hash.h"
#include "exchange/archive.h"
#include "service/account_history.h"
#include "service/journal.h"
#include "service/ledgers.h"
#include "service/personal.h"
#include "service/recount.h"
#include "service/submission_keys.h"

#include <fstream>
#include <unordered_map>

#include <fmt/format.h>

namespace yifa::service {
namespace {

constexpr std::int64_t kEventsAtOnce = 1000;
constexpr std::string_view kRegister = "register:";
/// What stands beside the chains and cannot be made again from them: every catalog that was used,
/// the versions of reports (their texts are attachments), the query numbers of those who wrote in.
constexpr const char *kKeptMeta[] = {"catalog:", "report:", "public-number:"};

/// The crypto room's digest in the form the exchange room asks for.
class StreamDigest final : public exchange::Digest {
public:
  void update(std::string_view bytes) override { digest_.update(bytes); }
  std::string hex() override { return crypto::hex(digest_.finish()); }

private:
  crypto::Sha256 digest_;
};

std::unique_ptr<exchange::Digest> new_digest() { return std::make_unique<StreamDigest>(); }

Status write_attachment(exchange::ArchiveWriter &writer, const blob::Blobs &blobs,
                        const std::string &hash) {
  std::ifstream in(blobs.path_of(hash), std::ios::binary);
  return writer.attachment(hash, [&]() -> Result<std::string> {
    std::string piece(1 << 16, '\0');
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    piece.resize(static_cast<std::size_t>(in.gcount()));
    if (in.bad()) return unavailable(fmt::format("cannot read the attachment {}", hash));
    return piece;
  });
}

/// Rows, derived fields and tallies from what the events said.
Status make_rows(Environment &env, store::Writer &writer,
                 const std::unordered_map<RecordId, record::Record> &records) {
  for (const auto &[id, record] : records) TRY(writer.put_derived(record));
  return recount(env, writer);
}

/// Look-alikes by personal fields, where the master key of the archive is at hand. Under another
/// key its personal fields cannot be read, and what is new is not compared with them.
Status make_blinds(const Environment &env, store::Writer &writer,
                   const std::unordered_map<RecordId, record::Record> &records) {
  if (!env.master) return Done{};
  const auto key = crypto::derive(*env.master, kBlindPurpose);
  for (const auto &[id, record] : records) {
    const auto &type = edition_of(*env.catalog, record);
    if (record.personal.empty() || record.forgotten || !alike_by_personal(type)) continue;
    auto personal = unseal(env, writer, record);
    if (!personal) continue;
    auto whole = record;
    TRY(fill(type, *personal, whole));
    if (auto mac = blind_mac(key, type, whole))
      TRY(writer.put_blind(record.owner_org, record.type, id, kBlindAlike, *mac));
  }
  return Done{};
}

/// To whom matters were sent and from whom they were taken back, in the order it happened.
struct Sending {
  std::string county;
  RecordId record;
  std::string user;
  bool taken_back = false;
};

Status note_sending(const record::Event &event, std::vector<Sending> &sendings) {
  if (event.type != "@handler") return Done{};
  const auto body = TRY(parse_json(event.body));
  const auto *user = body.is_object() ? body.get_object().if_contains("user") : nullptr;
  if (user == nullptr || !user->is_string())
    return invalid(fmt::format("event {} of chain {} names no user", event.seq, event.chain));
  sendings.push_back({event.chain.substr(event.chain.find(':') + 1), event.record,
                      std::string(user->get_string()), event.action == "take back"});
  return Done{};
}

Status settle_handlers(store::Writer &writer, const std::vector<Sending> &sendings) {
  for (const auto &one : sendings)
    TRY(one.taken_back ? writer.drop_handler(one.record, one.user)
                       : writer.put_handler(one.county, one.record, one.user));
  return Done{};
}

} // namespace

Result<ArchiveReport> export_all(Workspace &space, const std::filesystem::path &folder,
                                 const std::function<void(double, const std::string &)> &progress) {
  auto &env = space.environment();
  auto reader = TRY(env.store.read());
  auto archive = TRY(exchange::ArchiveWriter::create(folder, new_digest));
  ArchiveReport report;
  crypto::Sha256 heads;
  auto chains = TRY(reader->chains());
  json::object head_list;
  for (std::size_t i = 0; i < chains.size(); ++i) {
    const auto &chain = chains[i];
    if (progress)
      progress(0.7 * static_cast<double>(i) / static_cast<double>(chains.size()), chain);
    std::int64_t seq = 0;
    while (true) {
      auto page = TRY(reader->events(chain, seq, kEventsAtOnce));
      for (const auto &event : page) TRY(archive.event(event));
      report.events += static_cast<std::int64_t>(page.size());
      if (page.size() < static_cast<std::size_t>(kEventsAtOnce)) break;
      seq = page.back().seq;
    }
    auto head = TRY(reader->head(chain));
    if (!head) continue;
    heads.update(chain + " " + crypto::hex(head->hash) + "\n");
    head_list[chain] = crypto::hex(head->hash);
  }
  for (const auto &org : TRY(reader->orgs_under(OrgCode(), std::nullopt, 0))) {
    TRY(archive.org(org));
    report.orgs += 1;
  }
  TRY(reader->each_record_key([&](const RecordId &id, const std::string &wrapped) {
    return archive.key({id, wrapped});
  }));
  TRY(reader->each_answer([&](const std::string &county, const std::string &actor,
                              const std::string &key, const store::KeyedAnswer &answer) {
    return archive.answer({county, actor, key, answer.request_hash, answer.answer});
  }));
  TRY(reader->each_register([&](const store::RegisterRow &row) {
    return archive.meta(
        fmt::format("{}{}|{}|{}", kRegister, row.owner.text(), row.register_id, row.year),
        std::to_string(row.last));
  }));
  for (const char *prefix : kKeptMeta)
    for (const auto &key : TRY(reader->meta_keys(prefix)))
      if (auto value = TRY(reader->meta(key))) TRY(archive.meta(key, *value));
  for (const auto &[path, content] : space.sources()) TRY(archive.catalog_source(path, content));
  for (const auto &type : env.catalog->type_ids())
    TRY(reader->each_record(type, [&](record::Record &&) -> Status {
      report.records += 1;
      return Done{};
    }));
  if (progress) progress(0.9, "attachments");
  TRY(env.blobs.each([&](const std::string &hash, std::int64_t) -> Status {
    report.attachments += 1;
    return write_attachment(archive, env.blobs, hash);
  }));
  report.heads = crypto::hex(heads.finish());
  TRY(archive.finish({{"heads", std::move(head_list)},
                      {"heads_digest", report.heads},
                      {"events", report.events},
                      {"records", report.records},
                      {"catalog", env.catalog->hash}}));
  return report;
}

Result<ArchiveReport>
load_archive(Workspace &space, const std::filesystem::path &folder,
             const std::function<void(double, const std::string &)> &progress) {
  auto &env = space.environment();
  auto archive = TRY(exchange::ArchiveReader::open(folder, new_digest));
  auto writer = TRY(env.store.write({.bulk = true}));
  if (!TRY(writer->chains()).empty())
    return invalid("this data directory holds records already; load into a new one");
  ArchiveReport report;
  TRY(archive.orgs([&](record::Org &&org) -> Status {
    report.orgs += 1;
    return writer->put_org(org);
  }));
  crypto::Sha256 heads;
  std::unordered_map<RecordId, record::Record> records;
  std::vector<Sending> sendings;
  auto chains = archive.chains();
  for (std::size_t i = 0; i < chains.size(); ++i) {
    if (progress)
      progress(0.6 * static_cast<double>(i) / static_cast<double>(chains.size()), chains[i]);
    std::string last;
    TRY(archive.events(chains[i], [&](record::Event &&event) -> Status {
      auto wanted = event.hash;
      TRY(read_head(event));
      TRY(writer->append(event));
      if (event.hash != wanted)
        return invalid(fmt::format("event {} of chain {} does not have the hash the archive says",
                                   event.seq, chains[i]));
      last = event.hash;
      report.events += 1;
      TRY(note_sending(event, sendings));
      if (!event.type.starts_with("@")) {
        auto done = replay(*env.catalog, event, records[event.record]);
        if (!done)
          return invalid(
              fmt::format("event {} of chain {}: {}", event.seq, chains[i], done.error().message));
      }
      return Done{};
    }));
    heads.update(chains[i] + " " + crypto::hex(last) + "\n");
  }
  report.heads = crypto::hex(heads.finish());
  report.records = static_cast<std::int64_t>(records.size());
  if (progress) progress(0.6, "rows");
  TRY(archive.keys([&](exchange::ArchiveKey &&key) -> Status {
    const auto owner = records.find(key.record);
    if (owner == records.end())
      return invalid(fmt::format("the archive holds a key of a record that is not in it: {}",
                                 key.record.text()));
    return writer->put_record_key(owner->second.owner_org.county(), key.record, key.wrapped);
  }));
  TRY(make_rows(env, *writer, records));
  TRY(make_blinds(env, *writer, records));
  TRY(settle_handlers(*writer, sendings));
  TRY(archive.answers([&](exchange::ArchiveAnswer &&answer) {
    return writer->keep_answer(answer.county, answer.actor, answer.key,
                               {answer.request_hash, answer.answer});
  }));
  for (const auto &[key, value] : TRY(archive.meta())) {
    if (!key.starts_with(kRegister)) {
      TRY(writer->put_meta(key, value));
      continue;
    }
    auto parts = text::split(key.substr(kRegister.size()), '|');
    if (parts.size() != 3)
      return invalid(fmt::format("the archive names the register \"{}\"", key));
    TRY(writer->put_register(
        {TRY(OrgCode::parse(parts[0])), parts[1], std::stoi(parts[2]), std::stoll(value)}));
  }
  if (progress) progress(0.9, "attachments");
  for (const auto &hash : archive.attachments()) {
    auto kept = TRY(env.blobs.put_file(archive.attachment_path(hash)));
    if (kept.hash != hash) return invalid(fmt::format("the attachment {} was altered", hash));
    report.attachments += 1;
  }
  TRY(bring_back_accounts(*writer));
  TRY(bring_back_keys(*writer));
  TRY(writer->commit());
  return report;
}

} // namespace yifa::service
