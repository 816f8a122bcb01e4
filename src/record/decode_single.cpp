#include "record/decode_single.h"
#include "record/formats.h"

#include "base/text.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace yifa::record {

using catalog::Field;
using catalog::FieldType;

Error fault(const Field &field, const std::string &path, std::string_view what) {
  std::string name = field.label.zh.empty() ? path : fmt::format("{} ({})", field.label.zh, path);
  std::string message = fmt::format("{}: {}", name, what);
  return invalid(message, {Problem{path, message, "", ""}});
}

bool same_label(std::string_view label, std::string_view tidied) {
  // Half width is never longer: what is shorter and differs stays different.
  return label == tidied || (label.size() > tidied.size() && text::to_half_width(label) == tidied);
}

bool same_letters(std::string_view label, std::string_view lowered) {
  return label.size() == lowered.size() && text::lower_ascii(label) == lowered;
}

std::string tidy(std::string_view written) { return text::trim(text::to_half_width(written)); }

namespace {

constexpr std::int64_t largest_whole = 9'000'000'000'000;
constexpr std::int64_t largest_number = 9'000'000'000;

/// The same with the value in quotes, unless it may name a person.
Error bad_value(const Field &field, const std::string &path, std::string_view written,
                std::string_view what) {
  if (field.personal) return fault(field, path, fmt::format("the value {}", what));
  return fault(field, path, fmt::format("\"{}\" {}", text::shorten(written, 40), what));
}

/// JSON scalars as the text a person would have typed; nothing for arrays and objects.
std::optional<std::string> as_text(const json::value &value) {
  if (value.is_string()) return std::string(value.get_string());
  if (value.is_int64()) return std::to_string(value.get_int64());
  if (value.is_uint64()) return std::to_string(value.get_uint64());
  if (value.is_bool()) return value.get_bool() ? "true" : "false";
  if (value.is_double()) return fmt::format("{}", value.get_double());
  return std::nullopt;
}

std::string without_unit(std::string s, const std::string &unit) {
  if (!unit.empty() && s.ends_with(unit)) s.resize(s.size() - unit.size());
  return text::trim(s);
}

Result<Value> read_text(const Field &field, const std::string &written, const std::string &path) {
  auto plain = to_plain(written, field.lines <= 1);
  if (!plain) return fault(field, path, "the text " + plain.error().message);
  if (plain->empty()) return Value();
  auto formed = to_format(field.format, *plain);
  if (!formed) return bad_value(field, path, *plain, formed.error().message);
  return Value(std::move(formed).value());
}

bool in_use(const catalog::CodeWord &word, Date day) {
  return (!word.from || *word.from <= day) && (!word.to || day < *word.to);
}

/// By code, earlier code, or label in either language. A label two codes share means the one in use
/// on the day.
Result<Value> read_code(const Field &field, const std::string &written,
                        const DecodeContext &context, const std::string &path) {
  const catalog::CodeList *list = context.catalog.list(field.list);
  if (!list) return fault(field, path, fmt::format("the catalog has no list \"{}\"", field.list));
  std::string wanted = tidy(written);
  if (wanted.empty()) return Value();
  std::string lower = text::lower_ascii(wanted);
  const catalog::CodeWord *found = nullptr;
  bool several = false;
  for (int pass = 0; pass < 2 && !found; ++pass) {
    for (const auto &word : list->codes) {
      bool hit = pass == 0
                     ? word.code == wanted
                     : same_label(word.label.zh, wanted) || same_letters(word.label.en, lower) ||
                           same_letters(word.code, lower) ||
                           (!word.was.empty() && word.was == wanted) ||
                           (!word.phrase.empty() && same_label(word.phrase, wanted));
      if (!hit) continue;
      bool both = found && in_use(*found, context.day) == in_use(word, context.day);
      several = several || both;
      if (!found || (in_use(word, context.day) && !in_use(*found, context.day))) {
        found = &word;
        several = false;
      }
    }
  }
  if (found && several)
    return bad_value(field, path, written,
                     "names several codes of the list; write the code itself");
  if (found && !in_use(*found, context.day)) {
    bool early = found->from && context.day < *found->from;
    return bad_value(field, path, written,
                     fmt::format("is {} on {} ({} {})",
                                 early ? "not yet in use" : "no longer in use", context.day.text(),
                                 early ? "from" : "until",
                                 early ? found->from->text() : found->to->plus_days(-1).text()));
  }
  if (found) return Value(catalog::Code{found->code});

  std::vector<std::string> names;
  std::vector<std::string> offered;
  for (const auto &word : list->codes) {
    names.push_back(word.code);
    names.push_back(word.label.zh);
    names.push_back(text::lower_ascii(word.label.en));
    if (in_use(word, context.day))
      offered.push_back(fmt::format("{} {}", word.code, word.label.zh));
  }
  std::string what = "is not in the list";
  if (auto near = text::nearest(lower, names); !near.empty()) {
    what += fmt::format("; did you mean \"{}\"?", near);
  } else if (offered.size() <= 12) {
    what += "; it has " + text::join(offered, ", ");
  } else {
    offered.resize(12);
    what += "; it begins with " + text::join(offered, ", ");
  }
  return bad_value(field, path, written, what);
}

Result<Value> read_count(const Field &field, const json::value &written, const std::string &shown,
                         const std::string &path) {
  static constexpr std::string_view what = "is not a whole number of zero or more";
  if (written.is_double()) {
    double d = written.get_double();
    if (!(d >= 0) || d != std::floor(d) || d > static_cast<double>(largest_whole))
      return bad_value(field, path, shown, what);
    return Value(catalog::Count{static_cast<std::int64_t>(d)});
  }
  auto n = parse_count(without_unit(tidy(shown), field.unit));
  if (!n || *n > largest_whole) return bad_value(field, path, shown, what);
  return Value(catalog::Count{*n});
}

Result<Value> read_number(const Field &field, const std::string &shown, const std::string &path) {
  auto number = Decimal::parse(without_unit(tidy(shown), field.unit));
  if (!number) return bad_value(field, path, shown, "is not a number with at most six decimals");
  // Sums of millionths must fit; nothing a township measures comes near.
  if (std::abs(number->millionths()) > largest_number * 1'000'000)
    return bad_value(field, path, shown, "is too large a number");
  return Value(*number);
}

Result<Value> read_money(const Field &field, const json::value &written, const std::string &shown,
                         const std::string &path) {
  if (!written.is_string()) {
    // The JSON form is whole fen; a fraction there is yuan by mistake.
    std::int64_t fen = -1;
    if (written.is_int64()) fen = written.get_int64();
    if (fen < 0 || fen > largest_whole * 100)
      return bad_value(field, path, shown,
                       "is not a whole number of fen; write yuan as a string, such as \"12.50\"");
    return Value(Money::from_fen(fen));
  }
  std::string s = tidy(shown);
  for (std::string_view mark : {"¥", "￥", "人民币", "RMB"})
    if (s.starts_with(mark)) s = text::trim(s.substr(mark.size()));
  auto money = Money::parse(s);
  if (!money)
    return bad_value(field, path, shown, "is not an amount of yuan with at most two decimals");
  return Value(*money);
}

/// Drops a time of midnight, which spreadsheets and databases put behind a day.
std::string day_part(std::string s) {
  for (std::string_view midnight :
       {"T00:00:00+08:00", "T00:00:00", " 00:00:00", " 0:00:00", "T00:00", " 00:00", " 0:00"})
    if (s.ends_with(midnight)) return s.substr(0, s.size() - midnight.size());
  return s;
}

Result<Date> read_day(const std::string &written) {
  auto day = Date::parse_lenient(day_part(tidy(written)));
  if (day && day->year() < 1900) return invalid("is a day before 1900");
  if (day) return day;
  return invalid(day.error().message.ends_with("calendar")
                     ? "is no day of the calendar"
                     : "is not a date; write 2023-03-15 or 2023年3月15日");
}

/// A day, then a time: 2023-03-15T09:30, 2023年3月15日9时30分, 2023.3.15 9:30.
Result<Moment> read_moment(const std::string &written) {
  auto fail = [] {
    return invalid("is not a moment; write 2023-03-15T09:30 or 2023年3月15日9时30分");
  };
  std::string s = tidy(written);
  if (s.ends_with("+08:00")) s.resize(s.size() - 6);
  auto cut = s.find_first_of("T ");
  std::size_t skip = 1;
  if (auto mark = s.find("日"); mark != std::string::npos) {
    cut = mark + std::string_view("日").size();
    skip = 0;
  }
  if (cut == std::string::npos) return fail();
  auto day = read_day(s.substr(0, cut));
  if (!day) return std::move(day).error();
  std::string time = text::trim(std::string_view(s).substr(cut + skip));
  for (std::string_view mark : {"时", "点", "分"}) time = text::replace_all(time, mark, ":");
  time = text::replace_all(text::replace_all(time, "秒", ""), " ", "");
  while (time.ends_with(':')) time.pop_back();
  auto pieces = text::split(time, ':');
  if (pieces.size() == 1 && s.find("时") == std::string::npos && s.find("点") == std::string::npos)
    return fail();
  if (pieces.size() > 3) return fail();
  std::vector<std::int64_t> n;
  for (const auto &piece : pieces) {
    if (piece.empty() || piece.size() > 2 ||
        piece.find_first_not_of("0123456789") != std::string::npos)
      return fail();
    n.push_back(std::stoll(piece));
  }
  n.resize(3, 0);
  if (n[0] > 23 || n[1] > 59 || n[2] > 59) return invalid("has no such time of day");
  auto midnight = TRY(Moment::parse(day->text() + "T00:00"));
  return Moment::from_unix(midnight.unix_seconds() + n[0] * 3600 + n[1] * 60 + n[2]);
}

Result<Value> read_flag(const Field &field, const std::string &written, const std::string &path) {
  static constexpr std::string_view yes[] = {"是", "有", "true", "yes", "y", "1",
                                             "√",  "✓",  "✔",    "对",  "已"};
  static constexpr std::string_view no[] = {"否", "无", "false", "no", "n",  "0",   "×",
                                            "✗",  "✘",  "x",     "错", "未", "没有"};
  std::string s = text::lower_ascii(tidy(written));
  if (std::find(std::begin(yes), std::end(yes), s) != std::end(yes)) return Value(true);
  if (std::find(std::begin(no), std::end(no), s) != std::end(no)) return Value(false);
  return bad_value(field, path, written, "is neither 是 nor 否");
}

std::string level_name(OrgLevel level) {
  if (level == OrgLevel::Nation) return "the nation";
  return level == OrgLevel::Village ? "a village or community"
                                    : fmt::format("a {}", to_string(level));
}

Result<Value> read_org(const Field &field, const std::string &written, const DecodeContext &context,
                       const std::string &path) {
  std::string s = tidy(written);
  auto code = context.resolve_org ? context.resolve_org(s) : OrgCode::parse(s);
  if (!code) return fault(field, path, code.error().message);
  if (field.level && code->level() != *field.level)
    return bad_value(field, path, written,
                     fmt::format("is {} ({}); {} is needed", level_name(code->level()),
                                 code->text(), level_name(*field.level)));
  return Value(std::move(code).value());
}

Result<Value> read_link(const Field &field, const std::string &written,
                        const DecodeContext &context, const std::string &path) {
  std::string s = tidy(written);
  auto id = context.resolve_link ? context.resolve_link(s, field.to) : RecordId::parse(s);
  if (!id) return fault(field, path, id.error().message);
  if (id->is_nil()) return bad_value(field, path, written, "is the empty id, which no record has");
  return Value(std::move(id).value());
}

Result<Value> read_file_hash(const Field &field, const std::string &written,
                             const std::string &path) {
  std::string s = text::lower_ascii(tidy(written));
  if (s.size() != 64 || s.find_first_not_of("0123456789abcdef") != std::string::npos)
    return bad_value(
        field, path, written,
        "is not the SHA-256 of an attachment (64 hexadecimal digits); attach the file first");
  return Value(catalog::FileHash{s});
}

} // namespace

Result<Value> read_single(const Field &field, const json::value &written,
                          const DecodeContext &context, const std::string &path) {
  auto shown = as_text(written);
  if (!shown) return fault(field, path, "a single value is needed here, not a list or an object");
  if (!text::valid_utf8(*shown)) return fault(field, path, "the text is not valid UTF-8");
  if (field.type == FieldType::Text) return read_text(field, *shown, path);
  if (text::trim(*shown).empty()) return Value();
  if (shown->size() > 2'000) return fault(field, path, "the value is far too long");
  if (text::has_control(*shown))
    return fault(field, path, "the value holds a character that cannot be printed");
  switch (field.type) {
  case FieldType::Code:
    return read_code(field, *shown, context, path);
  case FieldType::Count:
    return read_count(field, written, *shown, path);
  case FieldType::Number:
    return read_number(field, *shown, path);
  case FieldType::Money:
    return read_money(field, written, *shown, path);
  case FieldType::Flag:
    return read_flag(field, *shown, path);
  case FieldType::Org:
    return read_org(field, *shown, context, path);
  case FieldType::Link:
    return read_link(field, *shown, context, path);
  case FieldType::File:
    return read_file_hash(field, *shown, path);
  case FieldType::Date: {
    auto day = read_day(*shown);
    return day ? Result<Value>(*day) : bad_value(field, path, *shown, day.error().message);
  }
  case FieldType::Moment: {
    auto moment = read_moment(*shown);
    return moment ? Result<Value>(*moment) : bad_value(field, path, *shown, moment.error().message);
  }
  case FieldType::Text:
  case FieldType::Rows:
    break;
  }
  return fault(field, path, "cannot be given as a single value");
}

} // namespace yifa::record
