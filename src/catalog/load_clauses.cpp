#include "catalog/loading.h"

#include <algorithm>
#include <fmt/format.h>

namespace yifa::catalog {
namespace {

const std::initializer_list<std::string_view> clause_keys = {
    "topic", "order", "when", "text", "forms", "each", "style", "zero", "join"};

class ClauseReader {
public:
  ClauseReader(Loading &loading, const RecordType &type, Clause &out, const Node &node)
      : loading_(loading), report_(loading.report), type_(type), out_(out),
        shape_(node, loading.report, fmt::format("the clause \"{}\"", out.id), clause_keys) {}
  bool read();

private:
  void topic(const Node &node);
  void each(const Node &node);
  void texts(const Node &key);
  std::optional<Template> text(const Node &node);
  std::vector<Clause::Condition> conditions(const Node &node);

  Loading &loading_;
  Report &report_;
  const RecordType &type_;
  Clause &out_;
  Shape shape_;
};

std::optional<Template> ClauseReader::text(const Node &node) {
  auto words = read_text(node, report_, "text");
  if (words.empty()) return std::nullopt;
  auto made = parse_template(words);
  if (made) return *made;
  for (const auto &problem : made.error().problems) {
    // The place inside the text; a quoted text without escapes stands one byte behind its quote.
    auto offset = static_cast<std::size_t>(std::stoul(problem.where));
    std::size_t bytes = 0;
    for (std::size_t seen = 0; bytes < node.text.size() && seen < offset; ++seen) {
      ++bytes;
      while (bytes < node.text.size() &&
             (static_cast<unsigned char>(node.text[bytes]) & 0xC0) == 0x80)
        ++bytes;
    }
    report_.error_at(*node.file, node.offset + bytes + (node.quoted ? 1 : 0), problem.message);
  }
  return std::nullopt;
}

std::vector<Clause::Condition> ClauseReader::conditions(const Node &node) {
  std::vector<Clause::Condition> out;
  if (!node.is_map()) {
    report_.error(node, "\"when\" must be a map like {indicator: 100}");
    return out;
  }
  auto number = [&](const Node &at) -> std::optional<Decimal> {
    if (at.is_text() && !at.quoted)
      if (auto made = Decimal::parse(at.text)) return *made;
    report_.error(at, "a number must stand here");
    return std::nullopt;
  };
  for (std::size_t i = 0; i < node.pairs(); ++i) {
    Clause::Condition one;
    one.indicator = node.key(i).text;
    const Node &value = node.value(i);
    if (value.is_map()) {
      Shape shape(value, report_, "the condition", {"min", "max", "same"});
      if (value.pairs() == 0) report_.error(value, "an empty condition");
      if (const Node *min = shape.get("min")) one.min = number(*min);
      if (const Node *max = shape.get("max")) one.max = number(*max);
      one.same = shape.text("same");
    } else {
      one.equals = number(value);
    }
    out.push_back(std::move(one));
  }
  return out;
}

void ClauseReader::topic(const Node &node) {
  auto words = read_text(node, report_, "topic");
  constexpr std::string_view by_field = "@field ";
  Scope scope;
  scope.type = &type_;
  if (words.starts_with(by_field)) {
    Named field = find_name(loading_, scope, node, std::string_view(words).substr(by_field.size()));
    if (field &&
        (!field.field || field.field->type != FieldType::Code || field.field->list != "topics"))
      report_.error(node, "the field must be a code of the list \"topics\"");
    out_.topic_field = field.ref;
    if (!shape_.has("each")) report_.error(node, "a topic taken from a field goes with `each`");
    return;
  }
  out_.topic = words;
  const CodeList *list = loading_.catalog.list("topics");
  if (list && !list->find(words)) {
    std::vector<std::string> known;
    for (const auto &word : list->codes) known.push_back(word.code);
    report_.unknown(node, "topic", words, known);
  }
}

void ClauseReader::each(const Node &node) {
  Clause::Each made;
  Shape shape(node, report_, "each", {"where", "order", "limit", "of"});
  Scope scope;
  scope.type = &type_;
  if (const Node *where = shape.get("where"))
    made.where = read_predicate(loading_, scope, *where, {"a clause", false, false, false, false});
  if (const Node *order = shape.get("order")) {
    auto name = read_text(*order, report_, "order");
    made.descending = name.starts_with("-");
    Named field =
        find_name(loading_, scope, *order, std::string_view(name).substr(made.descending ? 1 : 0));
    if (field.field && field.field->personal)
      report_.error(*order, "a personal field orders nothing");
    made.order = field.ref;
  }
  made.limit = static_cast<int>(std::min<std::int64_t>(shape.number("limit"), 1000));
  if (const Node *of = shape.get("of"))
    made.next_year = read_word(*of, report_, "of", {"next_year"}) == 0;
  out_.each = std::move(made);
}

void ClauseReader::texts(const Node &key) {
  const Node *plain = shape_.get("text");
  const Node *forms = shape_.get("forms");
  const Node *style = shape_.get("style");
  int ways = (plain ? 1 : 0) + (forms ? 1 : 0) + (style ? 1 : 0);
  if (ways != 1) {
    report_.error(key,
                  fmt::format("the clause \"{}\" says {} of text, forms, style; it must say one",
                              out_.id, ways == 0 ? "none" : "several"));
    return;
  }
  const Node *when = shape_.get("when");
  if (plain) {
    Clause::Form form;
    if (when && !out_.each) form.when = conditions(*when);
    if (auto made = text(*plain)) {
      form.text = std::move(*made);
      out_.forms.push_back(std::move(form));
    }
    if (when && out_.each) report_.error(*when, "`each` has its own `where`");
    return;
  }
  if (when) report_.error(*when, "`when` goes with `text`; forms have one each");
  if (style) {
    if (!out_.each) report_.error(*style, "`style` goes with `each`");
    for (const Node *one : read_texts(*style, report_, "style"))
      if (auto made = text(*one)) out_.forms.push_back({{}, std::move(*made)});
    return;
  }
  if (out_.each) report_.error(*forms, "`each` takes text or style");
  if (!forms->is_list() || forms->items.empty()) {
    report_.error(*forms, "\"forms\" must be a list of {when, text}");
    return;
  }
  for (std::size_t i = 0; i < forms->items.size(); ++i) {
    const Node &one = forms->items[i];
    Shape shape(one, report_, "a form", {"when", "text"});
    if (!shape.good()) continue;
    Clause::Form form;
    if (const Node *condition = shape.get("when")) form.when = conditions(*condition);
    if (form.when.empty() && i + 1 < forms->items.size())
      report_.error(one, "a form without `when` always holds, so it must be the last");
    if (const Node *words = shape.need("text"))
      if (auto made = text(*words)) {
        form.text = std::move(*made);
        out_.forms.push_back(std::move(form));
      }
  }
}

bool ClauseReader::read() {
  if (!shape_.good()) return false;
  if (const Node *node = shape_.need("topic")) topic(*node);
  out_.order = static_cast<int>(std::min<std::int64_t>(shape_.number("order", 50), 10000));
  if (const Node *join = shape_.get("join")) {
    int at = read_word(*join, report_, "join", {"sentence", "comma", "semicolon"});
    if (at >= 0) out_.join = static_cast<Clause::Join>(at);
  }
  if (const Node *node = shape_.get("each")) each(*node);
  texts(shape_.node());
  if (const Node *zero = shape_.get("zero")) {
    if (out_.each) report_.error(*zero, "a clause of single records has no zero");
    if (zero->is_map()) {
      Shape words(*zero, report_, "zero", {"text"});
      out_.zero_text = words.need_text("text");
    } else {
      out_.zero = read_text(*zero, report_, "zero");
    }
  }
  return true;
}

} // namespace

void read_clause(Loading &loading, const Node &key, std::string_view id, const Node &node,
                 std::size_t edition) {
  if (node.broken()) return;
  Clause clause;
  const RecordType &type = loading.catalog.editions[edition];
  clause.id = fmt::format("{}.{}", type.id, id);
  clause.type = type.id;
  if (!ClauseReader(loading, type, clause, node).read()) return;
  loading.catalog.clauses.push_back(std::move(clause));
  loading.clause_sources.push_back({&key, &node, edition});
}

void read_clauses(Loading &loading, const Node &map, std::size_t edition) {
  if (loading.sources[edition].past || map.is_null() || map.broken()) return;
  if (!map.is_map()) {
    loading.report.error(map, "\"clauses\" must be a map of clauses");
    return;
  }
  for (std::size_t i = 0; i < map.pairs(); ++i) {
    const Node &key = map.key(i);
    if (!check_name(key, loading.report, "a clause")) continue;
    if (key.text.starts_with("x_"))
      loading.report.error(key, "clauses with x_ belong to a county's overlay");
    read_clause(loading, key, key.text, map.value(i), edition);
  }
}

} // namespace yifa::catalog
