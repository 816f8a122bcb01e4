#pragma once

#include "procedure/gates.h"
#include "report/document.h"
#include "service/environment.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The text of a report, version by version: each an attachment in canonical JSON, and an index of
/// them in the store under "report:<record id>".
namespace yifa::service {

/// What was done to make a version; also its stable word in JSON.
enum class ReportAct {
  Draft,
  Redraft,
  Edit,
  Insert,
  Delete,
  Accept,
  Keep,
  Bind,
  Sign ///< number, signer and date were filled in when it was approved
};
std::string_view to_string(ReportAct act); ///< "draft", "redraft", …

struct ReportVersion {
  int version = 0;
  std::string hash; ///< of the text
  Moment at;
  std::string actor;
  ReportAct act = ReportAct::Draft;
  std::string block; ///< the block it was done to; empty: the whole text
};

/// All versions of one report and what is known of the newest.
struct ReportIndex {
  std::vector<ReportVersion> versions; ///< 1, 2, … without gap; never empty in the store
  std::string title;                   ///< of the newest text
  std::string base;                    ///< hash of the draft the newest text was made from
  std::vector<std::string> offers;     ///< blocks for which a new draft had other words
  std::vector<std::string> lacking;    ///< what it may not be handed in without, in words
  std::vector<std::string> typed;      ///< sentences with numbers that no record backs
  const ReportVersion &newest() const { return versions.back(); }
};

/// Nothing when the report has no text yet. Unavailable.
Result<std::optional<ReportIndex>> read_report_index(store::Reader &reader, const RecordId &record);
Status write_report_index(store::Writer &writer, const RecordId &record, const ReportIndex &index);

/// What the gates of the report look at, as of its newest version; nothing while it has no text.
Result<std::optional<procedure::ReportState>> written_report(store::Reader &reader,
                                                             const RecordId &record);

/// Keeps bytes made here as an attachment and gives their hash. Unavailable.
Result<std::string> keep_bytes(Environment &environment, std::string_view bytes);
/// NotFound, Unavailable when it is gone or altered; Invalid when larger than `most`.
Result<std::string> kept_bytes(Environment &environment, const std::string &hash,
                               std::size_t most = std::size_t{64} << 20);

/// Keeps a draft in canonical JSON and gives its hash.
Result<std::string> keep_draft(Environment &environment, const report::Draft &draft);
/// The errors of kept_bytes; Invalid when it is no draft.
Result<report::Draft> kept_draft(Environment &environment, const std::string &hash);

} // namespace yifa::service
