#include "sql/fixed_rows.h"
#include "sql/session.h"

#include "store/row.h"

#include <algorithm>

namespace yifa::sql {

using record::Record;
using store::KeyedAnswer;
using store::TypeShape;

// Where refusals may come late a record's row is put off: whatever becomes of it in the
// transaction, it is written once, many together. Asked by its id it is given from here; before a
// statement that names its table it is written.

bool Session::is_put_off(std::string_view sql) const {
  const auto named = [&](const store::Table &table) {
    return sql.find(table.name) != std::string_view::npos;
  };
  return names_table(sql, "record_home") ||
         std::any_of(put_types_.begin(), put_types_.end(), [&](const TypeShape *type) {
           return named(type->table) ||
                  std::any_of(type->parts.begin(), type->parts.end(),
                              [&](const store::PartShape &part) { return named(part.table); });
         });
}

Result<Prepared> Session::prepare(std::string_view sql, Use use) {
  if (!records_.empty() && is_put_off(sql)) TRY(noted(flush_records()));
  if (!answers_.empty() && names_table(sql, "answer")) TRY(noted(flush_answers()));
  return rows_.prepare(sql, use);
}

const Session::Put *Session::put_off(const RecordId &id) const {
  if (const auto found = records_.now.find(id); found != records_.now.end()) return &found->second;
  if (records_.written) return nullptr;
  const auto found = records_.before.find(id);
  return found == records_.before.end() ? nullptr : &found->second;
}

Status Session::put_off(const TypeShape &type, const Record &record, bool fresh, std::size_t had) {
  if (const auto *earlier = put_off(record.id)) {
    fresh = fresh || earlier->fresh;
    had = earlier->had;
  }
  read_.erase(record.id);
  put_types_.insert(&type);
  changed_ = changed_ || !fresh;
  records_.now.insert_or_assign(record.id, Put{record, fresh, had});
  if (records_.now.size() < kPutOff) return Done{};
  TRY(flush_records());
  return flush_texts(); // so that the engine has work while more is made
}

Status Session::flush_records() {
  if (saved_ && !records_.written) {
    for (const auto &[id, put] : records_.before) records_.now.emplace(id, put);
    records_.written = true;
  }
  if (records_.now.empty()) return Done{};
  // In the order of their ids, which is that of their making: the ends of the indexes grow.
  std::vector<const Put *> order;
  for (const auto &entry : records_.now) order.push_back(&entry.second);
  std::sort(order.begin(), order.end(),
            [](const Put *a, const Put *b) { return a->record.id < b->record.id; });
  for (const auto *put : order) TRY(write_record(*put));
  TRY(rows_.write(fixed_rows().home));
  for (const auto *type : put_types_) {
    const auto &sql = sql_of(*type);
    TRY(rows_.write(sql.added));
    TRY(rows_.write(sql.replaced));
    for (const auto &part : sql.parts) TRY(rows_.write(part.put));
  }
  records_.now.clear();
  put_types_.clear();
  changed_ = false;
  return Done{};
}

Status Session::write_record(const Put &put) {
  const auto *type = TRY(shape_->type(put.record.type));
  if (put.fresh) TRY(claim_home(*type, put.record));
  const auto &sql = sql_of(*type);
  auto row = TRY(rows_.adding(put.fresh ? sql.added : sql.replaced));
  store::write_record(*type, put.record, row.sink());
  TRY(row.run());
  return write_parts(*type, put.record, put.had);
}

const KeyedAnswer *Session::answered(const AnswerKey &key) const {
  if (const auto found = answers_.now.find(key); found != answers_.now.end()) return &found->second;
  if (answers_.written) return nullptr;
  const auto found = answers_.before.find(key);
  return found == answers_.before.end() ? nullptr : &found->second;
}

Status Session::flush_answers() {
  if (saved_ && !answers_.written) {
    for (const auto &[key, answer] : answers_.before) answers_.now.emplace(key, answer);
    answers_.written = true;
  }
  for (const auto &[key, answer] : answers_.now) {
    foreseen_.erase(key);
    auto row = TRY(rows_.adding(fixed_rows().answer));
    TRY(row.with(std::get<0>(key), std::get<1>(key), std::get<2>(key), answer.request_hash,
                 answer.answer)
            .run());
  }
  TRY(rows_.write(fixed_rows().answer));
  answers_.now.clear();
  return Done{};
}

} // namespace yifa::sql
