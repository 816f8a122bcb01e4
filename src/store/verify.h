#pragma once

#include "store/port.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

/// Proof that history is whole. What the rows and tallies ought to be is the service's knowledge;
/// here is what needs none.
namespace yifa::store {

/// The first thing in a chain that does not fit.
struct ChainFault {
  std::string chain;
  std::int64_t seq = 0;
  RecordId record; ///< nil for administrative events
  std::string what;
  /// "370306104 event 17 (record …): what".
  std::string text() const;
};

/// Walks a chain from its genesis: numbers without gap, every hash recomputed, what stands beside a
/// body agrees with it, the end is where the store says. `each` sees every event that fits, in
/// order (replay); its error stops the walk. Nothing when all fits.
Result<std::optional<ChainFault>>
check_chain(Reader &reader, const std::string &chain,
            const std::function<Status(const record::Event &)> &each = {});

/// What verify shows to whoever knows the meaning: all events chain by chain, then all records
/// ledger by ledger, then all tally rows. An error stops verify; what does not fit is the visitor's
/// to remember.
class Visitor {
public:
  virtual ~Visitor() = default;
  virtual Status event(const record::Event &) { return Done{}; }
  virtual Status record(record::Record &&) { return Done{}; }
  virtual Status tally(const OrgCode &, const record::Contribution &) { return Done{}; }
};

/// Walks everything in one snapshot. The first fault of every chain; a broken chain is not replayed
/// beyond it.
Result<std::vector<ChainFault>> verify(Reader &reader, const std::vector<std::string> &types,
                                       Visitor &visitor);

} // namespace yifa::store
