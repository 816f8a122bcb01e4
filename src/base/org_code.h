#pragma once

#include "base/result.h"

#include <compare>
#include <string>
#include <string_view>

namespace yifa {

/// The tree's levels: the country, the five levels of the division codes, and offices inside a
/// township.
enum class OrgLevel { Nation, Province, City, County, Township, Village, Department };

std::string_view to_string(OrgLevel level); ///< "nation", "province", …

/// A division code, truncated to its level: 2, 4, 6, 9 or 12 digits; empty for the nation. A
/// department or station stands inside its township as nine digits, "D" and two or three digits
/// ("370306104D01"), so that a subtree is one half-open range of strings. Codes have no check
/// digit.
class OrgCode {
public:
  OrgCode() = default; ///< the nation
  /// Accepts the truncated form and the padded ones (370306000000 is the county 370306).
  /// Invalid: other lengths, letters, a level skipped by zeros (370000104).
  static Result<OrgCode> parse(std::string_view text);

  OrgLevel level() const;
  const std::string &text() const { return code_; }
  bool is_nation() const { return code_.empty(); }
  /// The six digits of the county that keys every table; empty above the county.
  std::string county() const { return code_.size() >= 6 ? code_.substr(0, 6) : std::string(); }
  /// The nine digits of the township whose chain keeps the record; the county, city … itself above
  /// it.
  OrgCode township() const;
  OrgCode parent() const; ///< the nation's parent is the nation
  bool contains(const OrgCode &other) const { return other.code_.starts_with(code_); }
  /// The subtree is every code c with first() <= c < end() as strings; for the nation end() is "~".
  const std::string &first() const { return code_; }
  std::string end() const;
  auto operator<=>(const OrgCode &) const = default;

private:
  std::string code_;
};

} // namespace yifa
