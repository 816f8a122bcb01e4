#include "report/document.h"

#include <algorithm>

namespace yifa::report {

std::string Sentence::text() const {
  std::string all;
  for (const auto &run : runs) all += run.text;
  return all;
}

std::string Block::text() const {
  std::string all = number;
  for (const auto &sentence : sentences) all += sentence.text();
  return all;
}

std::string Document::title() const {
  for (const auto &block : blocks)
    if (block.kind == Block::Kind::Title) return block.text();
  return {};
}

bool Draft::complete() const {
  return std::none_of(missing.begin(), missing.end(),
                      [](const Missing &gap) { return gap.required; });
}

} // namespace yifa::report
