#include "sql/org_names.h"

#include "base/text.h"

#include <array>
#include <utility>

namespace yifa::sql {
namespace {

struct Title {
  std::string_view written;
  std::string_view place;
};

// Longer before shorter.
constexpr std::array<Title, 14> kTitles = {{{"村村民委员会", "村"},
                                            {"社区居民委员会", "社区"},
                                            {"村民委员会", "村"},
                                            {"居民委员会", "社区"},
                                            {"嘎查委员会", "嘎查"},
                                            {"村村委会", "村"},
                                            {"社区居委会", "社区"},
                                            {"村委会", "村"},
                                            {"居委会", "社区"},
                                            {"街道办事处", "街道"},
                                            {"嘎查委会", "嘎查"},
                                            {"镇人民政府", "镇"},
                                            {"乡人民政府", "乡"},
                                            {"县人民政府", "县"}}};

constexpr std::array<std::string_view, 19> kSuffixes = {
    "特别行政区", "民族苏木", "自治区", "自治州", "自治县", "自治旗", "民族乡",
    "行政村",     "街道",     "地区",   "社区",   "嘎查",   "省",     "市",
    "县",         "区",       "镇",     "乡",     "村"};

} // namespace

std::string plain_name(std::string_view name) {
  auto out = text::trim(text::to_half_width(name));
  for (const auto &title : kTitles)
    if (out.size() > title.written.size() && out.ends_with(title.written))
      return out.substr(0, out.size() - title.written.size()) + std::string(title.place);
  return out;
}

std::string short_name(std::string_view name) {
  auto plain = plain_name(name);
  for (auto suffix : kSuffixes) {
    if (!plain.ends_with(suffix)) continue;
    auto cut = plain.substr(0, plain.size() - suffix.size());
    return text::length(cut) >= 2 ? cut : plain;
  }
  return plain;
}

} // namespace yifa::sql
