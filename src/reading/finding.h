#pragma once

#include "base/result.h"
#include "reading/text.h"

#include <cstddef>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace yifa::reading {

enum class Severity { Error, Warning, Note };
std::string_view to_string(Severity severity); ///< error, warning, note

/// A rule as catalog/checks/rules/*.yaml gives it: everything but how it looks.
struct Rule {
  std::string id; ///< "structure.number_gap"
  Severity severity = Severity::Warning;
  std::string title;          ///< 编号跳号
  std::string title_en;       ///< the same in English; may be empty
  std::string what;           ///< a paragraph for docs: what it finds and why that matters
  std::string message;        ///< with {slots} the check fills
  std::string suggestion;     ///< with {slots}; may be empty
  std::string bad;            ///< an example that it finds
  std::string good;           ///< its mended twin, in which it finds nothing
  bool by_conversion = false; ///< may come from conversion: only suspected in converted files
  bool described = false;     ///< its examples are only told, not run
  bool on = true;
  std::map<std::string, std::vector<std::string>, std::less<>> words; ///< lists the check asks for
  std::map<std::string, std::string, std::less<>> values;             ///< thresholds it asks for

  std::string group() const { return id.substr(0, id.find('.')); }
  const std::vector<std::string> &list(std::string_view name) const; ///< empty if absent
  double number(std::string_view name, double absent = 0) const;
};

/// A passage elsewhere that a finding speaks of.
struct Elsewhere {
  std::string file;  ///< empty: this file
  std::string place; ///< 高观镇, or empty
  Span span;
  std::string excerpt;
};

struct Finding {
  std::string rule;
  Severity severity = Severity::Warning;
  Span span; ///< empty at 0 when it is about the whole report
  std::size_t line = 1;
  std::string excerpt;
  std::string message;
  std::string suggestion;
  bool suspected = false;
  std::optional<Elsewhere> elsewhere;
};

/// All rules by id, in the order of the files.
class Rules {
public:
  void add(Rule rule);
  const Rule *find(std::string_view id) const;
  Rule *find(std::string_view id);
  const std::vector<Rule> &all() const { return rules_; }
  /// Switches by patterns, later ones win: "time", "-format", "structure.number_gap=error",
  /// "-residue.width_mixed". A first pattern without "-" and "=" means: only these.
  /// Invalid: names no rule or group, with the nearest one.
  Status choose(const std::vector<std::string> &patterns);

private:
  std::vector<Rule> rules_;
  std::map<std::string, std::size_t, std::less<>> places_;
};

using Slots = std::initializer_list<std::pair<std::string_view, std::string>>;

/// Where checks put what they find.
class Findings {
public:
  Findings(const Text &text, const Rules &rules, bool converted)
      : text_(text), rules_(rules), converted_(converted) {}
  /// The rule's data; nullptr when it is switched off (or unknown: a fault of ours, told by a
  /// test).
  const Rule *rule(std::string_view id) const;
  /// Adds a finding of a rule that is on; nothing otherwise. Fills {slots} of message and
  /// suggestion. Returns it for further marks, or nullptr.
  Finding *add(std::string_view rule, Span span, Slots slots = {});
  /// By place, then rule; what is said twice of one place once.
  std::vector<Finding> take();

private:
  const Text &text_;
  const Rules &rules_;
  bool converted_;
  std::vector<Finding> findings_;
  std::set<std::string> ids_;
};

} // namespace yifa::reading
