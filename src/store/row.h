#pragma once

#include "record/record.h"
#include "store/shape.h"

#include <cstdint>
#include <string_view>

/// Between records and rows, the same for every engine.
namespace yifa::store {

/// Columns of the row at hand, from 0.
class RowSource {
public:
  virtual ~RowSource() = default;
  virtual bool is_null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  /// Text or bytes; valid until the next row.
  virtual std::string_view bytes(int column) const = 0;
};

/// Parameters of a statement, from 0 in the order of the table's columns.
class RowSink {
public:
  virtual ~RowSink() = default;
  virtual void null(int column) = 0;
  virtual void integer(int column, std::int64_t value) = 0;
  /// Taken by reference: must live until the statement has run.
  virtual void text(int column, std::string_view value) = 0;
  virtual void bytes(int column, std::string_view value) = 0;
  virtual void copied_text(int column, std::string_view value) = 0;
};

/// All columns of the record's table. Parts are rows of their own.
void write_record(const TypeShape &type, const record::Record &record, RowSink &to);
void write_part(const PartShape &part, const record::Record &record, std::size_t position,
                RowSink &to);

/// A row of the record's table, without parts; `part_count` tells how many there are. Internal when
/// a column holds what no record can.
Result<record::Record> read_record(const TypeShape &type, const RowSource &from,
                                   std::int64_t &part_count);
/// A row of a part table; `position` is its place in Record::parts.
Result<record::PartRecord> read_part(const TypeShape &type, int part, const RowSource &from,
                                     std::int64_t &position);

/// One value into one parameter, as the field's column keeps it.
void write_value(const catalog::Field &field, const record::Value &value, int column, RowSink &to);

/// A code as stored; the empty text is the nation. Internal for anything else.
Result<OrgCode> stored_org(std::string_view text);
Result<RecordId> stored_id(std::string_view bytes);
std::string_view id_bytes(const RecordId &id);

} // namespace yifa::store
