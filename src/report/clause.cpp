#include "report/clause.h"

#include "report/writer.h"

#include <algorithm>

namespace yifa::report {

using catalog::Clause;
using record::Figure;

namespace {

bool holds(const Ground &ground, const Clause::Condition &condition) {
  const auto *figure = ground.facts.figure(condition.indicator);
  if (!figure || !figure->exists()) return false;
  const Decimal value = figure->comparable();
  if (condition.equals && value != *condition.equals) return false;
  if (condition.min && value < *condition.min) return false;
  if (condition.max && value > *condition.max) return false;
  if (condition.same.empty()) return true;
  const auto *other = ground.facts.figure(condition.same);
  return other && other->exists() && other->comparable() == value;
}

bool all_hold(const Ground &ground, const Clause::Form &form) {
  return std::all_of(form.when.begin(), form.when.end(),
                     [&](const Clause::Condition &condition) { return holds(ground, condition); });
}

bool asks_for_zero(const Clause::Form &form, const std::string &lead) {
  return std::any_of(form.when.begin(), form.when.end(), [&](const Clause::Condition &condition) {
    return condition.indicator == lead && condition.equals == Decimal();
  });
}

/// The words 全部, 均 … of a form that is chosen because a rate is full become links to that rate;
/// the other figures that chose the form are kept beside the sentence.
void keep_conditions(Ground &ground, const Clause::Form &form, const Writer &writer, Piece &piece) {
  const auto claims = ground.words.list("claims");
  bool binding = true;
  for (const auto &condition : form.when) {
    const auto *figure = ground.facts.figure(condition.indicator);
    const auto *other = condition.same.empty() ? nullptr : ground.facts.figure(condition.same);
    if (!figure) continue;
    ground.mention(*figure);
    if (other) ground.mention(*other);
    if (writer.printed.contains(figure->id)) {
      if (!other || writer.printed.contains(other->id)) continue;
      figure = other; // the claim is about the one that is not printed
    }
    auto ref = ground.ref(FigureRef::Kind::Word, *figure);
    const bool full = (figure->ratio && condition.equals) || !condition.same.empty();
    if (full && binding && piece.prose.bind(claims, ref)) continue;
    if (full) binding = false;
    piece.rests_on.push_back(std::move(ref));
  }
}

Piece piece_of(const Clause &clause) {
  Piece piece;
  piece.id = clause.id;
  piece.clause = clause.id;
  piece.order = clause.order;
  piece.join = clause.join;
  return piece;
}

/// Everything a written form leaves behind.
void commit(Ground &ground, const Clause &clause, const std::string &topic, const Writer &writer) {
  for (const auto &id : writer.printed) {
    const auto *figure = ground.facts.figure(id);
    if (!figure) continue;
    ground.mention(*figure);
    if (figure->status == Figure::Status::Partial)
      ground.miss(Missing::Kind::Partial, topic, clause.id, id, figure->label);
  }
  ground.said.insert(writer.numbers.begin(), writer.numbers.end());
  ground.said_here.insert(writer.numbers.begin(), writer.numbers.end());
  for (const auto &id : writer.falls)
    if (const auto *figure = ground.facts.figure(id))
      ground.miss(Missing::Kind::Reason, topic, clause.id, id, figure->label);
}

} // namespace

namespace {

/// Whether the ledger of a figure has records of the period, so that a figure of some of them is
/// silent because there were none, not because nobody wrote.
bool ledger_kept(const Ground &ground, std::string_view id) {
  const auto *of = ground.catalog.indicator(id);
  if (of == nullptr || of->type.empty()) return false;
  return std::any_of(
      ground.catalog.indicators.begin(), ground.catalog.indicators.end(), [&](const auto &other) {
        const auto *figure = other.type == of->type ? ground.facts.figure(other.id) : nullptr;
        return figure != nullptr && !other.stock && figure->exists() && !figure->zero();
      });
}

/// What a clause leaves when its figure is a confirmed zero.
Piece zero_piece(Ground &ground, const Clause &clause, const Figure &figure) {
  Piece piece = piece_of(clause);
  piece.zero = true;
  piece.zero_ref = ground.ref(FigureRef::Kind::Zero, figure);
  ground.mention(figure);
  if (clause.zero_text.empty())
    piece.zero_noun = clause.zero;
  else
    piece.prose.figure(piece.zero_ref, clause.zero_text);
  return piece;
}

} // namespace

std::vector<Piece> write_clause(Ground &ground, const Clause &clause, const std::string &topic) {
  const Figure *general = nullptr; // the first figure of the last, most general form
  for (const auto &form : clause.forms) {
    const auto *lead = first_figure(form.text.tokens);
    if (!lead) continue;
    general = ground.facts.figure(lead->name);
    if (general) continue;
    ground.problems.push_back(
        {clause.id, "the clause names the unknown figure " + lead->name, {}, {}});
    return {};
  }
  const bool may_be_zero = !clause.zero.empty() || !clause.zero_text.empty();
  std::vector<Piece> pieces;
  if (may_be_zero && general && general->zero()) {
    if (general->status == Figure::Status::ConfirmedZero)
      pieces.push_back(zero_piece(ground, clause, *general));
    return pieces;
  }
  for (const auto &form : clause.forms) {
    const auto *lead = first_figure(form.text.tokens);
    const auto *figure = lead ? ground.facts.figure(lead->name) : nullptr;
    if (figure && (!figure->exists() || (figure->zero() && !asks_for_zero(form, lead->name))))
      continue;
    if (!all_hold(ground, form)) continue;
    Writer writer(ground, form.text, form.when);
    const auto outcome = writer.write();
    if (outcome == Writer::Outcome::Said) return {};
    if (outcome == Writer::Outcome::Missing) continue;
    Piece piece = piece_of(clause);
    piece.prose = std::move(writer.prose);
    keep_conditions(ground, form, writer, piece);
    commit(ground, clause, topic, writer);
    pieces.push_back(std::move(piece));
    return pieces;
  }
  if (general && !general->exists() && (may_be_zero || !ledger_kept(ground, general->id))) {
    const auto label = clause.zero.empty() ? general->label : clause.zero;
    ground.miss(may_be_zero ? Missing::Kind::Zero : Missing::Kind::Figure, topic, clause.id,
                general->id, label);
  }
  return pieces;
}

} // namespace yifa::report
