#include "base/file.h"
#include "base/text.h"
#include "exchange/template_out.h"
#include "http/begin_job.h"
#include "service/imports.h"

#include <fmt/format.h>

namespace yifa::http {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostProblems = 500;

/// The uploaded file outlives its request: the job reads it and removes it.
class ImportFileKept {
public:
  static Result<std::shared_ptr<ImportFileKept>> take(const fs::path &upload,
                                                      const fs::path &folder,
                                                      const std::string &ending,
                                                      const std::string &id) {
    auto kept = std::make_shared<ImportFileKept>();
    kept->folder_ = folder / ("import-" + id);
    std::error_code error;
    fs::create_directories(kept->folder_, error);
    kept->file = kept->folder_ / ("upload" + ending);
    fs::rename(upload, kept->file, error);
    if (error) return unavailable("the file cannot be kept: is the disk full?");
    return kept;
  }
  ~ImportFileKept() {
    std::error_code gone;
    fs::remove_all(folder_, gone);
  }
  fs::path file;

private:
  fs::path folder_;
};

/// Cells as the person knows them: without our path before them.
std::string cell_of(const std::string &where, const fs::path &file) {
  const auto prefix = file.filename().string() + "!";
  const auto at = where.find(prefix);
  return at == std::string::npos ? where : where.substr(at + prefix.size());
}

json::object imported_json(const service::ImportedFile &done, const std::vector<Problem> &problems,
                           const fs::path &file) {
  json::array told;
  for (const auto &problem : problems)
    told.push_back({{"where", cell_of(problem.where, file)},
                    {"message", problem.message},
                    {"source", problem.source},
                    {"supply", problem.supply}});
  return {{"ledger", done.ledger},       {"batch", done.batch.text()},
          {"rows", done.rows},           {"taken", done.taken},
          {"repeated", done.repeated},   {"rejected", done.rejected},
          {"problems", std::move(told)}, {"notes", json::value_from(done.notes)}};
}

Result<Response> import_file(Call &call) {
  const auto *type = TRY(service::find_type(call.catalog(), call.captured[0]));
  if (!account::rights(call.visitor->user()).enter) return forbidden("you may not enter records");
  const auto ending = text::lower_ascii(fs::path(call.text("name")).extension().string());
  if (ending != ".xlsx" && ending != ".csv" && ending != ".jsonl")
    return invalid("an import reads .xlsx, .csv or .jsonl");
  auto kept = TRY(ImportFileKept::take(call.request.upload, call.desk.spool(), ending,
                                       call.environment().ids.next().text()));
  service::ImportRequest request;
  request.files.push_back({kept->file, type->id});
  request.org = TRY(call.org());
  request.dry_run = call.flag("dry_run");
  request.accept_good = call.flag("accept_good");
  request.personal = call.flag("personal");
  auto *desk = &call.desk;
  const auto actor = call.actor();
  const bool english = call.english;
  return begin_job(call, request.dry_run ? "preview" : "import",
                   [=](const Jobs::Progress &progress) mutable -> Result<json::object> {
                     request.progress = [&](const std::string &, double share) {
                       progress(share, "");
                     };
                     auto done = service::Imports(desk->ledgers()).run(request, actor);
                     const auto words = [&](std::vector<Problem> problems) {
                       if (problems.size() > kMostProblems) problems.resize(kMostProblems);
                       if (!english)
                         for (auto &one : problems)
                           one.message = desk->messages().translate(one.message);
                       return problems;
                     };
                     if (!done) {
                       if (done.error().code != ErrorCode::Invalid || done.error().problems.empty())
                         return std::move(done).error();
                       // A file with faults is an answer too: which cells.
                       service::ImportedFile none;
                       none.ledger = request.files.front().ledger;
                       none.rejected = static_cast<std::int64_t>(done.error().problems.size());
                       auto out = imported_json(none, words(done.error().problems), kept->file);
                       out["refused"] = true;
                       return out;
                     }
                     const auto &first = done->front();
                     return imported_json(first, words(first.problems), kept->file);
                   });
}

Result<Response> undo(Call &call) {
  const auto body = TRY(call.body());
  const auto batch = TRY(RecordId::parse(call.captured[0]));
  const auto undone = TRY(service::Imports(call.desk.ledgers())
                              .undo(batch, TRY(text_in(body, "reason")), call.actor()));
  return answer({{"withdrawn", undone.records}});
}

Result<Response> blank_sheet(Call &call) {
  const auto *type = TRY(service::find_type(call.catalog(), call.captured[0]));
  const auto file = call.desk.spool() / (call.environment().ids.next().text() + ".xlsx");
  auto made = exchange::write_template(file.string(), call.catalog(), *type, call.english);
  auto bytes = made ? read_file(file, std::size_t{1} << 26) : Result<std::string>(made.error());
  std::error_code gone;
  fs::remove(file, gone);
  return download(TRY(std::move(bytes)),
                  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                  call.label(type->label) + ".xlsx");
}

} // namespace

void add_import_routes(Router &router) {
  auto &import = router.add(Method::Post, "/api/v1/ledgers/{ledger}/imports", "importRecords",
                            "Records from a spreadsheet, previewed or taken", import_file);
  import.body = Route::Body::File;
  import.with({"name", "The file's name, for its ending", "string", true})
      .with({"org", "Office that keeps the records"})
      .with({"dry_run", "Only say what would be taken", "boolean"})
      .with({"accept_good", "Take the rows that pass", "boolean"})
      .with({"personal", "A handler's sheet with personal columns", "boolean"});
  import.gives = "Job";
  import.status = 202;
  auto &back = router.add(Method::Post, "/api/v1/imports/{batch}/undo", "undoImport",
                          "Withdraws every record of an import", undo);
  back.body = Route::Body::Json;
  back.takes = "Reason";
  back.gives = "Undone";
  router
      .add(Method::Get, "/api/v1/ledgers/{ledger}/template.xlsx", "blankSheet",
           "A blank sheet of the ledger", blank_sheet)
      .media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
}

} // namespace yifa::http
