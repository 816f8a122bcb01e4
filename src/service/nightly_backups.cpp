#include "service/nightly_backups.h"

namespace yifa::service {
namespace {

constexpr auto kBetweenLooks = std::chrono::seconds(15);

} // namespace

NightlyBackups::NightlyBackups(Workspace &space)
    : looking_(kBetweenLooks, [&space]() -> Recurring::Pause {
        // A store that cannot serve now is asked again at the next look.
        (void)BackupShelf(space).add_if_due();
        return kBetweenLooks;
      }) {}

} // namespace yifa::service
