#pragma once

#include "base/json.h"
#include "record/record.h"

#include <functional>
#include <string>
#include <vector>

/// Between typed values and their written forms. One JSON form per field type, the same in events,
/// exports, the API and the command line: text, code, org, link, file, date, moment as strings;
/// count, number as numbers (numbers with decimals as strings "98.6"); money in fen as an integer;
/// flag as true/false; many as an array; rows as an array of objects.
namespace yifa::record {

/// What a person or a file wrote for one field: a string in any accepted spelling, or JSON in the
/// form above. Lenient input: full-width digits, Chinese dates, thousands separators, code labels
/// as well as codes (Chinese or English), 是/否 for flags, names of offices (through
/// `resolve_org`), several values separated by 、 ， ; in one string. Money strings are yuan.
struct DecodeContext {
  const catalog::Catalog &catalog;
  Date day; ///< codes must be valid on it
  /// Code or unambiguous name → code. Used for org fields.
  std::function<Result<OrgCode>(const std::string &written)> resolve_org;
  /// Id or display number → id. Used for link fields; `to` lists the allowed types.
  std::function<Result<RecordId>(const std::string &written, const std::vector<std::string> &to)>
      resolve_link;
};

/// The index of the field an id or a label (Chinese or English) names. Invalid with the nearest
/// name, or when several fields share the label. Use it to know which fields of an input were
/// given, also those given to be emptied.
Result<int> field_named(const std::vector<catalog::Field> &fields, std::string_view written);

/// One field. The error's problems have `where` = field path; lines of rows are counted from 1
/// ("materials[1].copies"). Messages quote the Chinese label and the path, and the value unless the
/// field is personal. Blank text, null and [] are the empty value. `many`: each value once. Rows:
/// an array of objects (or that as JSON text); blank lines are dropped, a line's defaults filled
/// and its required columns demanded. At most 20 000 characters, 1 000 values, 5 000 lines.
Result<Value> decode_value(const catalog::Field &field, const json::value &written,
                           const DecodeContext &context, const std::string &path);

/// All fields of `input` (by field id, or by Chinese or English label). Every fault is reported at
/// once: unknown names (with the nearest), derived or register-set fields typed by hand, values
/// that do not fit. Missing required fields are not judged here.
Result<std::vector<Value>> decode_fields(const std::vector<catalog::Field> &fields,
                                         const json::object &input, const DecodeContext &context);

/// The JSON form of a value of this field; null when not filled.
json::value encode_value(const catalog::Field &field, const Value &value);
/// Back from that exact form, without leniency; used by replay, stores and archives. Invalid when
/// it is not that form.
Result<Value> decode_exact(const catalog::Field &field, const json::value &stored);

/// For people: labels instead of codes, yuan instead of fen, 是/否; `english` chooses the labels'
/// language.
std::string display(const catalog::Catalog &catalog, const catalog::Field &field,
                    const Value &value, bool english = false);

/// {field: value, …} of the filled fields; personal ones only when asked.
json::object encode_fields(const std::vector<catalog::Field> &fields,
                           const std::vector<Value> &values, bool with_personal);

/// The record as `yifa show --format json` prints it (docs/contracts.md).
json::object to_json(const catalog::RecordType &type, const Record &record, bool with_personal);

} // namespace yifa::record
