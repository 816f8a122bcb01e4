#pragma once

#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

/// Programs of the machine that Yifa asks for help (pdftotext, an office suite), each held to
/// limits. Linux only.
namespace yifa::process {

/// What a program may cost. At any of them it and all it started are killed.
struct Limits {
  double seconds = 60;                     ///< from start to end
  unsigned cpu_seconds = 60;               ///< of each process
  std::uint64_t memory_bytes = 2ULL << 30; ///< address space of each process
  std::uint64_t file_bytes = 256ULL << 20; ///< of each file it writes
  std::size_t output_bytes = 64ULL << 20;  ///< of its output; of its complaints 64 KiB are kept
};

struct Request {
  std::vector<std::string> argv; ///< argv[0] is a path as find() gives it, no shell is involved
  std::string input;             ///< what it reads from standard input
  std::filesystem::path home;    ///< HOME, TMPDIR and working folder; empty: a scratch folder
  Limits limits;
};

struct Output {
  int status = 0; ///< exit status; 128 + the signal where one ended it
  std::string out;
  std::string err; ///< its beginning
};

/// Runs a program in a session and group of its own, with nothing of our environment but PATH.
/// Unavailable when it cannot be started, runs too long or says too much; a program that fails by
/// itself (also for want of memory) is an Output with its status.
Result<Output> run(const Request &request);

/// Where a program of this name lies on PATH; empty when nowhere.
std::filesystem::path find(std::string_view program);

/// A folder of our own under the system's folder for temporary files, removed with all that is in
/// it.
class Scratch {
public:
  /// Unavailable.
  static Result<Scratch> make();
  Scratch(Scratch &&other) noexcept : path_(std::move(other.path_)) { other.path_.clear(); }
  Scratch &operator=(Scratch &&) = delete;
  ~Scratch();
  const std::filesystem::path &path() const { return path_; }

private:
  explicit Scratch(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

} // namespace yifa::process
