#include "http/call.h"
#include "service/report_desk.h"
#include "wire/forms.h"

namespace yifa::http {
namespace {

/// Gates not binding, each with its ground: {"gate": "ground"}.
Status read_exemptions(const json::object &body, record::Command &command) {
  const auto *exempt = body.if_contains("exempt");
  if (exempt == nullptr || exempt->is_null()) return Done{};
  const auto *object = exempt->if_object();
  if (object == nullptr)
    return invalid("the body was not understood", {{"exempt", "is an object", "", ""}});
  for (const auto &each : *object) {
    if (!each.value().is_string())
      return invalid("the body was not understood", {{"exempt", "names a ground", "", ""}});
    command.exemptions.emplace_back(each.key(), each.value().as_string());
  }
  return Done{};
}

/// What every command on a record says. The client's key makes a retry the same act.
Result<record::Command> read_command(Call &call, const json::object &body) {
  record::Command command;
  command.actor = call.actor().id;
  command.client_key = std::string(call.request.header("idempotency-key"));
  if (command.client_key.size() > 200)
    return invalid("the Idempotency-Key is longer than 200 characters");
  command.reason = TRY(text_in(body, "reason"));
  if (const auto *fields = body.if_contains("fields"); fields != nullptr && !fields->is_null()) {
    if (!fields->is_object())
      return invalid("the body was not understood", {{"fields", "is an object", "", ""}});
    command.fields = fields->as_object();
  }
  TRY(read_exemptions(body, command));
  return command;
}

Result<Response> open_record(Call &call) {
  const auto body = TRY(call.body());
  auto command = TRY(read_command(call, body));
  command.type = TRY(service::find_type(call.catalog(), call.captured[0]))->id;
  command.action = "open";
  command.target_state = TRY(text_in(body, "state"));
  const auto org = TRY(text_in(body, "org"));
  command.org = org.empty() ? call.visitor->user().org : TRY(OrgCode::parse(org));
  if (TRY(flag_in(body, "dry_run"))) {
    auto *reader = TRY(call.reader());
    return answer(call.said(
        wire::receipt_json(TRY(call.desk.ledgers().check(*reader, command, call.actor())))));
  }
  auto receipt = TRY(call.desk.queue().apply(command, call.actor()));
  return answer(call.said(wire::receipt_json(receipt)), receipt.repeated ? 200 : 201);
}

/// What would become of it: done in a transaction that is given up.
Result<Response> tried(Call &call, record::Command command) {
  if (command.type == service::kReportLedger)
    return invalid("the steps of a report cannot be tried: they write its text");
  command.client_key.clear();
  auto writer = TRY(call.environment().store.write({.county = command.org.county()}));
  auto receipt = TRY(call.desk.ledgers().apply_in(*writer, command, call.actor()));
  return answer(call.said(wire::receipt_json(receipt)));
}

Result<Response> act(Call &call) {
  const auto body = TRY(call.body());
  auto command = TRY(read_command(call, body));
  auto shown = TRY(call.desk.ledgers().show(call.captured[0], "", {}, false, call.actor()));
  command.type = shown.record.type;
  command.record = shown.record.id;
  command.org = shown.record.owner_org;
  command.action = TRY(text_in(body, "action"));
  if (command.action.empty() || command.action == "open")
    return invalid("the body was not understood", {{"action", "names a step", "", ""}});
  if (const auto part = TRY(text_in(body, "part")); !part.empty())
    command.part = TRY(RecordId::parse(part));
  if (const auto *version = body.if_contains("version");
      version != nullptr && !version->is_null()) {
    if (!version->is_int64())
      return invalid("the body was not understood", {{"version", "is a whole number", "", ""}});
    command.expected_version = version->as_int64();
  }
  if (TRY(flag_in(body, "dry_run"))) return tried(call, std::move(command));
  // A step of a report does something to its text in the same transaction.
  if (command.type == service::kReportLedger) {
    service::ReportDesk reports(call.desk.ledgers(), *TRY(call.desk.checks().checker()));
    return answer(
        call.said(wire::receipt_json(TRY(reports.act(std::move(command), call.actor())))));
  }
  return answer(call.said(wire::receipt_json(TRY(call.desk.queue().apply(command, call.actor())))));
}

} // namespace

void add_action_routes(Router &router) {
  auto &open = router.add(Method::Post, "/api/v1/ledgers/{ledger}/records", "openRecord",
                          "Records an act; with dry_run judges it without writing", open_record);
  open.body = Route::Body::Json;
  open.takes = "Opening";
  open.gives = "Receipt";
  open.status = 201;
  open.also = 200;
  open.keyed = true;

  auto &step =
      router.add(Method::Post, "/api/v1/records/{id}/actions", "act",
                 "Takes a step, adds or corrects a part, corrects, withdraws, extends", act);
  step.body = Route::Body::Json;
  step.takes = "Action";
  step.gives = "Receipt";
  step.keyed = true;
}

} // namespace yifa::http
