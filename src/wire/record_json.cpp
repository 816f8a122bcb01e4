#include "wire/record_json.h"

#include "base/text.h"
#include "record/codec.h"
#include "service/figures.h"
#include "service/permission.h"
#include "wire/ledger_json.h"

namespace yifa::wire {
namespace {

using catalog::Field;
using catalog::FieldType;
using catalog::Value;

/// Values of fields in words.
class RecordLabels {
public:
  RecordLabels(const catalog::Catalog &catalog, Names &names, const RecordForm &form)
      : catalog_(catalog), names_(names), form_(form) {}

  /// Puts `labels` and, where there are rows, `line_labels` into `out`.
  void put(const std::vector<Field> &fields, const std::vector<Value> &values, json::object &out) {
    json::object lines;
    for (std::size_t i = 0; i < fields.size() && i < values.size(); ++i) {
      if (const auto *rows = values[i].get<std::vector<catalog::Row>>(); rows && shown(fields[i]))
        lines[fields[i].id] = of_lines(fields[i], *rows);
    }
    out["labels"] = of_fields(fields, values);
    if (!lines.empty()) out["line_labels"] = std::move(lines);
  }

private:
  bool shown(const Field &field) const {
    return !field.absent && (form_.personal || !field.personal);
  }

  json::object of_fields(const std::vector<Field> &fields, const std::vector<Value> &values) {
    json::object out;
    for (std::size_t i = 0; i < fields.size() && i < values.size(); ++i) {
      const auto &field = fields[i];
      if (!values[i].filled() || !shown(field) || field.type == FieldType::Text) continue;
      if (auto words = in_words(field, values[i]); !words.empty()) out[field.id] = words;
    }
    return out;
  }

  json::array of_lines(const Field &field, const std::vector<catalog::Row> &rows) {
    json::array out;
    for (const auto &row : rows) out.push_back(of_fields(field.columns, row.cells));
    return out;
  }

  std::string in_words(const Field &field, const Value &value) {
    if (const auto *many = value.get<std::vector<Value>>()) {
      std::vector<std::string> each;
      for (const auto &one : *many)
        if (auto words = in_words(field, one); !words.empty()) each.push_back(std::move(words));
      return text::join(each, form_.english ? ", " : "、");
    }
    if (const auto *rows = value.get<std::vector<catalog::Row>>()) {
      std::vector<std::string> lines;
      for (const auto &row : *rows) {
        std::vector<std::string> cells;
        for (std::size_t i = 0; i < field.columns.size() && i < row.cells.size(); ++i)
          if (row.cells[i].filled() && shown(field.columns[i]))
            if (auto words = in_words(field.columns[i], row.cells[i]); !words.empty())
              cells.push_back(std::move(words));
        lines.push_back(text::join(cells, " "));
      }
      return text::join(lines, form_.english ? "; " : "；");
    }
    if (const auto *org = value.get<OrgCode>()) return names_.org(*org);
    if (const auto *id = value.get<RecordId>()) return names_.record(*id);
    return record::display(catalog_, field, value, form_.english);
  }

  const catalog::Catalog &catalog_;
  Names &names_;
  const RecordForm &form_;
};

std::string day_of_part(const catalog::Part &kind, const record::PartRecord &part) {
  if (kind.day.kind != catalog::FieldRef::Kind::Field || kind.day.index < 0) return {};
  const auto at = static_cast<std::size_t>(kind.day.index);
  if (at >= part.values.size()) return {};
  if (const auto *day = part.values[at].get<Date>()) return day->text();
  if (const auto *moment = part.values[at].get<Moment>()) return moment->date().text();
  return {};
}

} // namespace

Names Names::in(service::Environment &env, store::Reader &reader, const service::Actor &actor) {
  return Names(
      [&reader](const OrgCode &code) {
        auto found = reader.org(code);
        return found && *found ? (*found)->name : code.text();
      },
      [&env, &reader, &actor](const RecordId &id) -> std::string {
        auto type = reader.type_of(id);
        if (!type || !*type) return {};
        auto found = reader.get(**type, id);
        if (!found || !*found) return {};
        const auto &record = **found;
        if (!service::permit_record(reader, actor, record)) return {};
        return service::record_label(service::edition_of(*env.catalog, record), record);
      });
}

const std::string &Names::org(const OrgCode &code) {
  auto at = orgs_.find(code);
  if (at == orgs_.end()) at = orgs_.emplace(code, of_org_(code)).first;
  return at->second;
}

const std::string &Names::record(const RecordId &id) {
  auto at = records_.find(id);
  if (at == records_.end()) at = records_.emplace(id, of_record_(id)).first;
  return at->second;
}

json::object record_json(const catalog::Catalog &catalog, const catalog::RecordType &type,
                         const record::Record &record, Names &names, const RecordForm &form,
                         const service::LimitAhead *due) {
  auto out = record::to_json(type, record, form.personal);
  RecordLabels labels(catalog, names, form);
  labels.put(type.fields, record.values, out);
  out["org_name"] = names.org(record.owner_org);
  out["place_name"] = names.org(record.place_org);
  const auto *state = type.state(record.state);
  out["state_label"] = state != nullptr ? label_in(state->label, form.english) : record.state;
  out["personal_sealed"] = !record.personal.empty() && !form.personal && !record.forgotten;
  out["due"] = nullptr;
  if (due != nullptr)
    out["due"] = {{"rule", due->rule},           {"due", due->due.text()},
                  {"days_left", due->days_left}, {"state", std::string(to_string(due->state))},
                  {"says", due->says},           {"what", due->what}};
  if (!form.parts) {
    out.erase("parts");
    return out;
  }
  // The stored form leaves out parts of kinds it does not know; the two lists go side by side.
  auto &made = out["parts"].as_array();
  std::size_t at = 0;
  for (const auto &part : record.parts) {
    if (part.part < 0 || static_cast<std::size_t>(part.part) >= type.parts.size()) continue;
    const auto &kind = type.parts[static_cast<std::size_t>(part.part)];
    auto &one = made[at++].as_object();
    one["label"] = label_in(kind.label, form.english);
    one["day"] = day_of_part(kind, part);
    one["at"] = part.recorded_at.text();
    labels.put(kind.fields, part.values, one);
  }
  return out;
}

} // namespace yifa::wire
