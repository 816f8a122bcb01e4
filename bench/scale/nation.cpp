#include "nation.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace yifa::bench {
namespace {

struct Province {
  int code;
  int counties; ///< of county rank, some years ago; about right is enough here
};

constexpr Province kProvinces[] = {
    {11, 16},  {12, 16},  {13, 167}, {14, 117}, {15, 103}, {21, 100}, {22, 60},  {23, 121},
    {31, 16},  {32, 95},  {33, 90},  {34, 104}, {35, 84},  {36, 100}, {37, 136}, {41, 157},
    {42, 103}, {43, 122}, {44, 122}, {45, 111}, {46, 25},  {50, 38},  {51, 183}, {52, 88},
    {53, 129}, {54, 74},  {61, 107}, {62, 86},  {63, 44},  {64, 22},  {65, 107}};
constexpr int kCountiesOfCity = 9;
constexpr std::int64_t kTownsOfCounty = 14;

std::vector<std::string> all_counties() {
  std::vector<std::string> out;
  for (const auto &province : kProvinces)
    for (int i = 0; i < province.counties; ++i)
      out.push_back(fmt::format("{}{:02}{:02}", province.code, 1 + i / kCountiesOfCity,
                                1 + i % kCountiesOfCity));
  return out;
}

std::vector<std::string> by_counties(const std::map<std::string, int> &counted) {
  std::vector<std::string> out;
  for (const auto &[code, n] : counted) out.push_back(code);
  std::stable_sort(out.begin(), out.end(), [&](const std::string &a, const std::string &b) {
    return counted.at(a) > counted.at(b);
  });
  return out;
}

} // namespace

Nation make_nation(std::int64_t towns) {
  const auto all = all_counties();
  const auto wanted = std::clamp<std::int64_t>((towns + kTownsOfCounty - 1) / kTownsOfCounty, 1,
                                               static_cast<std::int64_t>(all.size()));
  Nation out;
  std::map<std::string, int> cities;
  std::map<std::string, int> provinces;
  double whole = 0;
  for (std::int64_t i = 0; i < wanted; ++i) {
    const auto &county =
        all[static_cast<std::size_t>(i * static_cast<std::int64_t>(all.size()) / wanted)];
    out.counties.push_back(county);
    ++cities[county.substr(0, 4)];
    ++provinces[county.substr(0, 2)];
    const auto first = i * towns / wanted;
    const auto end = (i + 1) * towns / wanted;
    for (auto n = first; n < end; ++n) {
      // Ranks are dealt out like cards, so that big and small towns lie beside one another.
      const auto rank = 1 + (n * 7919) % towns;
      out.towns.push_back(
          {fmt::format("{}{}", county, 100 + n - first), 1.0 / static_cast<double>(rank)});
      whole += out.towns.back().weight;
    }
  }
  for (auto &town : out.towns) town.weight /= whole;
  out.cities = by_counties(cities);
  out.provinces = by_counties(provinces);
  return out;
}

} // namespace yifa::bench
