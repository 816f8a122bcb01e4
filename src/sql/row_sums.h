#pragma once

#include "base/result.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Whether two walks in different orders came by the same rows, without keeping or sorting any:
/// each row's hash, under a key drawn for this one comparison, is added to the sum of its bucket.
/// Equal rows give equal sums; other rows give other sums, but for a chance of one in 2^128 that
/// nobody can bring about who does not know the key. Sums that differ say in which bucket to look.
namespace yifa::sql {

/// A row as it is hashed: values one behind the other, none can be taken for another.
class RowBytes {
public:
  void clear() { bytes_.clear(); }
  void add(std::string_view value);
  void add(std::int64_t value);
  std::string_view bytes() const { return bytes_; }

private:
  std::string bytes_;
};

class RowSums {
public:
  /// Unavailable when the system gives no random bytes.
  static Result<RowSums> make();

  /// Adds a row that should be there, or that is; `place` chooses the bucket.
  void expect(std::string_view place, const RowBytes &row) { add(expected_, place, row); }
  void meet(std::string_view place, const RowBytes &row) { add(met_, place, row); }

  std::int64_t expected() const { return expected_.rows; }
  std::int64_t met() const { return met_.rows; }
  bool same() const { return expected_.sums == met_.sums; }
  /// Whether the rows of this place's bucket are all there and none besides.
  bool same_at(std::string_view place) const;

private:
  static constexpr std::size_t kBuckets = 1024;
  using Sum = std::array<std::uint64_t, 2>;
  struct Side {
    std::vector<Sum> sums = std::vector<Sum>(kBuckets, Sum{});
    std::int64_t rows = 0;
  };
  static std::size_t bucket_of(std::string_view place);
  void add(Side &side, std::string_view place, const RowBytes &row);

  std::string key_;
  Side expected_;
  Side met_;
};

} // namespace yifa::sql
