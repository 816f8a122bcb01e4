#include "service/public_entries.h"

#include "record/codec.h"

namespace yifa::service {

const catalog::Value *Entries::value(std::string_view name) const {
  for (std::size_t i = 0; i < fields_.size() && i < values_.size(); ++i)
    if (fields_[i].id == name) return &values_[i];
  return nullptr;
}

std::string Entries::text(std::string_view name) const {
  const auto *found = get<std::string>(name);
  return found == nullptr ? std::string() : *found;
}

std::string Entries::code(std::string_view name) const {
  const auto *found = get<catalog::Code>(name);
  return found == nullptr ? std::string() : found->text;
}

std::string Entries::file(std::string_view name) const {
  const auto *found = get<catalog::FileHash>(name);
  return found == nullptr ? std::string() : found->hex;
}

std::optional<Date> Entries::day(std::string_view name) const {
  const auto *found = get<Date>(name);
  return found == nullptr ? std::nullopt : std::optional<Date>(*found);
}

std::optional<RecordId> Entries::link(std::string_view name) const {
  const auto *found = get<RecordId>(name);
  return found == nullptr ? std::nullopt : std::optional<RecordId>(*found);
}

std::int64_t Entries::number(std::string_view name) const {
  if (const auto *count = get<catalog::Count>(name)) return count->n;
  const auto *number = get<Decimal>(name);
  return number == nullptr ? 0 : std::atoll(number->text().c_str());
}

bool Entries::yes(std::string_view name) const {
  const auto *found = get<bool>(name);
  return found != nullptr && *found;
}

std::vector<std::string> Entries::codes(std::string_view name) const {
  std::vector<std::string> out;
  if (const auto *many = get<std::vector<catalog::Value>>(name))
    for (const auto &each : *many)
      if (const auto *code = each.get<catalog::Code>()) out.push_back(code->text);
  return out;
}

std::string Entries::shown(const catalog::Catalog &catalog, std::string_view name,
                           bool english) const {
  for (std::size_t i = 0; i < fields_.size() && i < values_.size(); ++i)
    if (fields_[i].id == name && values_[i].filled())
      return record::display(catalog, fields_[i], values_[i], english);
  return {};
}

} // namespace yifa::service
