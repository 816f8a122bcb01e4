#include "catalog/loading.h"

#include <algorithm>
#include <fmt/format.h>

namespace yifa::catalog {
namespace {

/// What a text prints, for the rule on percents.
struct Printed {
  std::set<std::string> figures;
  std::set<std::string> words;
};

class ClauseChecker {
public:
  ClauseChecker(Loading &loading, Clause &clause, const ClauseSource &source)
      : loading_(loading), report_(loading.report), catalog_(loading.catalog), clause_(clause),
        source_(source) {
    scope_.type = &catalog_.editions[source.edition];
  }
  void run();

private:
  void tokens(std::vector<Token> &all, bool inside, Printed &printed);
  void token(Token &one, Printed &printed);
  void figure(const Token &one);
  void groups(const Token &one, const Indicator &of);
  void names(const Token &one, const Indicator &of);
  void word(const Token &one, Printed &printed);
  void field(Token &one);
  void conditions(const Clause::Form &form, const Node &at);
  void percents(const Clause::Form &form, const Printed &printed);
  void zero();
  const Indicator *find(const std::string &id);
  const Field *field_of(const Indicator &of, const FieldRef &ref) const;
  static const Token *first_figure(const std::vector<Token> &all);

  Loading &loading_;
  Report &report_;
  const Catalog &catalog_;
  Clause &clause_;
  const ClauseSource &source_;
  Scope scope_;
  const Node *at_ = nullptr; ///< the text being checked
};

const Indicator *ClauseChecker::find(const std::string &id) {
  if (const Indicator *found = catalog_.indicator(id)) return found;
  if (!loading_.indicator_places.count(id)) {
    std::vector<std::string> known;
    for (const auto &one : catalog_.indicators) known.push_back(one.id);
    report_.unknown(*at_, "indicator", id, known);
  }
  return nullptr;
}

const Field *ClauseChecker::field_of(const Indicator &of, const FieldRef &ref) const {
  const RecordType *type = catalog_.type(of.type);
  if (!type || ref.index < 0) return nullptr;
  int part = of.part.empty() ? -1 : type->part_index(of.part);
  const auto &fields = part >= 0 && ref.kind != FieldRef::Kind::Owner
                           ? type->parts[static_cast<std::size_t>(part)].fields
                           : type->fields;
  if (static_cast<std::size_t>(ref.index) >= fields.size()) return nullptr;
  const Field &field = fields[static_cast<std::size_t>(ref.index)];
  return ref.kind == FieldRef::Kind::RowColumn
             ? &field.columns[static_cast<std::size_t>(ref.column)]
             : &field;
}

void ClauseChecker::groups(const Token &one, const Indicator &of) {
  const Dimension *dimension = of.dimension(one.argument);
  if (!dimension) {
    std::vector<std::string> known;
    for (const auto &by : of.by) known.push_back(by.id);
    report_.unknown(*at_, fmt::format("group of \"{}\"", of.id), one.argument, known);
    return;
  }
  if (one.selector.empty()) return;
  const Field *field = field_of(of, dimension->field);
  const CodeList *list = field ? catalog_.list(field->list) : nullptr;
  if (!list) {
    report_.error(
        *at_, fmt::format("\"{}\" has no codes to choose \"{}\" from", one.argument, one.selector));
    return;
  }
  std::vector<std::string> known;
  if (one.kind == Token::Kind::Group) {
    if (list->find(one.selector)) return;
    for (const auto &code : list->codes) known.push_back(code.code);
    report_.unknown(*at_, fmt::format("code of \"{}\"", one.argument), one.selector, known);
    return;
  }
  for (const auto &code : list->codes) {
    if (code.set == one.selector) return;
    if (!code.set.empty()) known.push_back(code.set);
  }
  report_.unknown(*at_, fmt::format("set of \"{}\"", one.argument), one.selector, known);
}

void ClauseChecker::names(const Token &one, const Indicator &of) {
  if (of.way != Indicator::Way::Count && of.way != Indicator::Way::Sum &&
      of.way != Indicator::Way::Distinct) {
    report_.error(
        *at_, fmt::format("\"{}\" is computed from other figures and counts no records", of.id));
    return;
  }
  const RecordType *type = catalog_.type(of.type);
  if (!type) return;
  Scope record;
  record.type = type;
  int part = of.part.empty() ? -1 : type->part_index(of.part);
  Scope scope = part >= 0 ? record.of_part(type->parts[static_cast<std::size_t>(part)]) : record;
  Named found = find_name(loading_, scope, *at_, one.argument);
  if (!found) return;
  bool fits = found.field &&
              (found.field->type == FieldType::Text || found.field->type == FieldType::Code ||
               found.field->type == FieldType::Link || found.field->type == FieldType::Org);
  if (!fits)
    report_.error(*at_, fmt::format("{{{}@{}}}: names are text, code, org or link fields", one.name,
                                    one.argument));
  else if (found.field->personal)
    report_.error(*at_, fmt::format("\"{}\" is personal and is never printed", one.argument));
}

void ClauseChecker::figure(const Token &one) {
  const Indicator *of = find(one.name);
  if (!of) return;
  if (!of->unit_of.empty() && one.kind == Token::Kind::Figure) {
    report_.error(
        *at_, fmt::format("\"{}\" has unlike units; print {{{}*{}}}", of->id, of->id, of->unit_of));
    return;
  }
  if (one.kind == Token::Kind::Figure && !one.argument.empty()) {
    check_unit(loading_, *at_, one.argument);
    if (!catalog_.same_family(one.argument, of->unit))
      report_.error(*at_, fmt::format("\"{}\" counts {}; {} is of another family", of->id, of->unit,
                                      one.argument));
  }
  if (one.kind == Token::Kind::Change && of->percent)
    report_.error(*at_, fmt::format("\"{}\" is a percent; its change is not printed", of->id));
  if (one.kind == Token::Kind::Groups || one.kind == Token::Kind::Group) groups(one, *of);
  if (one.kind == Token::Kind::Names) names(one, *of);
}

void ClauseChecker::word(const Token &one, Printed &printed) {
  static const std::vector<std::string> plain = {"span",      "org",      "org_short", "year",
                                                 "next_year", "villages", "all"};
  printed.words.insert(one.name);
  if (std::find(plain.begin(), plain.end(), one.name) != plain.end()) {
    if (!one.argument.empty())
      report_.error(*at_, fmt::format("{{@{}}} takes nothing behind it", one.name));
    return;
  }
  if (one.name == "verb") {
    if (!catalog_.verbs.empty() && !catalog_.verbs.count(one.argument)) {
      std::vector<std::string> known;
      for (const auto &[group, words] : catalog_.verbs) known.push_back(group);
      report_.unknown(*at_, "group of verbs", one.argument, known);
    }
    return;
  }
  if (one.name == "month") {
    if (!clause_.each) {
      report_.error(*at_, "{@month …} goes with `each`");
      return;
    }
    Named found = find_name(loading_, scope_, *at_, one.argument);
    if (found && !is_day(found))
      report_.error(*at_, fmt::format("\"{}\" is no date", one.argument));
    return;
  }
  auto known = plain;
  known.insert(known.end(), {"verb", "month"});
  report_.unknown(*at_, "word", one.name, known);
}

/// In `each` a bare name is a field of the record.
void ClauseChecker::field(Token &one) {
  if (one.kind != Token::Kind::Figure || !one.argument.empty()) {
    report_.error(
        *at_,
        fmt::format("{{{}}}: a sentence on one record prints its fields, not figures", one.name));
    return;
  }
  one.kind = Token::Kind::Field;
  Named found = find_name(loading_, scope_, *at_, one.name);
  if (!found || !found.field) return;
  if (found.field->personal)
    report_.error(*at_, fmt::format("\"{}\" is personal and is never printed", one.name));
  else if (found.field->type == FieldType::File || found.field->type == FieldType::Rows)
    report_.error(*at_, fmt::format("\"{}\" is {} and prints nothing", one.name,
                                    to_string(found.field->type)));
}

void ClauseChecker::token(Token &one, Printed &printed) {
  switch (one.kind) {
  case Token::Kind::Text:
    break;
  case Token::Kind::Optional:
    tokens(one.inner, true, printed);
    break;
  case Token::Kind::Word:
    word(one, printed);
    break;
  default:
    if (clause_.each) {
      field(one);
    } else {
      printed.figures.insert(one.name);
      figure(one);
    }
  }
}

void ClauseChecker::tokens(std::vector<Token> &all, bool inside, Printed &printed) {
  bool any = false;
  for (auto &one : all) {
    token(one, printed);
    any = any || (one.kind != Token::Kind::Text && one.kind != Token::Kind::Word);
  }
  if (inside && !any)
    report_.error(*at_, "[ ] without a figure in it; what always stands needs no bracket");
  for (std::size_t i = 0; i + 1 < all.size(); ++i) {
    if (all[i].kind != Token::Kind::Figure || all[i + 1].kind != Token::Kind::Text) continue;
    const Indicator *of = catalog_.indicator(all[i].name);
    auto unit = !of ? std::string() : all[i].argument.empty() ? of->unit : all[i].argument;
    if (unit.empty() || unit == "分") continue;
    std::string_view next = all[i + 1].text;
    if (!next.starts_with(unit)) continue;
    auto rest = next.substr(unit.size());
    static constexpr std::string_view stops[] = {"，", "。", "、", "；", "（"};
    if (rest.empty() || std::any_of(std::begin(stops), std::end(stops),
                                    [&](auto s) { return rest.starts_with(s); }))
      report_.warning(
          *at_, fmt::format("{{{}}} prints its unit {}; the text repeats it", all[i].name, unit));
  }
}

void ClauseChecker::conditions(const Clause::Form &form, const Node &at) {
  const Node *saved = at_;
  at_ = &at;
  for (const auto &one : form.when) {
    const Indicator *left = find(one.indicator);
    if (one.same.empty()) continue;
    const Indicator *right = find(one.same);
    if (left && right && (!left->unit_of.empty() || !right->unit_of.empty()))
      report_.error(at, fmt::format("\"{}\" has unlike units and equals nothing",
                                    left->unit_of.empty() ? right->id : left->id));
    else if (left && right && !catalog_.same_family(left->unit, right->unit))
      report_.error(at, fmt::format("\"{}\" counts {}, \"{}\" counts {}", left->id, left->unit,
                                    right->id, right->unit));
  }
  at_ = saved;
}

/// With a percent both its terms are printed; at 100 one suffices.
void ClauseChecker::percents(const Clause::Form &form, const Printed &printed) {
  for (const auto &id : printed.figures) {
    const Indicator *rate = catalog_.indicator(id);
    if (!rate || !rate->percent) continue;
    bool of = printed.figures.count(rate->of_indicator) > 0;
    bool over = printed.figures.count(rate->over) > 0 ||
                (rate->over == "@villages" && printed.words.count("villages"));
    bool full = std::any_of(form.when.begin(), form.when.end(), [&](const Clause::Condition &c) {
      return c.indicator == id && c.equals == Decimal::from_int(100);
    });
    if ((of && over) || (full && (of || over))) continue;
    report_.warning(*at_, fmt::format("the percent {{{}}} is printed without {}", id,
                                      of     ? fmt::format("{{{}}}", rate->over)
                                      : over ? fmt::format("{{{}}}", rate->of_indicator)
                                             : fmt::format("its terms {{{}}} and {{{}}}",
                                                           rate->of_indicator, rate->over)));
  }
}

const Token *ClauseChecker::first_figure(const std::vector<Token> &all) {
  for (const auto &one : all)
    if (one.kind != Token::Kind::Text && one.kind != Token::Kind::Word &&
        one.kind != Token::Kind::Optional)
      return &one;
  return nullptr;
}

void ClauseChecker::zero() {
  if (clause_.zero.empty() && clause_.zero_text.empty()) return;
  const Token *first =
      clause_.forms.empty() ? nullptr : first_figure(clause_.forms.back().text.tokens);
  const Indicator *of = first ? catalog_.indicator(first->name) : nullptr;
  const Node *at = source_.node->find("zero");
  if (first && of && of->zero.empty() && at)
    report_.error(
        *at,
        fmt::format("the indicator \"{}\" names no zero category, so its zero is never confirmed",
                    of->id));
}

void ClauseChecker::run() {
  const Node &node = *source_.node;
  const Node *forms = node.find("forms");
  const Node *style = node.find("style");
  const Node *text = node.find("text");
  for (std::size_t i = 0; i < clause_.forms.size(); ++i) {
    auto &form = clause_.forms[i];
    at_ = text ? text : &node;
    const Node *when = node.find("when");
    if (forms && forms->is_list() && i < forms->items.size() &&
        clause_.forms.size() == forms->items.size()) {
      when = forms->items[i].find("when");
      if (const Node *words = forms->items[i].find("text")) at_ = words;
    } else if (style && style->is_list() && i < style->items.size()) {
      at_ = &style->items[i];
    }
    if (!form.when.empty()) conditions(form, when ? *when : *at_);
    Printed printed;
    tokens(form.text.tokens, false, printed);
    percents(form, printed);
    if (!clause_.each && form.when.empty() && !first_figure(form.text.tokens))
      report_.error(*at_,
                    "a clause without a figure outside [ ] would print though nothing was counted");
  }
  zero();
}

} // namespace

void check_clauses(Loading &loading) {
  loading.catalog.index();
  for (std::size_t i = 0; i < loading.catalog.clauses.size(); ++i)
    ClauseChecker(loading, loading.catalog.clauses[i], loading.clause_sources[i]).run();
}

} // namespace yifa::catalog
