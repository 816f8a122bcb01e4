#pragma once

#include <string>
#include <string_view>

/// How people name offices: 张家村 and 张家村委会 are one, 高观 is 高观镇.
namespace yifa::sql {

/// The name with its committee's title reduced to the place it serves: 张家村村民委员会 → 张家村,
/// 东街社区居委会 → 东街社区.
std::string plain_name(std::string_view name);
/// The plain name without its suffix (镇, 乡, 街道, 县, 自治州 …); the plain name itself where less
/// than two characters would be left.
std::string short_name(std::string_view name);

} // namespace yifa::sql
