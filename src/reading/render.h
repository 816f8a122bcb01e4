#pragma once

#include "base/json.h"
#include "base/result.h"
#include "reading/check.h"
#include "reading/finding.h"
#include "reading/lexicon.h"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What people and programs see of a report that was read and checked. Everything here is a pure
/// function: the same input gives the same bytes.
namespace yifa::reading {

/// One file after the check. A file that could not be read has `failed` and nothing else but its
/// name.
struct Checked {
  std::string file; ///< as the person named it
  Report report;
  std::vector<Finding> findings; ///< by place
  std::optional<Error> failed;
};

struct Counts {
  int errors = 0;
  int warnings = 0;
  int notes = 0;
  int all() const { return errors + warnings + notes; }
};
Counts count(const std::vector<Finding> &findings);

/// {file, format, title, place, issuer, year, number, sections, figures} as docs/schema/read.json
/// says; offsets count code points of the normalised text.
json::object read_json(const Report &report);

/// {file, findings, counts} as docs/schema/check.json says; with `error` for a file that could not
/// be read.
json::object findings_json(const Checked &checked);
/// {error, warning, note}
json::object counts_json(const Counts &counts);

/// A SARIF 2.1.0 log with one run. Regions count lines and code points of the normalised text; a
/// finding about the whole report has no region. `version` of the program may be empty.
json::object sarif(const std::vector<Checked> &checked, const Rules &rules, const Lexicon &lexicon,
                   std::string_view version = {});

/// For a terminal: `file:line: error: message [rule]`, the excerpt and what to do beneath, a line
/// of totals at the end. Control characters of the report do not reach the terminal.
std::string findings_text(const Checked &checked, const Lexicon &lexicon);
/// The last line after several files.
std::string totals_text(std::size_t files, std::size_t unreadable, const Counts &counts,
                        const Lexicon &lexicon);

/// What a page needs to know besides the reports.
struct PageWords {
  const Lexicon &lexicon;
  const Rules &rules;
  std::map<std::string, std::string> indicator_labels; ///< by indicator id; may be empty
};
/// One self-contained page: each report as a sheet of paper with its findings in the margin;
/// several files have an index first. Nothing is fetched; everything can be read without its
/// script.
std::string findings_html(const std::vector<Checked> &checked, const PageWords &words);

} // namespace yifa::reading
