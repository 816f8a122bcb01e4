#include "service/links.h"

#include "service/figures.h"
#include "service/permission.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace yifa::service {
namespace {

using catalog::Field;
using catalog::FieldType;
using catalog::Value;

std::vector<RecordId> links_ids(const Value &value) {
  std::vector<RecordId> out;
  if (const auto *one = value.get<RecordId>()) out.push_back(*one);
  if (const auto *many = value.get<std::vector<Value>>())
    for (const auto &each : *many)
      if (const auto *id = each.get<RecordId>()) out.push_back(*id);
  return out;
}

class LinkTying {
public:
  LinkTying(Environment &env, store::Reader &reader, const Actor &actor, bool english)
      : env_(env), reader_(reader), actor_(actor), english_(english) {}

  Status ahead(const record::Record &record, const catalog::RecordType &type) {
    TRY(fields(type.fields, record.values, ""));
    for (const auto &part : record.parts) {
      if (part.withdrawn) continue;
      const auto &kind = type.parts[static_cast<std::size_t>(part.part)];
      TRY(fields(kind.fields, part.values, kind.id + "."));
    }
    return Done{};
  }

  /// Every link field of every ledger that may name such a record.
  Status back(const record::Record &record) {
    for (const auto &id : env_.catalog->type_ids()) {
      if (!has_ledger(actor_, id) && !actor_.matters_only) continue;
      const auto &type = *env_.catalog->type(id);
      for (const auto &name : names_of_links(type, record.type))
        for (const auto &other :
             TRY(reader_.pointing(record.owner_org.county(), id, name, record.id))) {
          if (out.backlinks.size() == kMostBacklinks) {
            out.more = true;
            return Done{};
          }
          if (permit_record(reader_, actor_, other)) out.backlinks.push_back(link(name, other));
        }
    }
    return Done{};
  }

  RecordLinks out;

private:
  static std::vector<std::string> names_of_links(const catalog::RecordType &type,
                                                 const std::string &target) {
    std::vector<std::string> out;
    const auto look = [&](const std::vector<Field> &fields, const std::string &prefix) {
      const auto names = [&](const Field &field) {
        return field.type == FieldType::Link && !field.personal &&
               std::find(field.to.begin(), field.to.end(), target) != field.to.end();
      };
      for (const auto &field : fields) {
        if (names(field)) out.push_back(prefix + field.id);
        for (const auto &column : field.columns)
          if (names(column)) out.push_back(prefix + field.id + "." + column.id);
      }
    };
    look(type.fields, "");
    for (const auto &part : type.parts) look(part.fields, part.id + ".");
    return out;
  }

  Status fields(const std::vector<Field> &fields, const std::vector<Value> &values,
                const std::string &prefix) {
    for (std::size_t i = 0; i < fields.size() && i < values.size(); ++i) {
      const auto &field = fields[i];
      if (field.type == FieldType::Link) {
        for (const auto &id : links_ids(values[i])) TRY(add(prefix + field.id, field, id));
      } else if (const auto *rows = values[i].get<std::vector<catalog::Row>>()) {
        for (const auto &row : *rows)
          for (std::size_t c = 0; c < field.columns.size() && c < row.cells.size(); ++c)
            if (field.columns[c].type == FieldType::Link)
              for (const auto &id : links_ids(row.cells[c]))
                TRY(add(prefix + field.id + "." + field.columns[c].id, field.columns[c], id));
      }
    }
    return Done{};
  }

  Status add(const std::string &name, const Field &field, const RecordId &id) {
    if (!seen_.emplace(name, id).second) return Done{};
    for (const auto &to : field.to) {
      const auto found = TRY(reader_.get(to, id));
      if (!found) continue;
      if (permit_record(reader_, actor_, *found)) out.links.push_back(link(name, *found));
      break;
    }
    return Done{};
  }

  RecordLink link(const std::string &name, const record::Record &record) const {
    const auto &type = edition_of(*env_.catalog, record);
    const auto &label = english_ && !type.label.en.empty() ? type.label.en : type.label.zh;
    return {name,         record.type,     label,
            record.id,    record.number,   record_label(type, record),
            record.state, record.withdrawn};
  }

  Environment &env_;
  store::Reader &reader_;
  const Actor &actor_;
  bool english_;
  std::set<std::pair<std::string, RecordId>> seen_;
};

} // namespace

Result<RecordLinks> record_links(Environment &environment, const RecordId &id, const Actor &actor,
                                 bool english) {
  auto reader = TRY(environment.store.read());
  const auto type = TRY(reader->type_of(id));
  if (!type) return no_such_record(id.text());
  const auto record = TRY(reader->get(*type, id));
  if (!record) return no_such_record(id.text());
  TRY(permit_record(*reader, actor, *record));
  LinkTying tying(environment, *reader, actor, english);
  TRY(tying.ahead(*record, edition_of(*environment.catalog, *record)));
  TRY(tying.back(*record));
  return std::move(tying.out);
}

} // namespace yifa::service
