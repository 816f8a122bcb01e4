#pragma once

#include <string>
#include <string_view>

/// Pieces that the pages of this room share.
namespace yifa::reading {

/// Text as it may stand inside HTML elements and quoted attributes; ill-formed bytes and control
/// characters become U+FFFD.
std::string html(std::string_view text);

/// A path or relative link as a URI reference: every byte but unreserved ones and "/" is
/// percent-encoded, so no scheme can be smuggled in; an absolute path becomes file:///….
std::string uri(std::string_view path);

/// Everything up to and with <body>: the house's tokens, `style` after them, a policy that forbids
/// every request. `title` is plain text.
std::string page_open(std::string_view title, std::string_view style);
/// The head with its one red line. Plain texts.
std::string page_mast(std::string_view brand, std::string_view room, std::string_view end_html);

} // namespace yifa::reading
