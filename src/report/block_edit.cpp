#include "report/block_edit.h"

#include "base/text.h"
#include "report/block_place.h"

#include <algorithm>
#include <set>

namespace yifa::report {
namespace {

/// One character of plain text, or one figure.
struct Atom {
  char32_t c = 0;
  const Run *figure = nullptr;
  bool operator==(const Atom &other) const {
    if ((figure == nullptr) != (other.figure == nullptr)) return false;
    if (figure == nullptr) return c == other.c;
    return figure->text == other.figure->text && *figure->figure == *other.figure->figure;
  }
};
using Atoms = std::vector<Atom>;

void add_atoms(const std::vector<Run> &runs, Atoms &out) {
  for (const auto &run : runs) {
    if (run.figure) {
      out.push_back({0, &run});
      continue;
    }
    for (const char32_t c : text::decode(run.text)) out.push_back({c, nullptr});
  }
}

std::vector<Run> runs_of(const Atoms &atoms) {
  std::vector<Run> runs;
  std::u32string plain;
  const auto flush = [&] {
    if (!plain.empty()) runs.push_back({text::encode(plain)});
    plain.clear();
  };
  for (const auto &atom : atoms) {
    if (atom.figure == nullptr) {
      plain += atom.c;
      continue;
    }
    flush();
    runs.push_back(*atom.figure);
  }
  flush();
  return runs;
}

constexpr std::u32string_view kStops = U"。！？";
constexpr std::u32string_view kClosing = U"”’）」』》";

/// Whether a sentence ends just before `at`.
bool ended(const Atoms &atoms, std::size_t at) {
  while (at > 0 && atoms[at - 1].figure == nullptr &&
         kClosing.find(atoms[at - 1].c) != kClosing.npos)
    --at;
  return at == 0 ||
         (atoms[at - 1].figure == nullptr && kStops.find(atoms[at - 1].c) != kStops.npos);
}

/// Ends of sentences in [from, to): behind 。！？ and the quotation marks that close there.
std::vector<std::size_t> stops(const Atoms &atoms, std::size_t from, std::size_t to) {
  std::vector<std::size_t> ends;
  for (auto at = from; at < to; ++at) {
    if (atoms[at].figure != nullptr || kStops.find(atoms[at].c) == kStops.npos) continue;
    while (at + 1 < to && atoms[at + 1].figure == nullptr &&
           kClosing.find(atoms[at + 1].c) != kClosing.npos)
      ++at;
    ends.push_back(at + 1);
  }
  if (ends.empty() || ends.back() < to) ends.push_back(to);
  return ends;
}

bool begins(const Atoms &all, std::size_t at, std::size_t end, const Atoms &part) {
  return part.size() <= end - at &&
         std::equal(part.begin(), part.end(), all.begin() + static_cast<std::ptrdiff_t>(at));
}

/// Whether a stretch of one sentence's words came over into another.
bool shares_words(const std::string &one, const std::string &other) {
  constexpr std::size_t kStretch = 6;
  const auto words = text::decode(one);
  const auto into = text::decode(other);
  for (std::size_t at = 0; at + kStretch <= words.size(); ++at)
    if (into.find(words.substr(at, kStretch)) != into.npos) return true;
  return false;
}

std::string free_sentence_id(const Document &document, const Block &block,
                             const std::vector<Sentence> &made) {
  std::set<std::string> taken;
  for (const auto &each : document.blocks)
    for (const auto &sentence : each.sentences) taken.insert(sentence.id);
  for (const auto &sentence : made) taken.insert(sentence.id);
  for (int n = 1;; ++n) {
    auto id = block.id + ".e" + std::to_string(n);
    if (!taken.contains(id)) return id;
  }
}

/// Numbers that somebody kept in the old words stay kept where they and what follows them stay.
void carry_keeps(const Sentence &old, Sentence &now) {
  for (std::size_t r = 0; r < old.runs.size(); ++r) {
    const auto &kept = old.runs[r];
    if (!kept.kept || kept.figure) continue;
    const auto next = r + 1 < old.runs.size() ? text::decode(old.runs[r + 1].text) : U"";
    const auto wanted = kept.text + text::encode(next.substr(0, 1));
    Block sheet;
    sheet.sentences.push_back(now);
    const auto words = text::decode(now.text());
    const auto at = words.find(text::decode(wanted));
    if (at == words.npos) continue;
    if (const auto place = part_run(sheet, at, at + text::length(kept.text))) {
      now = sheet.sentences.front();
      now.runs[place->run].kept = kept.kept;
    }
  }
}

void add_authors(const Sentence &from, Sentence &to) {
  for (const auto &author : from.authors)
    if (std::find(to.authors.begin(), to.authors.end(), author) == to.authors.end())
      to.authors.push_back(author);
}

} // namespace

void rewrite(Document &document, Block &block, std::vector<Run> runs, const std::string &by) {
  if (block.kind == Block::Kind::Missing) {
    block.kind = Block::Kind::Paragraph;
    block.required = false;
    block.sentences.clear();
  }
  join_runs(runs);
  Atoms now;
  add_atoms(runs, now);
  std::vector<Atoms> before(block.sentences.size());
  for (std::size_t i = 0; i < before.size(); ++i) add_atoms(block.sentences[i].runs, before[i]);

  // What stands unchanged at both ends keeps its sentences; between them sentences are paired in
  // their order. Headings and the like are one sentence.
  const bool prose = block.kind == Block::Kind::Paragraph || block.kind == Block::Kind::Point;
  const auto parts = [&](std::size_t at) { return prose && ended(now, at); };
  std::size_t head = 0;
  std::size_t from = 0;
  while (head < before.size() && begins(now, from, now.size(), before[head])) {
    const auto end = from + before[head].size();
    if (end < now.size() && !parts(end)) break;
    from = end;
    ++head;
  }
  std::size_t tail = before.size();
  std::size_t to = now.size();
  while (tail > head && before[tail - 1].size() <= to - from) {
    const auto start = to - before[tail - 1].size();
    if (!begins(now, start, to, before[tail - 1]) || (start > from && !parts(start))) break;
    to = start;
    --tail;
  }

  std::vector<Sentence> made(block.sentences.begin(),
                             block.sentences.begin() + static_cast<std::ptrdiff_t>(head));
  const auto ends = from == to ? std::vector<std::size_t>{}
                    : prose    ? stops(now, from, to)
                               : std::vector<std::size_t>{to};
  std::set<std::size_t> used;
  auto next_old = head;
  for (const auto end : ends) {
    const Atoms piece(now.begin() + static_cast<std::ptrdiff_t>(from),
                      now.begin() + static_cast<std::ptrdiff_t>(end));
    from = end;
    Sentence sentence;
    sentence.runs = runs_of(piece);
    // The same sentence further on: those between were deleted.
    auto old = next_old;
    while (old < tail && before[old] != piece) ++old;
    const bool changed = old == tail;
    if (changed) old = next_old;
    const bool follows = old < tail && (!changed || ends.size() == tail - head ||
                                        shares_words(block.sentences[old].text(), sentence.text()));
    if (follows) {
      auto kept = block.sentences[old];
      if (changed) {
        kept.runs = std::move(sentence.runs);
        kept.edited_by = by;
        carry_keeps(block.sentences[old], kept);
      }
      used.insert(old);
      next_old = old + 1;
      made.push_back(std::move(kept));
    } else {
      sentence.id = free_sentence_id(document, block, made);
      sentence.edited_by = by;
      made.push_back(std::move(sentence));
    }
  }
  for (auto i = head; i < tail; ++i)
    for (auto at = head; !used.contains(i) && at < made.size(); ++at)
      if (shares_words(block.sentences[i].text(), made[at].text()))
        add_authors(block.sentences[i], made[at]);
  made.insert(made.end(), block.sentences.begin() + static_cast<std::ptrdiff_t>(tail),
              block.sentences.end());
  block.sentences = std::move(made);
}

Block new_paragraph(const Document &document) {
  Block block;
  block.kind = Block::Kind::Paragraph;
  for (int n = 1;; ++n) {
    block.id = "w" + std::to_string(n);
    if (find_block(document, block.id) == nullptr) return block;
  }
}

void number_points(Document &document, std::string_view form) {
  // "c3.n1": what stands before the last dot names the section
  const auto section = [](const Block &block) { return block.id.substr(0, block.id.rfind('.')); };
  const auto numbered = [&](int n) {
    return text::replace_all(std::string(form), "{n}", text::chinese_number(n));
  };
  int n = 0;
  const Block *before = nullptr;
  for (auto &block : document.blocks) {
    if (block.kind != Block::Kind::Point) {
      before = nullptr;
      continue;
    }
    // One section may number its records' words and then its figures from the start.
    const bool anew =
        before == nullptr || section(*before) != section(block) || block.number == numbered(1);
    n = anew ? 1 : n + 1;
    block.number = numbered(n);
    before = &block;
  }
}

} // namespace yifa::report
