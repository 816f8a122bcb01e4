#include "report/clause.h"

#include "report/writer.h"

#include <algorithm>

namespace yifa::report {

using catalog::Clause;
using catalog::Token;
using record::Record;

namespace {

std::string_view code_of(const catalog::Value &value) {
  const auto *code = value.get<catalog::Code>();
  return code ? std::string_view(code->text) : std::string_view();
}

const catalog::Value *value_of(const catalog::RecordType &type, const Record &record,
                               std::string_view field) {
  const int at = type.field_index(field);
  if (at < 0 || static_cast<std::size_t>(at) >= record.values.size()) return nullptr;
  return &record.value(at);
}

/// By the clause's order field, the codes of a list by their rank; what is not filled comes last.
/// Equal ones keep their day.
void sort_records(const Ground &ground, const catalog::RecordType &type, const Clause::Each &each,
                  std::vector<const Record *> &records) {
  if (each.order.name.empty()) {
    if (each.descending) std::reverse(records.begin(), records.end());
    return;
  }
  const auto *field = type.field(each.order.name);
  if (!field) return;
  const auto *list = ground.catalog.list(field->list);
  const auto before = [&](const Record *a, const Record *b) {
    const auto *left = value_of(type, *a, field->id);
    const auto *right = value_of(type, *b, field->id);
    const bool has_left = left && left->filled();
    const bool has_right = right && right->filled();
    if (!has_left || !has_right) return has_left && !has_right;
    if (list) {
      const int rank_left = list->rank(code_of(*left));
      const int rank_right = list->rank(code_of(*right));
      return each.descending ? rank_left > rank_right : rank_left < rank_right;
    }
    const auto order = catalog::order(*left, *right);
    return each.descending ? order == std::partial_ordering::greater
                           : order == std::partial_ordering::less;
  };
  std::stable_sort(records.begin(), records.end(), before);
}

/// Writes one record's sentence.
class RecordWriter {
public:
  RecordWriter(const Ground &ground, const catalog::RecordType &type, const Record &record,
               bool plan)
      : ground_(ground), type_(type), record_(record), plan_(plan) {}

  Prose prose;
  std::vector<std::string> empty; ///< labels of fields outside [ ] that are not filled

  /// False when the first field has no words, so that there is nothing to say.
  bool write(const catalog::Template &text) {
    const bool good = tokens(text.tokens, prose, false);
    prose.trim_end();
    return good && !prose.empty() && spoke_;
  }

private:
  bool tokens(const std::vector<Token> &all, Prose &out, bool optional) {
    bool skipping = false;
    for (const auto &token : all) {
      if (token.kind == Token::Kind::Text) {
        std::string_view text = token.text;
        if (skipping) {
          const auto at = next_break(text);
          if (at == std::string_view::npos) continue;
          text.remove_prefix(at);
          skipping = false;
        }
        out.text(text);
        continue;
      }
      if (token.kind == Token::Kind::Optional) {
        skipping = false;
        Prose part;
        if (tokens(token.inner, part, true)) out.add(std::move(part));
        continue;
      }
      if (skipping) continue;
      if (print(token, out)) continue;
      if (optional) return false;
      if (const auto *field = type_.field(token.name)) empty.push_back(field->label.zh);
      if (!spoke_) return false;
      out.cut_segment();
      skipping = true;
    }
    return true;
  }

  bool print(const Token &token, Prose &out) {
    const int year = plan_ ? ground_.options.year + 1 : ground_.options.year;
    if (token.kind == Token::Kind::Word) {
      if (token.name == "month") {
        const auto *value = value_of(type_, record_, token.argument);
        const auto *day = value ? value->get<Date>() : nullptr;
        if (!day) return false;
        out.quote(std::to_string(day->month()));
        spoke_ = true;
      } else if (token.name == "span") {
        out.span();
      } else if (token.name == "verb") {
        out.verb(token.argument);
      } else {
        out.text(ground_.outline_text("{@" + token.name + "}"));
      }
      return true;
    }
    // A name without mark is a field here, also in a catalog whose loader left it as a figure.
    const auto *field = type_.field(token.name);
    const auto *value = field ? value_of(type_, record_, field->id) : nullptr;
    auto words = value ? value_words(ground_, *field, *value, year, plan_) : std::string();
    if (words.empty()) return false;
    out.quote(words);
    spoke_ = true;
    return true;
  }

  const Ground &ground_;
  const catalog::RecordType &type_;
  const Record &record_;
  const bool plan_;
  bool spoke_ = false;
};

} // namespace

std::vector<Piece> write_each(Ground &ground, const Clause &clause, const std::string &topic) {
  const auto *type = ground.catalog.type(clause.type);
  if (!type || clause.forms.empty() || !clause.each) {
    ground.problems.push_back({clause.id, "the clause speaks of no known record type", {}, {}});
    return {};
  }
  auto records = ground.facts.records(clause.type, clause.each->where, clause.each->next_year);
  if (!clause.topic_field.name.empty())
    std::erase_if(records, [&](const Record *record) {
      const auto *value = value_of(*type, *record, clause.topic_field.name);
      return !value || code_of(*value) != topic;
    });
  sort_records(ground, *type, *clause.each, records);

  std::vector<Piece> pieces;
  for (const Record *record : records) {
    if (clause.each->limit > 0 && pieces.size() >= static_cast<std::size_t>(clause.each->limit))
      break;
    std::size_t &turn = ground.turns[clause.id];
    const auto &text = clause.forms[turn % clause.forms.size()].text;
    RecordWriter writer(ground, *type, *record, clause.each->next_year);
    const bool written = writer.write(text);
    for (const auto &label : writer.empty)
      ground.miss(Missing::Kind::Words, topic, clause.id, {},
                  type->label.zh + " " + record->number + " " + label);
    if (!written) continue;
    ++turn;
    // What was told one by one needs no number beside it.
    if (!clause.each->next_year)
      for (const auto &indicator : ground.catalog.indicators)
        if (indicator.type == clause.type) ground.mentioned.insert(indicator.id);
    Piece piece;
    piece.id = clause.id + "#" + (record->number.empty() ? record->id.text() : record->number);
    piece.clause = clause.id;
    piece.order = clause.order;
    piece.join = clause.join;
    piece.prose = std::move(writer.prose);
    piece.authors.push_back({record->id, record->type, record->number, record->created_by});
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

} // namespace yifa::report
