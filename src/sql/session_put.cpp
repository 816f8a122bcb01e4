#include "sql/fixed_rows.h"
#include "sql/session.h"

#include <fmt/format.h>

namespace yifa::sql {

using record::Record;
using store::TypeShape;

Status Session::put(const Record &record) {
  TRY(writable());
  return noted(write(record, false));
}

Status Session::put_derived(const Record &record) {
  TRY(writable());
  return noted(write(record, true));
}

Status Session::write(const Record &record, bool derived) {
  const auto *type = TRY(shape_->type(record.type));
  if (record.values.size() != type->at.fields.size())
    return internal_error(fmt::format("a {} has {} fields and {} values came", type->id,
                                      type->at.fields.size(), record.values.size()));
  for (const auto &part : record.parts)
    if (part.part < 0 || static_cast<std::size_t>(part.part) >= type->parts.size())
      return internal_error(
          fmt::format("a part of {} is of no kind of {}", record.id.text(), type->id));
  if (!derived && record.version == 1) return write_new(*type, record);
  auto old = TRY(get_in(*type, record.owner_org.county(), record.id));
  if (!old) {
    if (derived) return write_new(*type, record);
    return stale(fmt::format("the record {} is not there (any more) in the ledger {}",
                             record.id.text(), type->id));
  }
  if (!derived && old->version != record.version - 1)
    return stale(fmt::format("the record {} was changed meanwhile: it stands at version {}, this "
                             "change is for version {}",
                             old->number.empty() ? record.id.text() : old->number, old->version,
                             record.version - 1));
  return write_over(*type, record, *old);
}

Status Session::write_new(const TypeShape &type, const Record &record) {
  const auto county = record.owner_org.county();
  TRY(writes_to(county));
  if (rows_.late()) {
    if (put_off(record.id) != nullptr)
      return stale(fmt::format("there is a record {} already", record.id.text()));
    TRY(put_off(type, record, true, 0));
  } else {
    TRY(claim_home(type, record));
    TRY(insert_row(type, record));
  }
  no_limits_.insert(record.id);
  if (offices_.emplace(county, record.owner_org.text()).second) {
    auto office = TRY(rows_.adding(fixed_rows().office));
    TRY(office.with(county, record.owner_org).run());
  }
  TRY(write_entries(type, record, {}, store::entries_of(type, record)));
  move_values(type, record, 1);
  return note_text(type, record, true);
}

/// An id lives once, in one ledger and one county.
Status Session::claim_home(const TypeShape &type, const Record &record) {
  const auto county = record.owner_org.county();
  if (rows_.late()) {
    auto home = TRY(rows_.adding(fixed_rows().home));
    home.with(record.id, county, type.id, nullptr);
    if (record.batch) home.bytes(3, store::id_bytes(*record.batch));
    return home.run();
  }
  auto settle =
      TRY(prepare("INSERT INTO record_home (id, county, type, batch) VALUES (?1, ?2, ?3, ?4) "
                  "ON CONFLICT DO NOTHING RETURNING 1"));
  settle.with(record.id, county, type.id, nullptr);
  if (record.batch) settle.bytes(3, store::id_bytes(*record.batch));
  if (!TRY(settle.step())) {
    const auto ledger = TRY(type_of(record.id)).value_or("");
    return stale(ledger == type.id ? fmt::format("there is a record {} already", record.id.text())
                                   : fmt::format("the id {} is taken by a record of the ledger {}",
                                                 record.id.text(), ledger));
  }
  return settle.run();
}

Status Session::insert_row(const TypeShape &type, const Record &record) {
  auto insert = TRY(rows_.adding(sql_of(type).added));
  store::write_record(type, record, insert.sink());
  TRY(insert.run());
  return write_parts(type, record, 0);
}

Status Session::write_over(const TypeShape &type, const Record &record, const Record &old) {
  if (record.owner_org != old.owner_org)
    return internal_error(
        fmt::format("the record {} would move to another office", record.id.text()));
  TRY(writes_to(record.owner_org.county()));
  if (rows_.late()) {
    TRY(put_off(type, record, false, old.parts.size()));
  } else {
    auto update = TRY(prepare(sql_of(type).update));
    store::write_record(type, record, update.sink());
    TRY(update.run());
    TRY(write_parts(type, record, old.parts.size()));
  }
  if (record.batch != old.batch) {
    auto home = TRY(prepare("UPDATE record_home SET batch = ?2 WHERE id = ?1 AND county = ?3"));
    home.with(record.id, nullptr, record.owner_org.county());
    if (record.batch) home.bytes(1, store::id_bytes(*record.batch));
    TRY(home.run());
  }
  TRY(write_entries(type, record, store::entries_of(type, old), store::entries_of(type, record)));
  move_values(type, old, -1);
  move_values(type, record, 1);
  return note_text(type, record, false);
}

Status Session::write_parts(const TypeShape &type, const Record &record, std::size_t had) {
  const auto &sql = sql_of(type);
  for (std::size_t i = 0; i < record.parts.size(); ++i) {
    auto index = static_cast<std::size_t>(record.parts[i].part);
    auto put = TRY(rows_.adding(sql.parts[index].put));
    store::write_part(type.parts[index], record, i, put.sink());
    TRY(put.run());
  }
  if (had <= record.parts.size()) return Done{};
  const auto county = record.owner_org.county();
  for (const auto &part : sql.parts) {
    auto statement = TRY(rows_.prepare(part.cut));
    TRY(statement.with(county, record.id, static_cast<std::int64_t>(record.parts.size())).run());
  }
  return Done{};
}

Status Session::write_entries(const TypeShape &type, const Record &record,
                              const store::Entries &before, const store::Entries &after) {
  if (before == after) return Done{};
  const auto county = record.owner_org.county();
  const auto each = [&](const auto &how, const auto &entries, const auto &others) -> Status {
    for (const auto &entry : entries) {
      if (others.contains(entry)) continue;
      auto statement = TRY(how());
      TRY(statement.with(county, type.id, entry.first, entry.second, record.id).run());
    }
    return Done{};
  };
  const auto statement = [this](const char *sql) { return [this, sql] { return prepare(sql); }; };
  const auto row = [this](const RowForm &form) {
    return [this, &form] { return rows_.adding(form); };
  };
  TRY(each(statement("DELETE FROM link WHERE county = ?1 AND type = ?2 AND field = ?3 AND target = "
                     "?4 AND record = ?5"),
           before.links, after.links));
  TRY(each(row(fixed_rows().link), after.links, before.links));
  TRY(each(statement("DELETE FROM attachment WHERE county = ?1 AND type = ?2 AND field = ?3 AND "
                     "hash = ?4 AND record = ?5"),
           before.files, after.files));
  TRY(each(row(fixed_rows().attachment), after.files, before.files));
  if (before.alike == after.alike) return Done{};
  if (before.alike) {
    auto drop = TRY(prepare("DELETE FROM alike WHERE county = ?1 AND owner_org = ?2 AND type = ?3 "
                            "AND digest = ?4 AND record = ?5"));
    TRY(drop.with(county, record.owner_org, type.id, *before.alike, record.id).run());
  }
  if (!after.alike) return Done{};
  if (rows_.late()) alike_.insert(*after.alike);
  auto note = TRY(rows_.adding(fixed_rows().alike));
  return note.with(county, record.owner_org, type.id, *after.alike, record.id).run();
}

} // namespace yifa::sql
