#include "report/compose.h"

#include "base/text.h"
#include "report/amount.h"
#include "report/clause.h"
#include "report/ground.h"
#include "report/seam.h"

#include <algorithm>

namespace yifa::report {

using catalog::Chapter;
using catalog::Clause;
using catalog::Outline;
using record::Figure;

namespace {

/// Walks the outline and fills the document.
class Composer {
public:
  Composer(const catalog::Catalog &catalog, const Outline &outline, const Facts &facts,
           const Options &options)
      : ground_(catalog, facts, options), outline_(outline) {}

  Result<Draft> compose();

private:
  struct Body {
    std::vector<Block> blocks; ///< without the heading
    bool speaks = false;
    int points = 0;
  };

  void head();
  void chapter(const Chapter &chapter, const std::string &id);
  Body body(const std::vector<std::string> &topics, bool points, const std::string &id);
  std::vector<Line> topic_lines(const std::string &topic, int &item);
  void write_points(std::vector<Line> &lines, const std::string &id, Body &body);
  void write_paragraphs(std::vector<Line> &lines, const std::string &id, Body &body);
  void write_gaps(std::size_t first_gap, const std::string &id, Body &body);
  /// The part of a chapter, other than achievements, that its topic leaves unsaid.
  bool lacks_part(const Chapter &chapter, const std::vector<std::string> &topics) const;
  Block required_gap(const std::string &id, std::string_view label);
  void heading(int level, int number, const std::string &text, const std::string &id);
  void outline_words(Block::Kind kind, const std::string &id, const std::string &text);
  void tail();
  void unsaid();

  Sentence sentence_of(Line line);
  std::string unique(std::string id);
  std::string topic_label(const std::string &topic) const;

  Ground ground_;
  const Outline &outline_;
  Draft draft_;
  std::set<std::string> ids_;
  std::set<std::string> silent_topics_;
  int chapters_ = 0;
};

Result<Draft> Composer::compose() {
  auto problems = ground_.words.check();
  if (!problems.empty()) return invalid("phrases.yaml lacks words of the report", problems);
  head();
  for (std::size_t i = 0; i < outline_.chapters.size(); ++i)
    chapter(outline_.chapters[i], "c" + std::to_string(i + 1));
  if (!ground_.problems.empty())
    return invalid("the catalog's clauses do not fit its figures", ground_.problems);
  tail();
  unsaid();
  draft_.missing = std::move(ground_.missing);
  std::stable_partition(draft_.missing.begin(), draft_.missing.end(),
                        [](const Missing &gap) { return gap.required; });
  return std::move(draft_);
}

void Composer::head() {
  const auto &options = ground_.options;
  auto &document = draft_.document;
  document.outline = outline_.id;
  document.org = ground_.org;
  document.org_name = ground_.facts.office().name;
  document.period = ground_.period;
  document.cutoff = options.cutoff;
  document.approximate = options.style == Style::Approximate;
  document.document_number = options.document_number;
  document.issuer = ground_.issuer();
  document.signer = options.signer;
  document.date = options.date;
  document.page_note = options.page_note;
  document.catalog_hash = ground_.catalog.hash;

  outline_words(Block::Kind::Title, "title", ground_.outline_text(outline_.title.source));
  auto addressee = options.addressee.empty() ? outline_.addressee : options.addressee;
  addressee = clean_words(ground_.outline_text(addressee));
  if (!addressee.empty()) outline_words(Block::Kind::Addressee, "addressee", addressee + "：");

  auto opening = ground_.outline_text(outline_.opening.source);
  if (options.cutoff) {
    // How far the figures reach is said before 现将…, or at the end.
    const auto said = ground_.words.fill("cutoff.sentence", {{"date", options.cutoff->chinese()}});
    const auto at = opening.rfind(ground_.words.get("cutoff.before"));
    opening.insert(at == std::string::npos ? opening.size() : at, said);
  }
  if (!opening.empty()) outline_words(Block::Kind::Paragraph, "opening", opening);
}

void Composer::outline_words(Block::Kind kind, const std::string &id, const std::string &text) {
  Block block;
  block.kind = kind;
  block.id = unique(id);
  Prose prose;
  prose.text(text);
  std::vector<Prose> sentences;
  if (kind == Block::Kind::Paragraph)
    sentences = std::move(prose).sentences();
  else
    sentences.push_back(std::move(prose));
  for (auto &one : sentences) {
    Line line;
    line.id = id + "." + std::to_string(block.sentences.size() + 1);
    line.prose = std::move(one);
    block.sentences.push_back(sentence_of(std::move(line)));
  }
  draft_.document.blocks.push_back(std::move(block));
}

void Composer::heading(int level, int number, const std::string &text, const std::string &id) {
  Block block;
  block.kind = Block::Kind::Heading;
  block.id = id;
  block.level = level;
  block.number = ground_.words.fill(
      "heading." + std::to_string(level),
      {{"n", level < 3 ? text::chinese_number(number) : std::to_string(number)}});
  Line line;
  line.id = id + ".heading";
  line.prose.text(clean_words(ground_.outline_text(text)));
  block.sentences.push_back(sentence_of(std::move(line)));
  draft_.document.blocks.push_back(std::move(block));
}

bool Composer::lacks_part(const Chapter &chapter, const std::vector<std::string> &topics) const {
  if (!chapter.always) return false;
  return std::any_of(topics.begin(), topics.end(), [&](const std::string &topic) {
    // The topic of a part has the part's name.
    return silent_topics_.contains(topic) &&
           std::find(chapter.parts.begin(), chapter.parts.end(), topic) != chapter.parts.end();
  });
}

Block Composer::required_gap(const std::string &id, std::string_view label) {
  ground_.miss(Missing::Kind::Chapter, {}, {}, {}, label);
  ground_.missing.back().where = id;
  Block block;
  block.kind = Block::Kind::Missing;
  block.id = id + ".missing";
  block.required = true;
  Line line;
  line.id = block.id;
  line.prose.text(ground_.words.get("missing.empty"));
  block.sentences.push_back(sentence_of(std::move(line)));
  return block;
}

void Composer::chapter(const Chapter &chapter, const std::string &id) {
  const auto label = clean_words(ground_.outline_text(chapter.heading));
  struct Part {
    std::string id;
    std::string heading;
    Body body;
  };
  std::vector<Part> parts;
  bool speaks = false;
  int points = 0;
  if (chapter.sections.empty()) {
    parts.push_back({id, {}, body(chapter.topics, chapter.points, id)});
    if (lacks_part(chapter, chapter.topics))
      parts.back().body.blocks.push_back(required_gap(id, label));
    speaks = parts.back().body.speaks;
    points = parts.back().body.points;
  }
  for (std::size_t i = 0; i < chapter.sections.size(); ++i) {
    const auto &section = chapter.sections[i];
    Part part{id + ".s" + std::to_string(i + 1), section.heading, {}};
    part.body = body(section.topics, section.points, part.id);
    const bool lacks = lacks_part(chapter, section.topics);
    if (lacks)
      part.body.blocks.push_back(
          required_gap(part.id, clean_words(ground_.outline_text(section.heading))));
    speaks = speaks || part.body.speaks;
    points += part.body.points;
    if (part.body.speaks || lacks) parts.push_back(std::move(part));
  }
  if (!speaks && !chapter.always) return;
  heading(1, ++chapters_, chapter.heading, id);
  if (!chapter.intro.empty() && speaks)
    outline_words(Block::Kind::Paragraph, id + ".intro",
                  ground_.outline_text(chapter.intro, text::chinese_number(points)));
  const bool any_required = std::any_of(parts.begin(), parts.end(), [](const Part &part) {
    return std::any_of(part.body.blocks.begin(), part.body.blocks.end(),
                       [](const Block &block) { return block.required; });
  });
  int number = 0;
  for (auto &part : parts) {
    if (!part.heading.empty()) heading(2, ++number, part.heading, part.id);
    for (auto &block : part.body.blocks) draft_.document.blocks.push_back(std::move(block));
  }
  if (!speaks && !any_required) draft_.document.blocks.push_back(required_gap(id, label));
}

Composer::Body Composer::body(const std::vector<std::string> &topics, bool points,
                              const std::string &id) {
  ground_.said_here.clear();
  const std::size_t first_gap = ground_.missing.size();
  std::vector<Line> lines;
  int item = 0;
  for (const auto &topic : topics) {
    auto more = topic_lines(topic, item);
    if (more.empty()) {
      silent_topics_.insert(topic);
      // The topic says it all: not each of its figures as well.
      std::erase_if(ground_.missing, [&](const Missing &gap) {
        return gap.topic == topic && gap.kind == Missing::Kind::Figure;
      });
      ground_.miss(Missing::Kind::Topic, topic, {}, {}, topic_label(topic));
    }
    for (auto &line : more) lines.push_back(std::move(line));
  }
  place_span(ground_, lines);
  Body body;
  body.speaks = !lines.empty();
  if (points)
    write_points(lines, id, body);
  else
    write_paragraphs(lines, id, body);
  write_gaps(first_gap, id, body);
  return body;
}

std::vector<Line> Composer::topic_lines(const std::string &topic, int &item) {
  std::vector<const Clause *> clauses;
  for (const auto &clause : ground_.catalog.clauses)
    if (clause.topic == topic || (clause.topic.empty() && !clause.topic_field.name.empty()))
      clauses.push_back(&clause);
  std::stable_sort(clauses.begin(), clauses.end(),
                   [](const Clause *a, const Clause *b) { return a->order < b->order; });
  std::vector<Piece> pieces;
  for (const Clause *clause : clauses) {
    auto more =
        clause->each ? write_each(ground_, *clause, topic) : write_clause(ground_, *clause, topic);
    for (auto &piece : more) pieces.push_back(std::move(piece));
  }
  return join_pieces(ground_, topic, std::move(pieces), item);
}

void Composer::write_points(std::vector<Line> &lines, const std::string &id, Body &body) {
  // The words of records are numbered topic by topic; what is counted is numbered through.
  const auto run_of = [](const Line &line) {
    return line.authors.empty() ? std::string() : line.topic;
  };
  int number_in_id = 0;
  std::vector<Line> plain; // too few to number
  const auto flush_plain = [&] {
    if (!plain.empty()) write_paragraphs(plain, id, body);
    plain.clear();
  };
  for (std::size_t start = 0; start < lines.size();) {
    std::size_t end = start;
    int items = 0;
    int last_item = -1;
    while (end < lines.size() && run_of(lines[end]) == run_of(lines[start])) {
      if (lines[end].item != last_item) ++items;
      last_item = lines[end].item;
      ++end;
    }
    const bool authored = !lines[start].authors.empty();
    const long least = ground_.words.number(authored ? "limit.points" : "limit.topics");
    if (authored) body.points += items;
    if (items < least) {
      for (; start < end; ++start) plain.push_back(std::move(lines[start]));
      continue;
    }
    flush_plain();
    int number = 0;
    while (start < end) {
      const int now = lines[start].item;
      Block block;
      block.kind = Block::Kind::Point;
      block.id = unique(id + ".n" + std::to_string(++number_in_id));
      block.number = ground_.words.fill("point", {{"n", text::chinese_number(++number)}});
      std::vector<Line *> paragraph;
      for (std::size_t i = start; i < end && lines[i].item == now; ++i)
        paragraph.push_back(&lines[i]);
      place_verbs(ground_, paragraph);
      for (; start < end && lines[start].item == now; ++start)
        block.sentences.push_back(sentence_of(std::move(lines[start])));
      body.blocks.push_back(std::move(block));
    }
  }
  flush_plain();
}

void Composer::write_paragraphs(std::vector<Line> &lines, const std::string &id, Body &body) {
  const auto starts = cut_paragraphs(ground_, lines);
  for (std::size_t i = 0; i < starts.size(); ++i) {
    const std::size_t end = i + 1 < starts.size() ? starts[i + 1] : lines.size();
    Block block;
    block.kind = Block::Kind::Paragraph;
    block.id = unique(id + ".p" + std::to_string(i + 1));
    std::vector<Line *> paragraph;
    for (std::size_t at = starts[i]; at < end; ++at) paragraph.push_back(&lines[at]);
    place_verbs(ground_, paragraph);
    for (std::size_t at = starts[i]; at < end; ++at)
      block.sentences.push_back(sentence_of(std::move(lines[at])));
    body.blocks.push_back(std::move(block));
  }
}

void Composer::write_gaps(std::size_t first_gap, const std::string &id, Body &body) {
  std::vector<std::string> topics;
  std::vector<std::string> zeros;
  std::set<std::string> with_zeros;
  for (std::size_t i = first_gap; i < ground_.missing.size(); ++i) {
    auto &gap = ground_.missing[i];
    gap.where = id;
    if (gap.kind != Missing::Kind::Zero) continue;
    zeros.push_back(gap.label);
    with_zeros.insert(gap.topic);
  }
  for (std::size_t i = first_gap; i < ground_.missing.size(); ++i) {
    const auto &gap = ground_.missing[i];
    if (gap.kind == Missing::Kind::Topic && !with_zeros.contains(gap.topic))
      topics.push_back(gap.label);
  }
  if (!body.speaks) return; // the section goes, its gaps stand in the list
  const auto note = [&](const char *key, const std::vector<std::string> &list,
                        const std::string &block_id) {
    if (list.empty()) return;
    Block block;
    block.kind = Block::Kind::Missing;
    block.id = block_id;
    Line line;
    line.id = block_id;
    line.prose.text(ground_.words.fill(key, {{"list", text::join(list, "、")}}));
    block.sentences.push_back(sentence_of(std::move(line)));
    body.blocks.push_back(std::move(block));
  };
  note("missing.topics", topics, id + ".missing.topics");
  note("missing.zeros", zeros, id + ".missing.zeros");
}

void Composer::tail() {
  const auto closing = ground_.outline_text(outline_.closing.source);
  if (!closing.empty()) outline_words(Block::Kind::Paragraph, "closing", closing);
  if (!outline_.signature) return;
  outline_words(Block::Kind::Signature, "signature", ground_.issuer());
  if (ground_.options.date)
    outline_words(Block::Kind::Date, "date", ground_.options.date->chinese());
}

void Composer::unsaid() {
  for (const auto &indicator : ground_.catalog.indicators) {
    if (ground_.mentioned.contains(indicator.id)) continue;
    const auto *figure = ground_.facts.figure(indicator.id);
    if (!figure || figure->ratio || figure->zero() || figure->unit.empty()) continue;
    if (figure->status != Figure::Status::Counted && figure->status != Figure::Status::Partial)
      continue;
    const auto amount = amount_of(*figure, {}, ground_.words);
    draft_.unsaid.push_back({indicator.id, figure->label, amount.number + amount.unit});
  }
}

Sentence Composer::sentence_of(Line line) {
  Sentence sentence;
  sentence.id = unique(std::move(line.id));
  sentence.clauses = std::move(line.clauses);
  sentence.runs = line.prose.runs();
  sentence.authors = std::move(line.authors);
  for (auto &ref : line.rests_on) {
    const auto same = [&](const FigureRef &other) { return other.indicator == ref.indicator; };
    if (std::none_of(sentence.rests_on.begin(), sentence.rests_on.end(), same))
      sentence.rests_on.push_back(std::move(ref));
  }
  return sentence;
}

std::string Composer::unique(std::string id) {
  if (ids_.insert(id).second) return id;
  for (int n = 2;; ++n) {
    auto other = id + "~" + std::to_string(n);
    if (ids_.insert(other).second) return other;
  }
}

std::string Composer::topic_label(const std::string &topic) const {
  const auto *topics = ground_.catalog.list("topics");
  const auto *word = topics ? topics->find(topic) : nullptr;
  return word && !word->label.zh.empty() ? word->label.zh : topic;
}

} // namespace

Result<Draft> compose(const catalog::Catalog &catalog, const Outline &outline, const Facts &facts,
                      const Options &options) {
  return Composer(catalog, outline, facts, options).compose();
}

} // namespace yifa::report
