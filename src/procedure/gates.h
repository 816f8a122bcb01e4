#pragma once

#include "procedure/reckon.h"
#include "record/matches.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

/// What the law asks of a step. Pure functions of the record as it would stand after the step and
/// of the records around it.
namespace yifa::procedure {

/// What is not as it should be.
struct Lack {
  std::string where;      ///< field
  std::string message;    ///< without the gate's name
  bool undecided = false; ///< cannot be judged here
};

struct Facts;
/// What the closed list of gates cannot say: nothing when it holds.
using SpecialRule = std::optional<Lack> (*)(const record::Place &place, const Facts &facts);

/// An annual report as it would be composed from the records today.
struct ReportState {
  std::vector<std::string> lacking; ///< what it may not be handed in without, in words
  std::vector<std::string> typed;   ///< sentences of people that hold numbers of their own
};

/// The looks outside the record that gates take.
struct Facts {
  record::Surroundings around;
  const Calendar *calendar = nullptr;
  /// A linked record of one of the types, in its edition; null when there is none.
  std::function<const record::Record *(const RecordId &id, const std::vector<std::string> &types)>
      linked;
  /// Days on which the record stood in a state; asked only where a pause is a state.
  std::function<std::vector<Stretch>(const std::string &state)> stays;
  /// Extensions granted to a time limit of the record (nil) or of a part; asked only where the law
  /// gives one.
  std::function<std::vector<Extension>(const std::string &rule, const RecordId &part)> extensions;
  /// How many other records of the ledger, of the same office and the same year or month, agree
  /// with this one in what the gate counts `per`, and meet its `when`.
  std::function<std::int64_t(const catalog::Gate &gate)> siblings;
  /// The rule the catalog calls by name (src/rules); null for an unknown name.
  std::function<SpecialRule(const std::string &name)> rule;
  /// Figures of the record's office in a zero category that are not zero in a period: label and
  /// value with unit.
  std::function<std::vector<std::string>(const std::string &category, const Period &period)>
      counted;
  /// The annual report of the record's office of that year.
  std::function<ReportState(int year, const std::string &outline)> report;
};

/// A ground of exemption that somebody relies on.
struct Claim {
  std::string gate; ///< id, or its last word where that is clear
  std::string ground;
};

/// What became of one gate.
struct Verdict {
  enum class Kind {
    Holds,
    Exempt,    ///< would not hold; a ground of the catalog was claimed or is met
    Warns,     ///< does not hold; the article expects it
    Refuses,   ///< does not hold; the article forbids the step
    Undecided, ///< asks what this program cannot judge yet (docs/catalog.md names the kinds)
  };
  const catalog::Gate *gate = nullptr;
  Kind kind = Kind::Holds;
  std::string ground; ///< of Exempt
  Problem problem;    ///< of Warns and Refuses: what is missing, the source, who can supply it
};

/// Judges gates at a place. A gate whose `when` does not hold there is left out. Invalid when a
/// claim names a ground the gate does not have.
Result<std::vector<Verdict>> judge(const std::vector<catalog::Gate> &gates,
                                   const record::Place &place, const std::string &role,
                                   const std::vector<Claim> &claims, const Facts &facts);

} // namespace yifa::procedure
