#include "report/writer.h"

#include "report/amount.h"

#include <algorithm>

namespace yifa::report {

using catalog::Token;
using record::Figure;
using TokenKind = Token::Kind;

std::size_t next_break(std::string_view text) {
  std::size_t at = std::string_view::npos;
  for (std::string_view mark : {"，", "；", "。"}) at = std::min(at, text.find(mark));
  return at;
}

const Token *first_figure(const std::vector<Token> &all) {
  for (const auto &token : all) {
    switch (token.kind) {
    case TokenKind::Figure:
    case TokenKind::Groups:
    case TokenKind::Group:
    case TokenKind::Names:
      return &token;
    case TokenKind::Optional:
      if (const Token *found = first_figure(token.inner)) return found;
      break;
    default:
      break;
    }
  }
  return nullptr;
}

Writer::Writer(const Ground &ground, const catalog::Template &text,
               const std::vector<catalog::Clause::Condition> &when)
    : ground_(ground), text_(text) {
  if (const Token *lead = first_figure(text.tokens)) lead_ = lead->name;
  for (const auto &condition : when) {
    const auto *figure = ground.facts.figure(condition.indicator);
    if (figure && figure->ratio) {
      terms_.insert(figure->numerator_id);
      terms_.insert(figure->denominator_id);
    }
    if (condition.equals == Decimal()) zero_wanted_.insert(condition.indicator);
  }
  look_ahead(text.tokens);
}

void Writer::look_ahead(const Tokens &all) {
  for (const auto &token : all) {
    if (token.kind == TokenKind::Optional) look_ahead(token.inner);
    if (token.kind == TokenKind::Word && token.name == "villages") in_text_.insert("@villages");
    if (token.kind != TokenKind::Figure) continue;
    const auto *figure = ground_.facts.figure(token.name);
    if (!figure || !figure->exists()) continue;
    in_text_.insert(token.name);
    if (figure->percent) {
      terms_.insert(figure->numerator_id);
      terms_.insert(figure->denominator_id);
    }
  }
}

Writer::Outcome Writer::write() {
  switch (tokens(text_.tokens, prose, false)) {
  case Print::Done:
    break;
  case Print::Said:
    return Outcome::Said;
  default:
    return Outcome::Missing;
  }
  prose.trim_end();
  if (prose.empty() || (!lead_.empty() && !lead_done_)) return Outcome::Missing;
  return Outcome::Written;
}

Writer::Print Writer::tokens(const Tokens &all, Prose &out, bool optional) {
  bool skipping = false; // until the segment of a dropped rate ends
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Token &token = all[i];
    if (token.kind == TokenKind::Text) {
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
    if (token.kind == TokenKind::Optional) {
      skipping = false;
      // Parts see what stands before them, so the part is tried on a copy of what it would leave
      // behind.
      const auto before_numbers = numbers;
      const auto before_printed = printed;
      const auto before_falls = falls.size();
      Prose part;
      if (tokens(token.inner, part, true) == Print::Done && !part.empty()) {
        out.add(std::move(part));
      } else {
        numbers = before_numbers;
        printed = before_printed;
        falls.resize(before_falls);
      }
      continue;
    }
    if (skipping) continue;
    const Token *next = i + 1 < all.size() ? &all[i + 1] : nullptr;
    const auto result = print(token, next, out, optional);
    if (result == Print::Done) continue;
    if (result == Print::NoRate && (optional || lead_done_)) {
      out.cut_segment();
      skipping = true;
      continue;
    }
    if (optional || !lead_done_) return result == Print::Said ? Print::Said : Print::Silent;
    out.cut_segment();
    return Print::Done;
  }
  return Print::Done;
}

Writer::Print Writer::print(const Token &token, const Token *next, Prose &out, bool optional) {
  switch (token.kind) {
  case TokenKind::Figure:
    return number(token, out, optional);
  case TokenKind::Change:
    return change(token, out);
  case TokenKind::Groups:
    return groups(token, out);
  case TokenKind::Group:
    return one_group(token, out, optional);
  case TokenKind::Names:
    return names(token, next, out);
  case TokenKind::Word:
    return word(token, out);
  case TokenKind::Text:
  case TokenKind::Field:
  case TokenKind::Optional:
    break;
  }
  return Print::Silent;
}

const Figure *Writer::speaking(const std::string &id) const {
  const auto *figure = ground_.facts.figure(id);
  if (!figure || !figure->exists()) return nullptr;
  if (figure->zero() && !zero_wanted_.contains(id)) return nullptr;
  return figure;
}

bool Writer::said(const std::string &key, bool optional) const {
  // The first figure and parts in [ ] give way in this section; what stands between stays, or the
  // sentence would lie.
  if (optional) return ground_.said.contains(key);
  return !lead_done_ && ground_.said_here.contains(key);
}

bool Writer::rough(const std::string &indicator) const {
  if (ground_.options.style != Style::Approximate) return false;
  const auto *declared = ground_.catalog.indicator(indicator);
  return declared && declared->rough && !terms_.contains(indicator) &&
         !ground_.itemised.contains(indicator);
}

bool Writer::rate_allowed(const Figure &rate) const {
  if (rate.denominator < ground_.words.number("limit.rate_base")) return false;
  const bool over = in_text_.contains(rate.denominator_id);
  const bool of = in_text_.contains(rate.numerator_id);
  return rate.comparable() == Decimal::from_int(100) ? over || of : over && of;
}

Writer::Print Writer::number(const Token &token, Prose &out, bool optional) {
  const Figure *figure = speaking(token.name);
  if (!figure) return Print::Silent;
  if (figure->percent && !rate_allowed(*figure)) return Print::NoRate;
  if (said(token.name, optional)) return Print::Said;
  const auto amount = amount_of(*figure, {token.argument, rough(token.name)}, ground_.words);
  out.number(ground_.ref(FigureRef::Kind::Value, *figure), amount.number, amount.unit);
  numbers.insert(token.name);
  printed.insert(token.name);
  lead_done_ = true;
  return Print::Done;
}

Writer::Print Writer::change(const Token &token, Prose &out) {
  const Figure *now = ground_.facts.figure(token.name);
  const Figure *before = ground_.facts.last_year(token.name);
  const auto comparable = [](const Figure *figure) {
    return figure && (figure->status == Figure::Status::Counted ||
                      figure->status == Figure::Status::ConfirmedZero);
  };
  if (!comparable(now) || !comparable(before)) return Print::Silent;
  if (now->ratio) {
    const auto base = ground_.words.number("limit.rate_base");
    if (now->denominator < base || before->denominator < base) return Print::Silent;
  }
  // A difference beside a number with 余 would give the number away, and wrongly.
  if (amount_of(*now, {{}, rough(token.name)}, ground_.words).rough) return Print::Silent;

  const auto value = [](const Figure &figure) {
    return figure.ratio ? figure.comparable().millionths() : figure.value;
  };
  const std::int64_t difference = value(*now) - value(*before);
  FigureRef ref = ground_.ref(FigureRef::Kind::Change, *now);
  ref.last_year = exact_value(*before);
  ref.seen =
      now->ratio ? Decimal::from_millionths(difference).text() : exact_value(*now, difference);
  if (difference == 0) {
    out.figure(std::move(ref), std::string(ground_.words.get("change.same")));
    return Print::Done;
  }
  std::string key = difference > 0 ? "change.up" : "change.down";
  if (now->ratio) key += "_rate";
  const auto phrase = ground_.words.get(key);
  const auto slot = phrase.find("{n}");
  const auto amount =
      amount_of_difference(*now, difference > 0 ? difference : -difference, ground_.words);
  out.text(phrase.substr(0, slot));
  out.number(std::move(ref), amount.number, amount.unit);
  if (slot != std::string_view::npos) out.text(phrase.substr(slot + 3));
  const auto fall = ground_.words.number("limit.fall");
  if (!now->ratio && difference < 0 && -difference >= (before->value * fall + 99) / 100)
    falls.push_back(token.name);
  return Print::Done;
}

Writer::Print Writer::word(const Token &token, Prose &out) {
  if (token.name == "span") {
    out.span();
  } else if (token.name == "verb") {
    out.verb(token.argument);
  } else if (token.name == "villages") {
    if (ground_.facts.office().villages <= 0) return Print::Silent;
    out.number(ground_.villages_ref(), std::to_string(ground_.facts.office().villages),
               ground_.words.get("number.villages"));
  } else {
    out.text(ground_.outline_text("{@" + token.name + "}"));
  }
  return Print::Done;
}

} // namespace yifa::report
