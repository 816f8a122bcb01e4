#include "service/submission_figures.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::service {
namespace {

using Way = catalog::Indicator::Way;
constexpr std::int64_t kMillion = 1'000'000;

/// Whether towns' values of it make the county's by addition.
bool adds(const catalog::Catalog &catalog, const catalog::Indicator &indicator) {
  const auto each = [&](const std::string &id) {
    const auto *found = catalog.indicator(id);
    return found == nullptr || adds(catalog, *found); // "@villages" is no indicator and adds
  };
  switch (indicator.way) {
  case Way::Distinct:
  case Way::Least:
    return false;
  case Way::Total:
    return std::all_of(indicator.terms.begin(), indicator.terms.end(), each);
  case Way::Ratio:
    return each(indicator.of_indicator) && each(indicator.over);
  case Way::Count:
  case Way::Sum:
    break;
  }
  return true;
}

/// Sums of millionths that may pass what fits.
struct Total {
  std::int64_t millionths = 0;
  bool fits = true;
  void add(Decimal more) {
    fits = fits && !__builtin_add_overflow(millionths, more.millionths(), &millionths);
  }
  /// In the smallest scale that holds it exactly.
  std::pair<std::int64_t, std::int64_t> scaled() const {
    return millionths % kMillion == 0 ? std::pair{millionths / kMillion, std::int64_t{1}}
                                      : std::pair{millionths, kMillion};
  }
};

/// What towns said of one figure, one after the other.
class Adding {
public:
  Adding(const catalog::Indicator &indicator, std::int64_t offices) : indicator_(indicator) {
    figure_.id = indicator.id;
    figure_.label = indicator.label.zh;
    figure_.label_en = indicator.label.en;
    figure_.unit = indicator.unit;
    figure_.definition = indicator.definition.zh;
    figure_.source = indicator.source.text();
    figure_.ratio = indicator.way == Way::Ratio;
    figure_.percent = indicator.percent;
    figure_.numerator_id = figure_.ratio ? indicator.of_indicator : std::string();
    figure_.denominator_id = figure_.ratio ? indicator.over : std::string();
    figure_.offices = offices;
  }

  void add(const SentFigure &sent) {
    using S = record::Figure::Status;
    undefined_ = undefined_ || sent.status == S::Undefined;
    if (!sent.value) return;
    if (figure_.unit.empty()) figure_.unit = sent.unit; // one that follows its groups
    any_ = true;
    confirmed_only_ = confirmed_only_ && sent.status == S::ConfirmedZero;
    if (sent.status != S::Partial) ++figure_.covered;
    if (indicator_.way == Way::Least) {
      least_ = least_ ? std::min(*least_, *sent.value) : *sent.value;
    } else if (figure_.ratio) {
      if (sent.numerator) numerator_.add(*sent.numerator);
      if (sent.denominator) denominator_.add(*sent.denominator);
    } else {
      value_.add(*sent.value);
      for (const auto &group : sent.groups) add_group(group);
    }
  }

  bool fits() const { return value_.fits && numerator_.fits && denominator_.fits; }

  record::Figure done() {
    using S = record::Figure::Status;
    if (least_) value_.millionths = least_->millionths();
    std::tie(figure_.value, figure_.scale) = value_.scaled();
    if (indicator_.money && !figure_.ratio) figure_.scale = 100;
    std::tie(figure_.numerator, figure_.numerator_scale) = numerator_.scaled();
    std::tie(figure_.denominator, figure_.denominator_scale) = denominator_.scaled();
    figure_.status = !any_ && undefined_                         ? S::Undefined
                     : !any_                                     ? S::NoRecord
                     : figure_.ratio && figure_.denominator == 0 ? S::Undefined
                     : figure_.covered < figure_.offices         ? S::Partial
                     : confirmed_only_                           ? S::ConfirmedZero
                                                                 : S::Counted;
    finish_groups();
    return std::move(figure_);
  }

private:
  void add_group(const record::Figure::Group &group) {
    for (auto &known : figure_.groups)
      if (known.dimension == group.dimension && known.code == group.code) {
        value_.fits =
            value_.fits && !__builtin_add_overflow(known.value, group.value, &known.value);
        return;
      }
    figure_.groups.push_back(group);
  }
  /// Groups come in millionths and stand in the figure's scale.
  void finish_groups() {
    const auto scale = figure_.scale == kMillion ? kMillion : std::int64_t{1};
    for (auto &group : figure_.groups) group.value /= kMillion / scale;
    std::stable_sort(figure_.groups.begin(), figure_.groups.end(), [](auto &a, auto &b) {
      return a.dimension != b.dimension ? a.dimension < b.dimension : a.value > b.value;
    });
  }

  const catalog::Indicator &indicator_;
  record::Figure figure_;
  Total value_;
  Total numerator_;
  Total denominator_;
  std::optional<Decimal> least_;
  bool any_ = false;
  bool undefined_ = false;
  bool confirmed_only_ = true;
};

} // namespace

Result<SubmissionSums> sum_submissions(Submissions &submissions, Environment &env,
                                       const OrgCode &county, int year, const Actor &actor) {
  SubmissionSums out;
  out.county = county;
  out.year = year;
  out.towns = TRY(submissions.towns(county, year, actor));
  if (county.level() != OrgLevel::County)
    return invalid("only a county adds up its towns", {{"org", "is no county", "", ""}});
  std::vector<std::map<std::string, SentFigure>> packages;
  {
    auto reader = TRY(env.store.read());
    if (const auto org = TRY(reader->org(county))) out.name = org->name;
    for (const auto &town : out.towns) {
      if (!town.accepted) continue;
      std::optional<KeptSubmission> newest;
      for (const auto &one : TRY(kept_submissions(env, *reader, town.office, year)))
        if (one.office == town.office && one.state == "accepted") newest = one;
      const auto package = TRY(submissions.open(*newest));
      if (!package.contents.contains(std::string(kFiguresItem))) continue;
      out.added.push_back(town.office);
      packages.push_back(TRY(sent_figures(package)));
    }
  }
  for (const auto &indicator : env.catalog->indicators) {
    if (!adds(*env.catalog, indicator) && indicator.way != Way::Least) {
      out.left_out[indicator.id] = "distinct";
      continue;
    }
    Adding adding(indicator, static_cast<std::int64_t>(out.towns.size()));
    bool redefined = false;
    for (const auto &sent : packages) {
      const auto found = sent.find(indicator.id);
      if (found == sent.end()) continue;
      if (found->second.definition != indicator.definition.zh)
        redefined = true;
      else
        adding.add(found->second);
    }
    if (redefined || !adding.fits()) {
      out.left_out[indicator.id] = redefined ? "redefined" : "too large";
      continue;
    }
    auto figure = adding.done();
    figure.org = county;
    figure.period = Period::year(year);
    out.figures.push_back(std::move(figure));
  }
  return out;
}

} // namespace yifa::service
