#include "postgres/store.h"
#include "store_under_test.h"

#include "crypto/hash.h"

#include <cstdlib>

#include <libpq-fe.h>

namespace yifa::testing {
namespace {

/// Of a folder: a place of its own on the server. It is the one that with_server.py started, or, to
/// try the suite on tables spread by Citus, the one that YIFA_CITUS names (a libpq URL without a
/// database).
std::string place_of(const std::filesystem::path &directory) {
  const auto absolute = std::filesystem::absolute(directory).lexically_normal().string();
  return "y" + crypto::hex(crypto::sha256(absolute)).substr(0, 20);
}

/// On Citus every folder is a schema of the one database, since a database would have to be made on
/// every server.
const char *citus() { return std::getenv("YIFA_CITUS"); }

std::string url_of(const std::string &name) {
  if (citus() != nullptr)
    return std::string(citus()) + "?options=-csearch_path%3D" + name + "&yifa_partitions=0";
  const char *host = std::getenv("YIFA_POSTGRES_HOST");
  REQUIRE_MESSAGE(host != nullptr, "run this beside a server: tests/postgres/with_server.py");
  return "postgresql://yifa@/" + name + "?host=" + host + "&yifa_partitions=2";
}

/// Whether it was made now.
bool make_place(const std::string &name) {
  const std::string first = citus() != nullptr ? std::string(citus()) : url_of("postgres");
  auto *connection = PQconnectdb(first.substr(0, first.find("&yifa_")).c_str());
  REQUIRE_MESSAGE(PQstatus(connection) == CONNECTION_OK, PQerrorMessage(connection));
  const std::string look = citus() != nullptr
                               ? "SELECT 1 FROM pg_namespace WHERE nspname = '" + name + "'"
                               : "SELECT 1 FROM pg_database WHERE datname = '" + name + "'";
  auto *known = PQexec(connection, look.c_str());
  const bool fresh = PQntuples(known) == 0;
  PQclear(known);
  if (fresh) {
    const std::string make = (citus() != nullptr ? "CREATE SCHEMA " : "CREATE DATABASE ") + name;
    auto *made = PQexec(connection, make.c_str());
    CHECK_MESSAGE(PQresultStatus(made) == PGRES_COMMAND_OK, PQerrorMessage(connection));
    PQclear(made);
  }
  PQfinish(connection);
  return fresh;
}

} // namespace

std::unique_ptr<store::Store> open_store_under_test(const std::filesystem::path &directory) {
  const auto name = place_of(directory);
  const bool fresh = make_place(name);
  auto opened = postgres::open(url_of(name));
  REQUIRE_MESSAGE(opened, fault(opened));
  if (fresh && citus() != nullptr) {
    const auto spread = (*opened)->distribute();
    REQUIRE_MESSAGE(spread, fault(spread));
  }
  return std::move(opened.value());
}

} // namespace yifa::testing
