#pragma once

#include "base/result.h"
#include "reading/lexicon.h"
#include "reading/limits.h"
#include "reading/source.h"

#include <string>
#include <string_view>

namespace yifa::reading {

/// Formats that other programs turn into text for us; the word is the ending such files have.
enum class OfficeKind { Doc, Rtf, Odt, Xml };

/// An old or foreign Office file. A .doc goes through antiword or catdoc where one is installed and
/// knows the file, everything else through LibreOffice. Unavailable: none is installed, or it runs
/// too long. Invalid: damaged, or without text.
Result<Source> read_office(OfficeKind kind, std::string_view bytes, const Lexicon &lexicon,
                           const ReadLimits &limits = {});

} // namespace yifa::reading
