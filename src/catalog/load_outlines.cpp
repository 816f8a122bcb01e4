#include "catalog/loading.h"

#include <algorithm>
#include <fmt/format.h>

namespace yifa::catalog {
namespace {

const std::initializer_list<std::string_view> part_words = {"achievements", "first_person",
                                                            "shortcomings", "next_year"};

/// A heading or sentence of an outline: words like {@year}, no figures.
std::optional<Template> outline_text(Loading &loading, const Node &node, std::string_view what) {
  auto text = read_text(node, loading.report, what);
  if (text.empty()) return std::nullopt;
  auto made = parse_template(text);
  if (!made) {
    for (const auto &problem : made.error().problems) loading.report.error(node, problem.message);
    return std::nullopt;
  }
  static const std::vector<std::string> known = {
      "org", "org_short", "year", "next_year", "villages", "all", "span", "points", "county"};
  for (const auto &token : made->tokens) {
    if (token.kind == Token::Kind::Text) continue;
    if (token.kind != Token::Kind::Word)
      loading.report.error(node, "an outline prints words like {@year}; figures stand in clauses");
    else if (std::find(known.begin(), known.end(), token.name) == known.end())
      loading.report.unknown(node, "word", token.name, known);
  }
  return *made;
}

std::vector<std::string> topics_of(Loading &loading, const Shape &shape) {
  std::vector<std::string> out;
  const CodeList *list = loading.catalog.list("topics");
  for (const Node *one : shape.list("topics")) {
    out.emplace_back(one->text);
    if (!list || list->find(one->text)) continue;
    std::vector<std::string> known;
    for (const auto &word : list->codes) known.push_back(word.code);
    loading.report.unknown(*one, "topic", one->text, known);
  }
  return out;
}

Chapter read_chapter(Loading &loading, const Node &node) {
  auto &report = loading.report;
  Chapter out;
  Shape shape(node, report, "a chapter",
              {"heading", "part", "always", "intro", "topics", "points", "sections"});
  if (!shape.good()) return out;
  if (const Node *heading = shape.need("heading")) {
    outline_text(loading, *heading, "heading");
    out.heading = heading->text;
  }
  if (shape.need("part"))
    for (const Node *one : shape.list("part")) {
      read_word(*one, report, "part", part_words);
      out.parts.emplace_back(one->text);
    }
  out.always = shape.flag("always");
  out.points = shape.flag("points");
  if (const Node *intro = shape.get("intro")) {
    outline_text(loading, *intro, "intro");
    out.intro = intro->text;
  }
  out.topics = topics_of(loading, shape);
  if (const Node *sections = shape.get("sections")) {
    if (!sections->is_list()) report.error(*sections, "\"sections\" must be a list");
    if (!out.topics.empty()) report.error(*sections, "a chapter has topics or sections, not both");
    for (const Node &one : sections->items) {
      if (!sections->is_list()) break;
      Shape inner(one, report, "a section", {"heading", "topics", "points"});
      if (!inner.good()) continue;
      Section section;
      if (const Node *heading = inner.need("heading")) {
        outline_text(loading, *heading, "heading");
        section.heading = heading->text;
      }
      section.points = inner.flag("points");
      inner.need("topics");
      section.topics = topics_of(loading, inner);
      out.sections.push_back(std::move(section));
    }
  } else if (out.topics.empty()) {
    report.error(node, "a chapter without topics and sections");
  }
  return out;
}

} // namespace

void read_outline(Loading &loading, const Node &root, std::string_view id) {
  auto &report = loading.report;
  Outline out;
  Shape shape(root, report, "the outline",
              {"id", "label", "title", "opening", "addressee", "closing", "signature", "chapters"});
  if (!shape.good()) return;
  out.id = id;
  if (const Node *own = shape.get("id"); own && own->text != id)
    report.error(*own, fmt::format("the outline's id is \"{}\" by its place", id));
  if (const Node *label = shape.need("label")) out.label = read_words(*label, report, "label");
  if (const Node *title = shape.need("title"))
    if (auto made = outline_text(loading, *title, "title")) out.title = *made;
  if (const Node *opening = shape.get("opening"))
    if (auto made = outline_text(loading, *opening, "opening")) out.opening = *made;
  if (const Node *closing = shape.get("closing"))
    if (auto made = outline_text(loading, *closing, "closing")) out.closing = *made;
  out.addressee = shape.text("addressee");
  if (const Node *signature = shape.get("signature")) {
    if (!signature->quoted && (signature->text == "true" || signature->text == "false"))
      out.signature = signature->text == "true";
    else if (auto made = outline_text(loading, *signature, "signature"))
      out.signed_by = *made;
  }
  if (const Node *chapters = shape.need("chapters")) {
    if (!chapters->is_list() || chapters->items.empty())
      report.error(*chapters, "\"chapters\" must be a list");
    else
      for (const Node &one : chapters->items) out.chapters.push_back(read_chapter(loading, one));
  }
  if (!loading.outline_nodes.emplace(out.id, &root).second)
    report.error(root, fmt::format("the outline \"{}\" is declared twice", out.id));
  loading.catalog.outlines.push_back(std::move(out));
}

void check_outlines(Loading &loading) {
  const CodeList *topics = loading.catalog.list("topics");
  for (const auto &outline : loading.catalog.outlines) {
    const Node &root = *loading.outline_nodes[outline.id];
    if (root.file->broken) continue;
    const Node *chapters = root.find("chapters");
    const Node &at = chapters ? *chapters : root;
    std::map<std::string, int> seen;
    std::set<std::string> parts;
    for (const auto &chapter : outline.chapters) {
      parts.insert(chapter.parts.begin(), chapter.parts.end());
      for (const auto &topic : chapter.topics) ++seen[topic];
      for (const auto &section : chapter.sections)
        for (const auto &topic : section.topics) ++seen[topic];
    }
    for (auto part : part_words)
      if (!parts.count(std::string(part)))
        loading.report.error(
            at, fmt::format("the outline \"{}\" has no chapter of part {}", outline.id, part));
    if (!topics) continue;
    std::string missing;
    for (const auto &word : topics->codes) {
      if (seen[word.code] == 0 && word.under.empty())
        missing += (missing.empty() ? "" : ", ") + word.code;
      if (seen[word.code] > 1)
        loading.report.error(at,
                             fmt::format("the topic \"{}\" stands {} times in the outline \"{}\"",
                                         word.code, seen[word.code], outline.id));
    }
    if (!missing.empty())
      loading.report.error(
          at, fmt::format("the outline \"{}\" lacks the topics {}", outline.id, missing));
  }
  if (loading.catalog.outlines.empty() && !loading.any_broken)
    loading.report.error_in("outlines/", "the catalog has no outline");
  if (!topics && !loading.any_broken)
    loading.report.error_in("lists/topics.yaml", "the catalog lacks the list \"topics\"");
}

} // namespace yifa::catalog
