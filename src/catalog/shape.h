#pragma once

#include "catalog/model.h"
#include "catalog/report.h"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The shape pass: is a node a map, a list or a text, are its keys known, is a number a number.
namespace yifa::catalog {

/// A map whose keys are all known. Every unknown key is reported at once with the nearest known
/// one.
class Shape {
public:
  Shape(const Node &node, Report &report, std::string_view what,
        std::initializer_list<std::string_view> known);

  /// A map that was checked before.
  Shape(const Node &node, Report &report, std::string_view what)
      : node_(node), report_(report), what_(what) {}

  const Node &node() const { return node_; }
  bool good() const { return node_.is_map(); }
  const std::string &what() const { return what_; }

  /// nullptr when the key is absent, empty or unreadable.
  const Node *get(std::string_view key) const;
  /// The same, and an absent key is an error.
  const Node *need(std::string_view key) const;
  bool has(std::string_view key) const { return get(key) != nullptr; }

  std::string text(std::string_view key) const;      ///< empty if absent
  std::string need_text(std::string_view key) const; ///< empty after an error
  bool flag(std::string_view key) const;             ///< false if absent
  std::int64_t number(std::string_view key, std::int64_t absent = 0) const;
  std::vector<const Node *>
  list(std::string_view key) const; ///< a single text counts as a list of one

private:
  const Node &node_;
  Report &report_;
  std::string what_;
};

/// Reads one node; an error and an empty value when it is of another kind.
std::string read_text(const Node &node, Report &report, std::string_view what);
bool read_flag(const Node &node, Report &report, std::string_view what);
/// A whole number from 0 to 10^15.
std::optional<std::int64_t> read_number(const Node &node, Report &report, std::string_view what);
std::optional<Date> read_date(const Node &node, Report &report, std::string_view what);
/// One of several words; -1 after an error.
int read_word(const Node &node, Report &report, std::string_view what,
              std::initializer_list<std::string_view> words);
/// The nodes of a list, or the one text; each must be a text.
std::vector<const Node *> read_texts(const Node &node, Report &report, std::string_view what);

/// `{zh: …, en: …}`, both filled.
Words read_words(const Node &node, Report &report, std::string_view what);
/// `help`, `definition`: zh is needed, en is not.
Words read_help(const Node &node, Report &report, std::string_view what);
bool looks_like_words(const Node &node);
/// Whether a name is made of a-z, 0-9 and _ and begins with a letter. Else an error. What
/// predicates ask by name (fields, parts, links) cannot be one of their own words (all, any, some,
/// …).
bool check_name(const Node &key, Report &report, std::string_view what,
                bool asked_in_predicates = false);

} // namespace yifa::catalog
