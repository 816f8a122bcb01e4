#pragma once

#include "report/present.h"
#include "service/environment.h"

#include <map>
#include <string>
#include <vector>

namespace yifa::service {

/// The figures of one report as the ledgers count them now, from one reading of the store.
class ReportFigures {
public:
  /// Those the document shows, this period and, where it compares, the one a year before. The
  /// errors of Figures::compute_in but for unknown ids, which are passed over.
  static Result<ReportFigures> shown(Environment &environment, store::Reader &reader,
                                     const report::Document &document);
  /// Every figure of the catalog, this period and a year before.
  static Result<ReportFigures> all(Environment &environment, store::Reader &reader,
                                   const OrgCode &org, const Period &period);

  /// In catalog order.
  const std::vector<record::Figure> &figures() const { return now_; }
  const record::Figure *now(std::string_view indicator) const;
  report::Present present(const report::Run &run) const;
  report::Present present(const report::FigureRef &ref, bool rough) const;
  report::Standing standing(const report::Run &run) const;

  /// A number of the ledgers as a run to be put into a text, with its measure word in the ref.
  /// Invalid when the catalog has no such figure or group, or when nothing is counted there.
  Result<report::Run> number_of(const std::string &indicator, const std::string &dimension,
                                const std::string &group, std::int64_t records) const;
  /// 排查出矛盾纠纷·邻里, for people.
  std::string label(const report::FigureRef &ref, bool english) const;

private:
  ReportFigures(const catalog::Catalog &catalog, OrgCode org, Period period)
      : catalog_(&catalog), org_(std::move(org)), period_(period) {}
  Status compute(Environment &environment, store::Reader &reader,
                 const std::vector<std::string> &ids, const std::vector<std::string> &compared,
                 bool villages);
  void place();

  const catalog::Catalog *catalog_;
  OrgCode org_;
  Period period_;
  std::vector<record::Figure> now_;
  std::vector<record::Figure> before_;
  std::map<std::string, std::size_t, std::less<>> now_places_;
  std::map<std::string, std::size_t, std::less<>> before_places_;
  std::int64_t villages_ = 0;
};

} // namespace yifa::service
