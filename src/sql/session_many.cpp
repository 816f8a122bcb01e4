#include "sql/session.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::sql {

using record::Record;

namespace {

constexpr std::size_t kAtOnce = 256;

} // namespace

Status Session::of_many(const std::string &sql, const std::vector<store::Parameter> &first,
                        const std::vector<RecordId> &ids, const std::string &rest,
                        const std::function<Status(Prepared &)> &each) {
  for (std::size_t at = 0; at < ids.size(); at += kAtOnce) {
    const auto many = std::min(kAtOnce, ids.size() - at);
    const auto room = places_for(many);
    auto rows = TRY(prepare(sql + "(" + places(first.size() + 1, room) + ")" + rest));
    rows.bind_all(first);
    for (std::size_t i = 0; i < room; ++i)
      rows.bytes(static_cast<int>(first.size() + i),
                 store::id_bytes(ids[at + std::min(i, many - 1)]));
    TRY(each(rows));
  }
  return Done{};
}

Result<std::vector<Record>> Session::records(const std::string &type,
                                             const std::vector<RecordId> &ids) {
  const auto *shape = TRY(shape_->type(type));
  std::vector<Record> out;
  TRY(of_many(fmt::format("SELECT {} FROM (SELECT county, id FROM record_home WHERE type = ?1 AND "
                          "id IN ",
                          sql_of(*shape).columns),
              {type}, ids,
              fmt::format(") AS home JOIN {} USING (county, id)", store::quoted(shape->table.name)),
              [&](Prepared &rows) {
                return read_rows(*shape, rows, [&out](Record &&record) -> Status {
                  out.push_back(std::move(record));
                  return Done{};
                });
              }));
  return out;
}

Result<std::vector<std::pair<RecordId, Record>>>
Session::pointing(const std::string &county, const std::string &type, const std::string &link,
                  const std::vector<RecordId> &targets) {
  const auto *shape = TRY(shape_->type(type));
  std::vector<std::pair<RecordId, RecordId>> links; // who points, and where
  std::vector<RecordId> ids;
  TRY(of_many("SELECT record, target FROM link WHERE county = ?1 AND type = ?2 AND field = ?3 AND "
              "target IN ",
              {county, type, link}, targets, "", [&](Prepared &rows) -> Status {
                while (TRY(rows.step())) {
                  links.emplace_back(TRY(rows.id_at(0)), TRY(rows.id_at(1)));
                  ids.push_back(links.back().first);
                }
                return Done{};
              }));
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  std::unordered_map<RecordId, Record> found;
  TRY(of_many(fmt::format("SELECT {} FROM {} WHERE county = ?1 AND id IN ", sql_of(*shape).columns,
                          store::quoted(shape->table.name)),
              {county}, ids, "", [&](Prepared &rows) {
                return read_rows(*shape, rows, [&found](Record &&record) -> Status {
                  const auto id = record.id;
                  found.emplace(id, std::move(record));
                  return Done{};
                });
              }));
  std::vector<std::pair<RecordId, Record>> out;
  for (const auto &[record, target] : links)
    if (const auto it = found.find(record); it != found.end()) out.emplace_back(target, it->second);
  return out;
}

Result<std::vector<std::pair<RecordId, std::string>>>
Session::record_keys(const std::vector<RecordId> &records) {
  std::vector<std::pair<RecordId, std::string>> out;
  TRY(of_many("SELECT record, wrapped FROM record_key WHERE record IN ", {}, records, "",
              [&](Prepared &rows) -> Status {
                while (TRY(rows.step())) out.emplace_back(TRY(rows.id_at(0)), rows.text_at(1));
                return Done{};
              }));
  return out;
}

Status
Session::each_meta(const std::string &prefix,
                   const std::function<Status(const std::string &, const std::string &)> &each) {
  if (prefix.empty() || prefix.front() == '@')
    return internal_error("keys are gone through by what they begin with");
  auto end = prefix;
  ++end.back();
  auto rows = TRY(
      prepare("SELECT key, value FROM meta WHERE key >= ?1 AND key < ?2 ORDER BY key", Use::Walk));
  rows.with(prefix, end);
  while (TRY(rows.step())) TRY(each(rows.text_at(0), rows.text_at(1)));
  return Done{};
}

} // namespace yifa::sql
