#include "store/digest.h"

#include "crypto/hash.h"
#include "store/row.h"

#include <fmt/format.h>

namespace yifa::store {
namespace {

/// Hashes of many things, in any order: each thing's own hash, all of them laid over one another.
class Heap {
public:
  void add(std::string_view thing) {
    const auto one = crypto::sha256(thing);
    for (std::size_t i = 0; i < one.size(); ++i) sum_[i] = static_cast<char>(sum_[i] ^ one[i]);
    ++many_;
  }
  std::string text() const { return fmt::format("{} {}\n", many_, crypto::hex(sum_)); }

private:
  std::string sum_ = std::string(crypto::kHashSize, '\0');
  std::int64_t many_ = 0;
};

/// A row as bytes.
class Writing final : public RowSink {
public:
  void null(int column) override { out += fmt::format("{}-;", column); }
  void integer(int column, std::int64_t value) override {
    out += fmt::format("{}={};", column, value);
  }
  void text(int column, std::string_view value) override { bytes(column, value); }
  void bytes(int column, std::string_view value) override {
    out += fmt::format("{}:{}:", column, value.size());
    out += value;
  }
  void copied_text(int column, std::string_view value) override { bytes(column, value); }
  std::string out;
};

std::string bytes_of(const TypeShape &type, const record::Record &record) {
  Writing row;
  write_record(type, record, row);
  for (std::size_t i = 0; i < record.parts.size(); ++i) {
    const auto part = static_cast<std::size_t>(record.parts[i].part);
    row.out += fmt::format("|{}|", part);
    write_part(type.parts[part], record, i, row);
  }
  return std::move(row.out);
}

std::string bytes_of(const record::Org &org) {
  return fmt::format("{}|{}|{}|{}|{}|{}", org.code.text(), org.from ? org.from->days() : INT32_MIN,
                     org.to ? org.to->days() : INT32_MAX, org.name, static_cast<int>(org.kind),
                     org.successor.text());
}

} // namespace

Result<std::string> digest_of(Reader &reader, const catalog::Catalog &catalog) {
  const auto shape = TRY(shape_of(catalog));
  std::string all;
  Heap ends;
  for (const auto &chain : TRY(reader.chains()))
    if (const auto head = TRY(reader.head(chain)))
      ends.add(fmt::format("{}|{}|{}", chain, head->seq, crypto::hex(head->hash)));
  all += "chains " + ends.text();
  for (const auto &[id, type] : shape->types) {
    Heap rows;
    TRY(reader.each_record(id, [&, &shaped = type](record::Record &&record) -> Status {
      return rows.add(bytes_of(shaped, record)), Done{};
    }));
    all += id + " " + rows.text();
  }
  Heap tallies;
  TRY(reader.each_tally([&](const OrgCode &owner, const record::Contribution &row) -> Status {
    return tallies.add(fmt::format("{}|{}|{}|{}|{}|{}|{}", owner.text(), row.stock,
                                   row.month.index(), row.indicator, row.dimension, row.group,
                                   row.value)),
           Done{};
  }));
  Heap limits;
  TRY(reader.due({}, [&](const DueRow &row) -> Result<bool> {
    limits.add(fmt::format("{}|{}|{}|{}|{}|{}|{}", row.owner.text(), row.due.days(), row.binds,
                           row.type, row.record.text(), row.rule, row.part.text()));
    return true;
  }));
  Heap offices;
  for (const auto &org : TRY(reader.orgs_under(OrgCode(), std::nullopt, 0)))
    offices.add(bytes_of(org));
  Heap answers;
  TRY(reader.each_answer([&](const std::string &county, const std::string &actor,
                             const std::string &key, const KeyedAnswer &answer) -> Status {
    return answers.add(fmt::format("{}|{}|{}|{}|{}", county, actor, key, answer.request_hash,
                                   answer.answer)),
           Done{};
  }));
  Heap keys;
  TRY(reader.each_record_key([&](const RecordId &record, const std::string &wrapped) -> Status {
    return keys.add(record.text() + wrapped), Done{};
  }));
  Heap numbers;
  TRY(reader.each_register([&](const RegisterRow &row) -> Status {
    return numbers.add(
               fmt::format("{}|{}|{}|{}", row.owner.text(), row.register_id, row.year, row.last)),
           Done{};
  }));
  Heap handling;
  TRY(reader.each_handler(
      [&](const std::string &county, const RecordId &record, const std::string &user) -> Status {
        return handling.add(fmt::format("{}|{}|{}", county, record.text(), user)), Done{};
      }));
  Heap blinds;
  TRY(reader.each_blind([&](const BlindRow &row) -> Status {
    return blinds.add(fmt::format("{}|{}|{}|{}|{}", row.owner.text(), row.type, row.record.text(),
                                  row.field, crypto::hex(row.mac))),
           Done{};
  }));
  Heap rest;
  for (const auto &key : TRY(reader.meta_keys("")))
    if (!key.starts_with("move:")) // a move's own notes
      rest.add(key + "|" + TRY(reader.meta(key)).value_or(""));
  all += "tallies " + tallies.text() + "limits " + limits.text() + "offices " + offices.text() +
         "answers " + answers.text() + "keys " + keys.text() + "numbers " + numbers.text() +
         "handlers " + handling.text() + "blinds " + blinds.text() + "rest " + rest.text();
  return crypto::hex(crypto::sha256(all));
}

} // namespace yifa::store
