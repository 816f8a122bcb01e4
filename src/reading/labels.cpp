#include "reading/labels.h"

namespace yifa::reading {

std::string Labels::get(std::string_view key) const {
  const auto &word = lexicon_.pair(surface_, key);
  return word.empty() ? std::string(key) : word;
}

std::string Labels::fill(std::string_view key, Slots slots) const {
  const auto pattern = get(key);
  std::string out;
  // What is put in is never looked at again: a place called "{n}" stays as it is.
  for (std::size_t at = 0; at < pattern.size();) {
    const auto open = pattern.find('{', at);
    const auto close = open == std::string::npos ? open : pattern.find('}', open);
    if (close == std::string::npos) return out + pattern.substr(at);
    out += pattern.substr(at, open - at);
    const auto name = std::string_view(pattern).substr(open + 1, close - open - 1);
    for (const auto &[slot, value] : slots)
      if (slot == name) out += value;
    at = close + 1;
  }
  return out;
}

std::string severity_word(const Lexicon &lexicon, Severity severity) {
  return Labels(lexicon, "severity").get(to_string(severity));
}

std::string counts_words(const Lexicon &lexicon, int errors, int warnings, int notes) {
  const Labels labels(lexicon, "severity");
  std::string out;
  const auto add = [&](Severity severity, int n) {
    if (n == 0) return;
    if (!out.empty()) out += labels.get("separator");
    out += labels.fill("count",
                       {{"severity", severity_word(lexicon, severity)}, {"n", std::to_string(n)}});
  };
  add(Severity::Error, errors);
  add(Severity::Warning, warnings);
  add(Severity::Note, notes);
  return out.empty() ? labels.get("nothing") : out;
}

std::string group_word(const Lexicon &lexicon, std::string_view group) {
  return Labels(lexicon, "group").get(group);
}

std::string failure_words(const Lexicon &lexicon, const Error &error, std::string_view file) {
  std::string_view reason = error.message;
  if (reason.starts_with(file) && reason.substr(file.size()).starts_with(": "))
    reason.remove_prefix(file.size() + 2);
  for (const auto &[said, words] : lexicon.pairs("labels.failure"))
    if (reason.find(said) != std::string_view::npos) return words;
  return std::string(reason);
}

std::string_view group_of(std::string_view rule) { return rule.substr(0, rule.find('.')); }

} // namespace yifa::reading
