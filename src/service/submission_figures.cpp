#include "service/submission_figures.h"

#include "base/text.h"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

namespace yifa::service {
namespace {

using Status5 = record::Figure::Status;
constexpr double kMostValue = 9e12; // what Decimal holds with six places

bool bears_value(Status5 status) {
  return status == Status5::Counted || status == Status5::ConfirmedZero ||
         status == Status5::Partial;
}

std::optional<Status5> read_status(std::string_view word) {
  for (const auto each : {Status5::Counted, Status5::ConfirmedZero, Status5::NoRecord,
                          Status5::Partial, Status5::Undefined})
    if (word == record::to_string(each)) return each;
  return std::nullopt;
}

/// A number of JSON as it is meant: the double nearest to at most six places.
std::optional<Decimal> read_amount(const json::value *value) {
  if (value == nullptr) return std::nullopt;
  if (value->is_int64()) {
    const auto n = value->get_int64();
    if (n > static_cast<std::int64_t>(kMostValue) || n < -static_cast<std::int64_t>(kMostValue))
      return std::nullopt;
    return Decimal::from_int(n);
  }
  if (!value->is_double() || std::abs(value->get_double()) > kMostValue) return std::nullopt;
  return Decimal::from_millionths(std::llround(value->get_double() * 1e6));
}

std::string word_of(const json::object &object, std::string_view name) {
  const auto *value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// Reads one figure; a word on what is wrong with it, or empty.
std::string read_sent(const json::object &object, SentFigure &out) {
  out.label = word_of(object, "label");
  out.unit = word_of(object, "unit");
  out.definition = word_of(object, "definition");
  const auto status = read_status(word_of(object, "status"));
  if (!status) return "has no status";
  out.status = *status;
  const auto *value = object.if_contains("value");
  out.value = read_amount(value);
  if (bears_value(out.status) != out.value.has_value() ||
      (!out.value && (value == nullptr || !value->is_null())))
    return "has a value that does not fit its status";
  out.numerator = read_amount(object.if_contains("numerator"));
  out.denominator = read_amount(object.if_contains("denominator"));
  if (out.numerator.has_value() != out.denominator.has_value()) return "has one term of a rate";
  const auto *groups = object.if_contains("group");
  if (groups == nullptr || !groups->is_array()) return "has no groups";
  for (const auto &one : groups->get_array()) {
    const auto *group = one.if_object();
    const auto amount = group != nullptr ? read_amount(group->if_contains("value")) : std::nullopt;
    if (!amount || group->size() != 5) return "has a group that cannot be read";
    record::Figure::Group made;
    made.dimension = word_of(*group, "dimension");
    made.code = word_of(*group, "code");
    made.label = word_of(*group, "label");
    made.unit = word_of(*group, "unit");
    made.value = amount->millionths();
    out.groups.push_back(std::move(made));
  }
  return {};
}

/// a − b, and how much that is of b, to one decimal.
void difference(FigureChange &change, bool rate) {
  const auto now = change.now->millionths();
  const auto before = change.before->millionths();
  change.difference = Decimal::from_millionths(now - before);
  change.kind = now == before  ? FigureChange::Kind::Same
                : now > before ? FigureChange::Kind::Up
                               : FigureChange::Kind::Down;
  if (rate || before == 0) return;
  const auto tenths = std::llround(static_cast<long double>(now - before) * 1000 /
                                   static_cast<long double>(before));
  change.percent = Decimal::from_millionths(tenths * 100'000);
}

FigureChange change_of(const SentFigure *now, const SentFigure *before) {
  const auto &told = now != nullptr ? *now : *before;
  FigureChange out;
  out.id = told.id;
  out.label = told.label;
  out.unit = told.unit;
  if (now != nullptr) {
    out.status = now->status;
    out.now = now->value;
  }
  if (before != nullptr) {
    out.status_before = before->status;
    out.before = before->value;
  }
  out.redefined = now != nullptr && before != nullptr &&
                  (now->definition != before->definition || now->unit != before->unit);
  if (out.now && out.before)
    difference(out, told.numerator.has_value());
  else if (out.now)
    out.kind = FigureChange::Kind::New;
  else if (out.before)
    out.kind = FigureChange::Kind::Gone;
  return out;
}

std::map<std::string, SentFigure> by_id(std::vector<SentFigure> figures) {
  std::map<std::string, SentFigure> out;
  for (auto &one : figures) {
    auto id = one.id;
    out.emplace(std::move(id), std::move(one));
  }
  return out;
}

/// What this instance itself counted of the year, in the form packages have. Empty without records.
Result<std::map<std::string, SentFigure>> own_figures(Environment &env, const OrgCode &office,
                                                      int year) {
  auto reader = TRY(env.store.read());
  json::array all;
  bool any = false;
  for (const auto &one : TRY(Figures(env).compute_in(*reader, office, Period::year(year), {}))) {
    any = any || one.exists();
    all.push_back(record::to_json(one));
  }
  if (!any) return std::map<std::string, SentFigure>();
  return by_id(TRY(read_sent_figures(canonical(all))));
}

} // namespace

Result<std::vector<SentFigure>> read_sent_figures(const std::string &content) {
  const auto parsed = parse_json(content);
  const auto *figures = parsed ? parsed->if_array() : nullptr;
  if (figures == nullptr) return invalid("the figures of the package cannot be read");
  std::vector<SentFigure> out;
  std::vector<Problem> problems;
  std::set<std::string> seen;
  for (const auto &one : *figures) {
    SentFigure figure;
    const auto *object = one.if_object();
    if (object != nullptr) figure.id = word_of(*object, "id");
    const auto wrong = object == nullptr                ? std::string("is no figure")
                       : !seen.insert(figure.id).second ? std::string("stands twice")
                                                        : read_sent(*object, figure);
    if (!wrong.empty())
      problems.push_back({fmt::format("{}:{}", kFiguresItem, figure.id), wrong, "", ""});
    out.push_back(std::move(figure));
  }
  if (!problems.empty())
    return invalid("the figures of the package cannot be read", std::move(problems));
  return out;
}

Result<std::map<std::string, SentFigure>> sent_figures(const SubmissionPackage &package) {
  const auto found = package.contents.find(std::string(kFiguresItem));
  if (found == package.contents.end()) return std::map<std::string, SentFigure>();
  return by_id(TRY(read_sent_figures(found->second)));
}

std::string_view to_string(FigureChange::Kind kind) {
  static constexpr std::string_view names[] = {"same", "up", "down", "new", "gone", "none"};
  return names[static_cast<std::size_t>(kind)];
}

Result<Comparison> compare_submission(Submissions &submissions, Environment &env,
                                      const RecordId &record, const Actor &actor) {
  Comparison out;
  const auto package = TRY(submissions.open(record, actor, &out.package));
  out.town = package.statement.office_name;
  out.year_before = out.package.year - 1;
  std::vector<KeptSubmission> former;
  {
    auto reader = TRY(env.store.read());
    former = TRY(kept_submissions(env, *reader, out.package.office, out.year_before));
  }
  for (const auto &one : former)
    if (!out.before || one.state == "accepted" || out.before->state != "accepted") out.before = one;
  const auto now = TRY(sent_figures(package));
  std::map<std::string, SentFigure> before;
  if (out.before) {
    before = TRY(sent_figures(TRY(submissions.open(*out.before))));
  } else {
    before = TRY(own_figures(env, out.package.office, out.year_before));
    out.with_records = !before.empty();
  }
  const bool anything = out.before || out.with_records;
  for (const auto &indicator : env.catalog->indicators) {
    const auto a = now.find(indicator.id);
    const auto b = before.find(indicator.id);
    if (a == now.end() && b == before.end()) continue;
    auto change =
        change_of(a == now.end() ? nullptr : &a->second, b == before.end() ? nullptr : &b->second);
    if (!change.now && !change.before) continue;
    if (!anything) change.kind = FigureChange::Kind::None;
    out.figures.push_back(std::move(change));
  }
  return out;
}

} // namespace yifa::service
