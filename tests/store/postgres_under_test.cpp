#include "postgres/store.h"
#include "store_under_test.h"

#include "crypto/hash.h"

#include <cstdlib>

#include <libpq-fe.h>

namespace yifa::testing {
namespace {

/// Of a folder: one database. The server is the one that with_server.py started, or, to try the
/// suite on tables spread by Citus, the one that YIFA_CITUS names (a libpq URL without a database).
std::string database_of(const std::filesystem::path &directory) {
  const auto absolute = std::filesystem::absolute(directory).lexically_normal().string();
  return "y" + crypto::hex(crypto::sha256(absolute)).substr(0, 20);
}

std::string url_of(const std::string &database) {
  const char *host = std::getenv("YIFA_POSTGRES_HOST");
  REQUIRE_MESSAGE(host != nullptr, "run this beside a server: tests/postgres/with_server.py");
  return "postgresql://yifa@/" + database + "?host=" + host;
}

void make_database(const std::string &name) {
  auto *connection = PQconnectdb(url_of("postgres").c_str());
  REQUIRE_MESSAGE(PQstatus(connection) == CONNECTION_OK, PQerrorMessage(connection));
  auto *known =
      PQexec(connection, ("SELECT 1 FROM pg_database WHERE datname = '" + name + "'").c_str());
  if (PQntuples(known) == 0) {
    auto *made = PQexec(connection, ("CREATE DATABASE " + name).c_str());
    CHECK_MESSAGE(PQresultStatus(made) == PGRES_COMMAND_OK, PQerrorMessage(connection));
    PQclear(made);
  }
  PQclear(known);
  PQfinish(connection);
}

} // namespace

std::unique_ptr<store::Store> open_store_under_test(const std::filesystem::path &directory) {
  const auto name = database_of(directory);
  make_database(name);
  auto opened = postgres::open(url_of(name) + "&yifa_partitions=2");
  REQUIRE_MESSAGE(opened, fault(opened));
  return std::move(opened.value());
}

} // namespace yifa::testing
