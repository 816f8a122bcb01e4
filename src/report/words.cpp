#include "report/words.h"

#include "base/text.h"

#include <array>
#include <charconv>
#include <optional>

namespace yifa::report {

namespace {

constexpr std::array words_used{
    "all.town",        "all.township",     "all.street",      "all.village",
    "all.county",      "all.city",         "all.province",    "all.nation",
    "issuer.town",     "issuer.township",  "issuer.street",   "issuer.village",
    "issuer.division", "span.year",        "span.cutoff",     "cutoff.sentence",
    "cutoff.before",   "change.up",        "change.down",     "change.same",
    "change.up_rate",  "change.down_rate", "group.of_which",  "group.all",
    "group.by",        "group.more",       "group.rest",      "zero.none",
    "zero.also",       "zero.and",         "zero.heads",      "number.rough",
    "number.wan",      "number.yuan",      "number.percent",  "number.villages",
    "heading.1",       "heading.2",        "heading.3",       "point",
    "claims",          "missing.chapter",  "missing.topics",  "missing.zeros",
    "missing.topic",   "missing.zero",     "missing.figure",  "missing.partial",
    "missing.reason",  "missing.empty",    "render.sources",  "render.missing",
    "render.unsaid",   "render.figure",    "render.value",    "render.definition",
    "render.period",   "render.office",    "render.records",  "render.command",
    "render.source",   "render.last_year", "render.back",     "render.draft",
    "render.count",    "render.signer",    "render.change",   "render.required",
    "render.villages", "missing.words",    "missing.figures", "date.day",
    "date.month_end",  "date.year_end",    "date.year"};

constexpr std::array numbers_used{"limit.rate_base", "limit.fall",   "limit.numbers",
                                  "limit.points",    "limit.topics", "limit.least",
                                  "limit.most",      "limit.joined", "limit.short"};

std::optional<long> whole_number(std::string_view text) {
  long n = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (error != std::errc() || end != text.data() + text.size() || n < 0) return std::nullopt;
  return n;
}

} // namespace

std::vector<Problem> Words::check() const {
  std::vector<Problem> problems;
  for (const char *key : words_used)
    if (get(key).empty())
      problems.push_back({"phrases.yaml:" + std::string(key), "the phrase is missing", {}, {}});
  for (const char *key : numbers_used)
    if (!whole_number(get(key)))
      problems.push_back(
          {"phrases.yaml:" + std::string(key), "the phrase is not a whole number", {}, {}});
  return problems;
}

std::string Words::fill(std::string_view key, Slots slots) const {
  // One pass, so that a record's own words with braces are never taken for a slot.
  const std::string_view phrase = get(key);
  std::string all;
  for (std::size_t at = 0; at < phrase.size();) {
    if (phrase[at] == '{') {
      const auto end = phrase.find('}', at);
      if (end != std::string_view::npos) {
        const auto name = phrase.substr(at + 1, end - at - 1);
        for (const auto &[slot, text] : slots)
          if (slot == name) all += text;
        at = end + 1;
        continue;
      }
    }
    all += phrase[at++];
  }
  return all;
}

std::vector<std::string> Words::list(std::string_view key) const {
  std::vector<std::string> all;
  for (auto &word : text::split(get(key), ' '))
    if (!word.empty()) all.push_back(std::move(word));
  return all;
}

long Words::number(std::string_view key) const { return whole_number(get(key)).value_or(0); }

} // namespace yifa::report
