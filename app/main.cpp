#include "cli/program.h"
#include "postgres/store.h"
#include "postgres/url.h"
#include "serve.h"
#include "sqlite/store.h"

#include <fmt/format.h>
#include <iostream>
#include <sys/stat.h>

namespace {

/// The only place that knows which stores there are.
yifa::Result<std::unique_ptr<yifa::store::Store>> open_store(const std::string &url,
                                                             const std::filesystem::path &folder) {
  if (url == "sqlite") return yifa::sqlite::open(folder);
  if (yifa::postgres::is_url(url)) return yifa::postgres::open(url);
  return yifa::invalid(fmt::format("yifa.yaml names the store \"{}\"; this program knows: sqlite, "
                                   "postgresql://…",
                                   yifa::postgres::shown(url)));
}

} // namespace

int main(int argc, char **argv) {
  std::ios::sync_with_stdio(false);
  // Ledgers, keys, backups and what is exported from them are their owner's to read.
  umask(S_IRWXG | S_IRWXO);
  return yifa::cli::run({argv + 1, argv + argc}, open_store, std::cout, std::cerr,
                        {yifa::add_serve_command});
}
