#include "database.h"

#include "postgres/store.h"

#include <cstdlib>

#include <doctest/doctest.h>
#include <libpq-fe.h>

namespace yifa::testing {
namespace {

struct Closed {
  void operator()(PGconn *connection) const { PQfinish(connection); }
};
struct Cleared {
  void operator()(PGresult *result) const { PQclear(result); }
};
using Answer = std::unique_ptr<PGresult, Cleared>;

bool good(const Answer &answer) {
  const auto status = PQresultStatus(answer.get());
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

Answer asked(PGconn *connection, const std::string &sql) {
  return Answer(PQexec(connection, sql.c_str()));
}

std::unique_ptr<PGconn, Closed> connected(const std::string &database) {
  return std::unique_ptr<PGconn, Closed>(PQconnectdb(url_of(database).c_str()));
}

} // namespace

std::string url_of(const std::string &database, const std::string &more) {
  const char *host = std::getenv("YIFA_POSTGRES_HOST");
  REQUIRE_MESSAGE(host != nullptr, "run this beside a server: tests/postgres/with_server.py");
  return "postgresql://yifa@/" + database + "?host=" + host + more;
}

void make_database(const std::string &name) {
  run_sql("postgres", "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
  run_sql("postgres", "CREATE DATABASE " + name);
}

void run_sql(const std::string &database, const std::string &sql) {
  const auto connection = connected(database);
  const auto answer = asked(connection.get(), sql);
  REQUIRE_MESSAGE(good(answer), PQerrorMessage(connection.get()));
}

std::string ask_sql(const std::string &database, const std::string &sql) {
  const auto connection = connected(database);
  const auto answer = asked(connection.get(), sql);
  if (!good(answer) || PQntuples(answer.get()) == 0) return {};
  return PQgetvalue(answer.get(), 0, 0);
}

std::unique_ptr<store::Store> open_database(const std::string &name, const std::string &more) {
  auto opened = postgres::open(url_of(name, more));
  REQUIRE_MESSAGE(opened, (opened ? std::string() : opened.error().text()));
  return std::move(opened.value());
}

} // namespace yifa::testing
