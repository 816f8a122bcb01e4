#include "mutants.h"

#include "base/file.h"
#include "base/text.h"
#include "procedure/reckon.h"
#include "procedure/rules.h"

#include <algorithm>
#include <functional>
#include <iostream>
#include <set>

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

namespace yifa::law {
namespace {

using catalog::Deadline;
using catalog::Gate;
using catalog::RecordType;

struct Mutant {
  std::string id; ///< "penalty.decide.noticed drop"
  std::string type;
  std::string rule; ///< of a time limit
  std::string word; ///< the gate's last word: cases that name it run first
  std::size_t edition = 0;
  std::function<void(RecordType &)> change;
};

/// Where a list of gates lies inside a ledger.
using GatesOf = std::function<std::vector<Gate> &(RecordType &)>;
using LimitsOf = std::function<std::vector<Deadline> &(RecordType &)>;

class Breeding {
public:
  explicit Breeding(const catalog::Catalog &catalog) : catalog_(catalog) {}

  std::vector<Mutant> all() {
    for (edition_ = 0; edition_ < catalog_.editions.size(); ++edition_) {
      const auto &type = catalog_.editions[edition_];
      const bool past = catalog_.type(type.id)->edition != type.edition;
      suffix_ = past ? "@" + type.edition.text() : "";
      gates(
          type.gates, [](RecordType & t) -> auto & { return t.gates; });
      limits(
          type.deadlines, [](RecordType & t) -> auto & { return t.deadlines; });
      for (std::size_t i = 0; i < type.transitions.size(); ++i) {
        gates(
            type.transitions[i].gates, [i](RecordType & t) -> auto & {
              return t.transitions[i].gates;
            });
        if (type.transitions[i].at_most > 0)
          add(type.id + "." + type.transitions[i].id, "any number of times", "", "",
              [i](RecordType &t) { t.transitions[i].at_most = 0; });
      }
      for (std::size_t i = 0; i < type.parts.size(); ++i) {
        gates(
            type.parts[i].gates, [i](RecordType & t) -> auto & { return t.parts[i].gates; });
        limits(
            type.parts[i].deadlines, [i](RecordType & t) -> auto & {
              return t.parts[i].deadlines;
            });
      }
    }
    return std::move(mutants_);
  }

private:
  void add(const std::string &what, const std::string &how, const std::string &rule,
           const std::string &word, std::function<void(RecordType &)> change) {
    mutants_.push_back({what + suffix_ + " " + how, catalog_.editions[edition_].id, rule, word,
                        edition_, std::move(change)});
  }

  void gates(const std::vector<Gate> &list, const GatesOf &of) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      const auto &gate = list[i];
      const auto word = gate.id.substr(gate.id.rfind('.') + 1);
      const auto change = [&](const std::string &how, std::function<void(Gate &)> alter) {
        add(gate.id, how, "", word,
            [of, i, alter = std::move(alter)](RecordType &t) { alter(of(t)[i]); });
      };
      add(gate.id, "dropped", "", word,
          [of, i](RecordType &t) { of(t).erase(of(t).begin() + static_cast<std::ptrdiff_t>(i)); });
      change(gate.blocks ? "only warns" : "forbids", [](Gate &g) { g.blocks = !g.blocks; });
      if (!gate.when.always()) change("always", [](Gate &g) { g.when = {}; });
      if (gate.kind == Gate::Kind::Valid) {
        change("one more", [](Gate &g) { g.at_least += 1; });
        if (gate.at_least > 1) change("one less", [](Gate &g) { g.at_least -= 1; });
      }
      if (gate.kind == Gate::Kind::Require || gate.kind == Gate::Kind::Papers)
        for (std::size_t f = 0; f < gate.fields.size() && gate.fields.size() > 1; ++f)
          change("without " + gate.fields[f].name, [f](Gate &g) {
            g.fields.erase(g.fields.begin() + static_cast<std::ptrdiff_t>(f));
          });
      for (std::size_t e = 0; e < gate.exempt.size(); ++e) {
        change("not exempt: " + gate.exempt[e].ground,
               [e](Gate &g) { g.exempt.erase(g.exempt.begin() + static_cast<std::ptrdiff_t>(e)); });
        if (!gate.exempt[e].when.always())
          change("loosely exempt: " + gate.exempt[e].ground,
                 [e](Gate &g) { g.exempt[e].when = {}; });
      }
    }
  }

  static Deadline::Unit other(Deadline::Unit unit) {
    using Unit = Deadline::Unit;
    switch (unit) {
    case Unit::Days:
      return Unit::Workdays;
    case Unit::Months:
      return Unit::Years;
    case Unit::Years:
      return Unit::Months;
    case Unit::Workdays:
    case Unit::Hours:
      break;
    }
    return Unit::Days;
  }

  void limits(const std::vector<Deadline> &list, const LimitsOf &of) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      const auto &rule = list[i];
      const auto change = [&](const std::string &how, std::function<void(Deadline &)> alter) {
        add(rule.id, how, rule.id, "",
            [of, i, alter = std::move(alter)](RecordType &t) { alter(of(t)[i]); });
      };
      if (rule.kind == Deadline::Kind::By) {
        change("a day later", [](Deadline &d) { d.day += 1; });
        change(rule.inclusive ? "exclusive" : "inclusive",
               [](Deadline &d) { d.inclusive = !d.inclusive; });
      } else {
        change("one more", [](Deadline &d) { d.amount += 1; });
        if (rule.amount > 0) {
          change("one less", [](Deadline &d) { d.amount -= 1; });
          change("another unit", [](Deadline &d) { d.unit = other(d.unit); });
        }
      }
      if (rule.unit != Deadline::Unit::Workdays)
        change(rule.roll ? "does not roll" : "rolls", [](Deadline &d) { d.roll = !d.roll; });
      if (!rule.when.always()) change("always", [](Deadline &d) { d.when = {}; });
      if (rule.from.size() > 1)
        change("from the other day",
               [](Deadline &d) { std::reverse(d.from.begin(), d.from.end()); });
      for (std::size_t p = 0; p < rule.pauses.size(); ++p)
        change(fmt::format("without pause {}", p + 1), [p](Deadline &d) {
          d.pauses.erase(d.pauses.begin() + static_cast<std::ptrdiff_t>(p));
        });
      if (rule.extend) {
        change("cannot be extended", [](Deadline &d) { d.extend.reset(); });
        if (!rule.extend->any) change("extended longer", [](Deadline &d) { d.extend->by += 1; });
      }
    }
  }

  const catalog::Catalog &catalog_;
  std::size_t edition_ = 0;
  std::string suffix_;
  std::vector<Mutant> mutants_;
};

/// The table of plain time limits (deadlines.csv): rule, from, suspend, extend, due.
class PlainLimits {
public:
  explicit PlainLimits(const std::filesystem::path &tree) {
    auto content = read_file(tree / "tests/law/deadlines.csv");
    if (!content) return;
    for (const auto &line : text::split(*content, '\n')) {
      auto cells = text::split(line, ',');
      if (cells.size() >= 5 && cells[0] != "rule") rows_.push_back(std::move(cells));
    }
  }

  bool notices(const catalog::Catalog &catalog, const std::string &rule) const {
    const procedure::Calendar calendar(catalog);
    return std::any_of(rows_.begin(), rows_.end(), [&](const auto &row) {
      return row[0] == rule && due(catalog, calendar, row) != row[4];
    });
  }

private:
  static std::string due(const catalog::Catalog &catalog, const procedure::Calendar &calendar,
                         const std::vector<std::string> &row) {
    auto from = Date::parse(row[1]);
    if (!from) return row[4];
    auto rule = procedure::find_rule(catalog, row[0], *from);
    if (!rule) return "gone";
    procedure::ReckonInput input;
    input.from = *from;
    if (const auto dots = row[2].find(".."); dots != std::string::npos)
      input.pauses.push_back({Date::parse(row[2].substr(0, dots)).value(),
                              Date::parse(row[2].substr(dots + 2)).value()});
    if (!row[3].empty()) {
      if (!rule->deadline->extend) return "not extended";
      input.extensions.push_back({std::stoll(row[3]), rule->deadline->extend->any
                                                          ? rule->deadline->unit
                                                          : rule->deadline->extend->unit});
    }
    auto worked = procedure::reckon(*rule->deadline, input, calendar);
    return worked ? worked->due.text() : "error";
  }

  std::vector<std::vector<std::string>> rows_;
};

std::set<std::string> ledgers_of(const Table &table) {
  std::set<std::string> found{table.ledger};
  for (const auto &step : table.records) found.insert(step.type);
  for (const auto &one : table.cases)
    for (const auto &step : one.before)
      if (!step.type.empty()) found.insert(step.type);
  return found;
}

} // namespace

int mutate(Court &court, const std::vector<Table> &tables, const std::filesystem::path &tree,
           const std::vector<std::string> &words) {
  const auto base = court.catalog();
  auto changed = std::make_shared<catalog::Catalog>(base);
  court.judge_by(changed);
  const PlainLimits plain(tree);
  YAML::Node reasons;
  if (const auto file = tree / "tests/law/survivors.yaml"; std::filesystem::exists(file))
    reasons = YAML::LoadFile(file.string());
  std::vector<std::set<std::string>> ledgers;
  for (const auto &table : tables) ledgers.push_back(ledgers_of(table));

  const auto noticed = [&](const Mutant &mutant) {
    if (!mutant.rule.empty() && plain.notices(*changed, mutant.rule)) return true;
    for (const bool first : {true, false})
      for (std::size_t t = 0; t < tables.size(); ++t) {
        if (!ledgers[t].contains(mutant.type)) continue;
        for (const auto &one : tables[t].cases) {
          const auto &gates = one.expected.gates;
          const bool names = std::find(gates.begin(), gates.end(), mutant.word) != gates.end() ||
                             one.expected.limits.contains(mutant.rule);
          if (names == first && !court.differs(tables[t], one).empty()) return true;
        }
      }
    return false;
  };

  std::size_t total = 0;
  std::size_t killed = 0;
  std::size_t explained = 0;
  for (const auto &mutant : Breeding(base).all()) {
    if (!words.empty() && std::find(words.begin(), words.end(), mutant.type) == words.end())
      continue;
    ++total;
    auto &type = changed->editions[mutant.edition];
    const auto before = type;
    mutant.change(type);
    const bool seen = noticed(mutant);
    type = before;
    if (seen) {
      ++killed;
      continue;
    }
    const auto reason = reasons[mutant.id];
    if (reason) ++explained;
    std::cout << "survives: " << mutant.id;
    if (reason) std::cout << " — " << reason.as<std::string>();
    std::cout << "\n" << std::flush;
  }
  court.judge_by(std::make_shared<catalog::Catalog>(base));
  std::cout << fmt::format(
      "{} of {} changes of the law noticed ({:.1f} %); {} survive with a "
      "reason, {} without\n",
      killed, total,
      total == 0 ? 0.0 : 100.0 * static_cast<double>(killed) / static_cast<double>(total),
      explained, total - killed - explained);
  return total > 0 && killed * 100 >= total * 95 ? 0 : 1;
}

} // namespace yifa::law
