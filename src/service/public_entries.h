#pragma once

#include "record/record.h"

#include <optional>
#include <string>
#include <string_view>

namespace yifa::service {

/// What a record (or one of its parts) holds under the names of the catalog. A name it does not
/// have reads as empty, as does a personal field that is sealed. Looks into what it was made of.
class Entries {
public:
  Entries(const catalog::RecordType &type, const record::Record &record)
      : fields_(type.fields), values_(record.values) {}
  Entries(const catalog::Part &part, const record::PartRecord &made)
      : fields_(part.fields), values_(made.values) {}

  std::string text(std::string_view name) const;
  std::string code(std::string_view name) const;
  std::string file(std::string_view name) const; ///< the hash
  std::optional<Date> day(std::string_view name) const;
  std::optional<RecordId> link(std::string_view name) const;
  std::int64_t number(std::string_view name) const; ///< of a count or number; 0 when empty
  bool yes(std::string_view name) const;            ///< a flag that is set
  /// The codes of a field that takes many.
  std::vector<std::string> codes(std::string_view name) const;
  /// In words for people: labels of codes. Empty when not filled.
  std::string shown(const catalog::Catalog &catalog, std::string_view name,
                    bool english = false) const;

private:
  const catalog::Value *value(std::string_view name) const;
  template <typename T> const T *get(std::string_view name) const {
    const auto *found = value(name);
    return found == nullptr ? nullptr : found->get<T>();
  }

  const std::vector<catalog::Field> &fields_;
  const std::vector<catalog::Value> &values_;
};

} // namespace yifa::service
