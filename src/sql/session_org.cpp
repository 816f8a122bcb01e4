#include "sql/org_names.h"
#include "sql/session.h"
#include "sql/stored_rows.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::sql {
namespace {

using record::Org;

Result<std::vector<Org>> orgs_of(Prepared &rows) {
  std::vector<Org> out;
  while (TRY(rows.step())) out.push_back(TRY(org_row(rows)));
  return out;
}

} // namespace

Status Session::put_org(const Org &org) {
  TRY(writable());
  orgs_.erase(org.code.text());
  auto write = [&]() -> Status {
    const auto plain = plain_name(org.name);
    const auto cut = short_name(plain);
    auto put = TRY(prepare(
        "INSERT INTO org (code, since, until, name, plain, short, kind, successor) VALUES (?1, ?2, "
        "?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (code, since) DO UPDATE SET until = excluded.until, "
        "name = "
        "excluded.name, plain = excluded.plain, short = excluded.short, kind = excluded.kind, "
        "successor = excluded.successor"));
    put.with(org.code, org.from ? std::int64_t{org.from->days()} : kAlways, nullptr, org.name,
             plain, cut, static_cast<int>(org.kind), org.successor);
    if (org.to) put.integer(2, org.to->days());
    return put.run();
  };
  return noted(write());
}

Result<std::optional<Org>> Session::org(const OrgCode &code) {
  auto known = orgs_.find(code.text());
  if (known != orgs_.end()) return known->second;
  auto rows = TRY(prepare(
      fmt::format("SELECT {} FROM org WHERE code = ?1 ORDER BY since DESC LIMIT 1", kOrgColumns)));
  rows.with(code);
  std::optional<Org> found;
  if (TRY(rows.step())) found = TRY(org_row(rows));
  orgs_.emplace(code.text(), found);
  return found;
}

Result<std::optional<Org>> Session::org_on(const OrgCode &code, Date day) {
  auto rows = TRY(prepare(
      fmt::format("SELECT {} FROM org WHERE code = ?1 AND since <= ?2 AND (until IS NULL OR until "
                  "> ?2) ORDER BY since DESC LIMIT 1",
                  kOrgColumns)));
  rows.with(code, std::int64_t{day.days()});
  if (!TRY(rows.step())) return std::optional<Org>();
  return std::optional<Org>(TRY(org_row(rows)));
}

Result<std::vector<Org>> Session::orgs_named(const std::string &name, std::int64_t limit) {
  const auto plain = plain_name(name);
  if (plain.empty()) return std::vector<Org>();
  // The exact spelling first, then the same place under its committee's title, then the name
  // without its suffix.
  for (const char *by : {"plain", "short"}) {
    auto rows = TRY(prepare(
        fmt::format("SELECT {} FROM org WHERE {} = ?1 ORDER BY name <> ?2, length(code), code, "
                    "since LIMIT ?3",
                    kOrgColumns, by)));
    rows.with(plain, name, limit > 0 ? limit : INT64_MAX);
    auto found = TRY(orgs_of(rows));
    if (!found.empty()) return found;
  }
  return std::vector<Org>();
}

Result<std::vector<Org>> Session::orgs_under(const OrgCode &code, std::optional<OrgLevel> level,
                                             std::int64_t limit) {
  static constexpr int kDigits[] = {0, 2, 4, 6, 9, 12};
  std::string narrowed;
  const auto end = code.end();
  if (level && *level <= OrgLevel::County &&
      static_cast<int>(*level) == static_cast<int>(code.level()) + 1) {
    // From node to node beneath: what stands under each is passed over.
    auto rows = TRY(prepare(fmt::format(
        "WITH RECURSIVE node(at) AS (SELECT substr(min(code), 1, {0}) FROM org WHERE code > ?1 AND "
        "code < ?2 UNION ALL SELECT (SELECT substr(min(o.code), 1, {0}) FROM org o WHERE o.code > "
        "node.at || '~' AND o.code < ?2) FROM node WHERE node.at IS NOT NULL) SELECT {1} FROM node "
        "CROSS JOIN org WHERE org.code = node.at ORDER BY code, since LIMIT ?3",
        kDigits[static_cast<int>(*level)], kOrgColumns)));
    rows.with(code.first(), end, limit > 0 ? limit : INT64_MAX);
    return orgs_of(rows);
  }
  if (level == OrgLevel::Department) {
    narrowed = " AND substr(code, 10, 1) = 'D'";
  } else if (level) {
    narrowed = fmt::format(" AND length(code) = {} AND substr(code, 10, 1) <> 'D'",
                           kDigits[static_cast<int>(*level)]);
  }
  auto rows = TRY(prepare(fmt::format(
      "SELECT {} FROM org WHERE code > ?1 AND code < ?2{} ORDER BY code, since LIMIT ?3",
      kOrgColumns, narrowed)));
  rows.with(code.first(), end, limit > 0 ? limit : INT64_MAX);
  return orgs_of(rows);
}

} // namespace yifa::sql
