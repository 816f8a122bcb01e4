#include "postgres/error.h"

#include "base/text.h"

#include <array>
#include <string>

#include <fmt/format.h>
#include <libpq-fe.h>

namespace yifa::postgres {
namespace {

struct Meaning {
  std::string_view state; ///< a whole SQLSTATE, or its class of two signs
  std::string_view words; ///< completes "cannot …: "
};

// Whole states before their classes.
constexpr std::array<Meaning, 19> kMeanings = {{
    {"55P03", "the store is busy: another change has been going on for too long; try again"},
    {"40001", "another change came between; try again"},
    {"40P01", "another change came between; try again"},
    {"53100", "the disk of the database server is full; nothing of this step was kept"},
    {"53200", "the database server is out of memory; nothing of this step was kept"},
    {"53300", "the database server takes no more connections; try again in a moment"},
    {"57014", "the database server gave the question up: it took too long"},
    {"25006", "this database server only reads (it is a standby); name the one that writes"},
    {"42501", "the database account of this program may not do this; the owner of the tables can "
              "(see docs/operations.md)"},
    {"42704", "the database server has no such account"},
    {"3D000", "the database server has no such database"},
    {"28", "the database server does not let this account in; look at its password file and "
           "pg_hba.conf"},
    {"08", "the connection to the database server was lost; nothing of this step was kept"},
    {"57", "the database server is going down; nothing of this step was kept"},
    {"53", "the database server has run out of something; nothing of this step was kept"},
    {"58", "the disk of the database server failed; nothing of this step was kept"},
    {"XX", "the database server found its own files damaged; restore the last backup"},
    {"25P02", "an earlier step of this transaction failed"},
    {"0A", "the database server cannot do this with the tables spread as they are"},
}};

std::string field(const pg_result *result, int code) {
  const char *text = PQresultErrorField(result, code);
  return text != nullptr ? text : "";
}

} // namespace

Error error_of(const pg_result *result, std::string_view doing) {
  const auto state = field(result, PG_DIAG_SQLSTATE);
  if (state == "22021")
    return invalid(fmt::format("cannot {}: a text holds a sign the store cannot keep", doing));
  if (state == "54000")
    return invalid(fmt::format("cannot {}: a text is longer than the store can hold", doing));
  if (state == "23505")
    return stale(fmt::format("cannot {}: another change put the same there meanwhile", doing));
  if (state == "22003") return internal_error("a figure is too large to be added up");
  for (const auto &meaning : kMeanings)
    if (state.starts_with(meaning.state))
      return unavailable(fmt::format("cannot {}: {}", doing, meaning.words));
  return internal_error(fmt::format("cannot {}: {} (PostgreSQL {})", doing,
                                    field(result, PG_DIAG_MESSAGE_PRIMARY),
                                    state.empty() ? "without a code" : state));
}

Error connection_error(const pg_conn *connection, std::string_view doing) {
  if (connection == nullptr) return unavailable(fmt::format("cannot {}: out of memory", doing));
  auto said = text::trim(PQerrorMessage(connection));
  if (const auto end = said.find('\n'); end != std::string::npos) said.resize(end);
  return unavailable(fmt::format("cannot {}: {}", doing,
                                 said.empty() ? "the database server cannot be reached" : said));
}

bool ends_connection(const pg_result *result) {
  const auto state = field(result, PG_DIAG_SQLSTATE);
  return state.starts_with("08") || state == "57P01" || state == "57P02" || state == "57P03";
}

} // namespace yifa::postgres
