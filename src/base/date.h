#pragma once

#include "base/result.h"

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace yifa {

/// A calendar month, 1-based, without a day. Tallies are kept by month.
class Month {
public:
  constexpr Month() = default;
  constexpr Month(int year, unsigned month) : index_(year * 12 + static_cast<int>(month) - 1) {}
  static constexpr Month from_index(int index) {
    Month m;
    m.index_ = index;
    return m;
  }
  /// "2023-03".
  static Result<Month> parse(std::string_view text);

  constexpr int year() const { return index_ / 12; }
  constexpr unsigned month() const { return static_cast<unsigned>(index_ % 12) + 1; }
  /// Months since year 0, the form the store keeps.
  constexpr int index() const { return index_; }
  constexpr Month plus(int months) const { return from_index(index_ + months); }
  std::string text() const;
  constexpr auto operator<=>(const Month &) const = default;

private:
  int index_ = 0;
};

/// A day of the civil calendar, without time and zone.
class Date {
public:
  constexpr Date() = default;
  static Result<Date> from(int year, unsigned month, unsigned day);
  /// Strictly "2023-03-15".
  static Result<Date> parse(std::string_view text);
  /// As people write it: 2023-3-5, 2023/3/15, 2023.3.15, 20230315, 2023年3月15日, full-width
  /// digits.
  static Result<Date> parse_lenient(std::string_view text);
  static constexpr Date from_days(std::int32_t days) {
    Date d;
    d.days_ = days;
    return d;
  }

  int year() const;
  unsigned month() const;
  unsigned day() const;
  Month month_of() const { return {year(), month()}; }
  constexpr std::int32_t days() const { return days_; } ///< since 1970-01-01
  constexpr Date plus_days(int n) const { return from_days(days_ + n); }
  /// Same number n months on, or that month's last day where there is none (民法典 第二百零二条).
  Date plus_months(int n) const;
  /// 0 Monday … 6 Sunday.
  int weekday() const;
  std::string text() const;    ///< 2023-03-05
  std::string chinese() const; ///< 2023年3月5日, without leading zeros
  constexpr auto operator<=>(const Date &) const = default;

private:
  std::int32_t days_ = 0;
};

/// First and last day of a month.
Date first_day(Month month);
Date last_day(Month month);

/// A moment to the second in the fixed zone +08:00 of the whole country.
class Moment {
public:
  constexpr Moment() = default;
  static constexpr Moment from_unix(std::int64_t seconds) {
    Moment m;
    m.seconds_ = seconds;
    return m;
  }
  /// "2023-03-15T09:30", with optional seconds and optional "+08:00"; a blank instead of T is
  /// accepted.
  static Result<Moment> parse(std::string_view text);
  constexpr std::int64_t unix_seconds() const { return seconds_; }
  Date date() const;
  std::string text() const; ///< 2023-03-15T09:30:00+08:00
  constexpr auto operator<=>(const Moment &) const = default;

private:
  std::int64_t seconds_ = 0;
};

/// Days from `from` up to but not including `to`.
struct Period {
  Date from;
  Date to;

  /// The grammar of the command line: 2023 · 2023-03 · 2023-Q1 · 2023-H1 · 2023-01..2023-06 ·
  /// 2023-01-05..2023-02-10 (both ends of a written range are included).
  static Result<Period> parse(std::string_view text);
  static Period year(int year);
  bool contains(Date day) const { return from <= day && day < to; }
  Date last() const { return to.plus_days(-1); }
  /// Both ends fall on month boundaries.
  bool whole_months() const;
  /// The same stretch one year earlier.
  Period year_before() const;
  std::string text() const; ///< the shortest form that parses back to the same period
  bool operator==(const Period &) const = default;
};

/// Where "now" comes from; passed, never global, so that a year can be replayed in a test.
class Clock {
public:
  virtual ~Clock() = default;
  virtual Moment now() const = 0;
  /// What the clocks of other devices show: for what they compute too (one-time codes by time).
  virtual Moment wall() const { return now(); }
  Date today() const { return now().date(); }
};

/// The machine's clock, or so many days behind it: a demo lives on the day of its examples.
class SystemClock final : public Clock {
public:
  explicit SystemClock(int days_behind = 0) : days_behind_(days_behind) {}
  Moment now() const override;
  Moment wall() const override;

private:
  int days_behind_;
};

/// Stands still until moved.
class FixedClock final : public Clock {
public:
  explicit FixedClock(Moment at) : at_(at) {}
  Moment now() const override { return at_; }
  void set(Moment at) { at_ = at; }

private:
  Moment at_;
};

} // namespace yifa
