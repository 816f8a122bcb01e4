#include "store/schema.h"

namespace yifa::store {

const Column *Table::column(const std::string &wanted) const {
  for (const auto &c : columns)
    if (c.name == wanted) return &c;
  return nullptr;
}

std::string quoted(const std::string &name) { return '"' + name + '"'; }

std::string name_list(const std::vector<std::string> &names) {
  std::string out;
  for (const auto &name : names) {
    if (!out.empty()) out += ", ";
    out += quoted(name);
  }
  return out;
}

} // namespace yifa::store
