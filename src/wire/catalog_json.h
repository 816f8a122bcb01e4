#pragma once

#include "base/json.h"
#include "catalog/model.h"

namespace yifa::wire {

/// The whole catalog in its current editions, as the web application reads it once: groups,
/// ledgers (wire/ledger_json.h), indicators, lists, roles, outlines, laws. `hash` names its
/// content. The document does not change while the catalog does not: make it once a language.
json::object catalog_json(const catalog::Catalog &catalog, bool english);

} // namespace yifa::wire
