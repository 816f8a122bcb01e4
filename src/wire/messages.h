#pragma once

#include "base/json.h"
#include "catalog/loader.h"
#include "catalog/model.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

/// The program words errors in English; catalog/messages.yaml says each in Chinese.
namespace yifa::wire {

/// Pairs of patterns {en, zh}. A slot `{1}` of `en` takes any text, which is put into the slot of
/// that number in `zh`, itself translated first. A slot may say more: `{1:raw}` is never translated
/// (what somebody wrote), `{1:id}` takes only the letters of ids and field paths, `{1:n}` only
/// digits and what stands between them, `{1:name}` takes ids ("a or b") and gives the labels of the
/// ledgers, figures or roles they name. `{1:list}` is translated piece by piece (", " or "; "
/// between them),
/// `{1:codes}` likewise, each piece without the code before its label. The pattern with the most
/// fixed text wins.
class Messages {
public:
  /// Those built into the program; with the names of a catalog.
  static Messages embedded();
  static Messages embedded(const catalog::Catalog &catalog);
  /// Invalid: what is wrong with the file, by line and column.
  static Result<Messages> read(const std::string &yaml);

  /// The Chinese words; what no pattern knows comes back unchanged.
  std::string translate(std::string_view english) const;
  /// Every `message`, `source`, `says` and `why` within, at any depth, and the texts of `notes`.
  void translate_in(json::value &value) const;

  /// What ids of ledgers, figures and roles are called from now on.
  void name(const catalog::Catalog &catalog);

  std::size_t size() const { return entries_.size(); }

private:
  enum class Take { Any, Raw, Id, Number, Name, List, Codes };
  struct Slot {
    int number = 0; ///< from 1
    Take take = Take::Any;
  };
  /// Fixed texts with a slot between each two: pieces.size() == slots.size() + 1.
  struct Pattern {
    std::vector<std::string> pieces;
    std::vector<Slot> slots;
    std::size_t fixed = 0; ///< bytes of the pieces
  };
  struct Entry {
    Pattern en;
    Pattern zh;
  };
  class Matching;

  static Result<Pattern> pattern_of(std::string_view text);
  std::string translate(std::string_view english, int depth) const;
  std::string list(std::string_view taken, bool codes, int depth) const;
  std::string filled(const Entry &entry, const std::vector<std::string_view> &taken,
                     int depth) const;

  std::map<std::string, std::string, std::less<>> names_;
  std::vector<Entry> entries_; ///< those with the most fixed text first
};

} // namespace yifa::wire
