#include "reading/structure.h"

#include "reading/head.h"
#include "reading/sections.h"

namespace yifa::reading {

Structure read_structure(const Text &text, const Source &source, const Lexicon &lexicon,
                         const Told &told) {
  Structure out;
  out.roles.assign(text.paragraphs().size(), Role::Body);
  if (text.paragraphs().empty()) return out;
  auto body = read_head_and_tail(text, lexicon, out);
  read_sections(text, source, lexicon, body, out);
  read_identity(text, lexicon, told, out);
  read_points_and_sentences(text, body, out);
  read_contents(text, lexicon, out);
  return out;
}

} // namespace yifa::reading
