#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

/// The part of YAML a catalog is written in, read by ourselves because yaml-cpp takes a hundred
/// milliseconds for the catalog, accepts duplicate keys and unclosed quotes, and calls `no` a truth
/// value. What is accepted here means the same to every other YAML reader (tests compare with
/// yaml-cpp). docs/adr/0010 gives the reasons.
namespace yifa::catalog {

class Report;
struct SourceFile;

/// Equal words; most differ in length or first letter, and the loader compares a hundred thousand
/// of them.
inline bool same_word(std::string_view a, std::string_view b) {
  return a.size() == b.size() && (a.empty() || (a.front() == b.front() && a == b));
}

/// A node of one file. It points into its file, which outlives it.
struct Node {
  enum class Kind : std::uint8_t { Null, Scalar, Sequence, Map, Broken };
  Kind kind = Kind::Null;
  bool quoted = false;
  bool incomplete = false;  ///< a map that lost an entry to a fault
  std::uint32_t offset = 0; ///< in bytes; lines and columns are counted only when something is said
  const SourceFile *file = nullptr;
  std::string_view text;   ///< of a scalar
  std::vector<Node> items; ///< of a sequence; of a map key, value, key, value

  bool is_map() const { return kind == Kind::Map; }
  bool is_list() const { return kind == Kind::Sequence; }
  bool is_text() const { return kind == Kind::Scalar; }
  bool is_null() const { return kind == Kind::Null; }
  bool broken() const { return kind == Kind::Broken; }
  std::size_t pairs() const { return items.size() / 2; }
  const Node &key(std::size_t i) const { return items[2 * i]; }
  const Node &value(std::size_t i) const { return items[2 * i + 1]; }
  /// The value under a key; nullptr if there is none.
  const Node *find(std::string_view key) const;
};

struct SourceFile {
  std::string path;
  std::string text;
  std::deque<std::string> owned; ///< texts that needed unescaping
  Node root;
  bool broken = false; ///< had a syntax error; what is missing in it is no further error
};

/// Fills `file.root`. Every fault is reported; after one the reader goes on with the next entry of
/// the enclosing map. Refused: tabs, control and invisible characters, invalid UTF-8, anchors,
/// aliases, tags, directives, several documents, duplicate and merge keys, words and numbers that
/// YAML 1.1 reads as something else, texts over several lines (but for `|` and `>`), more than 32
/// levels, more than a million bytes.
void read_yaml(SourceFile &file, Report &report);

} // namespace yifa::catalog
