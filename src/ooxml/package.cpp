#include "ooxml/package.h"

#include "base/text.h"
#include "ooxml/xlsx_parts.h"
#include "ooxml/xml.h"

namespace yifa::ooxml {
namespace {

/// "../media/a.png" seen from "xl/worksheets/" → "xl/media/a.png"; a leading slash means the root.
std::string resolve_target(std::string_view folder, std::string_view target) {
  std::vector<std::string> path;
  std::string joined =
      target.starts_with('/') ? std::string(target) : std::string(folder) + std::string(target);
  for (auto &step : text::split(text::replace_all(std::move(joined), "\\", "/"), '/')) {
    if (step == "..") {
      if (!path.empty()) path.pop_back();
    } else if (!step.empty() && step != ".") {
      path.push_back(std::move(step));
    }
  }
  return text::join(path, "/");
}

class RelationshipsHandler final : public XmlHandler {
public:
  explicit RelationshipsHandler(std::string_view folder) : folder_(folder) {}
  std::vector<Relationship> found;

  Status start(std::string_view name, const XmlAttributes &attributes) override {
    if (name != "Relationship") return Done{};
    if (found.size() > 100'000) return invalid("too many relationships in the file");
    auto type = attributes.get("Type");
    Relationship made;
    made.id = attributes.get("Id");
    made.type = type.substr(type.rfind('/') + 1);
    if (attributes.get("TargetMode") != "External")
      made.part = resolve_target(folder_, attributes.get("Target"));
    found.push_back(std::move(made));
    return Done{};
  }
  Status end(std::string_view) override { return Done{}; }
  Status text(std::string_view) override { return Done{}; }

private:
  std::string_view folder_;
};

} // namespace

Result<std::vector<Relationship>> relationships_of(const ZipReader &zip, std::string_view part) {
  auto slash = part.rfind('/');
  auto folder = slash == std::string_view::npos ? std::string_view() : part.substr(0, slash + 1);
  auto name = slash == std::string_view::npos ? part : part.substr(slash + 1);
  std::string rels = std::string(folder) + "_rels/" + std::string(name) + ".rels";
  if (!zip.has(rels)) return std::vector<Relationship>{};
  RelationshipsHandler handler(folder);
  TRY(parse_part(zip, rels, handler));
  return std::move(handler.found);
}

} // namespace yifa::ooxml
