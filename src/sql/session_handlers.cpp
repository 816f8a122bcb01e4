#include "sql/session.h"

namespace yifa::sql {

Result<std::vector<std::string>> Session::handlers(const RecordId &record) {
  auto rows = TRY(prepare("SELECT \"user\" FROM handler WHERE record = ?1 ORDER BY \"user\""));
  rows.with(record);
  std::vector<std::string> out;
  while (TRY(rows.step())) out.push_back(rows.text_at(0));
  return out;
}

Result<bool> Session::handles(const std::string &user, const RecordId &record) {
  auto rows = TRY(prepare("SELECT 1 FROM handler WHERE \"user\" = ?1 AND record = ?2"));
  rows.with(user, record);
  return rows.step();
}

Result<std::vector<std::pair<std::string, RecordId>>> Session::handled_by(const std::string &user) {
  auto rows = TRY(prepare(
      "SELECT home.type, handler.record FROM handler JOIN record_home AS home ON home.county = "
      "handler.county AND home.id = handler.record WHERE handler.\"user\" = ?1 ORDER BY home.type, "
      "handler.record"));
  rows.with(user);
  std::vector<std::pair<std::string, RecordId>> out;
  while (TRY(rows.step())) out.emplace_back(rows.text_at(0), TRY(rows.id_at(1)));
  return out;
}

Status Session::each_handler(
    const std::function<Status(const std::string &, const RecordId &, const std::string &)> &each) {
  auto rows = TRY(prepare("SELECT county, record, \"user\" FROM handler ORDER BY county, record, "
                          "\"user\"",
                          Use::Walk));
  while (TRY(rows.step())) TRY(each(rows.text_at(0), TRY(rows.id_at(1)), rows.text_at(2)));
  return Done{};
}

Status Session::put_handler(const std::string &county, const RecordId &record,
                            const std::string &user) {
  TRY(writes_to(county));
  auto write = [&]() -> Status {
    auto put = TRY(prepare("INSERT INTO handler (county, record, \"user\") VALUES (?1, ?2, ?3) "
                           "ON CONFLICT DO NOTHING"));
    return put.with(county, record, user).run();
  };
  return noted(write());
}

Status Session::drop_handler(const RecordId &record, const std::string &user) {
  TRY(writable());
  auto write = [&]() -> Status {
    auto drop = TRY(prepare("DELETE FROM handler WHERE record = ?1 AND \"user\" = ?2"));
    return drop.with(record, user).run();
  };
  return noted(write());
}

} // namespace yifa::sql
