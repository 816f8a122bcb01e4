#include "postgres/statement.h"

#include <cstdint>

#include <libpq-fe.h>

namespace yifa::postgres {
namespace {

// Of the engine's types, by their numbers in its catalog.
constexpr unsigned kBytes = 17;
constexpr unsigned kWhole = 20;
constexpr unsigned kText = 25;

std::string in_network_order(std::int64_t value) {
  std::string out(8, '\0');
  auto rest = static_cast<std::uint64_t>(value);
  for (std::size_t i = 8; i-- > 0; rest >>= 8) out[i] = static_cast<char>(rest & 0xFF);
  return out;
}

} // namespace

void BoundStatement::room_for(int column) {
  const auto n = static_cast<std::size_t>(column) + 1;
  if (bound_.types.size() >= n) return;
  bound_.types.resize(n, 0);
  bound_.values.resize(n);
  bound_.views.resize(n);
  bound_.nulls.resize(n, true);
}

void BoundStatement::null(int column) {
  room_for(column);
  const auto i = static_cast<std::size_t>(column);
  bound_.types[i] = 0;
  bound_.nulls[i] = true;
}

void BoundStatement::integer(int column, std::int64_t value) {
  copied_text(column, in_network_order(value));
  bound_.types[static_cast<std::size_t>(column)] = kWhole;
}

void BoundStatement::text(int column, std::string_view value) {
  bytes(column, value);
  bound_.types[static_cast<std::size_t>(column)] = kText;
}

void BoundStatement::bytes(int column, std::string_view value) {
  room_for(column);
  const auto i = static_cast<std::size_t>(column);
  bound_.types[i] = kBytes;
  bound_.views[i] = value;
  bound_.values[i].clear();
  bound_.nulls[i] = false;
}

void BoundStatement::copied_text(int column, std::string_view value) {
  room_for(column);
  const auto i = static_cast<std::size_t>(column);
  bound_.types[i] = kText;
  bound_.values[i] = value;
  bound_.views[i] = {};
  bound_.nulls[i] = false;
}

std::string_view BoundStatement::raw(int column) const {
  return {PQgetvalue(answer_.get(), row_, column),
          static_cast<std::size_t>(PQgetlength(answer_.get(), row_, column))};
}

bool BoundStatement::is_null(int column) const {
  return PQgetisnull(answer_.get(), row_, column) != 0;
}

std::int64_t BoundStatement::integer(int column) const {
  const auto value = raw(column);
  if (value.empty() || value.size() > 8) return 0;
  // Shorter whole numbers come shorter; the first byte carries the sign.
  std::uint64_t out = (static_cast<unsigned char>(value[0]) & 0x80U) != 0 && value.size() > 1
                          ? ~std::uint64_t{0}
                          : 0;
  for (const char byte : value) out = (out << 8) | static_cast<unsigned char>(byte);
  return static_cast<std::int64_t>(out);
}

std::string_view BoundStatement::bytes(int column) const {
  return is_null(column) ? std::string_view() : raw(column);
}

} // namespace yifa::postgres
