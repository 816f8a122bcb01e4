#include "postgres/rights.h"

#include "postgres/connection.h"

#include <fmt/format.h>

namespace yifa::postgres {

Status grant(PostgresConnection &db, const std::string &account) {
  if (account.empty() || account.size() > 60 || (account[0] >= '0' && account[0] <= '9') ||
      account.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") != std::string::npos)
    return invalid("an account's name is of small letters, digits and _, with no digit first");
  auto look = TRY(db.prepare("SELECT quote_ident(current_schema())", sql::Use::Once));
  if (!TRY(look.step())) return internal_error("the database has no schema");
  const auto schema = look.text_at(0);
  TRY(db.begin(sql::Mode::Write, ""));
  auto give = [&]() -> Status {
    TRY(db.execute(fmt::format(
        "GRANT USAGE ON SCHEMA {0} TO {1};"
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {0} TO {1};"
        "ALTER DEFAULT PRIVILEGES IN SCHEMA {0} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "
        "{1}",
        schema, account)));
    // The history is only added to, in each of its parts.
    auto parts = TRY(db.prepare(
        "SELECT quote_ident(relname) FROM pg_class WHERE oid = to_regclass('event') OR oid IN "
        "(SELECT inhrelid FROM pg_inherits WHERE inhparent = to_regclass('event'))",
        sql::Use::Once));
    std::string history;
    while (TRY(parts.step())) history += (history.empty() ? "" : ", ") + parts.text_at(0);
    TRY(db.execute(fmt::format("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}", history, account)));
    return db.commit();
  };
  auto done = give();
  if (!done) db.undo();
  return done;
}

} // namespace yifa::postgres
