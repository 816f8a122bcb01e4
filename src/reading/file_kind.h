#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace yifa::reading {

enum class FileKind { Docx, Pdf, Html, Markdown, Text, Doc, Rtf, Odt, WordXml };

/// What the bytes are; their name's ending (lower case, no dot) decides only between texts.
/// Invalid: empty, or something that cannot be a report, with what to do about it.
Result<FileKind> file_kind(std::string_view bytes, std::string_view ending);

} // namespace yifa::reading
