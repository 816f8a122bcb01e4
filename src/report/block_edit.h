#pragma once

#include "report/document.h"

#include <string>
#include <vector>

/// What an editor does to blocks. Nothing here knows of stores or permission.
namespace yifa::report {

/// Lays what was written over a block. Sentences whose words and figures stay keep all they had;
/// a changed one keeps its id, clauses and authors and is marked as edited by `by`; a new one gets
/// an id that the document does not have. Authors of a sentence that was merged into another go
/// with its words. A block of kind Missing becomes a paragraph.
void rewrite(Document &document, Block &block, std::vector<Run> runs, const std::string &by);

/// An empty paragraph with an id the document does not have.
Block new_paragraph(const Document &document);

/// Numbers points anew: each run of neighbouring points from 一是 on; `form` is the catalog's word
/// (phrase "point") with {n}. A run starts anew where its first block did.
void number_points(Document &document, std::string_view form);

} // namespace yifa::report
