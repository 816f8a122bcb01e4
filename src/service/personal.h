#pragma once

#include "base/json.h"
#include "service/environment.h"

namespace yifa::service {

/// The personal values of one record and its parts, in clear only in memory:
/// {"fields": {id: value}, "parts": {part id: {id: value}}}.
/// Source: 个人信息保护法 第五十一条

/// Opens the record's ciphertext. An empty object if there is none; NotFound if its key was
/// forgotten; Unavailable without the master key.
Result<json::object> unseal(const Environment &environment, store::Reader &reader,
                            const record::Record &record);

/// The same with the record's wrapped key at hand.
Result<json::object> unseal(const Environment &environment, const std::string &wrapped,
                            const record::Record &record);

/// Encrypts under the record's own key, made and wrapped when it has none yet, into
/// record.personal.
Status seal(const Environment &environment, store::Writer &writer, const json::object &personal,
            record::Record &record);

/// Moves the filled personal values of `values` into `sealed`; true if there were any.
bool take_personal(const std::vector<catalog::Field> &fields, std::vector<catalog::Value> &values,
                   json::object &sealed);

/// Whether the type tells duplicates by a field that is personal.
bool alike_by_personal(const catalog::RecordType &type);

/// A keyed hash over the fields by which the type tells duplicates, so that equals are found
/// without anybody reading a name (DECISIONS 28). `whole` has its personal values. Nothing without
/// a key, or when none of the personal ones is filled.
std::optional<std::string> blind_mac(const std::optional<crypto::Key> &key,
                                     const catalog::RecordType &type, const record::Record &whole);

/// The name under which that hash is kept.
inline constexpr const char *kBlindAlike = "@alike";
/// The purpose for which its key is derived from the master key.
inline constexpr const char *kBlindPurpose = "blind";

/// Puts unsealed values into the record's value slots.
Status fill(const catalog::RecordType &type, const json::object &personal, record::Record &record);

} // namespace yifa::service
