#include "service/key_recovery.h"

#include "crypto/master_key.h"

namespace yifa::service {

Result<std::int64_t> recover_master_key(Workspace &space, std::string_view recovery) {
  const auto key = TRY(crypto::parse_recovery(recovery));
  std::int64_t opened = 0;
  auto reader = TRY(space.environment().store.read());
  TRY(reader->each_record_key([&](const RecordId &record, const std::string &wrapped) -> Status {
    if (!crypto::unwrap(key, wrapped, record.text()))
      return invalid("this recovery key belongs to another data directory");
    opened += 1;
    return Done{};
  }));
  TRY(crypto::write_master_key(space.key_file(), space.folder(), key));
  return opened;
}

} // namespace yifa::service
