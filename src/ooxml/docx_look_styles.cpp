#include "ooxml/docx_look.h"
#include "ooxml/xlsx_parts.h"

#include <algorithm>
#include <set>

namespace yifa::ooxml {
namespace {

constexpr std::size_t kMostStyles = 20'000;
constexpr std::size_t kLongestChain = 64;

} // namespace

/// <w:docDefaults>, <w:style w:type w:styleId><w:name/><w:basedOn/><w:pPr/><w:rPr/></w:style>
class DocxStylesHandler final : public XmlHandler {
public:
  DocxStylesHandler(DocxStyles &styles, const ThemeFonts &theme) : styles_(styles), theme_(theme) {}

  Status start(std::string_view name, const XmlAttributes &attributes) override {
    if (skipped_ > 0 || name.ends_with("Change") || name == "tblStylePr") return ++skipped_, Done{};
    std::string_view parent = path_.empty() ? std::string_view() : std::string_view(path_.back());
    if (name == "style") TRY(begin(attributes));
    if (parent == "style" && name == "name") style_.name = attributes.get("val");
    if (parent == "style" && name == "basedOn") style_.base = attributes.get("val");
    bool in_style = path_.size() > 1 && path_[1] == "style";
    bool in_defaults = path_.size() > 1 && path_[1] == "docDefaults";
    auto &paragraph = in_style ? style_.paragraph : styles_.defaults_.paragraph;
    if (in_style || in_defaults) {
      if (parent == "pPr" || parent == "numPr") paragraph.take(name, attributes);
      if (parent == "pBdr" && !plain_color(attributes.get("color")).empty())
        paragraph.colors.push_back(plain_color(attributes.get("color")));
      if (parent == "rPr")
        (in_style ? style_.run : styles_.defaults_.run).take(name, attributes, theme_);
    }
    path_.emplace_back(name);
    return Done{};
  }
  Status end(std::string_view name) override {
    if (skipped_ > 0) return --skipped_, Done{};
    path_.pop_back();
    if (name == "style" && !id_.empty()) styles_.styles_.insert_or_assign(id_, std::move(style_));
    return Done{};
  }
  Status text(std::string_view) override { return Done{}; }

private:
  Status begin(const XmlAttributes &attributes) {
    if (styles_.styles_.size() >= kMostStyles) return invalid("the document has too many styles");
    id_ = attributes.get("styleId");
    style_ = {};
    if (attributes.flag("default") && attributes.get("type") == "paragraph")
      styles_.default_paragraph_ = id_;
    return Done{};
  }

  DocxStyles &styles_;
  const ThemeFonts &theme_;
  std::vector<std::string> path_;
  std::string id_;
  DocxStyles::Style style_;
  int skipped_ = 0;
};

Status DocxStyles::load(const ZipReader &zip, const std::string &part, const ThemeFonts &theme) {
  DocxStylesHandler handler(*this, theme);
  return parse_part(zip, part, handler);
}

DocxStyles::Look DocxStyles::chain(const std::string &id, const Look &ground) const {
  std::vector<std::pair<const std::string *, const Style *>> up;
  std::set<const Style *> met;
  for (auto at = styles_.find(id); at != styles_.end() && up.size() < kLongestChain;
       at = styles_.find(at->second.base)) {
    if (!met.insert(&at->second).second) break; // a circle
    up.emplace_back(&at->first, &at->second);
  }
  Look look = ground;
  for (auto at = up.rbegin(); at != up.rend(); ++at) {
    look.paragraph.lay(at->second->paragraph);
    look.run.lay(at->second->run);
    if (at->second->paragraph.number) look.numbered_by = *at->first;
  }
  if (!up.empty()) look.name = up.front().second->name;
  return look;
}

const DocxStyles::Look &DocxStyles::paragraph(const std::string &id) {
  const std::string &known = styles_.contains(id) ? id : default_paragraph_;
  auto [at, fresh] = paragraphs_.try_emplace(known);
  if (fresh) at->second = chain(known, defaults_);
  return at->second;
}

const DocxStyles::Look &DocxStyles::character(const std::string &id) {
  static const Look plain;
  if (!styles_.contains(id)) return plain;
  auto [at, fresh] = characters_.try_emplace(id);
  if (fresh) at->second = chain(id, {});
  return at->second;
}

std::optional<int> DocxStyles::list_number(const std::string &id) const {
  auto at = styles_.find(id);
  return at == styles_.end() ? std::nullopt : at->second.paragraph.number;
}

} // namespace yifa::ooxml
