#include "base/quantity.h"

#include "base/text.h"

#include <array>

#include <fmt/format.h>

namespace yifa {
namespace {

constexpr std::int64_t kMaxWhole = 9'000'000'000'000; // times a million still fits in 63 bits

/// A written decimal to millionths: sign, thousands separators, up to six places, a final 万 or 亿.
std::optional<std::int64_t> read_millionths(std::string_view written) {
  std::string s = text::replace_all(text::trim(text::to_half_width(written)), " ", "");
  std::int64_t scale = 1;
  for (auto [mark, factor] :
       {std::pair{"万", std::int64_t{10'000}}, {"亿", std::int64_t{100'000'000}}}) {
    if (s.ends_with(mark)) {
      scale = factor;
      s.resize(s.size() - std::string_view(mark).size());
      break;
    }
  }
  bool negative = !s.empty() && s[0] == '-';
  std::size_t at = negative ? 1 : 0;
  auto dot = s.find('.');
  std::string whole = s.substr(at, dot == std::string::npos ? dot : dot - at);
  std::string places = dot == std::string::npos ? "" : s.substr(dot + 1);
  if (auto comma = whole.find(','); comma != std::string::npos) {
    // Separators stand every three digits from the right, or the number is doubtful.
    auto groups = text::split(whole, ',');
    for (std::size_t i = 0; i < groups.size(); ++i)
      if (i == 0 ? groups[i].empty() || groups[i].size() > 3 : groups[i].size() != 3)
        return std::nullopt;
    whole = text::join(groups, "");
  }
  if (whole.empty() || whole.size() > 15 || places.size() > 6) return std::nullopt;
  if (dot != std::string::npos && places.empty()) return std::nullopt;
  if ((whole + places).find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  places.append(6 - places.size(), '0');
  std::int64_t n = std::stoll(whole);
  if (n > kMaxWhole / scale) return std::nullopt;
  std::int64_t value = (n * 1'000'000 + std::stoll(places)) * scale;
  return negative ? -value : value;
}

} // namespace

Result<Money> Money::parse(std::string_view text) {
  std::string_view yuan = text;
  if (yuan.ends_with("元")) yuan.remove_suffix(std::string_view("元").size());
  auto value = read_millionths(yuan);
  if (!value || *value < 0 || *value % 10'000 != 0)
    return invalid(fmt::format("\"{}\" is not an amount of yuan with at most two decimals", text));
  return from_fen(*value / 10'000);
}

std::string Money::text() const {
  auto fen = fen_ < 0 ? -fen_ : fen_;
  return fmt::format("{}{}.{:02}", fen_ < 0 ? "-" : "", fen / 100, fen % 100);
}

std::string Money::chinese_capitals() const {
  static constexpr std::array<const char *, 10> digits = {"零", "壹", "贰", "叁", "肆",
                                                          "伍", "陆", "柒", "捌", "玖"};
  static constexpr std::array<const char *, 4> places = {"", "拾", "佰", "仟"};
  static constexpr std::array<const char *, 4> groups = {"", "万", "亿", "万亿"};
  auto fen = fen_ < 0 ? -fen_ : fen_;
  auto yuan = fen / 100;
  std::string out = fen_ < 0 ? "负" : "";
  std::array<int, 4> parts{};
  for (auto rest = yuan; auto &part : parts) {
    part = static_cast<int>(rest % 10'000);
    rest /= 10'000;
  }
  bool started = false;
  bool gap = false;
  for (int g = 3; g >= 0; --g) {
    int part = parts[static_cast<std::size_t>(g)];
    if (part == 0) {
      gap = started;
      continue;
    }
    for (int place = 3, power = 1000; place >= 0; --place, power /= 10) {
      int digit = part / power % 10;
      if (digit == 0) {
        gap = started;
        continue;
      }
      if (gap) out += digits[0];
      gap = false;
      started = true;
      out += std::string(digits[static_cast<std::size_t>(digit)]) +
             places[static_cast<std::size_t>(place)];
    }
    out += groups[static_cast<std::size_t>(g)];
    gap = part % 10 == 0;
  }
  if (started) out += "元";
  auto jiao = static_cast<std::size_t>(fen / 10 % 10);
  auto cent = static_cast<std::size_t>(fen % 10);
  if (!started && jiao == 0 && cent == 0) return out + "零元整";
  if (jiao == 0 && cent == 0) return out + "整";
  if (jiao != 0) out += std::string(digits[jiao]) + "角";
  if (cent == 0) return out + "整";
  if (jiao == 0 && started) out += digits[0];
  return out + digits[cent] + "分";
}

Result<Decimal> Decimal::parse(std::string_view text) {
  auto value = read_millionths(text);
  if (!value) return invalid(fmt::format("\"{}\" is not a number with at most six decimals", text));
  return from_millionths(*value);
}

std::string Decimal::text() const {
  auto n = millionths_ < 0 ? -millionths_ : millionths_;
  std::string out = fmt::format("{}{}", millionths_ < 0 ? "-" : "", n / 1'000'000);
  if (auto rest = n % 1'000'000; rest != 0) {
    std::string places = fmt::format("{:06}", rest);
    places.erase(places.find_last_not_of('0') + 1);
    out += "." + places;
  }
  return out;
}

Result<std::int64_t> parse_count(std::string_view text) {
  auto value = read_millionths(text);
  if (!value || *value < 0 || *value % 1'000'000 != 0)
    return invalid(fmt::format("\"{}\" is not a whole number of zero or more", text));
  return *value / 1'000'000;
}

std::optional<std::int64_t> checked_add(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) return std::nullopt;
  return sum;
}

} // namespace yifa
