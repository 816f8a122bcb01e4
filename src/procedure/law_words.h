#pragma once

#include "catalog/model.h"

#include <string>
#include <utility>
#include <vector>

/// Conditions, gates and time limits of a ledger in Chinese words, for plans and dossiers. The
/// words are the catalog's (phrases.yaml: law, gate, term).
namespace yifa::procedure {

class LawWords {
public:
  LawWords(const catalog::Catalog &catalog, const catalog::RecordType &type)
      : catalog_(catalog), type_(type) {}

  /// 决定为“给予处罚”，且没有听证
  std::string condition(const catalog::Predicate &test, const catalog::Part *part) const;
  /// What the gate asks, without its condition, exceptions and article.
  std::string demand(const catalog::Gate &gate, const catalog::Part *part) const;
  /// The same with its condition and exceptions.
  std::string gate(const catalog::Gate &gate, const catalog::Part *part) const;
  /// What it is about in a word or two (a part, papers, entries); empty when only the article
  /// tells.
  std::string gate_subject(const catalog::Gate &gate, const catalog::Part *part) const;
  /// 7个工作日内；可延长30日
  std::string limit(const catalog::Deadline &rule) const;
  /// 行政处罚法 第六十一条, marked when nobody read it; how it binds.
  std::string source(const catalog::Source &source) const;
  std::string binding(catalog::Binding binding) const;
  /// The label of an entry by its written name: "field", "part.field", "owner.field".
  std::string entry(const std::string &name, const catalog::Part *part) const;
  std::string phrase(const std::string &key) const { return std::string(catalog_.phrase(key)); }
  /// The phrase with its slots filled: {"field", "决定"}, …
  std::string phrase(const std::string &key,
                     const std::vector<std::pair<std::string, std::string>> &slots) const;

private:
  struct View; ///< whose fields bare names are

  std::string first_subject(const catalog::Predicate &test) const;
  /// The ledger's time limit of that id and the part it stands on; null when it has none.
  std::pair<const catalog::Deadline *, const catalog::Part *>
  rule_named(const std::string &id) const;
  std::string words(const catalog::Predicate &test, const View &view) const;
  std::string compare(const catalog::Predicate &test, const View &view) const;
  std::string quantified(const catalog::Predicate &test, const View &view) const;
  std::string operand(const catalog::Operand &operand, const catalog::Field *field,
                      const View &view) const;
  const catalog::Field *field_of(const catalog::FieldRef &ref, const View &view) const;
  std::string label(const catalog::FieldRef &ref, const View &view) const;
  std::string labels(const std::vector<catalog::FieldRef> &refs, const View &view) const;

  const catalog::Catalog &catalog_;
  const catalog::RecordType &type_;
};

} // namespace yifa::procedure
