#include "wire/messages.h"

#include "base/text.h"
#include "catalog/embedded.h"
#include "catalog/report.h"
#include "catalog/shape.h"
#include "catalog/strict_yaml.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace yifa::wire {
namespace {

constexpr const char *kFile = "messages.yaml";
/// Nobody reads a longer message; what is longer is somebody's text.
constexpr std::size_t kLongest = 4'000;
/// Messages hold messages, but not endlessly.
constexpr int kDeepest = 8;
/// Attempts to fit one pattern.
constexpr int kMostTries = 300;

bool letter_of_id(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("_.-@$[]").find(c) != std::string_view::npos;
}

/// "penalty or contract": the ids of it.
std::vector<std::string> named_ids(std::string_view text) {
  return text::split(text::replace_all(std::string(text), " or ", "\x1f"), '\x1f');
}

bool letter_of_number(char c) {
  return (c >= '0' && c <= '9') || std::string_view("-./:").find(c) != std::string_view::npos;
}

} // namespace

/// One attempt to read a text as a pattern.
class Messages::Matching {
public:
  Matching(const Pattern &pattern, std::string_view text) : pattern_(pattern), text_(text) {}

  bool run() {
    const auto &pieces = pattern_.pieces;
    if (text_.size() < pattern_.fixed || !text_.starts_with(pieces.front()) ||
        !text_.ends_with(pieces.back()))
      return false;
    if (pattern_.slots.empty()) return text_.size() == pattern_.fixed;
    return rest(0, pieces.front().size());
  }
  const std::vector<std::string_view> &taken() const { return taken_; }

private:
  bool fits(std::size_t slot, std::string_view text) const {
    switch (pattern_.slots[slot].take) {
    case Take::Name:
      for (const auto &one : named_ids(text))
        if (one.empty() || !std::all_of(one.begin(), one.end(), letter_of_id)) return false;
      return true;
    case Take::Id:
      return !text.empty() && std::all_of(text.begin(), text.end(), letter_of_id);
    case Take::Number:
      return !text.empty() && std::all_of(text.begin(), text.end(), letter_of_number);
    case Take::Any:
    case Take::Raw:
    case Take::List:
    case Take::Codes:
      break;
    }
    return true;
  }

  /// The slots from `slot` on, of the text from `at` on.
  bool rest(std::size_t slot, std::size_t at) {
    if (++tries_ > kMostTries) return false;
    const bool last = slot + 1 == pattern_.slots.size();
    const auto &behind = pattern_.pieces[slot + 1];
    if (last) {
      const auto end = text_.size() - behind.size();
      if (end < at || !fits(slot, text_.substr(at, end - at))) return false;
      taken_.push_back(text_.substr(at, end - at));
      return true;
    }
    for (auto end = text_.find(behind, at); end != std::string_view::npos;
         end = text_.find(behind, end + 1)) {
      if (!fits(slot, text_.substr(at, end - at))) continue;
      taken_.push_back(text_.substr(at, end - at));
      if (rest(slot + 1, end + behind.size())) return true;
      taken_.pop_back();
    }
    return false;
  }

  const Pattern &pattern_;
  std::string_view text_;
  std::vector<std::string_view> taken_;
  int tries_ = 0;
};

Result<Messages::Pattern> Messages::pattern_of(std::string_view text) {
  static constexpr std::pair<std::string_view, Take> kTakes[] = {
      {"raw", Take::Raw},   {"id", Take::Id},     {"n", Take::Number},
      {"name", Take::Name}, {"list", Take::List}, {"codes", Take::Codes}};
  Pattern made;
  std::string piece;
  while (!text.empty()) {
    const auto close = text.front() == '{' ? text.find('}') : std::string_view::npos;
    if (close == std::string_view::npos) {
      piece += text.front();
      text.remove_prefix(1);
      continue;
    }
    const auto inside = text.substr(1, close - 1);
    const auto kind = inside.size() > 2 ? inside.substr(2) : std::string_view();
    Slot slot;
    for (const auto &[word, take] : kTakes)
      if (word == kind) slot.take = take;
    const bool numbered = !inside.empty() && inside[0] >= '1' && inside[0] <= '9' &&
                          (inside.size() == 1 || (inside[1] == ':' && slot.take != Take::Any));
    if (!numbered) return invalid(fmt::format("{{{}}} is no slot", inside));
    slot.number = inside[0] - '0';
    made.slots.push_back(slot);
    made.pieces.push_back(std::move(piece));
    piece.clear();
    text.remove_prefix(close + 1);
  }
  made.pieces.push_back(std::move(piece));
  for (const auto &each : made.pieces) made.fixed += each.size();
  return made;
}

Result<Messages> Messages::read(const std::string &yaml) {
  catalog::Report report;
  catalog::SourceFile file;
  file.path = kFile;
  file.text = yaml;
  catalog::read_yaml(file, report);
  Messages made;
  std::set<std::string, std::less<>> seen;
  if (!file.broken && !file.root.is_list())
    report.error(file.root, "messages.yaml is a list of {en, zh}");
  for (const auto &node : file.root.is_list() ? file.root.items : std::vector<catalog::Node>()) {
    const auto words = catalog::read_words(node, report, "a message");
    if (words.en.empty() || words.zh.empty()) continue;
    auto en = pattern_of(words.en);
    auto zh = pattern_of(words.zh);
    if (!en || !zh) {
      report.error(node, en ? zh.error().message : en.error().message);
      continue;
    }
    if (en->fixed == 0) report.error(node, "a message of slots alone would fit everything");
    if (!seen.insert(words.en).second) report.error(node, "this message stands here twice");
    for (const auto &slot : zh->slots)
      if (std::none_of(en->slots.begin(), en->slots.end(),
                       [&](const Slot &one) { return one.number == slot.number; }))
        report.error(node, fmt::format("the slot {{{}}} is not in the English words", slot.number));
    made.entries_.push_back({std::move(*en), std::move(*zh)});
  }
  if (report.failed()) {
    std::vector<Problem> problems;
    for (const auto &one : report.take())
      problems.push_back(
          {fmt::format("{}:{}:{}", one.file, one.line, one.column), one.message, "", ""});
    return invalid("the Chinese messages cannot be read", std::move(problems));
  }
  // A slot that takes little is worth a fixed character: it was written to tell texts apart.
  const auto weight = [](const Entry &entry) {
    auto sum = 2 * entry.en.fixed;
    for (const auto &slot : entry.en.slots)
      if (slot.take == Take::Id || slot.take == Take::Number || slot.take == Take::Name) ++sum;
    return sum;
  };
  std::stable_sort(
      made.entries_.begin(), made.entries_.end(),
      [&](const Entry &one, const Entry &other) { return weight(one) > weight(other); });
  return made;
}

Messages Messages::embedded() {
  const auto &sources = catalog::embedded_sources();
  const auto file = sources.find(kFile);
  if (file == sources.end()) return {};
  auto made = read(file->second); // a test reads it and wants no fault
  return made ? std::move(*made) : Messages();
}

Messages Messages::embedded(const catalog::Catalog &catalog) {
  auto made = embedded();
  made.name(catalog);
  return made;
}

void Messages::name(const catalog::Catalog &catalog) {
  for (const auto &[id, words] : catalog.roles) names_[id] = words.zh;
  for (const auto &one : catalog.indicators) names_[one.id] = one.label.zh;
  for (const auto &id : catalog.type_ids()) names_[id] = catalog.type(id)->label.zh;
}

std::string Messages::translate(std::string_view english) const { return translate(english, 0); }

std::string Messages::translate(std::string_view english, int depth) const {
  if (depth > kDeepest || english.empty() || english.size() > kLongest) return std::string(english);
  for (const auto &entry : entries_) {
    Matching matching(entry.en, english);
    if (matching.run()) return filled(entry, matching.taken(), depth);
  }
  return std::string(english);
}

std::string Messages::list(std::string_view taken, bool codes, int depth) const {
  const auto even =
      text::replace_all(text::replace_all(std::string(taken), "; ", "\x1f"), ", ", "\x1f");
  std::vector<std::string> each;
  for (std::string_view item : text::split(even, '\x1f')) {
    const auto blank = codes ? item.find(' ') : std::string_view::npos;
    if (blank != std::string_view::npos &&
        std::all_of(item.begin(), item.begin() + static_cast<std::ptrdiff_t>(blank), letter_of_id))
      item.remove_prefix(blank + 1);
    each.push_back(translate(item, depth + 1));
  }
  return text::join(each, "、");
}

std::string Messages::filled(const Entry &entry, const std::vector<std::string_view> &taken,
                             int depth) const {
  const auto value = [&](int number) -> std::string {
    for (std::size_t i = 0; i < entry.en.slots.size(); ++i) {
      if (entry.en.slots[i].number != number) continue;
      switch (entry.en.slots[i].take) {
      case Take::Raw:
      case Take::Id:
      case Take::Number:
        break;
      case Take::Name: {
        auto ids = named_ids(taken[i]);
        for (auto &id : ids)
          if (const auto found = names_.find(id); found != names_.end()) id = found->second;
        return text::join(ids, "、");
      }
      case Take::Any:
        return translate(taken[i], depth + 1);
      case Take::List:
      case Take::Codes:
        return list(taken[i], entry.en.slots[i].take == Take::Codes, depth);
      }
      return std::string(taken[i]);
    }
    return {};
  };
  auto out = entry.zh.pieces.front();
  for (std::size_t i = 0; i < entry.zh.slots.size(); ++i)
    out += value(entry.zh.slots[i].number) + entry.zh.pieces[i + 1];
  return out;
}

void Messages::translate_in(json::value &value) const {
  static constexpr std::string_view kWords[] = {"message", "source", "says", "why"};
  const auto put = [this](json::value &words) {
    words = json::string(translate(std::string_view(words.get_string())));
  };
  if (auto *array = value.if_array())
    for (auto &one : *array) translate_in(one);
  if (auto *object = value.if_object())
    for (auto &member : *object) {
      auto &inside = member.value();
      if (inside.is_string() && std::find(std::begin(kWords), std::end(kWords),
                                          std::string_view(member.key())) != std::end(kWords)) {
        put(inside);
      } else if (member.key() == "notes" && inside.is_array()) {
        for (auto &note : inside.get_array())
          if (note.is_string()) put(note);
      } else {
        translate_in(inside);
      }
    }
}

} // namespace yifa::wire
