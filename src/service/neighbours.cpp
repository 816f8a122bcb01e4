#include "service/neighbours.h"

#include "base/text.h"

#include <algorithm>

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
  around.met = [](const std::string &, const record::Record &) { return std::optional<bool>(); };
  return around;
}

std::vector<const record::Record *> Around::linked(const Predicate::Subject &subject,
                                                   const record::Record &record) {
  std::vector<record::Record> found;
  if (subject.kind == Predicate::Subject::Kind::Back) {
    auto pointing =
        reader_.pointing(record.owner_org.county(), subject.type, subject.link, record.id);
    if (pointing) {
      found = std::move(*pointing);
    } else {
      failure_ = pointing.error();
    }
  } else if (const auto *type = env_.catalog->type(record.type)) {
    const auto &field = type->fields[static_cast<std::size_t>(subject.index)];
    std::vector<RecordId> targets;
    const auto &value = record.value(subject.index);
    if (const auto *one = value.get<RecordId>()) targets.push_back(*one);
    if (const auto *many = value.get<std::vector<catalog::Value>>())
      for (const auto &each : *many)
        if (const auto *id = each.get<RecordId>()) targets.push_back(*id);
    for (const auto &target : targets)
      for (const auto &to : field.to) {
        auto loaded = reader_.get(to, target);
        if (!loaded) failure_ = loaded.error();
        if (loaded && *loaded) {
          found.push_back(std::move(**loaded));
          break;
        }
      }
  }
  std::vector<const record::Record *> seen;
  for (auto &each : found) {
    if (each.withdrawn) continue;
    loaded_.push_back(std::move(each));
    seen.push_back(&loaded_.back());
  }
  std::sort(seen.begin(), seen.end(), [](const auto *a, const auto *b) {
    return a->day != b->day ? a->day < b->day : a->id < b->id;
  });
  return seen;
}

const record::Record *Around::find(const RecordId &id, const std::vector<std::string> &types) {
  for (const auto &type : types) {
    auto loaded = reader_.get(type, id);
    if (!loaded) failure_ = loaded.error();
    if (!loaded || !*loaded) continue;
    loaded_.push_back(std::move(**loaded));
    return &loaded_.back();
  }
  return nullptr;
}

procedure::Facts Around::facts(const procedure::Calendar &calendar, const record::Record &record) {
  return {
      view(), &calendar,
      [this](const RecordId &id, const std::vector<std::string> &types) { return find(id, types); },
      [this, id = record.id](const std::string &state) { return past(id).stays(state); },
      [this, id = record.id](const std::string &rule, const RecordId &part) {
        return past(id).extensions(rule, part);
      }};
}

const Past &Around::past(const RecordId &record) {
  auto known = pasts_.find(record);
  if (known != pasts_.end()) return known->second;
  std::vector<record::Event> history;
  auto read = reader_.history(record);
  if (read) {
    history = std::move(*read);
  } else {
    failure_ = read.error();
  }
  return pasts_.emplace(record, Past(history, env_.clock.today())).first->second;
}

Status Around::status() const {
  if (failure_) return *failure_;
  return Done{};
}

catalog::Value setting_value(const catalog::Setting &setting, Date day) {
  const auto &written = setting.on(day);
  if (setting.type == "money") {
    if (auto money = Money::parse(written)) return *money;
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
