#include "report/merge.h"

#include "report/block_place.h"

#include <algorithm>

namespace yifa::report {
namespace {

std::size_t figures_in(const Block &block) {
  std::size_t count = 0;
  for (const auto &sentence : block.sentences)
    count += static_cast<std::size_t>(
        std::count_if(sentence.runs.begin(), sentence.runs.end(),
                      [](const Run &run) { return run.figure.has_value(); }));
  return count;
}

std::vector<std::string> sentence_ids(const Block &block) {
  std::vector<std::string> ids;
  for (const auto &sentence : block.sentences) ids.push_back(sentence.id);
  return ids;
}

std::vector<std::string> sentence_texts(const Block *block) {
  std::vector<std::string> texts;
  if (block == nullptr) return texts;
  for (const auto &sentence : block->sentences) texts.push_back(sentence.text());
  if (texts.empty()) return texts;
  texts.front().insert(0, block->number);
  return texts;
}

/// Puts what only one text has behind the block it followed there.
void insert_behind(std::vector<Block> &blocks, const std::vector<Block> &order, std::size_t at,
                   const Block &block) {
  for (auto before = at; before > 0; --before)
    for (std::size_t i = 0; i < blocks.size(); ++i)
      if (blocks[i].id == order[before - 1].id) {
        blocks.insert(blocks.begin() + static_cast<std::ptrdiff_t>(i) + 1, block);
        return;
      }
  blocks.insert(blocks.begin(), block);
}

} // namespace

bool touched(const Block &block, const Block *drafted) {
  for (const auto &sentence : block.sentences) {
    if (!sentence.edited_by.empty()) return true;
    for (const auto &run : sentence.runs)
      if (run.kept) return true;
  }
  if (drafted == nullptr) return false;
  return block.kind != drafted->kind || figures_in(block) != figures_in(*drafted) ||
         sentence_ids(block) != sentence_ids(*drafted);
}

Merged merge(const Document &base, const Document &mine, const Document &theirs) {
  Merged out;
  out.document = theirs;
  auto &blocks = out.document.blocks;
  blocks.clear();
  for (const auto &offered : theirs.blocks) {
    const auto *own = find_block(mine, offered.id);
    const auto *drafted = find_block(base, offered.id);
    if (own == nullptr) {
      if (drafted == nullptr || offered.kind == Block::Kind::Missing) blocks.push_back(offered);
      continue; // taken out by hand
    }
    if (!touched(*own, drafted)) {
      blocks.push_back(offered);
      continue;
    }
    blocks.push_back(*own);
    blocks.back().number = offered.number;
    const bool moved = sentence_texts(drafted) != sentence_texts(&offered);
    if (moved && offered.kind != Block::Kind::Missing) out.offers.push_back(own->id);
  }
  for (std::size_t i = 0; i < mine.blocks.size(); ++i) {
    const auto &own = mine.blocks[i];
    if (find_block(out.document, own.id) != nullptr) continue;
    const auto *drafted = find_block(base, own.id);
    if (touched(own, drafted)) insert_behind(blocks, mine.blocks, i, own);
  }
  return out;
}

std::vector<BlockChange> compare(const Document &was, const Document &is) {
  std::vector<Block> order = is.blocks;
  for (std::size_t i = 0; i < was.blocks.size(); ++i)
    if (find_block(is, was.blocks[i].id) == nullptr)
      insert_behind(order, was.blocks, i, was.blocks[i]);
  std::vector<BlockChange> changes;
  for (const auto &block : order) {
    BlockChange change{block.id, sentence_texts(find_block(was, block.id)),
                       sentence_texts(find_block(is, block.id))};
    if (change.was != change.is) changes.push_back(std::move(change));
  }
  return changes;
}

} // namespace yifa::report
