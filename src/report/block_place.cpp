#include "report/block_place.h"

#include "base/text.h"

#include <algorithm>

namespace yifa::report {
namespace {

bool is_digit(char32_t c) { return (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９'); }

template <typename Blocks> auto *block_of(Blocks &blocks, std::string_view id) {
  auto found =
      std::find_if(blocks.begin(), blocks.end(), [&](const auto &block) { return block.id == id; });
  return found == blocks.end() ? nullptr : &*found;
}

Error no_such_words() {
  return invalid("there are no such words",
                 {{"start", "the words must lie in one sentence and hold no figure", "", ""}});
}

} // namespace

Block *find_block(Document &document, std::string_view id) { return block_of(document.blocks, id); }

const Block *find_block(const Document &document, std::string_view id) {
  return block_of(document.blocks, id);
}

std::string words_of(const Block &block) {
  std::string all;
  for (const auto &sentence : block.sentences) all += sentence.text();
  return all;
}

Result<RunPlace> part_run(Block &block, std::size_t start, std::size_t end) {
  if (start >= end) return no_such_words();
  std::size_t at = 0;
  for (std::size_t s = 0; s < block.sentences.size(); ++s) {
    auto &runs = block.sentences[s].runs;
    for (std::size_t r = 0; r < runs.size(); ++r) {
      const auto words = text::decode(runs[r].text);
      if (start >= at + words.size()) {
        at += words.size();
        continue;
      }
      if (end > at + words.size() || runs[r].figure) return no_such_words();
      const auto from = start - at;
      const auto to = end - at;
      const auto old = runs[r];
      std::vector<Run> parts;
      const auto add = [&](std::size_t first, std::size_t last) {
        if (first == last) return;
        parts.push_back(old);
        parts.back().text = text::encode(words.substr(first, last - first));
      };
      add(0, from);
      const auto place = r + parts.size();
      add(from, to);
      add(to, words.size());
      runs.erase(runs.begin() + static_cast<std::ptrdiff_t>(r));
      runs.insert(runs.begin() + static_cast<std::ptrdiff_t>(r), parts.begin(), parts.end());
      return RunPlace{s, place};
    }
  }
  return no_such_words();
}

Result<NumberSpan> number_in(const Block &block, std::size_t start, std::size_t end,
                             std::string_view behind) {
  const auto words = text::decode(words_of(block));
  end = std::min(end, words.size());
  while (start < end && !is_digit(words[start])) ++start;
  if (start >= end)
    return invalid("there is no number in these words",
                   {{"start", "no digit stands between start and end", "", ""}});
  auto stop = start;
  while (stop < end && (is_digit(words[stop]) || ((words[stop] == U'.' || words[stop] == U',') &&
                                                  stop + 1 < end && is_digit(words[stop + 1]))))
    ++stop;
  const auto tail = text::decode(behind);
  while (stop < end && tail.find(words[stop]) != tail.npos) ++stop;
  return NumberSpan{start, stop};
}

void join_runs(std::vector<Run> &runs) {
  std::vector<Run> joined;
  for (auto &run : runs) {
    if (run.text.empty()) continue;
    if (!joined.empty() && !run.figure && !joined.back().figure && run.kept == joined.back().kept) {
      joined.back().text += run.text;
    } else {
      joined.push_back(std::move(run));
    }
  }
  runs = std::move(joined);
}

} // namespace yifa::report
