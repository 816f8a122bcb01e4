#include "base/file.h"
#include "http/call.h"
#include "http/sniff.h"
#include "service/attachments.h"

namespace yifa::http {
namespace {

Result<Response> keep_file(Call &call) {
  if (!account::rights(call.visitor->user()).records) return forbidden("you may not add files");
  const auto name = call.text("name");
  const auto type = TRY(type_of_upload(call.request.upload, name));
  const auto kept =
      TRY(service::keep_attachment(call.environment(), call.request.upload, call.actor()));
  return answer({{"hash", kept.hash}, {"bytes", kept.bytes}, {"name", name}, {"type", type}}, 201);
}

Result<Response> send_file(Call &call) {
  const auto &hash = call.captured[0];
  if (hash.size() != 64 || hash.find_first_not_of("0123456789abcdef") != std::string::npos)
    return not_found("there is no such file");
  const auto file = call.desk.spool() / call.environment().ids.next().text();
  if (const auto record = call.text("record"); !record.empty())
    TRY(service::fetch_attachment_of(call.desk.ledgers(), TRY(RecordId::parse(record)), hash, file,
                                     call.actor()));
  else
    TRY(service::fetch_attachment(call.environment(), hash, file, call.actor()));
  auto bytes = read_file(file, std::size_t{1} << 30);
  std::error_code gone;
  std::filesystem::remove(file, gone);
  auto content = TRY(std::move(bytes));
  auto type = sniff(std::string_view(content).substr(0, 4096));
  if (type.empty()) type = "application/octet-stream";
  auto response = download(std::move(content), type, hash.substr(0, 12));
  if (shown_in_place(type)) response.headers.clear();
  // What somebody uploaded runs nothing, whatever it is.
  response.headers.emplace_back("Content-Security-Policy", "sandbox; default-src 'none'");
  response.headers.emplace_back("Cache-Control", "private, max-age=3600");
  return response;
}

} // namespace

void add_file_routes(Router &router) {
  auto &keep =
      router.add(Method::Post, "/api/v1/files", "keepFile",
                 "Keeps a file's content; a field of a record then names its hash", keep_file);
  keep.body = Route::Body::File;
  keep.with({"name", "The file's name, whose ending must fit its content", "string", true});
  keep.gives = "KeptFile";
  keep.status = 201;
  router
      .add(Method::Get, "/api/v1/files/{hash}", "sendFile",
           "A file that a record you may see names", send_file)
      .with({"record",
             "The record: needed for a file of a personal field, whose reading is recorded"})
      .media = "*/*";
}

} // namespace yifa::http
