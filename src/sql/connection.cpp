#include "sql/connection.h"

namespace yifa::sql {

void Prepared::bind_all(const std::vector<store::Parameter> &parameters) {
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const int n = static_cast<int>(i);
    const auto &p = parameters[i];
    if (const auto *number = std::get_if<std::int64_t>(&p)) integer(n, *number);
    if (const auto *words = std::get_if<std::string>(&p)) text(n, *words);
    if (const auto *id = std::get_if<RecordId>(&p)) bytes(n, store::id_bytes(*id));
  }
}

} // namespace yifa::sql
