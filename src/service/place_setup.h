#pragma once

#include "service/accounts.h"
#include "service/workspace.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

/// The first run: what a new place is asked once, before anybody has an account.
namespace yifa::service {

struct PlaceSetup {
  std::vector<NewAccount> people;
  std::optional<int> year; ///< with which the ledgers begin; the pages open with it this year
  std::map<std::string, std::string> county; ///< settings by id, as written in an overlay
};

struct PlaceMade {
  std::vector<MadeAccount> people;
  bool catalog_changed = false; ///< an overlay was written; it holds once the catalog is read anew
};

/// All or nothing. Invalid field by field: people (Accounts::set_up), `year`, `county.ID` when the
/// county may not set it or it is no such value. Refused once there is any account. Unavailable.
Result<PlaceMade> set_up_place(Workspace &space, const PlaceSetup &setup);

/// The year that was chosen, as long as the year of the setting-up lasts.
Result<std::optional<int>> setup_year(store::Reader &reader, Date today);

} // namespace yifa::service
