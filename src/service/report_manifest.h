#pragma once

#include "base/json.h"
#include "report/document.h"
#include "service/environment.h"
#include "store/port.h"

#include <string>

namespace yifa::service {

/// What was handed in, said in one file: the hashes of text and paper, every figure with its value
/// and the hash of its definition, and where the office's chain stood. Canonical JSON of it is kept
/// with the record, so that the event of handing in anchors all of it.
struct Manifest {
  RecordId record;
  int version = 0;
  std::string text;  ///< hash of the kept draft
  std::string paper; ///< hash of what was printed; may be empty
  std::string chain;
  store::ChainHead head; ///< before handing in
};

json::object manifest_json(const Manifest &manifest, const report::Document &document,
                           const catalog::Catalog &catalog);

/// The figures of a document as a manifest lists them: in the order of the text.
json::array manifest_figures(const report::Document &document, const catalog::Catalog &catalog);

/// SHA-256 of what a figure means: its label, unit, way of counting in words and source.
std::string definition_hash(const catalog::Indicator &indicator);

} // namespace yifa::service
