#include "base/text.h"
#include "procedure/law_words.h"
#include "service/procedure_plan.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::service {
namespace {

using report::PaperBlock;

/// Writes the plan down.
class PlanWriting {
public:
  PlanWriting(const catalog::Catalog &catalog, const ProcedurePlan &plan)
      : plan_(plan), words_(catalog, *plan.type) {
    paper_.title = words_.phrase("plan.title", {{"label", plan.type->label.zh}});
    paper_.day = plan.from;
  }

  report::Paper write(bool full) {
    const auto intro =
        words_.phrase("plan.from", {{"date", plan_.from.chinese()}, {"law", plan_.law}});
    if (full) {
      block(PaperBlock::Kind::Text, intro);
      block(PaperBlock::Kind::Heading, words_.phrase("plan.steps"));
      all_steps();
    } else {
      paper_.number = intro;
      short_steps();
    }
    if (full && !plan_.limits.empty())
      block(PaperBlock::Kind::Heading, words_.phrase("plan.limits"));
    limits(!full);
    block(PaperBlock::Kind::Note, words_.phrase("plan.note")).compact = !full;
    return std::move(paper_);
  }

private:
  PaperBlock &block(PaperBlock::Kind kind, std::string text = {}) {
    auto &made = paper_.blocks.emplace_back();
    made.kind = kind;
    made.text = std::move(text);
    return made;
  }

  PaperBlock &table(const std::vector<const char *> &heads, std::vector<double> weights,
                    bool compact) {
    auto &made = block(PaperBlock::Kind::Table);
    for (const auto *head : heads) made.head.push_back(words_.phrase(head));
    made.weights = std::move(weights);
    made.compact = compact;
    return made;
  }

  std::string day_of(const std::optional<Date> &day, bool assumed, bool estimated) const {
    if (!day) return "——";
    return day->text() + (assumed ? words_.phrase("term.assumed") : "") +
           (estimated ? words_.phrase("term.estimated") : "");
  }

  void all_steps() {
    auto &steps = table({"plan.step", "plan.who", "plan.needs", "plan.law"}, {2, 1.5, 3, 6}, false);
    for (const auto &step : plan_.steps) {
      auto needs = step.asks;
      for (const auto &each : step.papers) needs.push_back("《" + each + "》");
      std::vector<std::string> law;
      for (const auto &demand : step.demands)
        law.push_back(fmt::format("〔{}〕{}——{}",
                                  words_.phrase(demand.forbids ? "gate.block" : "gate.warn"),
                                  demand.says, demand.source));
      steps.rows.push_back({step.label + (step.from.empty() ? "" : "\n（" + step.from + "）"),
                            step.beside ? words_.phrase("plan.beside") : step.role,
                            text::join(needs, "、"), text::join(law, "\n")});
    }
  }

  /// 事先告知、陈述申辩（第六十二条）: what it may not go on without, or what the law expects.
  std::string demanded(const ProcedurePlan::Step &step, bool forbids) const {
    std::vector<std::string> said;
    for (const auto &demand : step.demands) {
      if (demand.forbids != forbids) continue;
      auto source = text::replace_all(demand.source, plan_.type->law + " ", "");
      // How the ledger's own law binds stands in the head.
      if (const auto own = words_.binding(plan_.type->binding); !own.empty())
        source = text::replace_all(source, own, "");
      auto words = demand.subject.empty() && forbids ? demand.says : demand.subject;
      words += words.empty() ? source : "（" + source + "）";
      if (std::find(said.begin(), said.end(), words) == said.end()) said.push_back(words);
    }
    return text::join(said, "、");
  }

  void short_steps() {
    auto &steps = table({"plan.step", "plan.who", "plan.by", "plan.must", "plan.should"},
                        {1.9, 1.5, 1.6, 3.2, 6.4}, true);
    std::vector<std::string> aside;
    std::vector<std::string> beside;
    for (const auto &step : plan_.steps) {
      if (step.aside) {
        aside.push_back(step.label);
        continue;
      }
      if (step.beside && step.demands.empty()) {
        beside.push_back(step.label);
        continue;
      }
      steps.rows.push_back({step.label, step.beside ? words_.phrase("plan.beside") : step.role,
                            step.day ? step.day->text() : "", demanded(step, true),
                            demanded(step, false)});
    }
    if (!beside.empty())
      steps.rows.push_back({text::join(beside, "、"), words_.phrase("plan.beside"), "", "", ""});
    if (!aside.empty()) {
      auto &more = block(PaperBlock::Kind::Note,
                         words_.phrase("plan.also", {{"steps", text::join(aside, "、")}}));
      more.compact = true;
    }
  }

  void limits(bool compact) {
    if (plan_.limits.empty()) return;
    std::vector<std::string> undated;
    auto &rows =
        table({"plan.due", "plan.what", "plan.how", "plan.source"}, {2.8, 3.2, 5, 3}, compact);
    for (const auto &limit : plan_.limits) {
      const auto how = words_.phrase("plan.begins", {{"field", limit.begins}}) +
                       (compact ? limit.plainly : limit.says);
      if (compact && !limit.day) {
        undated.push_back(fmt::format("{}{}（{}）", how, limit.until, limit.source));
        continue;
      }
      rows.rows.push_back(
          {day_of(limit.day, limit.assumed, limit.estimated),
           limit.until.empty() ? limit.rule : fmt::format("{}（{}）", limit.until, limit.rule), how,
           limit.source});
    }
    if (rows.rows.empty()) paper_.blocks.pop_back();
    if (!undated.empty())
      block(PaperBlock::Kind::Note,
            words_.phrase("plan.undated", {{"limits", text::join(undated, "；")}}))
          .compact = true;
  }

  const ProcedurePlan &plan_;
  procedure::LawWords words_;
  report::Paper paper_;
};

} // namespace

report::Paper plan_paper(const catalog::Catalog &catalog, const ProcedurePlan &plan, bool full) {
  return PlanWriting(catalog, plan).write(full);
}

} // namespace yifa::service
