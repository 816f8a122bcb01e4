#include "service/reports.h"

#include "base/text.h"
#include "indicator/members.h"
#include "service/figures.h"
#include "service/ledgers.h"
#include "service/orgs.h"
#include "service/permission.h"

#include <algorithm>
#include <deque>

#include <fmt/format.h>

namespace yifa::service {
namespace {

/// What the composer may know, read from one snapshot. Records are fetched when they are asked for
/// and kept.
class StoreFacts final : public report::Facts {
public:
  StoreFacts(Environment &env, store::Reader &reader, Figures &figures, OrgCode org, Period period)
      : env_(env), reader_(reader), figures_(figures), org_(std::move(org)), period_(period),
        around_(env, reader) {}

  Status prepare() {
    auto org = TRY(reader_.org(org_));
    if (!org) return not_found(fmt::format("the organisation tree has no code {}", org_.text()));
    office_.code = org_;
    office_.name = org->name;
    office_.kind = org->kind;
    office_.villages =
        static_cast<std::int64_t>(TRY(villages_on(reader_, org_, period_.last())).size());
    for (auto &figure : TRY(figures_.compute_in(reader_, org_, period_, {})))
      now_[figure.id] = std::move(figure);
    for (auto &figure : TRY(figures_.compute_in(reader_, org_, period_.year_before(), {})))
      before_[figure.id] = std::move(figure);
    return Done{};
  }
  /// The first failure of the store while the composer asked.
  Status status() const {
    if (failure_) return *failure_;
    return around_.status();
  }

  const Office &office() const override { return office_; }
  Period period() const override { return period_; }
  const record::Figure *figure(std::string_view indicator) const override {
    return find(now_, indicator);
  }
  const record::Figure *last_year(std::string_view indicator) const override {
    return find(before_, indicator);
  }

  std::int64_t record_count(std::string_view indicator, std::string_view dimension,
                            std::string_view group) const override {
    const auto *wanted = env_.catalog->indicator(indicator);
    if (wanted == nullptr) return 0;
    std::int64_t count = 0;
    for (const auto &member : members(std::string(indicator))) {
      if (dimension.empty()) {
        ++count;
        continue;
      }
      auto view = around_.view();
      auto share =
          indicator::share(*env_.catalog, *wanted, edition_of(*env_.catalog, member.record),
                           member.record, period_, view, dimension);
      if (share.keys.contains(std::string(group))) ++count;
    }
    return count;
  }

  std::vector<Counted> counted(std::string_view indicator) const override {
    std::vector<Counted> found;
    for (const auto &member : members(std::string(indicator)))
      found.push_back({&member.record, nullptr});
    return found;
  }

  std::vector<const record::Record *>
  records(std::string_view type, const catalog::Predicate &where, bool next_year) const override {
    record::Query query;
    query.type = std::string(type);
    query.scope = org_;
    query.period = next_year ? Period::year(period_.from.year() + 1) : period_;
    query.newest_first = false;
    std::vector<const record::Record *> found;
    auto read = reader_.find(query);
    if (!read) {
      failure_ = read.error();
      return found;
    }
    auto view = around_.view();
    for (auto &each : *read) {
      if (each.withdrawn || !record::matches(where, edition_of(*env_.catalog, each), each, view))
        continue;
      kept_.push_back(std::move(each));
      found.push_back(&kept_.back());
    }
    return found;
  }

  std::string org_name(const OrgCode &org) const override {
    auto found = reader_.org(org);
    if (!found) failure_ = found.error();
    return found && *found ? (*found)->name : org.text();
  }

  std::string record_name(const RecordId &id) const override {
    auto type = reader_.type_of(id);
    if (!type || !*type) return id.text();
    auto found = reader_.get(**type, id);
    if (!found || !*found) return id.text();
    return record_label(edition_of(*env_.catalog, **found), **found);
  }

private:
  using ById = std::map<std::string, record::Figure, std::less<>>;
  static const record::Figure *find(const ById &figures, std::string_view id) {
    auto found = figures.find(id);
    return found == figures.end() ? nullptr : &found->second;
  }

  const std::vector<Figures::Member> &members(const std::string &indicator) const {
    auto known = members_.find(indicator);
    if (known != members_.end()) return known->second;
    auto read = figures_.members_in(reader_, indicator, org_, period_);
    if (!read) failure_ = read.error();
    auto &kept = members_[indicator];
    if (read) kept = std::move(*read);
    std::stable_sort(kept.begin(), kept.end(), [](const auto &a, const auto &b) {
      return a.record.day != b.record.day ? a.record.day < b.record.day : a.record.id < b.record.id;
    });
    return kept;
  }

  Environment &env_;
  store::Reader &reader_;
  Figures &figures_;
  OrgCode org_;
  Period period_;
  Office office_;
  ById now_;
  ById before_;
  mutable Around around_;
  mutable std::deque<record::Record> kept_;
  mutable std::map<std::string, std::vector<Figures::Member>> members_;
  mutable std::optional<Error> failure_;
};

} // namespace

Result<report::Draft> Reports::draft(const DraftRequest &request, const Actor &actor) {
  TRY(permit_office(actor, request.org));
  auto reader = TRY(env_.store.read());
  return draft_in(*reader, request);
}

Result<report::Draft> Reports::draft_in(store::Reader &reader, const DraftRequest &request) {
  const auto &catalog = *env_.catalog;
  if (request.year < 1949 || request.year > 9998)
    return invalid(fmt::format("{} is no year a report can be of", request.year));
  const auto *outline = request.outline.empty()
                            ? (catalog.outlines.empty() ? nullptr : &catalog.outlines.front())
                            : catalog.outline(request.outline);
  if (outline == nullptr) {
    std::vector<std::string> names;
    for (const auto &each : catalog.outlines) names.push_back(each.id);
    return not_found(fmt::format("there is no outline \"{}\"; the catalog has {}", request.outline,
                                 text::join(names, ", ")));
  }
  auto period = Period::year(request.year);
  if (request.cutoff) {
    if (!period.contains(*request.cutoff))
      return invalid(
          fmt::format("the cut-off {} is not a day of {}", request.cutoff->text(), request.year));
    period.to = request.cutoff->plus_days(1);
  }
  Figures figures(env_);
  StoreFacts facts(env_, reader, figures, request.org, period);
  TRY(facts.prepare());
  report::Options options;
  options.year = request.year;
  options.cutoff = request.cutoff;
  options.style = request.style;
  options.document_number = request.document_number;
  options.issuer = request.issuer;
  options.addressee = request.addressee;
  options.signer = request.signer;
  options.date = request.date;
  options.page_note = request.page_note;
  auto draft = TRY(report::compose(catalog, *outline, facts, options));
  TRY(facts.status());
  return draft;
}

} // namespace yifa::service
