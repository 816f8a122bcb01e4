#include "reading/lexicon.h"

#include "base/text.h"
#include "reading/checks_file.h"

#include <algorithm>

namespace yifa::reading {

Words::Words(std::vector<std::u32string> words) : words_(std::move(words)) {
  std::stable_sort(words_.begin(), words_.end(),
                   [](const auto &a, const auto &b) { return a.size() > b.size(); });
  for (std::size_t i = 0; i < words_.size(); ++i) {
    if (words_[i].empty()) continue;
    begins_ |= bit(words_[i].front());
    ends_ |= bit(words_[i].back());
    first_[words_[i].front()].push_back(i);
    last_[words_[i].back()].push_back(i);
  }
}

bool Words::has(std::u32string_view word) const {
  return !word.empty() && at(word, 0) == word.size();
}

std::size_t Words::at(std::u32string_view text, std::size_t at) const {
  if (at >= text.size() || !(begins_ & bit(text[at]))) return 0;
  auto found = first_.find(text[at]);
  if (found == first_.end()) return 0;
  auto rest = text.substr(at);
  for (auto i : found->second)
    if (rest.starts_with(words_[i])) return words_[i].size();
  return 0;
}

std::size_t Words::before(std::u32string_view text, std::size_t end) const {
  if (end == 0 || end > text.size() || !(ends_ & bit(text[end - 1]))) return 0;
  auto found = last_.find(text[end - 1]);
  if (found == last_.end()) return 0;
  auto head = text.substr(0, end);
  for (auto i : found->second)
    if (head.ends_with(words_[i])) return words_[i].size();
  return 0;
}

std::size_t Words::find(std::u32string_view text, std::size_t from, std::size_t *length) const {
  for (auto i = from; i < text.size(); ++i)
    if (auto n = at(text, i)) {
      if (length) *length = n;
      return i;
    }
  return std::u32string_view::npos;
}

Result<std::shared_ptr<const Lexicon>> Lexicon::load(const catalog::Sources &sources) {
  auto made = std::make_shared<Lexicon>();
  ChecksFiles files(sources, "checks/words/");
  files.each([&](const std::string &name, const catalog::Node &root, catalog::Report &report) {
    catalog::Shape shape(root, report, "a file of words", {"lists", "pairs"});
    if (const auto *lists = shape.get("lists"))
      for (std::size_t i = 0; i < lists->pairs(); ++i) {
        std::vector<std::u32string> words;
        for (const auto *word : catalog::read_texts(lists->value(i), report, "a list of words"))
          words.push_back(text::decode(word->text));
        made->lists_[name + "." + std::string(lists->key(i).text)] = Words(std::move(words));
      }
    if (const auto *pairs = shape.get("pairs"))
      for (std::size_t i = 0; i < pairs->pairs(); ++i) {
        auto &table = made->pairs_[name + "." + std::string(pairs->key(i).text)];
        const auto &of = pairs->value(i);
        for (std::size_t k = 0; k < of.pairs(); ++k)
          table.emplace_back(of.key(k).text, catalog::read_text(of.value(k), report, "a word"));
      }
  });
  TRY(files.done());
  return std::shared_ptr<const Lexicon>(std::move(made));
}

const Words &Lexicon::words(std::string_view name) const {
  static const Words none;
  auto found = lists_.find(name);
  return found == lists_.end() ? none : found->second;
}

const std::vector<std::pair<std::string, std::string>> &
Lexicon::pairs(std::string_view name) const {
  static const std::vector<std::pair<std::string, std::string>> none;
  auto found = pairs_.find(name);
  return found == pairs_.end() ? none : found->second;
}

const std::string &Lexicon::pair(std::string_view name, std::string_view key) const {
  static const std::string none;
  for (const auto &[own, value] : pairs(name))
    if (own == key) return value;
  return none;
}

} // namespace yifa::reading
