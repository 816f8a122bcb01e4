#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace yifa::reading {

/// Two passages as HTML; what differs between them stands in <ins>, so that a reader sees at once
/// which words were changed. Very long passages are left unmarked.
std::pair<std::string, std::string> compared_html(std::string_view here, std::string_view there);

} // namespace yifa::reading
