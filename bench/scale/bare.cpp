#include "bare.h"

#include <cstdlib>
#include <optional>

#include <fmt/format.h>
#include <libpq-fe.h>

namespace yifa::bench {
namespace {

struct Cleared {
  void operator()(PGresult *result) const { PQclear(result); }
};
using Answer = std::unique_ptr<PGresult, Cleared>;

/// One field of COPY's text form as it was; nothing for NULL.
std::optional<std::string> field(std::string_view text) {
  if (text == "\\N") return std::nullopt;
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    const char c = text[++i];
    out += c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
  }
  return out;
}

} // namespace

void give_up(const std::string &why) {
  fmt::print(stderr, "{}\n", why);
  std::exit(1);
}

void Bare::Closed::operator()(pg_conn *connection) const { PQfinish(connection); }

// What is said to Yifa alone stands at the URL's end.
Bare::Bare(const std::string &url)
    : connection_(PQconnectdb(url.substr(0, url.find("&yifa_")).c_str())) {
  if (PQstatus(connection_.get()) != CONNECTION_OK) give_up(PQerrorMessage(connection_.get()));
}

void Bare::run(const std::string &sql) { rows(sql); }

std::vector<std::vector<std::string>> Bare::rows(const std::string &sql) {
  const Answer answer(PQexec(connection_.get(), sql.c_str()));
  const auto status = PQresultStatus(answer.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
    give_up(PQerrorMessage(connection_.get()));
  std::vector<std::vector<std::string>> out;
  for (int row = 0; row < PQntuples(answer.get()); ++row) {
    auto &columns = out.emplace_back();
    for (int column = 0; column < PQnfields(answer.get()); ++column)
      columns.emplace_back(PQgetvalue(answer.get(), row, column));
  }
  return out;
}

void Bare::copy_in(const std::string &sql, const std::function<bool(std::string &piece)> &lines) {
  auto *connection = connection_.get();
  if (PQresultStatus(Answer(PQexec(connection, sql.c_str())).get()) != PGRES_COPY_IN)
    give_up(PQerrorMessage(connection));
  std::string piece;
  while (piece.clear(), lines(piece))
    if (PQputCopyData(connection, piece.data(), static_cast<int>(piece.size())) != 1)
      give_up(PQerrorMessage(connection));
  if (PQputCopyEnd(connection, nullptr) != 1) give_up(PQerrorMessage(connection));
  while (const Answer answer{PQgetResult(connection)})
    if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) give_up(PQerrorMessage(connection));
}

std::vector<std::string> Bare::copy_out(const std::string &sql) {
  auto *connection = connection_.get();
  if (PQresultStatus(Answer(PQexec(connection, sql.c_str())).get()) != PGRES_COPY_OUT)
    give_up(PQerrorMessage(connection));
  std::vector<std::string> out;
  char *line = nullptr;
  int size = 0;
  while ((size = PQgetCopyData(connection, &line, 0)) > 0) {
    out.emplace_back(line, static_cast<std::size_t>(size));
    PQfreemem(line);
  }
  while (const Answer answer{PQgetResult(connection)})
    if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) give_up(PQerrorMessage(connection));
  return out;
}

void Bare::insert(const std::string &table, const std::vector<std::string_view> &rows) {
  auto *connection = connection_.get();
  if (PQenterPipelineMode(connection) != 1) give_up(PQerrorMessage(connection));
  constexpr std::size_t kTogether = 100;
  const auto settle = [&] {
    PQpipelineSync(connection);
    for (int silent = 0; silent < 2;) {
      const Answer answer(PQgetResult(connection));
      if (!answer) {
        ++silent;
        continue;
      }
      silent = 0;
      const auto status = PQresultStatus(answer.get());
      if (status == PGRES_PIPELINE_SYNC) return;
      if (status != PGRES_COMMAND_OK) give_up(PQresultErrorMessage(answer.get()));
    }
  };
  std::size_t sent = 0;
  for (auto row : rows) {
    if (row.ends_with('\n')) row.remove_suffix(1);
    std::vector<std::optional<std::string>> fields;
    while (true) {
      const auto tab = row.find('\t');
      fields.push_back(field(row.substr(0, tab)));
      if (tab == std::string_view::npos) break;
      row.remove_prefix(tab + 1);
    }
    if (prepared_.insert(table).second) {
      std::string marks;
      for (std::size_t i = 1; i <= fields.size(); ++i)
        marks += fmt::format("{}${}", i > 1 ? ", " : "", i);
      const auto sql = fmt::format("INSERT INTO {} VALUES ({})", table, marks);
      PQsendPrepare(connection, table.c_str(), sql.c_str(), 0, nullptr);
    }
    std::vector<const char *> values;
    for (const auto &one : fields) values.push_back(one ? one->c_str() : nullptr);
    if (PQsendQueryPrepared(connection, table.c_str(), static_cast<int>(values.size()),
                            values.data(), nullptr, nullptr, 0) != 1)
      give_up(PQerrorMessage(connection));
    if (++sent % kTogether == 0) settle();
  }
  settle();
  if (PQexitPipelineMode(connection) != 1) give_up(PQerrorMessage(connection));
}

} // namespace yifa::bench
