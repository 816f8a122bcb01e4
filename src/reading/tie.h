#pragma once

#include "base/result.h"
#include "catalog/loader.h"
#include "reading/check.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// Which indicator of the catalog a figure written in a report is: catalog/checks/indicators.yaml.
namespace yifa::reading {

/// One way to say one indicator. Empty lists ask for nothing.
struct Tie {
  std::string indicator;
  std::vector<std::string> units;
  std::vector<FigureKind> kinds;
  std::vector<std::u32string> any;     ///< one stands in the object, the verb or the clause
  std::vector<std::u32string> near;    ///< one stands in the clause
  std::vector<std::u32string> with;    ///< one stands in the sentence or in a heading above it
  std::vector<std::u32string> back;    ///< or one of these before it, behind the last full stop
  std::vector<std::u32string> without; ///< none stands in the clause
  std::vector<std::u32string> away;    ///< none stands in the sentence
};

class Ties {
public:
  void add(Tie tie);
  const std::vector<Tie> &all() const { return ties_; }
  /// Indices of the ties a measure word may belong to, in the order of the table.
  const std::vector<std::size_t> &of_unit(std::string_view unit) const;
  /// Indices of the ties that take statements of nothing, which often have no measure word.
  const std::vector<std::size_t> &of_nothing() const { return of_nothing_; }
  std::vector<std::u32string> parts;   ///< words after which a figure is part of one said before
  std::vector<std::u32string> fillers; ///< what may stand before a number and names nothing

private:
  std::vector<Tie> ties_;
  std::map<std::string, std::vector<std::size_t>, std::less<>> by_unit_;
  std::vector<std::size_t> of_nothing_;
};

/// Reads "checks/indicators.yaml". Invalid with file, line and column: an unknown word, a tie
/// without units or key words. NotFound when the file is not among the sources. Whether the
/// indicators exist is for a test to say, the catalog is not read here.
Result<std::shared_ptr<const Ties>> load_ties(const catalog::Sources &sources);

/// Fills Figure::indicator of every figure that one tie fits better than the others; the rest
/// keep none. Demands, plans, rhythms and comparisons with another period are no statements of an
/// indicator.
void tie_figures(Report &report, const Ties &ties);

} // namespace yifa::reading
