#pragma once

#include <string>
#include <string_view>

namespace yifa::reading {

/// Stands in plain text where Markdown has <br>.
constexpr char kMarkdownBreak = '\x01';

/// The words of a paragraph or cell in Markdown: emphasis, code marks, links, images, tags and
/// escapes resolved. A lone * or _ stays, and so does one between Han characters ("开展*次"): in a
/// report it stands for a number nobody filled in. Line feeds stay.
std::string markdown_plain(std::string_view text);

/// Text with the few entities reports hold resolved: &nbsp; &amp; &lt; &gt; &quot; &#8220;
std::string plain_entities(std::string_view text);

} // namespace yifa::reading
