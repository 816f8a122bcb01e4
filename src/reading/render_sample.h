#pragma once

#include "reading/render.h"
#include "reading/summary.h"

#include "base/text.h"

#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// A small invented report with a finding of every sort, for the tests of what is shown.
namespace yifa::reading::sample {

inline std::shared_ptr<const Lexicon> lexicon() {
  std::ifstream in(std::string(YIFA_SOURCE_DIR) + "/catalog/checks/words/labels.yaml");
  const std::string words{std::istreambuf_iterator<char>(in), {}};
  auto loaded = Lexicon::load({{"checks/words/labels.yaml", words}});
  return loaded ? *loaded : nullptr;
}

inline Rules rules() {
  Rules out;
  const auto add = [&](std::string id, Severity severity, std::string title) {
    Rule rule;
    rule.id = std::move(id);
    rule.severity = severity;
    rule.title = std::move(title);
    rule.what = "比率应能由分子、分母重算。";
    rule.bad = "受理128件，化解124件，化解率96.7%。";
    rule.good = "受理128件，化解124件，化解率96.9%。";
    out.add(std::move(rule));
  };
  add("arithmetic.rate", Severity::Error, "比率算不拢");
  add("structure.no_causes", Severity::Error, "缺原因分析");
  add("structure.number_half_width", Severity::Warning, "编号括号半角");
  add("residue.bookmark", Severity::Error, "书签残留");
  add("substance.vague_beside_exact", Severity::Note, "有数又说“多次”");
  add("repetition.town", Severity::Warning, "与他镇雷同");
  return out;
}

inline std::vector<std::string> paragraphs() {
  return {"[bookmark: _GoBack]",
          "白石乡2024年度法治政府建设情况报告",
          "县人民政府：",
          "2024年，白石乡深入推进依法行政，现将有关情况报告如下。",
          "一、主要做法和成效",
          "(一)强化组织领导。专题会议研究法治建设4次，多次召开班子会议听取汇报。",
          "（二）化解矛盾纠纷。开展矛盾纠纷排查73次，解答群众咨询110余件。受理128件、化解124件，"
          "化解率96.7%。",
          "二、存在的不足",
          "部分干部法治观念不强，重大行政决策程序还不够完善。",
          "三、下一年度工作安排",
          "完善述法制度，使述法工作制度化、常态化。",
          "白石乡人民政府",
          "2025年1月10日"};
}

/// The words of the report as a span.
inline Span find(const Text &text, std::string_view words) {
  const auto wanted = text::decode(words);
  const auto at = text.all().find(wanted);
  return at == std::u32string::npos ? Span{} : Span{at, at + wanted.size()};
}

inline Report report() {
  Report out;
  out.file = "报告/白石乡 2024.docx";
  out.source.format = Format::Docx;
  out.source.paragraphs = paragraphs();
  out.text = Text(out.source.paragraphs);
  auto &structure = out.structure;
  structure.roles = {Role::Body,    Role::Title,     Role::Addressee, Role::Lead, Role::Heading,
                     Role::Heading, Role::Heading,   Role::Heading,   Role::Body, Role::Heading,
                     Role::Body,    Role::Signature, Role::Date};
  const auto &text = out.text;
  structure.title = text.paragraphs()[1];
  structure.place = "白石乡";
  structure.issued_by = "白石乡人民政府";
  structure.year = 2024;
  const auto section = [&](int level, std::string_view label, std::string_view title,
                           std::size_t end, bool run_on) {
    Section one;
    one.level = level;
    one.label.span = find(text, label);
    one.title = find(text, title);
    one.span = {one.label.span.start, text.paragraphs()[end].end};
    one.run_on = run_on;
    structure.sections.push_back(one);
  };
  section(1, "一、", "主要做法和成效", 6, false);
  section(2, "(一)", "强化组织领导。", 5, true);
  section(2, "（二）", "化解矛盾纠纷。", 6, true);
  section(1, "二、", "存在的不足", 8, false);
  section(1, "三、", "下一年度工作安排", 10, false);
  const auto figure = [&](FigureKind kind, std::string_view value, std::string unit,
                          std::string_view written, std::string verb, std::string object) {
    Figure one;
    one.kind = kind;
    one.value = *Decimal::parse(value);
    one.unit = std::move(unit);
    one.span = find(text, written);
    one.verb = std::move(verb);
    one.object = std::move(object);
    one.section = 2;
    out.figures.push_back(one);
  };
  figure(FigureKind::Amount, "4", "次", "4次", "研究", "法治建设");
  figure(FigureKind::Amount, "73", "次", "73次", "排查", "矛盾纠纷");
  out.figures.back().indicator = "dispute_sweeps";
  figure(FigureKind::Amount, "110", "件", "110余件", "解答", "群众咨询");
  out.figures.back().approx = true;
  out.figures.back().approx_marker = "余";
  figure(FigureKind::Amount, "128", "件", "128件", "受理", "");
  figure(FigureKind::Amount, "124", "件", "124件", "化解", "");
  figure(FigureKind::Rate, "96.7", "%", "96.7%", "", "化解率");
  return out;
}

inline Finding finding(const Report &report, std::string rule, Severity severity, Span span,
                       std::string message, std::string suggestion) {
  Finding out;
  out.rule = std::move(rule);
  out.severity = severity;
  out.span = span;
  out.line = report.text.line_at(span.start);
  out.excerpt = report.text.utf8(span);
  out.message = std::move(message);
  out.suggestion = std::move(suggestion);
  return out;
}

inline Checked checked() {
  Checked out;
  out.report = report();
  out.file = out.report.file;
  const auto &text = out.report.text;
  const auto add = [&](std::string rule, Severity severity, Span span, std::string message,
                       std::string suggestion) {
    out.findings.push_back(finding(out.report, std::move(rule), severity, span, std::move(message),
                                   std::move(suggestion)));
  };
  add("structure.no_causes", Severity::Error, {},
      "写了不足，但没有写原因。年度报告应当写明存在的不足和原因。", "在不足之后补写原因。");
  add("residue.bookmark", Severity::Error, find(text, "[bookmark: _GoBack]"),
      "“[bookmark: _GoBack]”是文字处理软件的书签残留。", "删去。");
  add("structure.number_half_width", Severity::Warning, find(text, "(一)"),
      "“(一)”用了半角括号，同级的“（二）”用的是全角。", "改为“（一）”。");
  out.findings.back().suspected = true;
  add("substance.vague_beside_exact", Severity::Note, find(text, "多次召开班子会议"),
      "前面写明4次，这里又说多次。", "写明次数。");
  add("arithmetic.rate", Severity::Error, find(text, "受理128件、化解124件，化解率96.7%"),
      "124÷128＝96.9%，文中写96.7%。", "核对后改为96.9%，或改正分子、分母。");
  add("repetition.town", Severity::Warning, find(text, "化解率96.7%。"),
      "这一句与柳河镇的报告相同。", "");
  out.findings.back().elsewhere = Elsewhere{"柳河镇2024.txt", "柳河镇", {3, 9}, "化解率96.7%。"};
  return out;
}

inline Checked unreadable() {
  Checked out;
  out.file = "扫描.pdf";
  out.failed = invalid("这份 PDF 只有图像，没有文字。");
  return out;
}

} // namespace yifa::reading::sample
