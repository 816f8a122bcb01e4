#pragma once

#include "report/compose.h"

#include <deque>
#include <map>
#include <memory>
#include <string>

#include <yaml-cpp/yaml.h>

namespace yifa::golden {

/// A year written by hand in YAML, over a real catalog. Figures not named have no record; rates
/// follow from their terms; `zeros` are confirmed. See year.yaml.
class Year final : public report::Facts {
public:
  Year(std::shared_ptr<const catalog::Catalog> catalog, const YAML::Node &year);

  const catalog::Catalog &catalog() const { return *catalog_; }
  report::Options options;

  const Office &office() const override { return office_; }
  Period period() const override { return Period::year(options.year); }
  const record::Figure *figure(std::string_view id) const override;
  const record::Figure *last_year(std::string_view id) const override;
  std::int64_t record_count(std::string_view id, std::string_view dimension,
                            std::string_view group) const override;
  std::vector<Counted> counted(std::string_view id) const override;
  std::vector<const record::Record *>
  records(std::string_view type, const catalog::Predicate &where, bool next_year) const override;
  std::string org_name(const OrgCode &org) const override;
  std::string record_name(const RecordId &) const override { return {}; }

private:
  using Figures = std::map<std::string, record::Figure, std::less<>>;
  void fill(const catalog::Indicator &indicator, const YAML::Node &written);
  void rates(Figures &figures);
  record::Record &make(const std::string &type, const YAML::Node &fields);

  std::shared_ptr<const catalog::Catalog> catalog_;
  Office office_;
  Figures now_;
  Figures before_;
  std::deque<record::Record> made_;
  std::map<std::string, std::vector<const record::Record *>, std::less<>> counted_;
  std::map<std::string, std::vector<const record::Record *>, std::less<>> told_;
  std::map<std::string, std::vector<const record::Record *>, std::less<>> plans_;
  std::map<std::string, std::string> names_;
  SeededIds ids_{2025};
};

} // namespace yifa::golden
