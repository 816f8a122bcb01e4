#pragma once

#include "reading/check.h"
#include "reading/law_table.h"
#include "reading/suppression.h"
#include "reading/tie.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace yifa::reading {

/// Everything a check needs, read once and used for any number of reports by any number of
/// threads.
class Checker {
public:
  /// Reads catalog/checks of the sources. Invalid with file, line and column.
  static Result<Checker> load(const catalog::Sources &sources);

  /// Text, structure and figures of what a reader gave.
  Report understand(std::string file, Source source, const Told &told = {}) const;
  /// What the rules that are on find in one report, by place; without what is suppressed.
  /// `more` adds findings of its own (the ledger's) before they are sorted.
  std::vector<Finding> check(const Report &report,
                             const std::function<void(Findings &)> &more = {}) const;

  const Lexicon &lexicon() const { return *lexicon_; }
  /// Whether reports are known to state an indicator.
  bool stated(std::string_view indicator) const;
  const Rules &rules() const { return rules_; }
  /// Switches rules as Rules::choose.
  Status choose(const std::vector<std::string> &patterns) { return rules_.choose(patterns); }
  void suppress(Suppressions suppressions) { suppressions_ = std::move(suppressions); }

private:
  std::shared_ptr<const Lexicon> lexicon_;
  std::shared_ptr<const LawTable> laws_;
  std::shared_ptr<const Ties> ties_;
  Rules rules_;
  Suppressions suppressions_;
};

} // namespace yifa::reading
