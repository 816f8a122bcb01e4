#pragma once

#include "catalog/model.h"
#include "record/figure.h"
#include "record/org.h"
#include "record/record.h"
#include "report/document.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace yifa::report {

/// Everything the composer may know. The service implements it for one office and one period;
/// pointers live as long as the object. Only withdrawn-free records are given.
class Facts {
public:
  virtual ~Facts() = default;

  struct Office {
    OrgCode code;
    std::string name; ///< 高观镇
    record::Org::Kind kind = record::Org::Kind::Town;
    std::int64_t villages = 0; ///< administrative villages under it at the end of the period
  };
  virtual const Office &office() const = 0;
  virtual Period period() const = 0;

  /// The figure of the report's period; nullptr for an unknown indicator. A figure without record
  /// is not null but says so.
  virtual const record::Figure *figure(std::string_view indicator) const = 0;
  /// The same stretch one year earlier; nullptr if unknown or if the definition changed since.
  virtual const record::Figure *last_year(std::string_view indicator) const = 0;
  /// How many records make the figure (of one group when `dimension` is not empty).
  virtual std::int64_t record_count(std::string_view indicator, std::string_view dimension,
                                    std::string_view group) const = 0;

  /// A record an indicator counts; for an indicator declared on a part, with that part.
  struct Counted {
    const record::Record *record = nullptr;
    const record::PartRecord *part = nullptr;
  };
  /// The records the indicator counts in the period, by day, then id. Asked only for names, so not
  /// for large figures.
  virtual std::vector<Counted> counted(std::string_view indicator) const = 0;

  /// Records of a type in the report's period (`next_year`: in the calendar year after it) that
  /// satisfy `where`, by day, then id.
  virtual std::vector<const record::Record *>
  records(std::string_view type, const catalog::Predicate &where, bool next_year) const = 0;
  /// Name of an office; the code if unknown.
  virtual std::string org_name(const OrgCode &org) const = 0;
  /// What a linked record is called: its title or name, else its number.
  virtual std::string record_name(const RecordId &record) const = 0;
};

enum class Style {
  Exact,
  Approximate, ///< 余 by truncation where the catalog allows it (`rough`)
};

struct Options {
  int year = 0;
  std::optional<Date> cutoff; ///< last day counted, when the figures end before the year does
  Style style = Style::Exact;
  std::string document_number;
  std::string issuer;    ///< empty: the office's government, by the kind of office
  std::string addressee; ///< empty: the outline's
  std::string signer;
  std::optional<Date> date;
  std::string page_note;
};

/// Writes the draft: the clauses of the catalog that have something to say, in the order of the
/// outline. Invalid if the outline or a clause names something the catalog does not have, or if
/// phrases.yaml lacks a word, each as a Problem.
Result<Draft> compose(const catalog::Catalog &catalog, const catalog::Outline &outline,
                      const Facts &facts, const Options &options);

} // namespace yifa::report
