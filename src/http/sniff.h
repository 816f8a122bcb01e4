#pragma once

#include "base/result.h"

#include <filesystem>
#include <string>

namespace yifa::http {

/// What a file is by its first bytes, never by its name: "image/jpeg", "application/pdf",
/// "application/zip" (also .docx and .xlsx), "application/msword" (all of the old office formats),
/// "text/plain" (no control characters in the first 4 KiB, valid UTF-8 or GB 18030); else empty.
std::string sniff(std::string_view beginning);

/// The type an upload is kept and later served under. Invalid when the content is none of the kinds
/// an office files, or another one than its name says.
Result<std::string> type_of_upload(const std::filesystem::path &content, const std::string &name);

/// Whether a browser may show it in place; everything else is saved.
bool shown_in_place(std::string_view type);

} // namespace yifa::http
