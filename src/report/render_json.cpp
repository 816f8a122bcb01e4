#include "report/render_json.h"

#include "base/text.h"
#include "report/sources.h"

namespace yifa::report {

std::string_view to_string(FigureRef::Kind kind) {
  switch (kind) {
  case FigureRef::Kind::Value:
    return "value";
  case FigureRef::Kind::Group:
    return "group";
  case FigureRef::Kind::Change:
    return "change";
  case FigureRef::Kind::Zero:
    return "zero";
  case FigureRef::Kind::Word:
    return "word";
  case FigureRef::Kind::Names:
    return "names";
  }
  return "value";
}

std::string_view to_string(Block::Kind kind) {
  switch (kind) {
  case Block::Kind::Title:
    return "title";
  case Block::Kind::Addressee:
    return "addressee";
  case Block::Kind::Heading:
    return "heading";
  case Block::Kind::Paragraph:
    return "paragraph";
  case Block::Kind::Point:
    return "point";
  case Block::Kind::Signature:
    return "signature";
  case Block::Kind::Date:
    return "date";
  case Block::Kind::Missing:
    return "missing";
  }
  return "paragraph";
}

std::string_view to_string(Missing::Kind kind) {
  switch (kind) {
  case Missing::Kind::Chapter:
    return "chapter";
  case Missing::Kind::Topic:
    return "topic";
  case Missing::Kind::Zero:
    return "zero";
  case Missing::Kind::Figure:
    return "figure";
  case Missing::Kind::Partial:
    return "partial";
  case Missing::Kind::Reason:
    return "reason";
  case Missing::Kind::Words:
    return "words";
  }
  return "figure";
}

namespace {

json::object figure_json(const FigureRef &ref, const Sources &sources) {
  const auto &row = sources.row(ref);
  json::object out{{"kind", to_string(ref.kind)},
                   {"indicator", ref.indicator},
                   {"label", row.label},
                   {"value", ref.seen},
                   {"unit", ref.unit}};
  if (!ref.dimension.empty())
    out["group"] = json::object{{"dimension", ref.dimension}, {"code", ref.group}};
  if (ref.kind == FigureRef::Kind::Change) out["last_year"] = ref.last_year;
  out["org"] = ref.org.text();
  out["period"] = json::object{{"from", ref.period.from.text()}, {"to", ref.period.to.text()}};
  out["records"] = ref.records;
  out["source"] = row.source;
  return out;
}

json::object keep_json(const Keep &keep) {
  json::object out{{"reason", keep.reason}, {"by", keep.by}};
  if (!keep.against.empty()) out["against"] = keep.against;
  return out;
}

json::object sentence_json(const Sentence &sentence, const Sources &sources) {
  json::array clauses;
  for (const auto &clause : sentence.clauses) clauses.push_back(json::string(clause));
  json::array figures;
  json::array kept;
  std::size_t at = 0;
  for (const auto &run : sentence.runs) {
    const std::size_t length = text::length(run.text);
    if (run.figure) {
      auto figure = figure_json(*run.figure, sources);
      figure["printed"] = run.text;
      figure["at"] = json::array{at, at + length};
      if (run.kept) figure["kept"] = keep_json(*run.kept);
      figures.push_back(std::move(figure));
    } else if (run.kept) {
      auto one = keep_json(*run.kept);
      one["at"] = json::array{at, at + length};
      kept.push_back(std::move(one));
    }
    at += length;
  }
  json::array rests_on;
  for (const auto &ref : sentence.rests_on) rests_on.push_back(figure_json(ref, sources));
  json::array authors;
  for (const auto &author : sentence.authors)
    authors.push_back(json::object{{"record", author.record.text()},
                                   {"ledger", author.type},
                                   {"number", author.number},
                                   {"author", author.name}});
  json::object out{{"id", sentence.id},
                   {"text", sentence.text()},
                   {"clauses", std::move(clauses)},
                   {"figures", std::move(figures)},
                   {"rests_on", std::move(rests_on)},
                   {"authors", std::move(authors)}};
  if (!kept.empty()) out["kept"] = std::move(kept);
  if (!sentence.edited_by.empty()) out["edited_by"] = sentence.edited_by;
  return out;
}

} // namespace

json::object to_json(const Draft &draft, const catalog::Catalog &catalog) {
  const auto &document = draft.document;
  const Sources sources(document, catalog);
  json::array blocks;
  for (const auto &block : document.blocks) {
    json::object out{{"id", block.id}, {"kind", to_string(block.kind)}};
    if (block.level > 0) out["level"] = block.level;
    if (!block.number.empty()) out["number"] = block.number;
    if (block.required) out["required"] = true;
    json::array sentences;
    for (const auto &sentence : block.sentences)
      sentences.push_back(sentence_json(sentence, sources));
    out["sentences"] = std::move(sentences);
    blocks.push_back(std::move(out));
  }
  json::array missing;
  for (const auto &gap : draft.missing)
    missing.push_back(json::object{{"kind", to_string(gap.kind)},
                                   {"required", gap.required},
                                   {"where", gap.where},
                                   {"topic", gap.topic},
                                   {"clause", gap.clause},
                                   {"indicator", gap.indicator},
                                   {"label", gap.label},
                                   {"message", gap.message}});
  json::array unsaid;
  for (const auto &figure : draft.unsaid)
    unsaid.push_back(json::object{
        {"indicator", figure.indicator}, {"label", figure.label}, {"value", figure.value}});

  json::object head{
      {"outline", document.outline},
      {"org", document.org.text()},
      {"org_name", document.org_name},
      {"period",
       json::object{{"from", document.period.from.text()}, {"to", document.period.to.text()}}},
      {"cutoff", document.cutoff ? json::value(document.cutoff->text()) : json::value(nullptr)},
      {"style", document.approximate ? "approximate" : "exact"},
      {"document_number", document.document_number},
      {"issuer", document.issuer},
      {"signer", document.signer},
      {"date", document.date ? json::value(document.date->text()) : json::value(nullptr)},
      {"note", document.page_note},
      {"catalog", document.catalog_hash}};
  return {{"document", std::move(head)},   {"title", document.title()},
          {"complete", draft.complete()},  {"blocks", std::move(blocks)},
          {"missing", std::move(missing)}, {"unsaid", std::move(unsaid)}};
}

} // namespace yifa::report
