#pragma once

#include "base/json.h"
#include "service/report_desk.h"

namespace yifa::wire {

/// {record, org, org_name, year, state, state_label, version, saved, title}; `saved` null and
/// version 0 while there is no text to be seen.
json::object to_json(const service::ReportItem &item, bool english);

/// The report as the desk shows it:
/// {record, org, org_name, year, outline, period, state, state_label, sealed, writable, version,
/// versions: [{version, at, actor, note, block?}], number, signer, addressee, issuer, title,
/// blocks, missing: [{kind, required, where, label, message, source?}], unsaid: [{indicator, label,
/// value, block}], findings: [{id, rule, severity, block, start, end, excerpt, message, suggestion,
/// figure?}], stale, bare, bound, remarks: [{id, block, run?, words?, text, by, at, open, answer?,
/// answered_on?}], offers: [{block, sentences}]}.
/// A block: {id, kind, level, number, sentences: [{id, text, edited, edited_by?, authors, runs}]}.
/// A run: {text, start, end, kept?, figure?}; figure {indicator, dimension?, group?, label, unit,
/// seen, now, now_unit?, status, records, period}. Of a bare number the indicator is empty and the
/// unit within the text. Runs are named by their place among those of the block.
json::object to_json(const service::ReportView &view, bool english);

/// {indicator, dimension?, group?, label, value, number, unit, same_unit, same_topic}.
json::object to_json(const service::FigureCandidate &candidate, bool english);

/// {block, was: [{text}], is: [{text}]}: a sentence each.
json::object to_json(const report::BlockChange &change);

/// {sound, manifest, faults: [{where, message, …}]}.
json::object to_json(const service::ManifestCheck &check);

/// `runs` of a body: {text} or {figure: {indicator, dimension?, group?}, text?}. Invalid, naming
/// the run.
Result<std::vector<service::WrittenRun>> read_runs(const json::object &body);

/// A figure named in a body by `indicator` and `group`, or `dimension` and `group`; a group may
/// stand as "dimension=code". Invalid when no indicator is named or a group without its dimension.
Result<service::WrittenRun> read_figure(const json::object &body, const catalog::Catalog &catalog);

} // namespace yifa::wire
