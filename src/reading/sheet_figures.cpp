#include "reading/sheet_figures.h"

#include "reading/html.h"
#include "reading/labels.h"

namespace yifa::reading {

namespace {

std::string sheet_figure_value(const Figure &figure, const Labels &labels) {
  auto value = figure.value.text();
  if (figure.upper)
    value = labels.fill("range", {{"value", value}, {"upper", figure.upper->text()}});
  return value + figure.unit;
}

std::string sheet_indicator(const Figure &figure, const PageWords &words) {
  const auto label = words.indicator_labels.find(figure.indicator);
  return label == words.indicator_labels.end() ? figure.indicator : label->second;
}

} // namespace

std::string figure_tip(const Figure &figure, const PageWords &words) {
  const Labels labels(words.lexicon, "html");
  auto tip = sheet_figure_value(figure, labels);
  if (figure.approx) tip += " · " + labels.get("approx");
  if (!figure.object.empty() || !figure.verb.empty()) tip += " · " + figure.verb + figure.object;
  tip += " · " + Labels(words.lexicon, "kind").get(to_string(figure.kind));
  if (figure.year) tip += " · " + labels.fill("of_year", {{"year", std::to_string(*figure.year)}});
  if (!figure.indicator.empty())
    tip += " · " + labels.get("figure_indicator") + "：" + sheet_indicator(figure, words);
  return tip;
}

std::string figures_html(const Checked &checked, std::size_t file, const PageWords &words) {
  const auto &report = checked.report;
  if (report.figures.empty()) return {};
  const Labels labels(words.lexicon, "html");
  const Labels kinds(words.lexicon, "kind");
  std::string out =
      "<details class=\"card read\"><summary>" +
      html(labels.fill("figures_title", {{"n", std::to_string(report.figures.size())}})) +
      "</summary><div class=\"scroll\" tabindex=\"0\"><table><thead><tr>";
  for (std::string_view key : {"figure_place", "figure_text", "figure_value", "figure_object",
                               "figure_kind", "figure_indicator"})
    out += "<th scope=\"col\">" + html(labels.get(key)) + "</th>";
  out += "</tr></thead><tbody>\n";
  for (const auto &figure : report.figures) {
    const auto line = report.text.line_at(figure.span.start);
    out += "<tr><td class=\"nowrap\"><a href=\"#p" + std::to_string(file) + "-" +
           std::to_string(line) + "\">" + html(labels.fill("line", {{"n", std::to_string(line)}})) +
           "</a></td><td>" + html(report.text.utf8(figure.span)) + "</td><td>" +
           html(sheet_figure_value(figure, labels));
    if (figure.approx) out += " <span class=\"dim sm\">" + html(labels.get("approx")) + "</span>";
    out += "</td><td>" + html(figure.verb + figure.object) + "</td><td>" +
           html(kinds.get(to_string(figure.kind))) + "</td><td>" +
           html(sheet_indicator(figure, words)) + "</td></tr>\n";
  }
  return out + "</tbody></table></div></details>\n";
}

} // namespace yifa::reading
