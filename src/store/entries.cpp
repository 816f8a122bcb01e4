#include "store/entries.h"

#include "base/text.h"
#include "crypto/hash.h"
#include "store/row.h"

#include <cstring>

namespace yifa::store {
namespace {

using catalog::Field;
using catalog::FieldType;
using catalog::Value;

/// Calls `each(path, field, value)` for every filled value that is not personal, down to the cells
/// of rows and the items of many.
template <typename F>
void each_value(const std::vector<Field> &fields, const std::vector<Value> &values,
                const std::string &prefix, const F &each) {
  for (std::size_t i = 0; i < fields.size() && i < values.size(); ++i) {
    const auto &field = fields[i];
    if (field.personal || !values[i].filled()) continue;
    if (const auto *many = values[i].get<std::vector<Value>>()) {
      for (const auto &one : *many) each(prefix + field.id, field, one);
    } else if (const auto *rows = values[i].get<std::vector<catalog::Row>>()) {
      for (const auto &row : *rows)
        each_value(field.columns, row.cells, prefix + field.id + ".", each);
    } else {
      each(prefix + field.id, field, values[i]);
    }
  }
}

template <typename F>
void each_value(const TypeShape &type, const record::Record &record, bool withdrawn_parts,
                const F &each) {
  each_value(type.at.fields, record.values, {}, each);
  for (const auto &part : record.parts) {
    if (part.part < 0 || (part.withdrawn && !withdrawn_parts)) continue;
    const auto &shape = type.parts[static_cast<std::size_t>(part.part)];
    each_value(shape.at.fields, part.values, shape.id + ".", each);
  }
}

/// Writes values one behind the other, each with its kind and length, so that no two lists of
/// values look the same.
class Digesting final : public RowSink {
public:
  void null(int) override { bytes_ += 'n'; }
  void integer(int, std::int64_t value) override { bytes_ += "i" + std::to_string(value) + ";"; }
  void text(int, std::string_view value) override { add('t', value); }
  void bytes(int, std::string_view value) override { add('b', value); }
  void copied_text(int, std::string_view value) override { add('t', value); }
  std::int64_t digest() const {
    std::int64_t out = 0;
    std::memcpy(&out, crypto::sha256(bytes_).data(), sizeof out);
    return out;
  }

private:
  void add(char kind, std::string_view value) {
    bytes_ += kind + std::to_string(value.size()) + ":";
    bytes_ += value;
  }
  std::string bytes_;
};

} // namespace

std::string ledger_register(const std::string &type) { return "ledger:" + type; }

std::optional<std::int64_t> alike_digest(const TypeShape &type, const record::Record &record) {
  Digesting sink;
  bool any = false;
  for (int index : type.alike) {
    const auto &value = record.value(index);
    any = any || value.filled();
    write_value(type.at.fields[static_cast<std::size_t>(index)], value, 0, sink);
  }
  if (!any) return std::nullopt;
  return sink.digest();
}

Entries entries_of(const TypeShape &type, const record::Record &record) {
  Entries out;
  each_value(type, record, true,
             [&out](const std::string &path, const Field &, const Value &value) {
               if (const auto *id = value.get<RecordId>()) out.links.emplace(path, *id);
               if (const auto *file = value.get<catalog::FileHash>())
                 out.files.emplace(path, file->hex);
             });
  if (!record.withdrawn) out.alike = alike_digest(type, record);
  return out;
}

SearchText search_text(const Shape &shape, const TypeShape &type, const record::Record &record) {
  SearchText out;
  if (record.withdrawn) return out;
  if (type.title >= 0)
    if (const auto *title = record.value(type.title).get<std::string>()) out.title = *title;
  std::string body = record.number;
  auto add = [&body](const std::string &text) {
    if (!body.empty()) body += '\n';
    body += text;
  };
  const std::string title_path =
      type.title < 0 ? std::string() : type.at.fields[static_cast<std::size_t>(type.title)].id;
  each_value(type, record, false,
             [&](const std::string &path, const Field &field, const Value &value) {
               if (path == title_path) return;
               if (const auto *text = value.get<std::string>()) add(*text);
               if (const auto *code = value.get<catalog::Code>()) {
                 auto list = shape.labels.find(field.list);
                 if (list == shape.labels.end()) return;
                 auto label = list->second.find(code->text);
                 if (label != list->second.end()) add(label->second);
               }
             });
  out.body = fold(body);
  if (out.title.empty()) out.title = record.number;
  return out;
}

std::string fold(std::string_view written) {
  auto points = text::decode(written);
  std::u32string out;
  out.reserve(points.size());
  for (char32_t c : points) {
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
    if (c >= 'A' && c <= 'Z') c += 32;
    bool line = c == '\n';
    bool blank = line || c <= ' ' || c == 0x3000 || c == 0xA0 || c == 0xFEFF;
    if (!blank) {
      out += c;
    } else if (!out.empty() && out.back() != ' ' && out.back() != '\n') {
      out += line ? U'\n' : U' ';
    } else if (!out.empty() && line) {
      out.back() = '\n';
    }
  }
  while (!out.empty() && (out.back() == ' ' || out.back() == '\n')) out.pop_back();
  return text::encode(out);
}

} // namespace yifa::store
