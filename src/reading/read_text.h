#pragma once

#include "base/result.h"
#include "reading/lexicon.h"
#include "reading/limits.h"
#include "reading/source.h"

#include <string_view>

namespace yifa::reading {

/// A plain text. Invalid: binary, ill-formed, without any Han character, or too long.
Result<Source> read_text(std::string_view bytes, const Lexicon &lexicon,
                         const ReadLimits &limits = {});

/// A text in Markdown: its marks removed, numbers of lists kept, cells of tables as paragraphs.
/// Invalid as for read_text.
Result<Source> read_markdown(std::string_view bytes, const Lexicon &lexicon,
                             const ReadLimits &limits = {});

/// What every reader asks of a text before its lines are looked at. Invalid: no Han character (it
/// is no report), or more than the limit.
Status check_text(std::string_view text, const ReadLimits &limits);

} // namespace yifa::reading
