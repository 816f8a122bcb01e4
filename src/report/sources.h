#pragma once

#include "catalog/model.h"
#include "report/document.h"

#include <map>
#include <string>
#include <vector>

namespace yifa::report {

/// Where one printed number comes from: a row of the appendix.
struct SourceRow {
  std::string
      anchor; ///< "fig-disputes_found", "fig-events-topics-drugs"; letters, digits, - and _ only
  std::string indicator;
  std::string dimension;
  std::string group;
  std::string label; ///< 排查出矛盾纠纷, with the group behind it
  std::string value; ///< exact, with unit
  std::string last_year;
  std::string definition;
  std::string source;
  std::string period;
  std::string command; ///< lists the records
  std::int64_t records = 0;
  std::string first_use; ///< id of the first sentence that shows it
};

/// All figures the document shows or rests on, once each, in the order of the text.
class Sources {
public:
  Sources(const Document &document, const catalog::Catalog &catalog);
  const std::vector<SourceRow> &rows() const { return rows_; }
  const SourceRow &row(const FigureRef &ref) const;

private:
  void add(const FigureRef &ref, const std::string &sentence, const catalog::Catalog &catalog);
  static std::string key(const FigureRef &ref);

  std::vector<SourceRow> rows_;
  std::map<std::string, std::size_t> places_;
};

/// The labels of figures whose clauses are silent for want of records, once each, 、 between: one
/// line instead of fifty.
std::string silent_figures(const Draft &draft);

} // namespace yifa::report
