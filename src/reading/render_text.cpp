#include "reading/render.h"

#include "base/text.h"
#include "reading/labels.h"

namespace yifa::reading {

namespace {

/// Nothing of a report may steer the terminal: no control characters, no change of direction.
std::string terminal_text(std::string_view written) {
  std::u32string out;
  for (char32_t c : text::decode(written)) {
    const bool line = c == U'\n' || c == U'\r' || c == U'\t' || c == 0x2028 || c == 0x2029;
    const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    const bool direction =
        (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F;
    out += line ? U' ' : control || direction ? char32_t{0xFFFD} : c;
  }
  return text::encode(out);
}

std::string terminal_counts(const Counts &counts, const Lexicon &lexicon) {
  return counts_words(lexicon, counts.errors, counts.warnings, counts.notes);
}

} // namespace

std::string findings_text(const Checked &checked, const Lexicon &lexicon) {
  const Labels labels(lexicon, "text");
  const auto file = terminal_text(checked.file);
  if (checked.failed) return file + ": " + labels.get("unreadable") + checked.failed->text() + "\n";
  std::string out;
  for (const auto &finding : checked.findings) {
    const bool whole = finding.span.empty() && finding.span.start == 0;
    out += file + ":" + (whole ? "" : std::to_string(finding.line) + ":") + " " +
           std::string(to_string(finding.severity)) + ": ";
    if (finding.suspected) out += labels.get("suspected");
    out += terminal_text(finding.message) + " [" + finding.rule + "]\n";
    if (!whole && !finding.excerpt.empty()) out += "    │ " + terminal_text(finding.excerpt) + "\n";
    if (finding.elsewhere) {
      const auto &other = *finding.elsewhere;
      const auto name = other.place.empty() ? other.file : other.place;
      out += "    │ " + labels.get("elsewhere");
      if (!name.empty()) out += terminal_text(name) + " ";
      out += terminal_text(other.excerpt) + "\n";
    }
    if (!finding.suggestion.empty())
      out += "    " + labels.get("todo") + terminal_text(finding.suggestion) + "\n";
  }
  return out + file + ": " + terminal_counts(count(checked.findings), lexicon) + "\n";
}

std::string totals_text(std::size_t files, std::size_t unreadable, const Counts &counts,
                        const Lexicon &lexicon) {
  const Labels labels(lexicon, "text");
  return labels.fill(unreadable == 0 ? "total" : "total_unreadable",
                     {{"files", std::to_string(files)},
                      {"unreadable", std::to_string(unreadable)},
                      {"counts", terminal_counts(counts, lexicon)}}) +
         "\n";
}

} // namespace yifa::reading
