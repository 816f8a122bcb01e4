#pragma once

#include "report/merge.h"
#include "service/clock.h"
#include "service/ledgers.h"
#include "service/report_view.h"
#include "service/reports.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace yifa::service {

struct ReportItem {
  RecordId record;
  OrgCode org;
  std::string org_name;
  int year = 0;
  std::string state;
  std::string state_label;
  std::string state_label_en;
  int version = 0; ///< 0: no text yet
  std::optional<Moment> saved;
  std::string title; ///< empty while there is no text
};

struct BeginReport {
  OrgCode org;
  int year = 0;
  std::string outline; ///< empty: the first of the catalog
  report::Style style = report::Style::Exact;
  std::optional<Date> cutoff;
  std::string page_note; ///< printed on every page of an example
  std::string client_key;
};

/// What somebody writes into a block: words, or a figure by its name.
struct WrittenRun {
  std::string text; ///< of a figure: as it was printed, to tell two of one name apart; may be empty
  std::string indicator; ///< empty: words
  std::string dimension;
  std::string group;
};

/// A figure that a bare number may be.
struct FigureCandidate {
  std::string indicator;
  std::string dimension;
  std::string group;
  std::string label;
  std::string label_en;
  std::string number; ///< as printed now
  std::string unit;
  bool same_unit = false;  ///< the measure word of the text is of its family
  bool same_topic = false; ///< it belongs to the section the number stands in
};

/// A file made of a version.
struct ReportFile {
  std::string name;
  std::string type; ///< media type
  std::string bytes;
};

struct ManifestCheck {
  bool sound = false;
  std::string manifest; ///< hash; empty when nothing was handed in
  std::vector<Problem> faults;
};

/// Writing the annual report of an office: drafted from the ledgers, edited by people, version by
/// version, until it is handed in. Every function errs with Forbidden for whom the report is not,
/// NotFound for an unknown record, version or block, Unavailable when the store fails; changes
/// besides with Refused while the report is sealed, Stale (with the other's words) when the block
/// was changed since `version`, Invalid for what cannot be taken. A change gives the report as it
/// is then. `version`: the one the person saw; 0: whichever is the newest. `run`: a run by its
/// place among those shown of its block (RunPiece). May be used by several threads, each with an
/// object of its own.
class ReportDesk {
public:
  ReportDesk(Ledgers &ledgers, const reading::Checker &checker)
      : ledgers_(ledgers), env_(ledgers.environment()), checker_(checker) {}

  /// Reports of the offices under `org`, the newest year first.
  Result<std::vector<ReportItem>> list(const OrgCode &org, const Actor &actor);
  /// Opens the year's report and drafts its text; gives the one that is there already.
  Result<ReportView> begin(const BeginReport &request, const Actor &actor);
  /// Before it is handed in, those above the office do not see its text.
  Result<ReportView> open(const RecordId &record, std::optional<int> version, const Actor &actor);

  Result<ReportView> save_block(const RecordId &record, int version, const std::string &block,
                                const std::vector<WrittenRun> &runs, const Actor &actor);
  /// A paragraph behind a block.
  Result<ReportView> insert(const RecordId &record, int version, const std::string &after,
                            const std::vector<WrittenRun> &runs, const Actor &actor);
  Result<ReportView> remove(const RecordId &record, int version, const std::string &block,
                            const Actor &actor);
  /// Drafts anew; blocks people wrote in stay, and what the draft says there is offered.
  Result<ReportView> redraft(const RecordId &record, int version, const Actor &actor);
  /// Takes the draft's words for a block.
  Result<ReportView> take_offer(const RecordId &record, int version, const std::string &block,
                                const Actor &actor);

  /// Puts the present value in place of a stale one. Refused when the words around it no longer
  /// fit and were written by a person.
  Result<ReportView> accept(const RecordId &record, int version, const std::string &block,
                            std::size_t run, const Actor &actor);
  /// All that can be put in place; the others stay stale.
  Result<ReportView> accept_all(const RecordId &record, int version, const Actor &actor);
  /// Leaves a stale number as it is, or says of a bare one that it counts nothing of the ledgers;
  /// with a reason.
  Result<ReportView> keep(const RecordId &record, int version, const std::string &block,
                          std::size_t run, const std::string &reason, const Actor &actor);
  /// Binds a bare number to a figure; one that differs from it is stale from then on.
  Result<ReportView> bind(const RecordId &record, int version, const BlockSpan &place,
                          const WrittenRun &figure, const Actor &actor);
  /// Figures whose present value is the number at a place, the likeliest first.
  Result<std::vector<FigureCandidate>> candidates(const RecordId &record, const BlockSpan &place,
                                                  const Actor &actor);

  Result<std::vector<report::BlockChange>> compare(const RecordId &record, int from, int to,
                                                   const Actor &actor);
  /// "docx", "html" (with sources), "md", "txt", "json". Invalid for another format.
  Result<ReportFile> file(const RecordId &record, std::optional<int> version,
                          const std::string &format, const Actor &actor);
  /// The sheet alone as it will be printed, without links.
  Result<std::string> preview(const RecordId &record, std::optional<int> version,
                              const Actor &actor);

  /// A comment on a block, or on one run of it, by whoever reviews it.
  Result<ReportView> remark(const RecordId &record, const std::string &block,
                            std::optional<std::size_t> run, const std::string &text,
                            const std::string &client_key, const Actor &actor);
  /// `remark`: ReportRemark::id.
  Result<ReportView> answer(const std::string &remark, const std::string &text,
                            const std::string &client_key, const Actor &actor);

  /// A step of a report's record: as Ledgers::apply, and besides, in the same transaction, what the
  /// step does to the text: signing fills in number, signer and date; handing in keeps the paper,
  /// the text and a manifest of all figures with the record.
  Result<record::Receipt> act(record::Command command, const Actor &actor);
  /// Holds the manifest of what was handed in against the kept text and paper.
  Result<ManifestCheck> verify_manifest(const RecordId &record, const Actor &actor);

private:
  /// A report being looked at or changed.
  struct Opened {
    record::Record record;
    const catalog::RecordType *type = nullptr;
    ReportIndex index;
    report::Draft draft; ///< the newest text
  };
  struct Revision {
    int version = 0;   ///< that the person saw
    std::string block; ///< that is changed
    ReportAct act = ReportAct::Edit;
    bool whole = false; ///< no single block, the whole text
  };
  /// What a change may look at.
  struct Desk {
    store::Reader &reader;
    Opened &opened;
    const Actor &actor;
    report::Block *block; ///< of Revision::block; null for the whole text
  };
  using Changing = std::function<Status(Desk &)>;

  Result<record::Record> record_of(store::Reader &reader, const RecordId &id, const Actor &actor);
  Status may_read(store::Reader &reader, const record::Record &record, const Actor &actor);
  Status may_write(store::Reader &reader, const record::Record &record, const Actor &actor);
  Result<Opened> opened(store::Reader &reader, const RecordId &id, const Actor &actor);
  /// The version asked for, or the newest, with number, signer and date of the record.
  Result<report::Draft> text_of(store::Reader &reader, const record::Record &record,
                                const ReportIndex &index, std::optional<int> version);
  Status dress(store::Reader &reader, const record::Record &record, report::Document &document);
  Result<ReportView> revise(const RecordId &id, const Revision &what, const Actor &actor,
                            const Changing &change);
  Status check_moved(const Opened &opened, const Revision &what);
  /// Adds a version; what the gates look at is worked out from it.
  Status add_version(ReportIndex &index, const report::Draft &draft, ReportAct act,
                     const std::string &block, const Actor &actor);
  Result<report::Draft> machine_draft(store::Reader &reader, const report::Document &document);
  Result<std::vector<report::Run>> taken(Desk &desk, const report::Block *old,
                                         const std::vector<WrittenRun> &written);
  Result<std::int64_t> records_of(store::Reader &reader, const report::FigureRef &ref,
                                  const Actor &actor);
  Status accept_run(Desk &desk, report::Block &block, report::RunPlace place,
                    const ReportFigures &figures, std::optional<report::Draft> &fresh);
  Result<RunPiece> piece_at(const report::Document &document, const report::Block &block,
                            std::size_t run) const;
  std::vector<ReportRemark> remarks_of(const ReportView &view) const;
  Result<record::Receipt> sign(record::Command command, const Actor &actor);
  Result<record::Receipt> hand_in(record::Command command, const Actor &actor);

  Ledgers &ledgers_;
  Environment &env_;
  const reading::Checker &checker_;
};

} // namespace yifa::service
