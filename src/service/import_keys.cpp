#include "service/import_keys.h"

#include "base/json.h"
#include "crypto/hash.h"

#include <fmt/format.h>

namespace yifa::service {
namespace {

/// Answers of people and programs stand under their own names; no user is called this.
constexpr const char *kKeeper = "@import";

} // namespace

std::string ImportKeys::name(const OrgCode &office, const std::string &type,
                             const std::string &row_key, int n) const {
  const auto said = canonical(json::array{office.text(), type, row_key, n});
  return crypto::hex(key_ ? crypto::hmac(*key_, said) : crypto::sha256(said));
}

Status ImportKeys::remember(store::Writer &writer, const OrgCode &office, const std::string &type,
                            const std::string &row_key, const RecordId &record) const {
  // A key may come again, in another file or after an undoing: each time it gets the next place.
  for (int n = 1;; ++n) {
    const auto place = name(office, type, row_key, n);
    if (TRY(writer.keyed(office.county(), kKeeper, place))) continue;
    return writer.keep_answer(office.county(), kKeeper, place, {"", record.text()});
  }
}

Result<std::optional<RecordId>> ImportKeys::find(store::Reader &reader, const OrgCode &office,
                                                 const std::string &type,
                                                 const std::string &row_key) const {
  std::optional<RecordId> only;
  for (int n = 1;; ++n) {
    auto kept = TRY(reader.keyed(office.county(), kKeeper, name(office, type, row_key, n)));
    if (!kept) return only;
    const auto id = TRY(RecordId::parse(kept->answer));
    auto record = TRY(reader.get(type, id));
    if (!record || record->withdrawn) continue;
    if (only)
      return invalid(fmt::format("more than one imported {} has the key \"{}\"; name it by its "
                                 "number",
                                 type, row_key));
    only = id;
  }
}

} // namespace yifa::service
