#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

/// Stands in for libFuzzer where only g++ is: runs the target over the files and folders given, in
/// the order of their names. A crash names the file that was being run. Exit 1 when there was
/// nothing to run: an empty corpus proves nothing.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

namespace {

namespace fs = std::filesystem;

bool gather(const fs::path &path, std::vector<fs::path> &files) {
  std::error_code failed;
  if (fs::is_directory(path, failed)) {
    for (fs::recursive_directory_iterator at(path, failed), end; !failed && at != end;
         at.increment(failed))
      if (at->is_regular_file(failed)) files.push_back(at->path());
  } else {
    files.push_back(path);
  }
  return !failed;
}

} // namespace

int main(int count, char **arguments) {
  std::vector<fs::path> files;
  for (int i = 1; i < count; ++i) {
    if (gather(arguments[i], files)) continue;
    std::fprintf(stderr, "cannot read %s\n", arguments[i]);
    return 1;
  }
  std::sort(files.begin(), files.end());
  for (const auto &file : files) {
    std::ifstream in(file, std::ios::binary);
    std::string content{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (!in) {
      std::fprintf(stderr, "cannot read %s\n", file.c_str());
      return 1;
    }
    std::fprintf(stderr, "%s (%zu bytes)\n", file.c_str(), content.size());
    // A block of the exact size, so that the sanitizers see a step beyond it.
    auto block = std::make_unique<std::uint8_t[]>(content.size());
    std::memcpy(block.get(), content.data(), content.size());
    LLVMFuzzerTestOneInput(block.get(), content.size());
  }
  std::fprintf(stderr, "%zu files\n", files.size());
  return files.empty() ? 1 : 0;
}
