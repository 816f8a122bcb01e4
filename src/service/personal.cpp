#include "service/personal.h"

#include "record/codec.h"

#include <algorithm>

namespace yifa::service {
namespace {

Error no_master_key() {
  return unavailable("personal fields need the master key: run `yifa init` or give --key FILE");
}

Status fill_values(const std::vector<catalog::Field> &fields, const json::object &sealed,
                   std::vector<catalog::Value> &values) {
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (const auto *found = sealed.if_contains(fields[i].id))
      values[i] = TRY(record::decode_exact(fields[i], *found));
  return Done{};
}

} // namespace

Result<json::object> unseal(const Environment &environment, store::Reader &reader,
                            const record::Record &record) {
  if (record.personal.empty()) return json::object();
  if (record.forgotten) return not_found("the personal fields of this record were forgotten");
  if (!environment.master) return no_master_key();
  auto wrapped = TRY(reader.record_key(record.id));
  if (!wrapped)
    return not_found("the key of this record is gone: its personal fields cannot be read any more");
  return unseal(environment, *wrapped, record);
}

Result<json::object> unseal(const Environment &environment, const std::string &wrapped,
                            const record::Record &record) {
  if (!environment.master) return no_master_key();
  auto key = crypto::unwrap(*environment.master, wrapped, record.id.text());
  if (!key) return unavailable("the key of this record was wrapped by another master key");
  auto plain = TRY(crypto::open(*key, record.personal, record.id.text()));
  auto parsed = TRY(parse_json(plain));
  if (!parsed.is_object()) return internal_error("the personal fields are damaged");
  return parsed.get_object();
}

Status seal(const Environment &environment, store::Writer &writer, const json::object &personal,
            record::Record &record) {
  if (!environment.master) return no_master_key();
  if (record.forgotten)
    return refused("the personal fields of this record were forgotten and stay so", {});
  auto wrapped = TRY(writer.record_key(record.id));
  std::optional<crypto::Key> key;
  if (wrapped) {
    key = TRY(crypto::unwrap(*environment.master, *wrapped, record.id.text()));
  } else {
    key = TRY(crypto::Key::random());
    TRY(writer.put_record_key(record.owner_org.county(), record.id,
                              TRY(crypto::wrap(*environment.master, *key, record.id.text()))));
  }
  record.personal = TRY(crypto::seal(*key, canonical(personal), record.id.text()));
  return Done{};
}

bool alike_by_personal(const catalog::RecordType &type) {
  return std::any_of(type.alike.begin(), type.alike.end(), [&](const catalog::FieldRef &ref) {
    return type.fields[static_cast<std::size_t>(ref.index)].personal;
  });
}

std::optional<std::string> blind_mac(const std::optional<crypto::Key> &key,
                                     const catalog::RecordType &type, const record::Record &whole) {
  if (!key) return std::nullopt;
  bool any = false;
  json::array telling{whole.owner_org.text(), whole.type};
  for (const auto &ref : type.alike) {
    const auto &field = type.fields[static_cast<std::size_t>(ref.index)];
    const auto &value = whole.value(ref.index);
    any = any || (field.personal && value.filled());
    telling.push_back(value.filled() ? record::encode_value(field, value) : json::value());
  }
  if (!any) return std::nullopt;
  return crypto::hmac(*key, canonical(telling));
}

Status fill(const catalog::RecordType &type, const json::object &personal, record::Record &record) {
  if (const auto *fields = personal.if_contains("fields"))
    TRY(fill_values(type.fields, fields->as_object(), record.values));
  const auto *parts = personal.if_contains("parts");
  if (parts == nullptr) return Done{};
  for (auto &part : record.parts)
    if (const auto *sealed = parts->as_object().if_contains(part.id.text()))
      TRY(fill_values(type.parts[static_cast<std::size_t>(part.part)].fields, sealed->as_object(),
                      part.values));
  return Done{};
}

bool take_personal(const std::vector<catalog::Field> &fields, std::vector<catalog::Value> &values,
                   json::object &sealed) {
  bool any = false;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (!fields[i].personal || !values[i].filled()) continue;
    sealed[fields[i].id] = record::encode_value(fields[i], values[i]);
    values[i] = catalog::Value();
    any = true;
  }
  return any;
}

} // namespace yifa::service
