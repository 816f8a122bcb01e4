#include "service/neighbours.h"

#include "base/text.h"
#include "procedure/gate_limits.h"
#include "rules/registry.h"
#include "service/figures.h"
#include "service/nearby.h"
#include "service/report_versions.h"
#include "service/reports.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

namespace yifa::service {
namespace {

using catalog::Predicate;

/// Calls `see` for every quantifier over links or backs in the tree.
template <typename See> void visit_subjects(const Predicate &predicate, const See &see) {
  if (predicate.subject.kind == Predicate::Subject::Kind::Link ||
      predicate.subject.kind == Predicate::Subject::Kind::Back)
    see(predicate.subject);
  for (const auto &child : predicate.children) visit_subjects(child, see);
}

/// Whether somebody's own words hold a number that is no day, no year and no figure of ours.
bool holds_number(const report::Sentence &sentence) {
  static constexpr std::string_view kDates[] = {"年", "月", "日", "号"};
  for (const auto &run : sentence.runs) {
    if (run.figure) continue;
    for (std::size_t i = 0; i < run.text.size(); ++i) {
      if (run.text[i] < '0' || run.text[i] > '9') continue;
      while (i < run.text.size() && run.text[i] >= '0' && run.text[i] <= '9') ++i;
      const auto rest = std::string_view(run.text).substr(i);
      if (std::none_of(std::begin(kDates), std::end(kDates),
                       [&](auto unit) { return rest.starts_with(unit); }))
        return true;
    }
  }
  return false;
}

} // namespace

Dependents::Dependents(const catalog::Catalog &catalog) {
  for (const auto &type : catalog.editions) {
    auto note = [&](const Predicate::Subject &subject) {
      Dependence dependence{type.id, "", subject.kind == Predicate::Subject::Kind::Back};
      std::vector<std::string> seen_types;
      if (dependence.back) {
        dependence.link = subject.link;
        seen_types = {subject.type};
      } else {
        const auto &field = type.fields[static_cast<std::size_t>(subject.index)];
        dependence.link = field.id;
        seen_types = field.to;
      }
      for (const auto &seen : seen_types) {
        auto &list = by_seen_[seen];
        auto same = [&](const Dependence &d) {
          return d.type == dependence.type && d.link == dependence.link &&
                 d.back == dependence.back;
        };
        if (std::none_of(list.begin(), list.end(), same)) list.push_back(dependence);
      }
    };
    for (const auto &field : type.fields) {
      if (!field.derive) continue;
      visit_subjects(field.derive->when, note);
      for (const auto &one : field.derive->cases) visit_subjects(one.when, note);
    }
  }
}

const std::vector<Dependents::Dependence> &Dependents::on(const std::string &type) const {
  static const std::vector<Dependence> none;
  auto found = by_seen_.find(type);
  return found == by_seen_.end() ? none : found->second;
}

record::Surroundings Around::view() {
  record::Surroundings around;
  around.catalog = env_.catalog.get();
  around.today = env_.clock.today();
  around.linked = [this](const Predicate::Subject &subject, const record::Record &record) {
    return linked(subject, record);
  };
  around.setting = [this](const std::string &name) -> catalog::Value {
    auto found = env_.catalog->settings.find(name);
    return found == env_.catalog->settings.end() ? catalog::Value()
                                                 : setting_value(found->second, env_.clock.today());
  };
  around.met = [this](const std::string &rule, const record::Record &record) {
    return met(rule, record);
  };
  return around;
}

const record::Record *Around::load(const std::string &type, const RecordId &id) {
  if (nearby_ != nullptr) return nearby_->record(type, id);
  auto loaded = reader_.get(type, id);
  if (!loaded) failure_ = loaded.error();
  if (!loaded || !*loaded) return nullptr;
  loaded_.push_back(std::move(**loaded));
  return &loaded_.back();
}

std::vector<const record::Record *> Around::pointing(const Predicate::Subject &subject,
                                                     const record::Record &record) {
  std::vector<const record::Record *> found;
  const auto county = record.owner_org.county();
  if (nearby_ != nullptr) {
    if (const auto *near = nearby_->pointing(county, subject.type, subject.link, record.id))
      for (const auto &each : *near) found.push_back(&each);
    return found;
  }
  auto loaded = reader_.pointing(county, subject.type, subject.link, record.id);
  if (!loaded) failure_ = loaded.error();
  if (loaded)
    for (auto &each : *loaded) {
      loaded_.push_back(std::move(each));
      found.push_back(&loaded_.back());
    }
  return found;
}

std::vector<const record::Record *> Around::linked(const Predicate::Subject &subject,
                                                   const record::Record &record) {
  std::vector<const record::Record *> seen;
  if (subject.kind == Predicate::Subject::Kind::Back) {
    seen = pointing(subject, record);
  } else if (const auto *type = env_.catalog->type(record.type)) {
    const auto &field = type->fields[static_cast<std::size_t>(subject.index)];
    std::vector<RecordId> targets;
    const auto &value = record.value(subject.index);
    if (const auto *one = value.get<RecordId>()) targets.push_back(*one);
    if (const auto *many = value.get<std::vector<catalog::Value>>())
      for (const auto &each : *many)
        if (const auto *id = each.get<RecordId>()) targets.push_back(*id);
    for (const auto &target : targets)
      if (const auto *one = find(target, field.to)) seen.push_back(one);
  }
  std::erase_if(seen, [](const auto *each) { return each->withdrawn; });
  std::sort(seen.begin(), seen.end(), [](const auto *a, const auto *b) {
    return a->day != b->day ? a->day < b->day : a->id < b->id;
  });
  return seen;
}

const record::Record *Around::find(const RecordId &id, const std::vector<std::string> &types) {
  for (const auto &type : types)
    if (const auto *one = load(type, id)) return one;
  return nullptr;
}

const procedure::Calendar &Around::calendar() {
  if (calendar_ == nullptr) {
    own_calendar_ = calendar_of(env_);
    calendar_ = own_calendar_.get();
  }
  return *calendar_;
}

std::optional<bool> Around::met(const std::string &rule, const record::Record &record) {
  const auto &type = *env_.catalog->edition_on(record.type, record.day);
  const auto measured =
      procedure::measure_limit(rule, {type, record, nullptr, -1, nullptr}, facts(record));
  if (!measured || !measured->until) return std::nullopt;
  return measured->satisfied;
}

procedure::Facts Around::facts(const record::Record &record) {
  procedure::Facts out;
  out.around = view();
  out.calendar = &calendar();
  out.linked = [this](const RecordId &id, const std::vector<std::string> &types) {
    return find(id, types);
  };
  out.stays = [this, id = record.id](const std::string &state) {
    return past(id).stays(state, env_.clock.today());
  };
  out.extensions = [this, id = record.id](const std::string &rule, const RecordId &part) {
    return past(id).extensions(rule, part);
  };
  return out;
}

procedure::Facts Around::wide_facts(const record::Record &record) {
  auto out = facts(record);
  out.siblings = [this, &record](const catalog::Gate &gate) { return siblings(record, gate); };
  out.rule = [](const std::string &name) { return rules::find(name); };
  out.counted = [this, &record](const std::string &category, const Period &period) {
    return counted(record, category, period);
  };
  out.report = [this, &record](int year, const std::string &outline) {
    return report(record, year, outline);
  };
  return out;
}

std::int64_t Around::siblings(const record::Record &record, const catalog::Gate &gate) {
  record::Query query;
  query.type = record.type;
  query.scope = record.owner_org;
  const auto month = Month(record.day.year(), record.day.month());
  query.period = gate.in == "month" ? Period{first_day(month), last_day(month).plus_days(1)}
                                    : Period::year(record.day.year());
  const auto around = view();
  const auto own = [&](const record::Record &each) {
    std::vector<catalog::Value> values;
    const record::Place place{*env_.catalog->edition_on(each.type, each.day), each, nullptr, -1,
                              nullptr};
    for (const auto &ref : gate.per) values.push_back(record::value_at(ref, place, around));
    return values;
  };
  const auto mine = own(record);
  std::int64_t alike = 0;
  auto walked = reader_.scan(query, [&](record::Record &&each) -> Status {
    if (each.id == record.id || each.withdrawn || each.owner_org != record.owner_org) return Done{};
    const auto &type = *env_.catalog->edition_on(each.type, each.day);
    if (own(each) == mine && record::holds(gate.when, {type, each, nullptr, -1, nullptr}, around))
      ++alike;
    return Done{};
  });
  if (!walked) failure_ = walked.error();
  return alike;
}

std::vector<std::string> Around::counted(const record::Record &record, const std::string &category,
                                         const Period &period) {
  std::vector<std::string> ids;
  for (const auto &indicator : env_.catalog->indicators)
    if (indicator.zero == category) ids.push_back(indicator.id);
  std::vector<std::string> found;
  if (ids.empty()) return found;
  auto figures = Figures(env_).compute_in(reader_, record.owner_org, period, ids);
  if (!figures) {
    failure_ = figures.error();
    return found;
  }
  for (const auto &figure : *figures)
    if (figure.exists() && figure.value > 0)
      found.push_back(fmt::format("{} {}{}", figure.label, figure.value, figure.unit));
  return found;
}

procedure::ReportState Around::report(const record::Record &record, int year,
                                      const std::string &outline) {
  // What people have written counts; only a report without a text is judged by what would be
  // drafted.
  auto written = written_report(reader_, record.id);
  if (!written) failure_ = written.error();
  if (written && *written) return std::move(**written);
  procedure::ReportState state;
  DraftRequest request;
  request.org = record.owner_org;
  request.year = year;
  request.outline = outline;
  auto draft = Reports(env_).draft_in(reader_, request);
  if (!draft) {
    state.lacking.push_back(draft.error().message);
    return state;
  }
  for (const auto &missing : draft->missing)
    if (missing.required) state.lacking.push_back(missing.message);
  for (const auto &block : draft->document.blocks)
    for (const auto &sentence : block.sentences)
      if (!sentence.authors.empty() && holds_number(sentence))
        state.typed.push_back(sentence.text());
  return state;
}

const Past &Around::past(const RecordId &record) {
  if (nearby_ != nullptr) {
    static const Past unknown{std::vector<record::Event>()};
    const auto *near = nearby_->past(record);
    return near != nullptr ? *near : unknown;
  }
  auto known = pasts_.find(record);
  if (known != pasts_.end()) return known->second;
  std::vector<record::Event> history;
  auto read = reader_.history(record);
  if (read) {
    history = std::move(*read);
  } else {
    failure_ = read.error();
  }
  return pasts_.emplace(record, Past(history)).first->second;
}

Status Around::status() const {
  if (failure_) return *failure_;
  return Done{};
}

catalog::Value setting_value(const catalog::Setting &setting, Date day) {
  const auto &written = setting.on(day);
  if (setting.type == "money") {
    if (auto fen = parse_count(written)) return Money::from_fen(*fen);
  } else if (setting.type == "count" || setting.type == "days") {
    if (auto n = parse_count(written)) return catalog::Count{*n};
  } else if (setting.type == "share" || setting.type == "number") {
    auto slash = written.find('/');
    if (slash == std::string::npos) {
      if (auto n = Decimal::parse(written)) return *n;
    } else {
      auto above = parse_count(written.substr(0, slash));
      auto below = parse_count(written.substr(slash + 1));
      if (above && below && *below > 0)
        return Decimal::from_millionths(*above * 1'000'000 / *below);
    }
  }
  return written;
}

} // namespace yifa::service
