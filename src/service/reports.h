#pragma once

#include "report/compose.h"
#include "service/environment.h"

namespace yifa::service {

struct DraftRequest {
  OrgCode org;
  int year = 0;
  std::string outline; ///< empty: the first of the catalog
  report::Style style = report::Style::Exact;
  std::optional<Date> cutoff;
  std::string document_number;
  std::string issuer;
  std::string addressee;
  std::string signer;
  std::optional<Date> date;
  std::string page_note;
};

/// The annual report of one office, composed from one consistent reading of the store.
class Reports {
public:
  explicit Reports(Environment &environment) : env_(environment) {}
  /// NotFound for an unknown office or outline (with the names there are), Invalid for a year out
  /// of reason or a cut-off outside it, Forbidden.
  Result<report::Draft> draft(const DraftRequest &request, const Actor &actor);
  /// The same inside a reader of the caller.
  Result<report::Draft> draft_in(store::Reader &reader, const DraftRequest &request);

private:
  Environment &env_;
};

} // namespace yifa::service
