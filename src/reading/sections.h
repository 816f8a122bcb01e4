#pragma once

#include "reading/head.h"
#include "reading/structure.h"

namespace yifa::reading {

/// Headings, their nesting and what each chapter is about, within the body.
void read_sections(const Text &text, const Source &source, const Lexicon &lexicon, BodyRange body,
                   Structure &out);
/// 一是…二是… and the sentences of lead and body; needs the sections.
void read_points_and_sentences(const Text &text, BodyRange body, Structure &out);
/// Structure::contents and parts; needs the sections.
void read_contents(const Text &text, const Lexicon &lexicon, Structure &out);

} // namespace yifa::reading
