#pragma once

#include "procedure/reckon.h"
#include "record/event.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace yifa::service {

/// What the history of a record says of its time limits: when it stood in which state, and which
/// extensions were granted. Read from the events, since no field holds it.
class Past {
public:
  explicit Past(const std::vector<record::Event> &history);

  /// Days of a state, from the day it was entered to the day before it was left. `today` ends a
  /// stay that goes on; without it such a stay is left out.
  std::vector<procedure::Stretch> stays(const std::string &state, std::optional<Date> today) const;

  /// Granted extensions of a time limit, of the record (nil) or of one of its parts, in order.
  std::vector<procedure::Extension> extensions(const std::string &rule, const RecordId &part) const;

private:
  std::string state_; ///< the one it stands in, and since when
  Date entered_;
  std::map<std::string, std::vector<procedure::Stretch>> stays_;
  std::map<std::pair<std::string, RecordId>, std::vector<procedure::Extension>> extensions_;
};

} // namespace yifa::service
