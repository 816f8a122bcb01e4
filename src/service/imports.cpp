#include "service/imports.h"

#include "base/file.h"
#include "crypto/hash.h"
#include "exchange/reject_out.h"
#include "exchange/table_in.h"
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

/// One file under way.
struct Opened {
  exchange::TableSource source;
  const catalog::RecordType *type = nullptr;
  std::string key_prefix;
  ImportedFile report;
  std::set<std::int64_t> bad; ///< line numbers that will not be taken
};

record::Command command_of(const Opened &file, const exchange::WrittenRow &row,
                           const OrgCode &org) {
  record::Command command;
  command.client_key = fmt::format("{}:{}", file.key_prefix, row.number);
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

} // namespace

Result<std::vector<ImportedFile>> Imports::run(const ImportRequest &request, const Actor &actor) {
  auto &env = ledgers_.environment();
  std::vector<Opened> files;
  for (const auto &file : request.files) {
    const auto *type = TRY(find_type(*env.catalog, file.ledger));
    exchange::TableSource::Options options;
    options.personal = request.personal;
    auto source = TRY(exchange::TableSource::open(file.path, *type, options));
    auto digest = TRY(file_digest(file.path));
    Opened opened{std::move(source), type, {}, {}, {}};
    opened.key_prefix =
        crypto::hex(crypto::sha256(digest + type->id + request.org.text())).substr(0, 32);
    opened.report.path = file.path;
    opened.report.ledger = type->id;
    opened.report.batch = env.ids.next();
    files.push_back(std::move(opened));
  }

  // First round: every row gets its id, so that links between rows and files can be followed in any
  // order.
  KeyedIds keys;
  std::map<std::pair<std::size_t, std::int64_t>, RecordId> ids;
  for (std::size_t f = 0; f < files.size(); ++f)
    TRY(files[f].source.read([&](exchange::WrittenRow &&row) -> Status {
      if (row.key.empty()) return Done{};
      auto id = env.ids.next();
      keys[{files[f].type->id, row.key}] = id;
      ids[{f, row.number}] = id;
      return Done{};
    }));

  // Second round: every row is judged before anything is written. A row whose link leads to a bad
  // row is bad too.
  auto reader = TRY(env.store.read());
  auto office_of = [&](store::Reader &in, const exchange::WrittenRow &row) -> Result<OrgCode> {
    return row.org.empty() ? Result<OrgCode>(request.org) : resolve_org(in, row.org, request.org);
  };
  auto judge = [&](Opened &file, const exchange::WrittenRow &row) -> Result<std::vector<Problem>> {
    std::vector<Problem> problems = row.problems;
    if (!row.action.empty())
      problems.push_back(
          {row.address("@act"),
           "an import opens records; steps of records made before are taken with `yifa act`", "",
           ""});
    if (!problems.empty() && (row.fields.empty() || !row.action.empty())) return problems;
    auto org = office_of(*reader, row);
    if (!org) {
      problems.push_back({row.address("@org"), org.error().message, "", ""});
      return problems;
    }
    auto checked = ledgers_.check(*reader, command_of(file, row, *org), actor, &keys);
    if (!checked) {
      const auto code = checked.error().code;
      if (code == ErrorCode::Unavailable || code == ErrorCode::Internal)
        return std::move(checked).error();
      for (auto &problem : in_cells(checked.error(), row)) problems.push_back(problem);
    }
    return problems;
  };
  bool again = true;
  for (int round = 0; again && round < 4; ++round) {
    again = false;
    for (std::size_t f = 0; f < files.size(); ++f) {
      auto &file = files[f];
      if (round == 0) file.report.rows = 0;
      TRY(file.source.read([&](exchange::WrittenRow &&row) -> Status {
        if (request.progress && round == 0 && row.number % 256 == 0)
          request.progress(file.report.path.string(), file.source.fraction() / 2);
        if (round == 0) file.report.rows += 1;
        if (file.bad.contains(row.number)) return Done{};
        auto problems = TRY(judge(file, row));
        if (problems.empty()) return Done{};
        file.bad.insert(row.number);
        file.report.rejected += 1;
        if (!row.key.empty()) {
          keys.erase({file.type->id, row.key});
          again = true;
        }
        for (auto &problem : problems)
          if (file.report.problems.size() < kMostProblems) file.report.problems.push_back(problem);
        return Done{};
      }));
    }
    again = again && request.accept_good;
  }
  reader.reset();

  std::int64_t rejected = 0;
  std::vector<Problem> problems;
  for (auto &file : files) {
    rejected += file.report.rejected;
    file.report.notes = file.source.notes();
    problems.insert(problems.end(), file.report.problems.begin(), file.report.problems.end());
  }
  auto reports = [&] {
    std::vector<ImportedFile> out;
    for (auto &file : files) out.push_back(file.report);
    return out;
  };
  if (rejected > 0 && !request.accept_good)
    return invalid(fmt::format("nothing was imported: {} row(s) cannot be taken", rejected),
                   problems);
  if (request.dry_run) return reports();

  // Third round: all files in one transaction, and the reject files beside them.
  auto writer = TRY(env.store.write(true));
  for (std::size_t f = 0; f < files.size(); ++f) {
    auto &file = files[f];
    std::optional<exchange::RejectFile> rejects;
    if (file.report.rejected > 0) {
      file.report.reject_file = request.reject_file;
      if (request.reject_file.empty() || files.size() > 1) {
        auto beside = file.report.path;
        beside.replace_extension(".rejected" + file.report.path.extension().string());
        file.report.reject_file = beside;
      }
      rejects = TRY(exchange::RejectFile::create(file.report.reject_file, file.source));
    }
    TRY(file.source.read([&](exchange::WrittenRow &&row) -> Status {
      if (request.progress && row.number % 256 == 0)
        request.progress(file.report.path.string(), 0.5 + file.source.fraction() / 2);
      if (file.bad.contains(row.number)) {
        auto again_read = TRY(env.store.read());
        auto org = office_of(*again_read, row);
        std::vector<Problem> why = row.problems;
        if (!org) {
          why.push_back({row.address("@org"), org.error().message, "", ""});
        } else if (auto checked =
                       ledgers_.check(*again_read, command_of(file, row, *org), actor, &keys);
                   !checked) {
          for (auto &problem : in_cells(checked.error(), row)) why.push_back(problem);
        }
        return rejects->add(row, why);
      }
      auto command = command_of(file, row, TRY(office_of(*writer, row)));
      if (auto known = ids.find({f, row.number}); known != ids.end())
        command.record = known->second;
      auto receipt = ledgers_.apply_in(*writer, command, actor, &keys);
      if (!receipt) {
        auto error = std::move(receipt).error();
        error.problems = in_cells(error, row);
        error.message = "nothing was imported: " + error.message;
        return error;
      }
      (receipt->repeated ? file.report.repeated : file.report.taken) += 1;
      return Done{};
    }));
    if (rejects) TRY(rejects->finish());
  }
  TRY(writer->commit());
  return reports();
}

Result<Imports::Undone> Imports::undo(const RecordId &batch, const std::string &reason,
                                      const Actor &actor) {
  auto &env = ledgers_.environment();
  auto writer = TRY(env.store.write(true));
  auto members = TRY(writer->batch_members(batch));
  if (members.empty()) return not_found(fmt::format("there is no batch {}", batch.text()));
  std::vector<Problem> held;
  std::vector<record::Record> records;
  for (const auto &[type, id] : members) {
    auto found = TRY(writer->get(type, id));
    if (!found || found->withdrawn) continue;
    for (const auto &event : TRY(writer->history(id)))
      if (event.body.find("\"batch\":\"" + batch.text()) == std::string::npos) {
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
    TRY(ledgers_.apply_in(*writer, command, actor));
    done.records += 1;
  }
  TRY(writer->commit());
  return done;
}

} // namespace yifa::service
