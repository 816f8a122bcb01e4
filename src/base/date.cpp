#include "base/date.h"

#include "base/text.h"

#include <array>
#include <charconv>

#include <fmt/format.h>

namespace yifa {
namespace {

namespace chr = std::chrono;

chr::year_month_day civil(Date date) {
  return chr::year_month_day{chr::sys_days{chr::days{date.days()}}};
}

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::optional<int> number(std::string_view text) {
  if (!all_digits(text) || text.size() > 9) return std::nullopt;
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

Error bad_date(std::string_view text) {
  return invalid(fmt::format("\"{}\" is not a date; write it as 2023-03-15", text));
}

constexpr std::int64_t kZone = 8 * 3600;

} // namespace

Result<Month> Month::parse(std::string_view text) {
  if (text.size() == 7 && text[4] == '-') {
    auto year = number(text.substr(0, 4));
    auto month = number(text.substr(5, 2));
    if (year && month && *month >= 1 && *month <= 12)
      return Month(*year, static_cast<unsigned>(*month));
  }
  return invalid(fmt::format("\"{}\" is not a month; write it as 2023-03", text));
}

std::string Month::text() const { return fmt::format("{:04}-{:02}", year(), month()); }

Result<Date> Date::from(int year, unsigned month, unsigned day) {
  chr::year_month_day ymd{chr::year{year}, chr::month{month}, chr::day{day}};
  if (year < 1 || year > 9999 || !ymd.ok())
    return invalid(fmt::format("{}-{}-{} is no day of the calendar", year, month, day));
  return from_days(static_cast<std::int32_t>(chr::sys_days{ymd}.time_since_epoch().count()));
}

Result<Date> Date::parse(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return bad_date(text);
  auto year = number(text.substr(0, 4));
  auto month = number(text.substr(5, 2));
  auto day = number(text.substr(8, 2));
  if (!year || !month || !day) return bad_date(text);
  return from(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day));
}

Result<Date> Date::parse_lenient(std::string_view text) {
  std::string half = text::trim(text::to_half_width(text));
  if (half.size() == 8 && all_digits(half)) {
    half = half.substr(0, 4) + "-" + half.substr(4, 2) + "-" + half.substr(6, 2);
  }
  for (std::string_view mark : {"年", "月", "/", "."}) half = text::replace_all(half, mark, "-");
  half = text::replace_all(half, "日", "");
  half = text::replace_all(half, "号", "");
  half = text::replace_all(half, " ", "");
  std::array<int, 3> parts{};
  std::size_t at = 0;
  for (int i = 0; i < 3; ++i) {
    auto end = i < 2 ? half.find('-', at) : half.size();
    if (end == std::string::npos) return bad_date(text);
    auto part = number(std::string_view(half).substr(at, end - at));
    if (!part) return bad_date(text);
    parts[static_cast<std::size_t>(i)] = *part;
    at = end + 1;
  }
  if (parts[0] < 1000) return bad_date(text);
  auto made = from(parts[0], static_cast<unsigned>(parts[1]), static_cast<unsigned>(parts[2]));
  if (!made) return invalid(fmt::format("\"{}\" is no day of the calendar", text));
  return made;
}

int Date::year() const { return static_cast<int>(civil(*this).year()); }
unsigned Date::month() const { return static_cast<unsigned>(civil(*this).month()); }
unsigned Date::day() const { return static_cast<unsigned>(civil(*this).day()); }

Date Date::plus_months(int n) const {
  Month target = month_of().plus(n);
  Date last = last_day(target);
  return day() > last.day() ? last : first_day(target).plus_days(static_cast<int>(day()) - 1);
}

int Date::weekday() const {
  return static_cast<int>(chr::weekday{chr::sys_days{chr::days{days_}}}.iso_encoding()) - 1;
}

std::string Date::text() const {
  auto ymd = civil(*this);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()),
                     static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
}

std::string Date::chinese() const { return fmt::format("{}年{}月{}日", year(), month(), day()); }

Date first_day(Month month) { return *Date::from(month.year(), month.month(), 1); }
Date last_day(Month month) { return first_day(month.plus(1)).plus_days(-1); }

Result<Moment> Moment::parse(std::string_view text) {
  auto fail = [&] {
    return invalid(fmt::format("\"{}\" is not a moment; write it as 2023-03-15T09:30", text));
  };
  std::string_view rest = text;
  if (rest.size() > 6 && rest.substr(rest.size() - 6) == "+08:00") rest.remove_suffix(6);
  if (rest.size() != 16 && rest.size() != 19) return fail();
  if (rest[10] != 'T' && rest[10] != ' ') return fail();
  auto day = Date::parse(rest.substr(0, 10));
  auto hour = number(rest.substr(11, 2));
  auto minute = number(rest.substr(14, 2));
  auto second = rest.size() == 19 ? number(rest.substr(17, 2)) : std::optional<int>(0);
  if (!day || !hour || !minute || !second || rest[13] != ':') return fail();
  if (*hour > 23 || *minute > 59 || *second > 59) return fail();
  if (rest.size() == 19 && rest[16] != ':') return fail();
  return from_unix(std::int64_t{day->days()} * 86400 + *hour * 3600 + *minute * 60 + *second -
                   kZone);
}

Date Moment::date() const {
  auto local = seconds_ + kZone;
  auto days = local / 86400;
  if (local % 86400 < 0) --days;
  return Date::from_days(static_cast<std::int32_t>(days));
}

std::string Moment::text() const {
  auto local = seconds_ + kZone;
  auto of_day = ((local % 86400) + 86400) % 86400;
  return fmt::format("{}T{:02}:{:02}:{:02}+08:00", date().text(), of_day / 3600, of_day / 60 % 60,
                     of_day % 60);
}

Period Period::year(int year) { return {first_day(Month(year, 1)), first_day(Month(year + 1, 1))}; }

Result<Period> Period::parse(std::string_view text) {
  auto fail = [&] {
    return invalid(fmt::format("\"{}\" is not a period; write 2023, 2023-03, 2023-Q1, 2023-H1, "
                               "2023-01..2023-06 or 2023-01-05..2023-02-10",
                               text));
  };
  if (auto dots = text.find(".."); dots != std::string_view::npos) {
    auto from = parse(text.substr(0, dots));
    auto to = parse(text.substr(dots + 2));
    if (!from || !to || to->to <= from->from) return fail();
    return Period{from->from, to->to};
  }
  if (text.size() == 4) {
    if (auto y = number(text); y && *y > 0) return year(*y);
    return fail();
  }
  if (text.size() == 7 && (text[5] == 'Q' || text[5] == 'H') && text[4] == '-') {
    auto y = number(text.substr(0, 4));
    int part = text[6] - '1';
    int months = text[5] == 'Q' ? 3 : 6;
    if (!y || part < 0 || part >= 12 / months) return fail();
    Month first = Month(*y, 1).plus(part * months);
    return Period{first_day(first), first_day(first.plus(months))};
  }
  if (text.size() == 7) {
    auto month = Month::parse(text);
    if (!month) return fail();
    return Period{first_day(*month), first_day(month->plus(1))};
  }
  if (text.size() == 10) {
    auto day = Date::parse(text);
    if (!day) return fail();
    return Period{*day, day->plus_days(1)};
  }
  return fail();
}

bool Period::whole_months() const { return from.day() == 1 && to.day() == 1; }

Period Period::year_before() const { return {from.plus_months(-12), to.plus_months(-12)}; }

std::string Period::text() const {
  if (*this == year(from.year())) return fmt::format("{:04}", from.year());
  if (whole_months()) {
    Month first = from.month_of();
    Month end = last().month_of();
    return first == end ? first.text() : first.text() + ".." + end.text();
  }
  return last() == from ? from.text() : from.text() + ".." + last().text();
}

Moment SystemClock::now() const {
  return Moment::from_unix(wall().unix_seconds() - std::int64_t{days_behind_} * 24 * 60 * 60);
}

Moment SystemClock::wall() const {
  auto now = chr::system_clock::now().time_since_epoch();
  return Moment::from_unix(chr::duration_cast<chr::seconds>(now).count());
}

} // namespace yifa
