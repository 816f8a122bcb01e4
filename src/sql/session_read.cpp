#include "sql/session.h"

#include "store/select.h"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

namespace yifa::sql {

using record::Record;
using store::TypeShape;

namespace {

/// Records whose parts are read with one question a table of parts; few at first, for who only
/// wants the first.
constexpr std::size_t kFirstTogether = 8;
constexpr std::size_t kTogether = 256;

} // namespace

Status Session::read_parts(const TypeShape &type, const std::string &county,
                           const std::vector<std::pair<Record *, std::int64_t>> &records) {
  std::unordered_map<RecordId, std::size_t> at;
  std::vector<std::int64_t> left;
  for (const auto &[record, count] : records) {
    at.emplace(record->id, left.size());
    left.push_back(count);
    record->parts.resize(static_cast<std::size_t>(count));
  }
  const auto many = places_for(records.size());
  const auto ids = places(2, many);
  auto missing = std::accumulate(left.begin(), left.end(), std::int64_t{0});
  for (std::size_t i = 0; i < type.parts.size() && missing > 0; ++i) {
    // What is put off of a record is put off with its parts: these stand as they do.
    auto rows = TRY(rows_.beside(sql_of(type).parts[i].select + ids + ")"));
    rows.with(county);
    for (std::size_t n = 0; n < many; ++n)
      rows.bytes(static_cast<int>(n) + 1,
                 store::id_bytes(records[std::min(n, records.size() - 1)].first->id));
    while (TRY(rows.step())) {
      const auto owner = at.find(TRY(rows.id_at(store::kPartRecord)));
      if (owner == at.end()) return internal_error("a part came that was not asked for");
      std::int64_t position = 0;
      auto part = TRY(store::read_part(type, static_cast<int>(i), rows.row(), position));
      auto &[record, count] = records[owner->second];
      if (position < 0 || position >= count)
        return internal_error(
            fmt::format("a part of {} stands outside its record", record->id.text()));
      record->parts[static_cast<std::size_t>(position)] = std::move(part);
      --left[owner->second];
      --missing;
    }
  }
  for (std::size_t i = 0; i < left.size(); ++i)
    if (left[i] != 0)
      return internal_error(fmt::format("{} should have {} parts and the store holds {}",
                                        records[i].first->id.text(), records[i].second,
                                        records[i].second - left[i]));
  return Done{};
}

Result<Record> Session::read_row(const TypeShape &type, const Prepared &row) {
  std::int64_t parts = 0;
  auto record = TRY(store::read_record(type, row.row(), parts));
  if (parts > 0) TRY(read_parts(type, record.owner_org.county(), {{&record, parts}}));
  return record;
}

Status Session::read_rows(const TypeShape &type, Prepared &rows,
                          const std::function<Status(Record &&)> &each, const Seen &seen) {
  std::vector<Record> some;
  std::vector<std::int64_t> counts;
  const auto hand_on = [&]() -> Status {
    std::map<std::string, std::vector<std::pair<Record *, std::int64_t>>> with_parts;
    for (std::size_t i = 0; i < some.size(); ++i)
      if (counts[i] > 0) with_parts[some[i].owner_org.county()].emplace_back(&some[i], counts[i]);
    for (const auto &[county, records] : with_parts) TRY(read_parts(type, county, records));
    for (auto &record : some) TRY(each(std::move(record)));
    some.clear();
    counts.clear();
    return Done{};
  };
  auto together = kFirstTogether;
  while (TRY(rows.step())) {
    counts.emplace_back();
    some.push_back(TRY(store::read_record(type, rows.row(), counts.back())));
    if (seen) {
      some.back().parts.resize(static_cast<std::size_t>(counts.back()));
      seen(rows.row(), some.back());
    }
    if (some.size() < together) continue;
    TRY(hand_on());
    together = kTogether;
  }
  return hand_on();
}

Result<std::optional<Record>> Session::get_in(const TypeShape &type, const std::string &county,
                                              const RecordId &id) {
  if (!rows_.late()) {
    auto rows = TRY(prepare(sql_of(type).select));
    rows.with(county, id);
    if (!TRY(rows.step())) return std::optional<Record>();
    return std::optional<Record>(TRY(read_row(type, rows)));
  }
  const auto fits = [&](const Record &record) {
    return record.type == type.id && record.owner_org.county() == county;
  };
  if (const auto *put = put_off(id))
    return fits(put->record) ? std::optional(put->record) : std::nullopt;
  if (const auto known = read_.find(id); known != read_.end() && fits(known->second))
    return std::optional(known->second);
  auto rows = TRY(rows_.beside(sql_of(type).select));
  rows.with(county, id);
  if (!TRY(rows.step())) return std::optional<Record>();
  if (read_.size() >= kPutOff) read_.clear();
  return std::optional(read_.insert_or_assign(id, TRY(read_row(type, rows))).first->second);
}

Result<std::optional<Record>> Session::get(const std::string &type, const RecordId &id) {
  const auto *shape = TRY(shape_->type(type));
  // Most records asked for inside a change are its own county's.
  if (!county_.empty())
    if (auto own = TRY(get_in(*shape, county_, id))) return own;
  if (const auto *put = put_off(id))
    return put->record.type == type ? std::optional(put->record) : std::nullopt;
  auto rows = TRY(prepare("SELECT county FROM record_home WHERE id = ?1 AND type = ?2"));
  rows.with(id, type);
  if (!TRY(rows.step())) return std::optional<Record>();
  return get_in(*shape, rows.text_at(0), id);
}

Result<std::optional<std::string>> Session::type_of(const RecordId &id) {
  auto rows = TRY(prepare("SELECT type FROM record_home WHERE id = ?1"));
  rows.with(id);
  if (!TRY(rows.step())) return std::optional<std::string>();
  return std::optional<std::string>(rows.text_at(0));
}

Result<std::optional<RecordId>> Session::by_number(const std::string &type, const OrgCode &owner,
                                                   const std::string &number) {
  const auto *shape = TRY(shape_->type(type));
  const auto county = owner.county();
  auto rows = TRY(
      prepare(fmt::format("SELECT id FROM {} WHERE county = ?1 AND owner_org = ?2 AND number = ?3",
                          store::quoted(shape->table.name))));
  rows.with(county, owner, number);
  if (!TRY(rows.step())) return std::optional<RecordId>();
  return std::optional<RecordId>(TRY(rows.id_at(0)));
}

Status Session::scan(const record::Query &query, const std::function<Status(Record &&)> &each) {
  const auto *shape = TRY(shape_->type(query.type));
  auto statement = store::select_records(*shape, query, db_.dialect());
  // The text differs from question to question: kept prepared, it would only fill the cache.
  auto rows = TRY(prepare(statement.sql, query.limit > 0 ? Use::Once : Use::Walk));
  rows.bind_all(statement.parameters);
  return read_rows(*shape, rows, each);
}

Result<std::vector<Record>> Session::find(const record::Query &query) {
  std::vector<Record> out;
  TRY(scan(query, [&out](Record &&record) -> Status {
    out.push_back(std::move(record));
    return Done{};
  }));
  return out;
}

Result<std::vector<Record>> Session::records_of(const std::string &type, const std::string &sql,
                                                const std::vector<store::Parameter> &parameters,
                                                bool beside) {
  const auto *shape = TRY(shape_->type(type));
  auto rows = TRY(beside ? rows_.beside(sql) : prepare(sql));
  rows.bind_all(parameters);
  std::vector<Record> out;
  TRY(read_rows(*shape, rows, [&out](Record &&record) -> Status {
    out.push_back(std::move(record));
    return Done{};
  }));
  // Few are found: sorted here, they are not looked for day by day.
  std::sort(out.begin(), out.end(), [](const Record &a, const Record &b) {
    return std::tie(a.day, a.id) < std::tie(b.day, b.id);
  });
  return out;
}

Result<std::vector<Record>> Session::pointing(const std::string &county, const std::string &type,
                                              const std::string &link, const RecordId &target) {
  const auto *shape = TRY(shape_->type(type));
  return records_of(type,
                    fmt::format("SELECT {} FROM {} WHERE county = ?1 AND id IN (SELECT record FROM "
                                "link WHERE county = ?1 "
                                "AND type = ?2 AND field = ?3 AND target = ?4)",
                                sql_of(*shape).columns, store::quoted(shape->table.name)),
                    {county, type, link, target});
}

Result<std::vector<Record>> Session::alike(const catalog::RecordType &type, const Record &record) {
  const auto *shape = TRY(shape_->type(type.id));
  auto digest = store::alike_digest(*shape, record);
  if (!digest) return std::vector<Record>();
  // Of what is put off only new records of another digest are sure not to be asked for.
  const bool beside = rows_.late() && !alike_.contains(*digest) && !changed_;
  auto found = TRY(records_of(
      type.id,
      fmt::format("SELECT {} FROM {} WHERE county = ?1 AND id IN (SELECT record FROM alike WHERE "
                  "county = ?1 AND "
                  "owner_org = ?2 AND type = ?3 AND digest = ?4 AND record <> ?5) AND withdrawn = "
                  "0",
                  sql_of(*shape).columns, store::quoted(shape->table.name)),
      {record.owner_org.county(), record.owner_org.text(), type.id, *digest, record.id}, beside));
  // Equal hashes are not yet equal values.
  std::erase_if(found, [&](const Record &other) {
    return std::any_of(shape->alike.begin(), shape->alike.end(), [&](int i) {
      return !(record.value(i) == other.value(i)) &&
             (record.value(i).filled() || other.value(i).filled());
    });
  });
  return found;
}

Result<std::vector<std::pair<std::string, RecordId>>>
Session::batch_members(const RecordId &batch) {
  auto rows = TRY(prepare("SELECT type, id FROM record_home WHERE batch = ?1 ORDER BY id"));
  rows.with(batch);
  std::vector<std::pair<std::string, RecordId>> out;
  while (TRY(rows.step())) out.emplace_back(rows.text_at(0), TRY(rows.id_at(1)));
  return out;
}

Status Session::each_record(const std::string &type, const std::function<Status(Record &&)> &each) {
  const auto *shape = TRY(shape_->type(type));
  auto rows = TRY(prepare(fmt::format("SELECT {} FROM {} ORDER BY county, id",
                                      sql_of(*shape).columns, store::quoted(shape->table.name)),
                          Use::Walk));
  return read_rows(*shape, rows, each);
}

Result<std::vector<store::Attached>> Session::attached(const std::string &hash) {
  auto rows = TRY(prepare("SELECT type, record, field FROM attachment WHERE hash = ?1 ORDER BY "
                          "county, type, record, field"));
  rows.with(hash);
  std::vector<store::Attached> out;
  while (TRY(rows.step()))
    out.push_back({rows.text_at(0), TRY(rows.id_at(1)), rows.text_at(2), hash});
  return out;
}

Status Session::each_attached(const std::function<Status(const store::Attached &)> &each) {
  auto rows = TRY(prepare("SELECT type, record, field, hash FROM attachment ORDER BY county, "
                          "hash, type, record, field",
                          Use::Walk));
  while (TRY(rows.step()))
    TRY(each({rows.text_at(0), TRY(rows.id_at(1)), rows.text_at(2), rows.text_at(3)}));
  return Done{};
}

Result<std::vector<OrgCode>> Session::offices_with_records(const OrgCode &scope) {
  auto rows = TRY(prepare("SELECT org FROM office WHERE org >= ?1 AND org < ?2 ORDER BY org"));
  const auto end = scope.end();
  rows.with(scope.first(), end);
  std::vector<OrgCode> out;
  while (TRY(rows.step())) out.push_back(TRY(rows.org_at(0)));
  return out;
}

} // namespace yifa::sql
