#include "report/present.h"

#include "report/amount.h"
#include "report/words.h"

namespace yifa::report {
namespace {

constexpr std::int64_t kHundred = 100;

bool is_digit_at(std::string_view text, std::size_t at) {
  return at < text.size() && text[at] >= '0' && text[at] <= '9';
}

bool has_year(const record::Figure *figure) {
  return figure != nullptr && (figure->status == record::Figure::Status::Counted ||
                               figure->status == record::Figure::Status::ConfirmedZero);
}

void print_change(const record::Figure &now, const record::Figure &before, const Words &words,
                  Present &out) {
  const auto value = [](const record::Figure &figure) {
    return figure.ratio ? figure.comparable().millionths() : figure.value;
  };
  const std::int64_t difference = value(now) - value(before);
  out.value =
      now.ratio ? Decimal::from_millionths(difference).text() : exact_value(now, difference);
  out.last_year = exact_value(before);
  const auto amount = amount_of_difference(now, difference < 0 ? -difference : difference, words);
  out.number = amount.number;
  out.unit = amount.unit;
}

/// The measure word to print with: the one of the text where the catalog lets it stand for the
/// figure's own. Money chooses 元 or 万元 by its size, unless the text insists on 元.
std::string unit_to_use(const FigureRef &ref, const record::Figure &figure,
                        const catalog::Catalog &catalog) {
  if (ref.unit.empty() || figure.percent) return {};
  if (figure.scale == kHundred && !figure.ratio) {
    const auto ten_thousand = Money::from_fen(10'000 * kHundred);
    const auto seen = Money::parse(ref.seen);
    return seen && *seen >= ten_thousand && ref.unit == catalog.phrase("number.yuan")
               ? ref.unit
               : std::string();
  }
  return catalog.same_family(ref.unit, figure.unit) ? ref.unit : std::string();
}

} // namespace

Present present(const FigureRef &ref, const CountedNow &now, bool rough,
                const catalog::Catalog &catalog) {
  const Words words(catalog);
  Present out;
  if (ref.indicator == "@villages") {
    out.exists = now.villages > 0;
    out.value = out.number = std::to_string(now.villages);
    out.unit = words.get("number.villages");
    return out;
  }
  if (now.figure == nullptr || !now.figure->exists()) {
    out.confirmed = false;
    return out;
  }
  const auto &figure = *now.figure;
  out.confirmed = figure.status != record::Figure::Status::Partial;
  if (ref.kind == FigureRef::Kind::Change) {
    out.exists = has_year(now.figure) && has_year(now.last_year);
    if (out.exists) print_change(figure, *now.last_year, words, out);
    return out;
  }
  const AmountOptions how{unit_to_use(ref, figure, catalog), rough};
  out.exists = true;
  if (ref.kind != FigureRef::Kind::Group) {
    const auto amount = amount_of(figure, how, words);
    out.value = exact_value(figure);
    out.number = amount.number;
    out.unit = amount.unit;
    return out;
  }
  record::Figure::Group none;
  none.unit = ref.unit;
  const auto *group = &none;
  for (const auto &each : figure.groups)
    if (each.dimension == ref.dimension && each.code == ref.group) group = &each;
  const auto amount = amount_of(figure, *group, {{}, rough}, words);
  out.value = exact_value(figure, group->value);
  out.number = amount.number;
  out.unit = amount.unit;
  return out;
}

bool prints_number(const Run &run) { return is_digit_at(run.text, 0); }

bool prints_rough(const Run &run, const catalog::Catalog &catalog) {
  return run.text.find(catalog.phrase("number.rough")) != std::string::npos;
}

Standing standing(const Run &run, const Present &now) {
  const auto &ref = *run.figure;
  const bool nothing =
      ref.kind == FigureRef::Kind::Zero || (ref.kind != FigureRef::Kind::Change && ref.seen == "0");
  if (nothing && (!now.exists || now.value == "0")) return Standing::Zero;
  if (run.kept && run.kept->against == now.value) return Standing::Fresh;
  if (!now.exists) return Standing::Stale;
  if (now.value == ref.seen) return Standing::Fresh;
  // 210余 still says what is true of 217.
  const bool same_print =
      prints_number(run) && now.number == run.text && ref.kind != FigureRef::Kind::Change;
  return same_print ? Standing::Fresh : Standing::Stale;
}

} // namespace yifa::report
