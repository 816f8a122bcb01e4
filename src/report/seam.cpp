#include "report/seam.h"

#include "base/text.h"

#include <algorithm>
#include <optional>

namespace yifa::report {

using Join = catalog::Clause::Join;

namespace {

/// 行政复议案件、行政诉讼案件 → 行政复议、行政诉讼案件; 和 before the last.
void list_nouns(const Ground &ground, const std::vector<const Piece *> &nouns, Prose &out) {
  std::string head;
  if (nouns.size() > 1)
    for (const auto &word : ground.words.list("zero.heads")) {
      const auto shares = [&](const Piece *piece) {
        return piece->zero_noun.size() > word.size() && piece->zero_noun.ends_with(word);
      };
      if (std::all_of(nouns.begin(), nouns.end(), shares)) head = word;
    }
  for (std::size_t i = 0; i < nouns.size(); ++i) {
    const auto &noun = nouns[i]->zero_noun;
    if (i > 0)
      out.text(!head.empty() || i + 1 < nouns.size() ? "、" : ground.words.get("zero.and"));
    out.figure(nouns[i]->zero_ref, noun.substr(0, noun.size() - head.size()));
  }
  out.text(head);
}

/// All zeros of one topic as one piece: own words, then the nouns, then each noun that has 的 in
/// it.
std::optional<Piece> merge_zeros(const Ground &ground, const std::vector<Piece> &pieces) {
  constexpr std::string_view of = "的";
  std::vector<const Piece *> own;
  std::vector<const Piece *> nouns;
  std::vector<const Piece *> long_nouns;
  for (const auto &piece : pieces) {
    if (!piece.zero) continue;
    if (piece.zero_noun.empty())
      own.push_back(&piece);
    else
      (piece.zero_noun.find(of) == std::string::npos ? nouns : long_nouns).push_back(&piece);
  }
  if (own.empty() && nouns.empty() && long_nouns.empty()) return std::nullopt;

  Piece all;
  all.zero = true;
  all.order = 100;
  all.prose.span();
  bool first = true;
  const auto begin = [&] {
    if (!first) all.prose.text("，");
    first = false;
  };
  bool denied = false; // 未发生 stands already
  const auto deny = [&](const std::vector<const Piece *> &group) {
    begin();
    const auto phrase = ground.words.get(denied ? "zero.also" : "zero.none");
    const auto slot = phrase.find("{noun}");
    all.prose.text(phrase.substr(0, slot));
    list_nouns(ground, group, all.prose);
    if (slot != std::string_view::npos) all.prose.text(phrase.substr(slot + 6));
    denied = true;
  };
  for (const Piece *piece : own) {
    begin();
    all.prose.add(piece->prose);
  }
  if (!nouns.empty()) deny(nouns);
  for (const Piece *piece : long_nouns) deny({piece});
  const std::vector<const Piece *> *groups[] = {&own, &nouns, &long_nouns};
  for (const auto *group : groups)
    for (const Piece *piece : *group) {
      if (all.id.empty()) {
        all.id = piece->id;
        all.clause = piece->clause;
      }
    }
  return all;
}

void add_clause(Line &line, const std::string &clause) {
  if (!clause.empty() &&
      std::find(line.clauses.begin(), line.clauses.end(), clause) == line.clauses.end())
    line.clauses.push_back(clause);
}

/// Whether both may stand in one sentence under the cap.
bool fits(const Ground &ground, const Line &line, const Piece &piece, int more_semicolons) {
  const auto numbers = ground.words.number("limit.numbers");
  return line.prose.numbers() + piece.prose.numbers() <= numbers &&
         line.prose.count("；") + piece.prose.count("；") + more_semicolons <= 1 &&
         line.prose.count("。") == 0 && piece.prose.count("。") == 0;
}

/// Two short findings of one topic read better as one sentence.
bool both_short(const Ground &ground, const Line &line, const Piece &piece) {
  if (!line.authors.empty() || !piece.authors.empty() || piece.zero) return false;
  const auto grouped = [](const Bit &bit) {
    return bit.figure && bit.figure->kind == FigureRef::Kind::Group;
  };
  if (std::any_of(piece.prose.bits().begin(), piece.prose.bits().end(), grouped)) return false;
  const auto most = static_cast<std::size_t>(ground.words.number("limit.short"));
  return line.prose.length() <= most && piece.prose.length() <= most && line.prose.numbers() <= 2 &&
         piece.prose.numbers() <= 2;
}

void join(Line &line, Piece piece, std::string_view mark) {
  line.prose.trim_end();
  line.prose.text(mark);
  line.prose.add(std::move(piece.prose));
  add_clause(line, piece.clause);
  line.rests_on.insert(line.rests_on.end(), piece.rests_on.begin(), piece.rests_on.end());
  line.authors.insert(line.authors.end(), piece.authors.begin(), piece.authors.end());
}

/// Keeps the cap inside one clause: the second semicolon, and the comma before the seventh number,
/// become full stops.
Prose capped(const Ground &ground, Prose prose) {
  const auto most = static_cast<int>(ground.words.number("limit.numbers"));
  const std::string of_which(ground.words.get("group.of_which"));
  int semicolons = 0;
  int numbers = 0;
  std::ptrdiff_t comma_bit = -1; // the last comma that could end a sentence
  std::size_t comma_at = 0;
  auto &bits = prose.bits();
  for (std::size_t i = 0; i < bits.size(); ++i) {
    Bit &bit = bits[i];
    if (bit.figure && (bit.figure->kind == FigureRef::Kind::Value ||
                       bit.figure->kind == FigureRef::Kind::Change)) {
      if (++numbers > most && comma_bit >= 0) {
        bits[static_cast<std::size_t>(comma_bit)].text.replace(comma_at, 3, "。");
        numbers = 1;
        semicolons = 0;
        comma_bit = -1;
      }
      continue;
    }
    if (bit.kind != Bit::Kind::Text || bit.figure || bit.quoted) continue;
    for (std::size_t at = 0; at < bit.text.size(); ++at) {
      const std::string_view rest = std::string_view(bit.text).substr(at);
      if (rest.starts_with("。")) {
        numbers = semicolons = 0;
        comma_bit = -1;
      } else if (rest.starts_with("；") && ++semicolons > 1) {
        bit.text.replace(at, 3, "。");
        numbers = semicolons = 0;
        comma_bit = -1;
      } else if (rest.starts_with("，") && !rest.substr(3).starts_with(of_which)) {
        comma_bit = static_cast<std::ptrdiff_t>(i);
        comma_at = at;
      }
    }
  }
  return prose;
}

} // namespace

std::vector<Line> join_pieces(const Ground &ground, const std::string &topic,
                              std::vector<Piece> pieces, int &item) {
  std::stable_sort(pieces.begin(), pieces.end(),
                   [](const Piece &a, const Piece &b) { return a.order < b.order; });
  auto zeros = merge_zeros(ground, pieces);
  std::vector<std::string> zero_clauses;
  for (const auto &piece : pieces)
    if (piece.zero) zero_clauses.push_back(piece.clause);
  std::erase_if(pieces, [](const Piece &piece) { return piece.zero; });
  if (zeros) pieces.push_back(std::move(*zeros));

  const std::string of_which(ground.words.get("group.of_which"));
  std::vector<Line> joined;
  int counted_item = -1;
  for (auto &piece : pieces) {
    piece.prose = capped(ground, std::move(piece.prose));
    const bool authored = !piece.authors.empty();
    if (!joined.empty() && authored == !joined.back().authors.empty()) {
      Line &last = joined.back();
      if (piece.join == Join::Comma && fits(ground, last, piece, 0)) {
        join(last, std::move(piece), "，");
        continue;
      }
      if ((piece.join == Join::Semicolon || both_short(ground, last, piece)) &&
          fits(ground, last, piece, 1)) {
        join(last, std::move(piece), "；");
        continue;
      }
    }
    piece.prose.drop_start(of_which); // what it was a part of is silent
    Line line;
    line.id = piece.id;
    line.prose = std::move(piece.prose);
    add_clause(line, piece.clause);
    if (piece.zero)
      for (const auto &clause : zero_clauses) add_clause(line, clause);
    line.rests_on = std::move(piece.rests_on);
    line.authors = std::move(piece.authors);
    line.topic = topic;
    if (authored)
      line.item = item++;
    else
      line.item = counted_item >= 0 ? counted_item : (counted_item = item++);
    joined.push_back(std::move(line));
  }

  std::vector<Line> lines;
  for (auto &line : joined) {
    line.prose.close();
    auto sentences = std::move(line.prose).sentences();
    for (std::size_t i = 0; i < sentences.size(); ++i) {
      Line one = line;
      one.prose = std::move(sentences[i]);
      one.glued = i > 0;
      if (i > 0) one.id += "." + std::to_string(i + 1);
      lines.push_back(std::move(one));
    }
  }
  return lines;
}

void place_span(const Ground &ground, std::vector<Line> &lines) {
  bool placed = false;
  for (auto &line : lines) {
    Prose prose;
    for (auto &bit : line.prose.bits()) {
      if (bit.kind != Bit::Kind::Span) {
        prose.bits().push_back(std::move(bit));
      } else if (!placed) {
        prose.text(ground.span());
        placed = true;
      }
    }
    line.prose = std::move(prose);
  }
}

void place_verbs(const Ground &ground, std::vector<Line *> &paragraph) {
  // Sentences may also begin with a verb of their own; those count as used.
  std::vector<std::string> known;
  for (const auto &[id, group] : ground.catalog.verbs)
    known.insert(known.end(), group.begin(), group.end());
  std::vector<std::string> heads; // of the sentences and of their halves
  const auto used_lately = [&](const std::string &verb) {
    const std::size_t from = heads.size() > 2 ? heads.size() - 2 : 0;
    return std::find(heads.begin() + static_cast<std::ptrdiff_t>(from), heads.end(), verb) !=
           heads.end();
  };
  for (Line *line : paragraph) {
    bool at_head = true;
    for (auto &bit : line->prose.bits()) {
      if (bit.kind == Bit::Kind::Verb) {
        const auto group = ground.catalog.verbs.find(bit.text);
        std::string chosen;
        if (group != ground.catalog.verbs.end() && !group->second.empty()) {
          chosen = group->second.front();
          for (const auto &verb : group->second)
            if (!used_lately(verb)) {
              chosen = verb;
              break;
            }
        }
        bit.kind = Bit::Kind::Text;
        bit.text = chosen;
        heads.push_back(chosen);
        at_head = false;
        continue;
      }
      if (bit.kind != Bit::Kind::Text) continue;
      if (at_head) {
        std::string_view text = bit.text;
        const std::string span = ground.span();
        if (text.starts_with(span)) text.remove_prefix(span.size());
        if (text.empty()) continue; // only the span so far
        for (const auto &verb : known)
          if (text.starts_with(verb)) {
            heads.push_back(verb);
            break;
          }
      }
      at_head = !bit.figure && bit.text.ends_with("；");
    }
  }
}

} // namespace yifa::report
