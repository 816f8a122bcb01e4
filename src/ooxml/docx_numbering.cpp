#include "ooxml/docx_numbering.h"

#include "base/text.h"
#include "ooxml/xlsx_parts.h"

#include <algorithm>

namespace yifa::ooxml {
namespace {

constexpr std::size_t kMostLists = 20'000;
constexpr std::size_t kLongestLabel = 400; ///< bytes of w:lvlText

int attribute_number(const XmlAttributes &attributes, std::string_view name, int absent) {
  auto value = read_measure(attributes.get(name));
  return value ? static_cast<int>(*value) : absent;
}

} // namespace

/// <w:abstractNum><w:lvl/>…</w:abstractNum> and <w:num><w:abstractNumId/><w:lvlOverride/></w:num>
class DocxNumberingHandler final : public XmlHandler {
public:
  explicit DocxNumberingHandler(DocxNumbering &numbering) : numbering_(numbering) {}

  Status start(std::string_view name, const XmlAttributes &attributes) override {
    if (name == "abstractNum" || name == "num") {
      if (numbering_.lists_.size() + numbering_.numbers_.size() >= kMostLists)
        return invalid("the document has too many lists");
      list_ = nullptr;
      number_ = nullptr;
      level_ = nullptr;
      if (name == "num")
        number_ = &numbering_.numbers_[attribute_number(attributes, "numId", -1)];
      else
        list_ = &numbering_.lists_[attribute_number(attributes, "abstractNumId", -1)];
    }
    if (name == "abstractNumId" && number_) number_->list = attribute_number(attributes, "val", -1);
    if (name == "numStyleLink" && list_) list_->points_to = attributes.get("val");
    if (name == "lvlOverride") override_ = attribute_number(attributes, "ilvl", -1);
    if (name == "startOverride" && number_ && known(override_))
      number_->starts[override_] = attribute_number(attributes, "val", 1);
    if (name == "lvl") begin_level(attribute_number(attributes, "ilvl", -1));
    if (name == "rPr") in_run_ = true;
    if (level_) take(name, attributes);
    return Done{};
  }
  Status end(std::string_view name) override {
    if (name == "rPr") in_run_ = false;
    if (name == "lvl") level_ = nullptr;
    return Done{};
  }
  Status text(std::string_view) override { return Done{}; }

private:
  static bool known(int level) { return level >= 0 && level < DocxNumbering::kLevels; }

  void begin_level(int level) {
    level_ = nullptr;
    if (!known(level)) return;
    if (number_) level_ = &number_->levels[level];
    if (list_) level_ = &list_->levels[static_cast<std::size_t>(level)];
  }
  void take(std::string_view name, const XmlAttributes &attributes) {
    auto value = attributes.get("val");
    if (in_run_) {
      if (name == "vanish") level_->hidden = switched_on(attributes);
      return;
    }
    if (name == "start") level_->start = attribute_number(attributes, "val", 1);
    if (name == "lvlRestart") level_->restart = attribute_number(attributes, "val", -1);
    if (name == "isLgl") level_->legal = switched_on(attributes);
    if (name == "suff") level_->apart = value != "nothing";
    if (name == "pStyle") level_->style = value;
    if (name == "lvlText") level_->text = value.substr(0, kLongestLabel);
    if (name == "ind") level_->indent.take(name, attributes);
    // Own formats ("001, 002, …") stand in a Choice; the Fallback behind it names a common one.
    if (name == "numFmt" && value != "custom") level_->format = value;
  }

  DocxNumbering &numbering_;
  DocxNumbering::List *list_ = nullptr;
  DocxNumbering::Number *number_ = nullptr;
  DocxNumbering::Level *level_ = nullptr;
  int override_ = -1;
  bool in_run_ = false;
};

Status DocxNumbering::load(const ZipReader &zip, const std::string &part) {
  DocxNumberingHandler handler(*this);
  return parse_part(zip, part, handler);
}

const DocxNumbering::List *DocxNumbering::list_of(int number, const DocxStyles &styles) const {
  for (int hops = 0; hops < 4; ++hops) {
    auto at = numbers_.find(number);
    if (at == numbers_.end()) return nullptr;
    auto list = lists_.find(at->second.list);
    if (list == lists_.end()) return nullptr;
    if (list->second.points_to.empty()) return &list->second;
    auto further = styles.list_number(list->second.points_to);
    if (!further || *further == number) return &list->second;
    number = *further;
  }
  return nullptr;
}

DocxNumbering::List *DocxNumbering::list_of(int number, const DocxStyles &styles) {
  return const_cast<List *>(std::as_const(*this).list_of(number, styles));
}

int DocxNumbering::level_of(int number, const std::string &style, DocxStyles &styles) const {
  const List *list = list_of(number, styles);
  if (!list || style.empty()) return 0;
  for (std::size_t level = 0; level < kLevels; ++level)
    if (list->levels[level].style == style) return static_cast<int>(level);
  return 0;
}

DocxNumbering::Label DocxNumbering::next(int number, int level_number, DocxStyles &styles) {
  List *list = list_of(number, styles);
  if (!list || level_number < 0 || level_number >= kLevels) return {};
  Number &own = numbers_[number];
  auto level = static_cast<std::size_t>(level_number);
  auto look = [&](std::size_t at) -> const Level & {
    auto replaced = own.levels.find(static_cast<int>(at));
    return replaced == own.levels.end() ? list->levels[at] : replaced->second;
  };
  auto start = [&](std::size_t at) {
    auto replaced = own.starts.find(static_cast<int>(at));
    return replaced == own.starts.end() ? look(at).start : replaced->second;
  };
  if (!own.met) // numbers of one list count on together but where one is told to begin anew
    for (auto [at, from] : own.starts) list->begun[static_cast<std::size_t>(at)] = false;
  own.met = true;

  for (std::size_t at = 0; at < level; ++at) // not met yet: shown as if it had been
    if (!list->begun[at]) list->counts[at] = start(at);
  list->counts[level] = list->begun[level] ? list->counts[level] + 1 : start(level);
  list->begun[level] = true;
  for (std::size_t at = level + 1; at < kLevels; ++at) {
    int after = look(at).restart; // 0: never; n: only after level n
    if (after < 0 || level_number < after) list->begun[at] = false;
  }

  const Level &shown = look(level);
  Label label;
  label.apart = shown.apart;
  label.indent = shown.indent;
  if (shown.hidden || shown.format == "bullet") return label;
  for (std::size_t i = 0; i < shown.text.size(); ++i) {
    char c = shown.text[i];
    bool place = c == '%' && i + 1 < shown.text.size() && shown.text[i + 1] >= '1' &&
                 shown.text[i + 1] <= '9';
    if (!place) {
      label.text += c;
      continue;
    }
    auto at = static_cast<std::size_t>(shown.text[++i] - '1');
    int value = at <= level ? list->counts[at] : start(at);
    label.text += numbering_text(shown.legal ? "decimal" : look(at).format, value);
  }
  return label;
}

} // namespace yifa::ooxml
