#pragma once

#include "base/json.h"
#include "service/outlook.h"

#include <functional>
#include <map>
#include <string>

/// Records as pages show them: the stored form with everything in words beside it.
namespace yifa::wire {

/// Names of offices and of records other ones point to, each looked up once.
class Names {
public:
  using OfOrg = std::function<std::string(const OrgCode &)>;
  using OfRecord = std::function<std::string(const RecordId &)>;

  Names(OfOrg org, OfRecord record) : of_org_(std::move(org)), of_record_(std::move(record)) {}

  /// Looked up in the store: an office's name (its code when the tree has no such office); a
  /// record's name or number, empty when the actor may not see it. The store's failures count as
  /// not found. `env`, `reader` and `actor` outlive the names.
  static Names in(service::Environment &env, store::Reader &reader, const service::Actor &actor);

  const std::string &org(const OrgCode &code);
  const std::string &record(const RecordId &id);

private:
  OfOrg of_org_;
  OfRecord of_record_;
  std::map<OrgCode, std::string> orgs_;
  std::map<RecordId, std::string> records_;
};

struct RecordForm {
  bool personal = false; ///< personal fields too (of a record that was unsealed for a handler)
  bool parts = true;     ///< lists go without
  bool english = false;  ///< labels in English where there are any
};

/// docs/schema/record.json and besides: `org_name`, `place_name`, `state_label`, `personal_sealed`,
/// `due` (null without one), `labels` {field: text} of every filled field that is not plain text,
/// `line_labels` {field: [{column: text}]} of rows; a part with `label`, `day`, `at` and labels of
/// its own. `type` is the record's own edition.
json::object record_json(const catalog::Catalog &catalog, const catalog::RecordType &type,
                         const record::Record &record, Names &names, const RecordForm &form,
                         const service::LimitAhead *due = nullptr);

} // namespace yifa::wire
