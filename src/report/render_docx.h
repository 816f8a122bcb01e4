#pragma once

#include "catalog/model.h"
#include "report/document.h"

namespace yifa::report {

/// The report as an official document after GB/T 9704 (ooxml/docx.h): red head when it has a number
/// or a signer, title, addressee, headings, text, organ and date. Of the gaps only the required
/// ones stand in it, so that nobody hands in a report that lacks a chapter unseen. The same draft
/// gives the same bytes.
Result<std::string> render_docx(const Draft &draft);

} // namespace yifa::report
