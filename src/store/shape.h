#pragma once

#include "catalog/model.h"
#include "store/schema.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// What a store must know of a catalog: the tables of its record types and which field stands in
/// which column. Columns are the union of a type's editions; personal fields have none; a county's
/// x_ fields share one JSON column.
namespace yifa::store {

/// Columns every record table begins with, in this order. place_org is empty when it is the office
/// itself, place_town when it lies in the office's own town.
enum RecordColumn {
  kCounty,
  kId,
  kOwner,
  kPlace,
  kTown,
  kPlaceTown,
  kDay,
  kEdition,
  kState,
  kNumber,
  kVersion,
  kLate,
  kWithdrawn,
  kWithdrawnReason,
  kCreatedBy,
  kRecordedAt,
  kBatch,
  kPartCount,
  kPersonal,
  kForgotten,
  kExtra,
  kRecordColumns,
};

/// Columns every part table begins with. Position is the index in Record::parts.
enum PartColumn {
  kPartCounty,
  kPartRecord,
  kPosition,
  kPartId,
  kPartVersion,
  kPartWithdrawn,
  kPartActor,
  kPartRecordedAt,
  kPartExtra,
  kPartColumns,
};

/// Fields and where they stand.
struct FieldColumns {
  std::vector<catalog::Field> fields;
  std::vector<int> stored; ///< field index of each column behind the common ones
  std::vector<int> extra;  ///< field indexes kept in the JSON column
  std::vector<int> column; ///< by field: the column's place in the table, -1 for none
};

struct PartShape {
  std::string id;
  Table table;
  FieldColumns at;
};

struct TypeShape {
  std::string id;
  Table table;
  FieldColumns at;
  std::vector<PartShape> parts;
  std::vector<int> alike;   ///< field indexes of `alike`, without personal ones
  int title = -1;           ///< the text field that names a record; -1 if none
  std::vector<int> counted; ///< field indexes of single codes: how many records hold which is kept
};

class Shape {
public:
  std::map<std::string, TypeShape, std::less<>> types;
  /// Chinese labels of codes, by list: part of the text that is searched.
  std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> labels;
  /// Changes when any table, column, kind or index does.
  std::string fingerprint;

  /// Internal when the catalog has no such type.
  Result<const TypeShape *> type(std::string_view id) const;
  std::vector<const Table *> tables() const;
};

/// "dispute: origin kind": what of a type is counted by value.
std::string counted_names(const TypeShape &type);

/// Invalid when a name of the catalog cannot name a table or column.
Result<std::shared_ptr<const Shape>> shape_of(const catalog::Catalog &catalog);

} // namespace yifa::store
