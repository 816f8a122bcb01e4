#include "catalog/embedded.h"
#include "catalog/loader.h"
#include "catalog/plan.h"
#include "catalog/show.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

/// Any bytes as a catalog file: the loader says what is wrong and never falls over. A file begins
/// with the place it is laid at (`institutions/a.yaml`, `catalog.d/a.yaml`, …) on a line of its
/// own; without one it is an institution.
using namespace yifa;
using namespace yifa::catalog;

namespace {

void hold(bool truth) {
  if (!truth) std::abort();
}

/// The common files of the built-in catalog and one institution, so that names have something to
/// resolve to.
const Sources &around() {
  static const Sources sources = [] {
    Sources out;
    for (const auto &[path, text] : embedded_sources()) {
      bool common = path.find('/') == std::string::npos || path.starts_with("lists/") ||
                    path.starts_with("outlines/");
      if (common || path == "institutions/post.yaml") out[path] = text;
    }
    return out;
  }();
  return sources;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char *>(data), size);
  Sources sources = around();
  std::string path = "institutions/a.yaml";
  auto line = bytes.substr(0, bytes.find('\n'));
  if (line.size() < 60 && line.ends_with(".yaml")) {
    path = line;
    bytes.remove_prefix(line.size());
  }
  sources[path] = std::string(bytes);
  auto loaded = load(sources);
  bool failed = false;
  for (const auto &one : loaded.diagnostics) {
    failed = failed || one.level == Diagnostic::Level::Error;
    hold(!one.text().empty() && !one.message.empty() && one.line >= 0 && one.column >= 0);
  }
  hold(failed == (loaded.catalog == nullptr));
  if (!loaded.catalog) return 0;
  for (const auto &type : loaded.catalog->editions) {
    hold(!pretty(show_json(*loaded.catalog, type)).empty());
    hold(!show_text(*loaded.catalog, type).empty());
  }
  auto shape = shape_json(*loaded.catalog);
  auto steps = plan(shape, shape);
  hold(steps.has_value() && steps->empty());
  return 0;
}
