#include "fault_vfs.h"

#include <cstring>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

namespace yifa::testing {
namespace {

using Fault = DiskPlan::Fault;

/// What a file held before a change that was not synced since.
struct Undo {
  sqlite3_int64 offset;
  std::string before;
  sqlite3_int64 size;
};

struct State {
  std::mutex mutex;
  sqlite3_vfs *real = nullptr;
  sqlite3_vfs vfs = {};
  DiskPlan plan;
  std::int64_t changes = 0;
  bool struck = false;
  std::map<std::string, std::vector<Undo>> unsynced;
};

State &state() {
  static State made;
  return made;
}

struct FaultFile {
  sqlite3_file base;
  sqlite3_file *real;
  char name[512];
  bool temporary;
};

FaultFile &of(sqlite3_file *file) { return *reinterpret_cast<FaultFile *>(file); }
sqlite3_file *real(sqlite3_file *file) { return of(file).real; }

/// Whether this change fails, and how.
Fault next_change() {
  auto &s = state();
  ++s.changes;
  if (s.plan.fault == Fault::None) return Fault::None;
  if (s.changes == s.plan.at || (s.struck && s.plan.stays)) {
    s.struck = true;
    return s.plan.fault;
  }
  return Fault::None;
}

void remember(FaultFile &file, sqlite3_int64 offset, int amount) {
  Undo undo{offset, std::string(static_cast<std::size_t>(amount), '\0'), 0};
  file.real->pMethods->xFileSize(file.real, &undo.size);
  // Reads zeros behind the end, which the size cuts off again.
  file.real->pMethods->xRead(file.real, undo.before.data(), amount, offset);
  state().unsynced[file.name].push_back(std::move(undo));
}

int close_file(sqlite3_file *file) {
  int code = real(file)->pMethods->xClose(real(file));
  sqlite3_free(real(file));
  return code;
}
int read_file(sqlite3_file *file, void *out, int amount, sqlite3_int64 offset) {
  return real(file)->pMethods->xRead(real(file), out, amount, offset);
}
int write_file(sqlite3_file *file, const void *bytes, int amount, sqlite3_int64 offset) {
  const std::lock_guard lock(state().mutex);
  if (of(file).temporary) return real(file)->pMethods->xWrite(real(file), bytes, amount, offset);
  auto fault = next_change();
  if (fault == Fault::Full) return SQLITE_FULL;
  if (fault == Fault::Error || fault == Fault::PowerLoss) return SQLITE_IOERR_WRITE;
  remember(of(file), offset, amount);
  if (fault == Fault::Torn) {
    real(file)->pMethods->xWrite(real(file), bytes, amount / 2, offset);
    return SQLITE_IOERR_WRITE;
  }
  return real(file)->pMethods->xWrite(real(file), bytes, amount, offset);
}
int truncate_file(sqlite3_file *file, sqlite3_int64 size) {
  const std::lock_guard lock(state().mutex);
  if (of(file).temporary) return real(file)->pMethods->xTruncate(real(file), size);
  if (next_change() != Fault::None) return SQLITE_IOERR_TRUNCATE;
  sqlite3_int64 now = 0;
  real(file)->pMethods->xFileSize(real(file), &now);
  if (now > size) remember(of(file), size, static_cast<int>(now - size));
  return real(file)->pMethods->xTruncate(real(file), size);
}
int sync_file(sqlite3_file *file, int flags) {
  const std::lock_guard lock(state().mutex);
  if (next_change() != Fault::None) return SQLITE_IOERR_FSYNC;
  state().unsynced.erase(of(file).name);
  (void)flags; // the real sync is left out: only what SQLite asks for counts here
  return SQLITE_OK;
}
int file_size(sqlite3_file *file, sqlite3_int64 *size) {
  return real(file)->pMethods->xFileSize(real(file), size);
}
int lock_file(sqlite3_file *file, int level) {
  return real(file)->pMethods->xLock(real(file), level);
}
int unlock_file(sqlite3_file *file, int level) {
  return real(file)->pMethods->xUnlock(real(file), level);
}
int check_lock(sqlite3_file *file, int *out) {
  return real(file)->pMethods->xCheckReservedLock(real(file), out);
}
int control(sqlite3_file *file, int op, void *argument) {
  return real(file)->pMethods->xFileControl(real(file), op, argument);
}
int sector_size(sqlite3_file *file) { return real(file)->pMethods->xSectorSize(real(file)); }
int characteristics(sqlite3_file *file) {
  // A disk that promises nothing.
  return real(file)->pMethods->xDeviceCharacteristics(real(file)) &
         SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN;
}
int shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **out) {
  return real(file)->pMethods->xShmMap(real(file), page, size, extend, out);
}
int shm_lock(sqlite3_file *file, int offset, int n, int flags) {
  return real(file)->pMethods->xShmLock(real(file), offset, n, flags);
}
void shm_barrier(sqlite3_file *file) { real(file)->pMethods->xShmBarrier(real(file)); }
int shm_unmap(sqlite3_file *file, int remove) {
  return real(file)->pMethods->xShmUnmap(real(file), remove);
}

const sqlite3_io_methods kMethods = {
    2,         close_file,  read_file,  write_file, truncate_file, sync_file,       file_size,
    lock_file, unlock_file, check_lock, control,    sector_size,   characteristics, shm_map,
    shm_lock,  shm_barrier, shm_unmap,  nullptr,    nullptr};

int open_file(sqlite3_vfs *, const char *name, sqlite3_file *file, int flags, int *out) {
  auto &s = state();
  auto &made = of(file);
  made.base.pMethods = nullptr;
  made.real = static_cast<sqlite3_file *>(sqlite3_malloc(s.real->szOsFile));
  if (made.real == nullptr) return SQLITE_NOMEM;
  std::memset(made.real, 0, static_cast<std::size_t>(s.real->szOsFile));
  made.temporary =
      name == nullptr ||
      (flags & (SQLITE_OPEN_TEMP_DB | SQLITE_OPEN_TEMP_JOURNAL | SQLITE_OPEN_TRANSIENT_DB)) != 0;
  std::strncpy(made.name, name != nullptr ? name : "", sizeof made.name - 1);
  made.name[sizeof made.name - 1] = '\0';
  int code = s.real->xOpen(s.real, name, made.real, flags, out);
  if (made.real->pMethods == nullptr) {
    sqlite3_free(made.real);
    return code;
  }
  made.base.pMethods = &kMethods;
  return code;
}

int delete_file(sqlite3_vfs *, const char *name, int sync) {
  auto &s = state();
  const std::lock_guard lock(s.mutex);
  if (s.struck && s.plan.stays) return SQLITE_IOERR_DELETE;
  s.unsynced.erase(name);
  return s.real->xDelete(s.real, name, sync);
}

} // namespace

FaultDisk &FaultDisk::get() {
  static FaultDisk disk;
  auto &s = state();
  if (s.real == nullptr) {
    s.real = sqlite3_vfs_find(nullptr);
    s.vfs = *s.real;
    s.vfs.zName = "fault";
    s.vfs.szOsFile = static_cast<int>(sizeof(FaultFile));
    s.vfs.xOpen = open_file;
    s.vfs.xDelete = delete_file;
    sqlite3_vfs_register(&s.vfs, 1);
  }
  return disk;
}

void FaultDisk::plan(const DiskPlan &plan) {
  auto &s = state();
  const std::lock_guard lock(s.mutex);
  s.plan = plan;
  s.changes = 0;
  s.struck = false;
  s.unsynced.clear();
}

std::int64_t FaultDisk::changes() const {
  const std::lock_guard lock(state().mutex);
  return state().changes;
}

bool FaultDisk::struck() const {
  const std::lock_guard lock(state().mutex);
  return state().struck;
}

void FaultDisk::lose_power(std::mt19937 &random) {
  auto &s = state();
  const std::lock_guard lock(s.mutex);
  for (auto &[name, undos] : s.unsynced) {
    int fd = ::open(name.c_str(), O_RDWR | O_CLOEXEC);
    if (fd < 0) continue;
    // The head of what was not synced may have arrived in order; the rest is gone, or, one time in
    // three, gone in part.
    const std::size_t arrived = random() % (undos.size() + 1);
    const bool in_part = random() % 3 == 0;
    for (std::size_t i = undos.size(); i-- > arrived;) {
      const auto &undo = undos[i];
      if (in_part && random() % 2 == 0) continue;
      if (::pwrite(fd, undo.before.data(), undo.before.size(), undo.offset) < 0 ||
          ::ftruncate(fd, undo.size) != 0)
        break;
    }
    ::close(fd);
    // Shared memory does not outlive the machine.
    if (name.ends_with(".db")) ::unlink((name + "-shm").c_str());
  }
  s.unsynced.clear();
}

} // namespace yifa::testing
