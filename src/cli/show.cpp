#include "cli/show.h"

#include "crypto/hash.h"
#include "procedure/steps.h"
#include "record/codec.h"
#include "wire/forms.h"

#include <ostream>

#include <fmt/format.h>

namespace yifa::cli {
namespace {

std::string labelled(const catalog::Words &label, const std::string &id) {
  return fmt::format("{} ({})", label.zh, id);
}

void print_values(Context &context, const catalog::Catalog &catalog,
                  const std::vector<catalog::Field> &fields,
                  const std::vector<catalog::Value> &values, const char *indent) {
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (values[i].filled())
      context.out() << fmt::format("{}{}: {}\n", indent, labelled(fields[i].label, fields[i].id),
                                   record::display(catalog, fields[i], values[i]));
}

} // namespace

void print_receipt(Context &context, const record::Receipt &receipt, const char *did) {
  if (context.as_json) {
    context.print(wire::receipt_json(receipt));
    return;
  }
  context.out() << fmt::format("{} {} {} ({}){}{}{}\n", receipt.repeated ? "already" : did,
                               receipt.type, receipt.number, receipt.record.text(),
                               receipt.state == "kept" ? ""
                                                       : fmt::format(", state {}", receipt.state),
                               receipt.part ? fmt::format(", part {}", receipt.part->text()) : "",
                               receipt.late ? ", marked late (补录)" : "");
  for (const auto &warning : receipt.warnings)
    context.err() << "note: " << warning.message
                  << (warning.source.empty() ? "" : " [" + warning.source + "]") << "\n";
}

void print_record(Context &context, const catalog::Catalog &catalog,
                  const service::Ledgers::Shown &shown, const std::vector<record::Event> &history) {
  const auto &record = shown.record;
  const auto &type = *shown.type;
  if (context.as_json) {
    auto out = record::to_json(type, record, shown.personal);
    if (!history.empty()) {
      json::array events;
      for (const auto &event : history) {
        auto body = parse_json(event.body);
        events.push_back({{"chain", event.chain},
                          {"seq", event.seq},
                          {"hash", crypto::hex(event.hash)},
                          {"event", body ? *body : json::value()}});
      }
      out["history"] = std::move(events);
    }
    context.print(out);
    return;
  }
  auto &out = context.out();
  out << fmt::format("{} {}\n  id {}\n  office {}, day {}, version {}, edition {}\n",
                     labelled(type.label, type.id), record.number, record.id.text(),
                     record.owner_org.text(), record.day.text(), record.version,
                     record.edition.text());
  if (const auto *state = type.state(record.state); state != nullptr && type.states.size() > 1)
    out << fmt::format("  state {}\n", labelled(state->label, state->id));
  if (record.late) out << "  late entry (补录)\n";
  if (record.withdrawn) out << fmt::format("  withdrawn: {}\n", record.withdrawn_reason);
  if (record.forgotten) {
    out << "  personal fields: forgotten\n";
  } else if (!record.personal.empty() && !shown.personal) {
    out << "  personal fields: sealed\n";
  }
  print_values(context, catalog, type.fields, record.values, "  ");
  for (const auto &part : record.parts) {
    const auto &kind = type.parts[static_cast<std::size_t>(part.part)];
    out << fmt::format("  {} {}{}\n", labelled(kind.label, kind.id), part.id.text(),
                       part.withdrawn ? " (withdrawn)" : "");
    print_values(context, catalog, kind.fields, part.values, "    ");
  }
  auto steps = procedure::possible(type, record);
  if (!steps.empty()) {
    out << "  possible now:";
    for (const auto *step : steps) out << " " << labelled(step->label, step->id);
    out << "\n";
  }
  for (const auto &event : history)
    out << fmt::format("  {} #{} {} {} {}\n", event.at.text(), event.seq, event.actor, event.action,
                       event.body);
}

} // namespace yifa::cli
