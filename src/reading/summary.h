#pragma once

#include "base/result.h"
#include "reading/finding.h"
#include "reading/lexicon.h"
#include "reading/render.h"

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// Many reports side by side, for a county. Towns stand in the order of their names: nothing here
/// ranks them.
namespace yifa::reading {

/// The same passage in two reports.
struct AlikePassage {
  std::string here;
  std::string there;
  std::size_t line_here = 0; ///< 0: not known
  std::size_t line_there = 0;
};

/// How a report resembles another. Stated in either report or in both; a pair is shown once.
struct Alike {
  std::size_t other = 0; ///< index in Summary::towns
  double share = 0;      ///< 0 to 1: how much of this report's text stands in the other
  std::vector<AlikePassage> passages;
};

struct TownRow {
  std::string file;
  std::string place; ///< empty when it was not recognised
  std::optional<int> year;
  std::map<std::string, int> by_rule; ///< findings by rule id
  int errors = 0;
  int warnings = 0;
  int notes = 0;
  std::map<std::string, std::string> figures; ///< indicator id → "219件", as written
  std::vector<Finding> findings;              ///< for the workbook; may be left empty
  std::optional<Error> failed;
  std::vector<Alike> like;
  std::string page; ///< relative link to its findings page; may be empty
};

struct Summary {
  std::vector<TownRow> towns;
  std::vector<std::string> expected; ///< places that should report; may be empty
  std::vector<std::string> missing;  ///< those of them that did not
  std::map<std::string, std::string> indicator_labels;
  std::map<std::string, std::string> rule_titles;
};

/// All of it but `figures`, `like` and `page`: findings are kept when `keep_findings`.
TownRow town_of(const Checked &checked, bool keep_findings);

/// Indices of towns by place, then file, in the order of code points; what has no place last.
std::vector<std::size_t> town_order(const Summary &summary);
/// Of each town: its place, or the file's name; with the file's name behind it when two reports
/// share a place.
std::vector<std::string> town_names(const Summary &summary);
/// Indicators that at least two towns state, in the order of their labels.
std::vector<std::string> shared_indicators(const Summary &summary);
/// Groups that any town has findings of, in the order of the labels.
std::vector<std::string> found_groups(const Summary &summary, const Lexicon &lexicon);
int count_of_group(const TownRow &town, std::string_view group);

/// Two reports that resemble each other.
struct AlikePair {
  std::size_t a = 0; ///< before b in the order of towns
  std::size_t b = 0;
  double share_a = 0; ///< of a's text in b; 0 when it was not stated
  double share_b = 0;
  std::vector<AlikePassage> passages; ///< here is a, there is b
};
/// Each pair once, in the order of towns.
std::vector<AlikePair> pairs_of(const Summary &summary);
/// "62%": rounded to whole percent, at least 1.
std::string share_text(double share);

/// One self-contained page: a row a town, the rules, the figures side by side, who is missing, and
/// what resembles what, each opening to the two passages.
std::string summary_html(const Summary &summary, const Lexicon &lexicon);

/// The same as a workbook: 汇总, 差错明细 (where findings were kept), 按规则, 指标对照, 雷同.
/// Unavailable when the file cannot be written.
Status write_summary_xlsx(const std::filesystem::path &path, const Summary &summary,
                          const Lexicon &lexicon);

} // namespace yifa::reading
