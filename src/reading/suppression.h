#pragma once

#include "reading/check.h"

#include <string>
#include <string_view>
#include <vector>

namespace yifa::reading {

/// What a county has decided not to be told: a list of its own, one line each,
///
///     RULE [@PLACE] [WORDS]     # a remark
///
/// RULE is a rule or a group of rules; PLACE a town's name or a file's; WORDS must stand in the
/// finding's paragraph. What is not given does not narrow.
class Suppressions {
public:
  /// Invalid with the line: a rule that does not exist.
  static Result<Suppressions> parse(std::string_view text, const Rules &rules,
                                    const std::string &name);
  bool hide(const Finding &finding, const Report &report) const;
  bool empty() const { return lines_.empty(); }

private:
  struct Line {
    std::string rule;
    std::string place;
    std::u32string words;
  };
  std::vector<Line> lines_;
};

} // namespace yifa::reading
