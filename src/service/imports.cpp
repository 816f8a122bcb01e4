#include "service/imports.h"

#include "base/file.h"
#include "crypto/hash.h"
#include "exchange/reject_out.h"
#include "exchange/table_in.h"
#include "service/import_keys.h"
#include "service/orgs.h"

#include <fstream>
#include <set>

#include <fmt/format.h>

namespace yifa::service {
namespace {

constexpr std::size_t kMostProblems = 500;

/// Digest of a file's content, read in pieces.
Result<std::string> file_digest(const std::filesystem::path &path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return not_found(fmt::format("cannot open {}", path.string()));
  crypto::Sha256 digest;
  std::string piece(65536, '\0');
  while (in) {
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    digest.update(std::string_view(piece).substr(0, static_cast<std::size_t>(in.gcount())));
  }
  if (in.bad()) return unavailable(fmt::format("cannot read {}", path.string()));
  return crypto::hex(digest.finish());
}

/// Whether an event belongs to an import, or to its undoing.
bool in_batch(const record::Event &event, const RecordId &batch) {
  return event.body.find("\"batch\":\"" + batch.text()) != std::string::npos;
}

/// One file under way.
struct Opened {
  exchange::TableSource source;
  const catalog::RecordType *type = nullptr;
  std::string key_prefix;
  ImportedFile report;
  std::set<std::int64_t> bad;          ///< line numbers that will not be taken
  std::map<OrgCode, bool> had_records; ///< by office: whether anything can read alike
  std::int64_t alike = 0;              ///< rows that read like records
};

constexpr std::int64_t kMostAlikeTold = 5;
/// Rows whose look-ups are asked together. Until they are answered nothing else is done, so they
/// are many; what comes of them is sent in smaller parts.
constexpr std::size_t kTogether = 1024;

record::Command command_of(const Opened &file, const exchange::WrittenRow &row,
                           const OrgCode &org) {
  record::Command command;
  command.type = file.type->id;
  command.action = "open";
  command.org = org;
  command.fields = row.fields;
  command.reason = row.reason;
  command.batch = file.report.batch;
  command.target_state = row.state;
  if (!row.state.empty() && file.type->state(row.state) == nullptr)
    for (const auto &state : file.type->states)
      if (state.label.zh == row.state || state.label.en == row.state)
        command.target_state = state.id;
  for (const auto &part : row.parts)
    command.parts.push_back(
        {file.type->parts[static_cast<std::size_t>(part.part)].id, part.fields});
  return command;
}

/// Problems of a command in cells: those of a part by that part's own lines.
std::vector<Problem> in_cells(const Error &error, const exchange::WrittenRow &row) {
  std::vector<Problem> told = error.problems;
  if (told.empty()) told.push_back({"", error.message, "", ""});
  std::vector<Problem> out;
  for (auto &problem : told) {
    std::size_t at = 0;
    const exchange::WrittenFields *line = &row;
    if (problem.where.starts_with("parts[")) {
      at = std::stoul(problem.where.substr(6));
      auto dot = problem.where.find('.');
      problem.where = dot == std::string::npos ? "" : problem.where.substr(dot + 1);
      if (at < row.parts.size()) line = &row.parts[at];
    }
    auto cells = exchange::addressed({problem}, *line);
    out.insert(out.end(), cells.begin(), cells.end());
  }
  return out;
}

/// One import under way.
class Importing {
public:
  Importing(Ledgers &ledgers, const ImportRequest &request, const Actor &actor)
      : ledgers_(ledgers), env_(ledgers.environment()), request_(request), actor_(actor) {}

  Result<std::vector<ImportedFile>> run() {
    reader_ = TRY(env_.store.read());
    TRY(open());
    TRY(give_ids());
    // Most files are sound: they are taken at once. Only when something is wrong, or nothing is to
    // be written, is every row judged by itself.
    if (!request_.dry_run && TRY(take_whole())) return reports();
    TRY(judge_all());
    std::int64_t rejected = 0;
    std::vector<Problem> problems;
    for (const auto &file : files_) {
      rejected += file.report.rejected;
      problems.insert(problems.end(), file.report.problems.begin(), file.report.problems.end());
    }
    if (rejected > 0 && !request_.accept_good)
      return invalid(fmt::format("nothing was imported: {} row(s) cannot be taken", rejected),
                     problems);
    if (!request_.dry_run) TRY(take_good());
    return reports();
  }

private:
  Status open() {
    for (const auto &file : request_.files) {
      const auto *type = TRY(find_type(*env_.catalog, file.ledger));
      exchange::TableSource::Options options;
      options.personal = request_.personal;
      auto source = TRY(exchange::TableSource::open(file.path, *type, options));
      auto digest = TRY(file_digest(file.path));
      Opened opened{std::move(source), type, {}, {}, {}, {}, 0};
      opened.key_prefix =
          crypto::hex(crypto::sha256(digest + type->id + request_.org.text())).substr(0, 32);
      opened.report.path = file.path;
      opened.report.ledger = type->id;
      opened.report.batch = env_.ids.next();
      opened.report.notes = opened.source.notes();
      files_.push_back(std::move(opened));
    }
    return Done{};
  }

  /// Rows with a key get their ids first, so that links between rows and files can be followed in
  /// any order.
  Status give_ids() {
    for (std::size_t f = 0; f < files_.size(); ++f) {
      if (!files_[f].source.keyed()) continue;
      TRY(files_[f].source.read([&](exchange::WrittenRow &&row) -> Status {
        if (row.key.empty()) return Done{};
        auto id = TRY(taken_before(files_[f], row));
        if (!id) id = ids_[{f, row.number}] = env_.ids.next();
        keys_[{files_[f].type->id, row.key}] = *id;
        return Done{};
      }));
    }
    return Done{};
  }

  Result<OrgCode> office_of(store::Reader &in, const exchange::WrittenRow &row) const {
    return row.org.empty() ? Result<OrgCode>(request_.org) : resolve_org(in, row.org, request_.org);
  }

  void tell(const Opened &file, const exchange::WrittenRow &row, double from, double share) const {
    if (request_.progress && row.number % 256 == 0)
      request_.progress(file.report.path.string(), from + share * file.source.fraction());
  }

  /// The client key of a row of this very file: the n-th time it is taken after undoings.
  static std::string client_key(const Opened &file, const exchange::WrittenRow &row, int n) {
    return fmt::format("{}:{}{}", file.key_prefix, row.number, n > 1 ? fmt::format("#{}", n) : "");
  }

  /// Whether a record of an earlier import went with the undoing of that import.
  static Result<bool> undone(store::Reader &in, const std::string &type, const RecordId &id) {
    auto record = TRY(in.get(type, id));
    if (!record || !record->withdrawn || !record->batch) return false;
    auto history = TRY(in.history(id));
    return !history.empty() && in_batch(history.back(), *record->batch);
  }

  /// The record that this row of this very file became in an earlier import that stands.
  Result<std::optional<RecordId>> taken_before(const Opened &file,
                                               const exchange::WrittenRow &row) {
    auto org = office_of(*reader_, row);
    if (!org) return std::optional<RecordId>(); // told when the row is judged
    for (int n = 1;; ++n) {
      auto kept = TRY(reader_->keyed(org->county(), actor_.id, client_key(file, row, n)));
      if (!kept) return std::optional<RecordId>();
      const auto id = TRY(receipt_from(kept->answer)).record;
      if (!TRY(undone(*reader_, file.type->id, id))) return std::optional(id);
    }
  }

  Result<record::Command> opening(store::Writer &writer, std::size_t f,
                                  const exchange::WrittenRow &row) {
    auto &file = files_[f];
    auto command = command_of(file, row, TRY(office_of(writer, row)));
    command.tell_alike = TRY(can_be_alike(file, command.org));
    if (auto known = ids_.find({f, row.number}); known != ids_.end())
      command.record = known->second;
    command.client_key = client_key(file, row, 1);
    return command;
  }

  Result<record::Receipt> take(store::Writer &writer, std::size_t f,
                               const exchange::WrittenRow &row, record::Command command) {
    auto &file = files_[f];
    for (int n = 1;; ++n) {
      command.client_key = client_key(file, row, n);
      auto receipt = TRY(ledgers_.apply_in(writer, command, actor_, &keys_));
      if (receipt.repeated && TRY(undone(writer, file.type->id, receipt.record))) continue;
      if (!receipt.repeated && !row.key.empty())
        TRY(ImportKeys(ledgers_.request_key())
                .remember(writer, command.org, file.type->id, row.key, receipt.record));
      note_alike(file, row, receipt);
      return receipt;
    }
  }

  /// A ledger that was empty before has nothing to be alike to; looking would cost every row.
  Result<bool> can_be_alike(Opened &file, const OrgCode &office) {
    auto [known, fresh] = file.had_records.try_emplace(office, false);
    if (!fresh) return known->second;
    record::Query query;
    query.type = file.type->id;
    query.scope = office;
    query.limit = 1;
    known->second = !TRY(reader_->find(query)).empty();
    return known->second;
  }

  static void note_alike(Opened &file, const exchange::WrittenRow &row,
                         const record::Receipt &receipt) {
    if (receipt.warnings.empty()) return;
    if (++file.alike <= kMostAlikeTold)
      file.report.notes.push_back(
          fmt::format("{}: {}", row.where, receipt.warnings.front().message));
  }

  static void count(ImportedFile &report, const record::Receipt &receipt) {
    (receipt.repeated ? report.repeated : report.taken) += 1;
  }

  /// Takes rows of one file together: what they look up is asked once for all of them.
  Status take_some(store::Writer &writer, std::size_t f,
                   const std::vector<exchange::WrittenRow> &rows) {
    std::vector<record::Command> commands;
    for (const auto &row : rows) {
      if (!row.problems.empty() || !row.action.empty()) return invalid("a row with problems");
      commands.push_back(TRY(opening(writer, f, row)));
    }
    std::vector<Ledgers::Asked> asked;
    for (const auto &command : commands) asked.push_back({command, actor_});
    TRY(ledgers_.foresee(writer, asked));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      count(files_[f].report, TRY(take(writer, f, rows[i], std::move(commands[i]))));
      files_[f].report.rows += 1;
    }
    return Done{};
  }

  /// False, with nothing written, when a row cannot be taken. Which one it is is found row by row.
  Result<bool> take_whole() {
    auto writer = TRY(env_.store.write({.bulk = true, .late = true}));
    Status taken = Done{};
    for (std::size_t f = 0; f < files_.size() && taken; ++f) {
      auto &file = files_[f];
      std::vector<exchange::WrittenRow> rows;
      auto read = file.source.read([&](exchange::WrittenRow &&row) -> Status {
        tell(file, row, 0, 1);
        rows.push_back(std::move(row));
        if (rows.size() < kTogether) return Done{};
        taken = take_some(*writer, f, rows);
        rows.clear();
        return taken ? Status(Done{}) : invalid("enough seen");
      });
      if (!read && taken) return std::move(read).error();
      if (taken) taken = take_some(*writer, f, rows);
    }
    if (taken) taken = writer->commit();
    const bool sound = taken.has_value();
    if (!sound) {
      const auto code = taken.error().code;
      if (code == ErrorCode::Unavailable || code == ErrorCode::Internal)
        return std::move(taken).error();
    }
    writer.reset();
    if (!sound)
      for (auto &file : files_) {
        file.report.rows = file.report.taken = file.report.repeated = file.alike = 0;
        file.report.notes = file.source.notes();
      }
    return sound;
  }

  Result<std::vector<Problem>> judge(Opened &file, const exchange::WrittenRow &row) {
    std::vector<Problem> problems = row.problems;
    if (!row.action.empty())
      problems.push_back(
          {row.address("@act"),
           "an import opens records; steps of records made before are taken with `yifa act`", "",
           ""});
    if (!problems.empty() && (row.fields.empty() || !row.action.empty())) return problems;
    auto org = office_of(*reader_, row);
    if (!org) {
      problems.push_back({row.address("@org"), org.error().message, "", ""});
      return problems;
    }
    auto command = command_of(file, row, *org);
    command.tell_alike = request_.dry_run && TRY(can_be_alike(file, *org));
    auto checked = ledgers_.check(*reader_, command, actor_, &keys_);
    if (checked) {
      if (request_.dry_run && TRY(taken_before(file, row))) {
        file.report.repeated += 1;
      } else {
        note_alike(file, row, *checked);
      }
    } else {
      const auto code = checked.error().code;
      if (code == ErrorCode::Unavailable || code == ErrorCode::Internal)
        return std::move(checked).error();
      for (auto &problem : in_cells(checked.error(), row)) problems.push_back(problem);
    }
    return problems;
  }

  /// A row whose link leads to a bad row is bad too, hence the rounds.
  Status judge_all() {
    bool again = true;
    for (int round = 0; again && round < 4; ++round) {
      again = false;
      for (auto &file : files_)
        TRY(file.source.read([&](exchange::WrittenRow &&row) -> Status {
          if (round == 0) {
            tell(file, row, 0, 0.5);
            file.report.rows += 1;
          }
          if (file.bad.contains(row.number)) return Done{};
          auto problems = TRY(judge(file, row));
          if (problems.empty()) return Done{};
          file.bad.insert(row.number);
          file.report.rejected += 1;
          if (!row.key.empty()) {
            keys_.erase({file.type->id, row.key});
            again = true;
          }
          for (auto &problem : problems)
            if (file.report.problems.size() < kMostProblems)
              file.report.problems.push_back(problem);
          return Done{};
        }));
      again = again && request_.accept_good;
    }
    return Done{};
  }

  /// The rows that passed, in one transaction; the others go into files beside them.
  Status take_good() {
    auto writer = TRY(env_.store.write({.bulk = true}));
    for (std::size_t f = 0; f < files_.size(); ++f) {
      auto &file = files_[f];
      std::optional<exchange::RejectFile> rejects;
      if (file.report.rejected > 0) {
        file.report.reject_file = request_.reject_file;
        if (request_.reject_file.empty() || files_.size() > 1) {
          auto beside = file.report.path;
          beside.replace_extension(".rejected" + file.report.path.extension().string());
          file.report.reject_file = beside;
        }
        rejects = TRY(exchange::RejectFile::create(file.report.reject_file, file.source));
      }
      TRY(file.source.read([&](exchange::WrittenRow &&row) -> Status {
        tell(file, row, 0.5, 0.5);
        if (file.bad.contains(row.number)) return rejects->add(row, TRY(judge(file, row)));
        auto command = opening(*writer, f, row);
        auto receipt = command ? take(*writer, f, row, *std::move(command))
                               : Result<record::Receipt>(std::move(command).error());
        if (!receipt) {
          auto error = std::move(receipt).error();
          error.problems = in_cells(error, row);
          error.message = "nothing was imported: " + error.message;
          return error;
        }
        count(file.report, *receipt);
        return Done{};
      }));
      if (rejects) TRY(rejects->finish());
    }
    return writer->commit();
  }

  std::vector<ImportedFile> reports() const {
    std::vector<ImportedFile> out;
    for (const auto &file : files_) {
      out.push_back(file.report);
      if (file.alike > kMostAlikeTold)
        out.back().notes.push_back(fmt::format("{} more rows read like records that are there",
                                               file.alike - kMostAlikeTold));
    }
    return out;
  }

  Ledgers &ledgers_;
  Environment &env_;
  const ImportRequest &request_;
  const Actor &actor_;
  std::vector<Opened> files_;
  KeyedIds keys_;
  std::map<std::pair<std::size_t, std::int64_t>, RecordId> ids_;
  std::unique_ptr<store::Reader> reader_;
};

} // namespace

Result<std::vector<ImportedFile>> Imports::run(const ImportRequest &request, const Actor &actor) {
  return Importing(ledgers_, request, actor).run();
}

Result<Imports::Undone> Imports::undo(const RecordId &batch, const std::string &reason,
                                      const Actor &actor) {
  auto &env = ledgers_.environment();
  auto writer = TRY(env.store.write({.bulk = true}));
  auto members = TRY(writer->batch_members(batch));
  if (members.empty()) return not_found(fmt::format("there is no batch {}", batch.text()));
  std::vector<Problem> held;
  std::vector<record::Record> records;
  for (const auto &[type, id] : members) {
    auto found = TRY(writer->get(type, id));
    if (!found || found->withdrawn) continue;
    for (const auto &event : TRY(writer->history(id)))
      if (!in_batch(event, batch)) {
        held.push_back({found->number,
                        fmt::format("{} record {} was changed on {} ({})", type, id.text(),
                                    event.at.date().text(), event.action),
                        "", ""});
        break;
      }
    records.push_back(std::move(*found));
  }
  if (!held.empty())
    return refused(fmt::format("{} record(s) were acted on since the import", held.size()), held);
  if (records.empty()) return refused("the batch was undone before", {});
  Undone done;
  for (const auto &each : records) {
    record::Command command;
    command.type = each.type;
    command.action = "withdraw";
    command.record = each.id;
    command.org = each.owner_org;
    command.reason = reason;
    command.batch = batch;
    TRY(ledgers_.apply_in(*writer, command, actor));
    done.records += 1;
  }
  TRY(writer->commit());
  return done;
}

} // namespace yifa::service
