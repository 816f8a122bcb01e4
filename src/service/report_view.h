#pragma once

#include "record/record.h"
#include "report/block_place.h"
#include "service/report_figures.h"
#include "service/report_text.h"
#include "service/report_versions.h"

#include <optional>
#include <string>
#include <vector>

/// A report as the desk shows it: its words with every number's standing.
namespace yifa::service {

enum class RunStatus {
  Plain,
  Fresh,
  Stale,
  Zero,  ///< says that nothing was; `now` is empty while that is not confirmed
  Bare,  ///< a number bound to nothing
  Sealed ///< handed on: it keeps its value
};
std::string_view to_string(RunStatus status); ///< "plain", "fresh", …

/// A stretch of text alike in standing: a run as it is kept, or a bare number within one.
struct RunView {
  std::string text;
  RunStatus status = RunStatus::Plain;
  std::size_t start = 0; ///< code points of the block's words (report/block_place.h)
  std::size_t end = 0;
  std::optional<report::FigureRef> figure;
  std::string label; ///< of the figure
  std::string label_en;
  std::string unit;     ///< printed behind the number; of a bare number, within it
  std::string now;      ///< as it would be printed now; empty when there is no value
  std::string now_unit; ///< the measure word it would have now
  std::optional<report::Keep> kept;
};

struct SentenceView {
  const report::Sentence *sentence = nullptr;
  std::vector<RunView> runs;
};

struct BlockView {
  const report::Block *block = nullptr;
  std::vector<SentenceView> sentences;
};

struct ReportGap {
  report::Missing gap;
  std::string source; ///< of a required part
};

struct ReportUnsaid {
  report::Unsaid figure;
  std::string where; ///< the section it would stand in; may be empty
};

struct ReportRemark {
  std::string id; ///< "<record>.<part>"
  std::string block;
  std::string words;              ///< that are meant; may be empty
  std::optional<std::size_t> run; ///< where they stand now
  std::string text;
  std::string by;
  Moment at;
  std::string answer;
  std::optional<Date> answered_on;
};

/// What a new draft says where somebody wrote.
struct ReportOffer {
  std::string block;
  std::vector<std::string> sentences;
};

struct ReportView {
  record::Record record; ///< without personal fields
  int year = 0;
  std::string org_name;
  std::string state_label;
  std::string state_label_en;
  bool sealed = false;   ///< not to be edited
  bool writable = false; ///< this person may edit it now
  int version = 0;
  ReportIndex index;
  report::Draft draft; ///< with number, signer and date of the record
  std::vector<BlockView> blocks;
  std::vector<ReportGap> missing;
  std::vector<ReportUnsaid> unsaid;
  std::vector<ReportFinding> findings;
  std::vector<ReportRemark> remarks;
  std::vector<ReportOffer> offers;
  std::size_t stale = 0;
  std::size_t bare = 0;
  std::size_t bound = 0;

  ReportView() = default;
  // The views look into `draft`, whose blocks keep their places when it is moved.
  ReportView(ReportView &&) = default;
  ReportView &operator=(ReportView &&) = default;
  ReportView(const ReportView &) = delete;
  ReportView &operator=(const ReportView &) = delete;
  ~ReportView() = default;
};

/// Fills everything that follows from the draft: blocks, counts, gaps, what is unsaid, findings.
void fill_view(const catalog::Catalog &catalog, const reading::Checker &checker,
               const ReportFigures &figures, ReportView &view);

/// A run as it is shown: one of the block's, or the part of one around a bare number. People name
/// runs by their place in this list.
struct RunPiece {
  report::RunPlace place;
  std::size_t start = 0; ///< code points of the block's words
  std::size_t end = 0;
  const BareNumber *bare = nullptr;
};
/// All runs of a block in their order; `bare` may hold those of other blocks too.
std::vector<RunPiece> run_pieces(const report::Block &block, const std::vector<BareNumber> &bare);

/// Gaps that are still open: a required one that somebody filled is none.
std::vector<report::Missing> open_gaps(const report::Draft &draft);

/// The block id of the section whose topics an indicator's ledger writes to; empty when none does.
std::string section_of(const catalog::Catalog &catalog, const std::string &outline,
                       const catalog::Indicator &indicator);

} // namespace yifa::service
