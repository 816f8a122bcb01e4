#include "service/named_papers.h"

#include <fmt/format.h>

namespace yifa::service {
namespace {

using catalog::Field;
using catalog::FileHash;
using catalog::Value;

void papers_of(const Field &field, const Value &value, const std::string &where,
               const PaperSink &each) {
  if (field.type != catalog::FieldType::File) return;
  if (const auto *one = value.get<FileHash>()) each(where, *one);
  if (const auto *many = value.get<std::vector<Value>>())
    for (const auto &item : *many)
      if (const auto *one = item.get<FileHash>()) each(where, *one);
}

} // namespace

void papers_in(const std::vector<Field> &fields, const std::vector<Value> &values,
               const PaperSink &each) {
  for (std::size_t i = 0; i < fields.size() && i < values.size(); ++i) {
    const auto &field = fields[i];
    papers_of(field, values[i], field.id, each);
    const auto *rows = values[i].get<std::vector<catalog::Row>>();
    for (std::size_t r = 0; rows != nullptr && r < rows->size(); ++r)
      for (std::size_t c = 0; c < (*rows)[r].cells.size(); ++c)
        papers_of(field.columns[c], (*rows)[r].cells[c],
                  fmt::format("{}[{}].{}", field.id, r + 1, field.columns[c].id), each);
  }
}

bool bears_paper(const catalog::RecordType &type, const record::Record &record,
                 const std::string &hash) {
  bool found = false;
  const auto look = [&](const std::string &, const FileHash &paper) {
    found = found || paper.hex == hash;
  };
  papers_in(type.fields, record.values, look);
  for (const auto &part : record.parts)
    papers_in(type.parts[static_cast<std::size_t>(part.part)].fields, part.values, look);
  return found;
}

} // namespace yifa::service
