#pragma once

#include "catalog/model.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace yifa::report {

/// The report's own words, from catalog/phrases.yaml. Inside this room.
class Words {
public:
  explicit Words(const catalog::Catalog &catalog) : catalog_(catalog) {}

  /// A Problem for every key the composer and the renderers use that phrases.yaml does not have, or
  /// that should be a number and is not.
  std::vector<Problem> check() const;

  std::string_view get(std::string_view key) const { return catalog_.phrase(key); }
  /// The phrase with `{name}` replaced.
  using Slots = std::initializer_list<std::pair<std::string_view, std::string_view>>;
  std::string fill(std::string_view key, Slots slots) const;
  /// The phrase cut at blanks.
  std::vector<std::string> list(std::string_view key) const;
  /// A phrase that is a whole number.
  long number(std::string_view key) const;

private:
  const catalog::Catalog &catalog_;
};

} // namespace yifa::report
