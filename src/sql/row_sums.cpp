#include "sql/row_sums.h"

#include "crypto/hash.h"
#include "crypto/key.h"

#include <cstring>

namespace yifa::sql {
namespace {

constexpr std::size_t kKeyBytes = 32;

} // namespace

void RowBytes::add(std::string_view value) {
  const auto size = static_cast<std::uint64_t>(value.size());
  char length[sizeof size];
  std::memcpy(length, &size, sizeof size);
  bytes_.append(length, sizeof length);
  bytes_ += value;
}

void RowBytes::add(std::int64_t value) {
  char written[sizeof value];
  std::memcpy(written, &value, sizeof value);
  bytes_.append(written, sizeof written);
}

Result<RowSums> RowSums::make() {
  RowSums made;
  made.key_ = TRY(crypto::random_bytes(kKeyBytes));
  return made;
}

std::size_t RowSums::bucket_of(std::string_view place) {
  return std::hash<std::string_view>{}(place) % kBuckets;
}

bool RowSums::same_at(std::string_view place) const {
  const auto bucket = bucket_of(place);
  return expected_.sums[bucket] == met_.sums[bucket];
}

void RowSums::add(Side &side, std::string_view place, const RowBytes &row) {
  const auto hash = crypto::sha256(key_, row.bytes());
  Sum one{};
  std::memcpy(one.data(), hash.data(), sizeof one);
  auto &sum = side.sums[bucket_of(place)];
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += one[i];
  ++side.rows;
}

} // namespace yifa::sql
