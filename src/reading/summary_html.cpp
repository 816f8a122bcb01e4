#include "reading/html.h"
#include "reading/labels.h"
#include "reading/passage_rows.h"
#include "reading/passages.h"
#include "reading/summary.h"

#include <algorithm>
#include <set>

namespace yifa::reading {

namespace {

constexpr std::string_view kSummaryStyle = R"css(
.page{max-width:1440px;margin:0 auto;padding:18px 20px 64px}
.page>p{max-width:60em}.page .lead{margin:2px 0 16px}
.page section{margin-top:16px;padding:12px 18px 10px}
.page section>h2{font:600 1.0667rem/1.5 var(--sans);margin-bottom:2px}
.page section>p{margin-bottom:6px}
.scroll{overflow-x:auto;margin:0 -8px}
.scroll thead th{white-space:nowrap;vertical-align:bottom}
.towns thead th.r{white-space:normal;min-width:4em;line-height:1.4}.towns td.r,.towns th.r{padding-left:6px;padding-right:8px}
.towns td[colspan]{white-space:normal}
.towns td{white-space:nowrap}.towns td.r,.figures td{white-space:nowrap}
.scroll tr>*:first-child{position:sticky;left:0;background:var(--surface);z-index:1}
tbody tr:hover>*:first-child{background:var(--qing-wash)}
tbody th{font-weight:400;font-size:1rem;color:var(--ink);border-bottom:1px solid var(--line-2);padding:6px 10px;vertical-align:top}
tfoot td,tfoot th{border-top:1.5px solid var(--ink-3);border-bottom:0;font-weight:600;color:var(--ink);font-size:1rem}
.towns tbody th small{display:block;color:var(--ink-3);font-size:.8667rem;line-height:1.3;max-width:20em;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.zero{color:var(--ink-3)}
.figures thead th{white-space:normal;min-width:6em;line-height:1.4}.figures thead small{display:block;
color:var(--ink-3);font-size:.8667rem;overflow-wrap:anywhere}.figures tbody th{min-width:11em}.figures .none{padding:0 5px;box-shadow:none}
.figures td{min-width:5.5em;max-width:12em;overflow:hidden;text-overflow:ellipsis}
.rules td:last-child{min-width:16em}
.pair{border-top:1px solid var(--line-2)}.both{scroll-margin-top:112px}.pair:has(:target)>summary{background:var(--huang-tint)}
.pair>summary{padding:9px 0;cursor:pointer}.pair>summary b{font-weight:600}.pair>summary span{color:var(--ink-2);margin-left:.8em}
.both{display:grid;grid-template-columns:1fr 1fr;gap:0 18px;margin:0 0 14px}
.both h3{font:600 .9333rem/1.6 var(--sans);color:var(--ink-2)}
.both p{font:1.0667rem/1.8 var(--fang);padding:6px 12px;background:var(--sunken);margin-bottom:8px;border-left:3px solid var(--line)}
.both p small{display:block;font:.8rem/1.5 var(--sans);color:var(--ink-3)}
.both p{white-space:pre-line}.both p.same{color:var(--ink-3)}.both p.on{margin-top:-8px}.both .where{display:none}
.both ins{text-decoration:none;background:var(--huang-tint);box-shadow:inset 0 -2px var(--huang-line)}
@media (max-width:760px){.page{padding:14px 14px 40px}.page section{margin-left:-14px;margin-right:-14px;border-radius:0;padding:12px 14px}
.both{grid-template-columns:1fr}.both h3{display:none}.both .where{display:inline}.both p:nth-of-type(odd),.both p.on{margin:0}.both p:nth-of-type(even){margin-bottom:8px;background:none}.pair>summary{min-height:44px}
.scroll tr>*:first-child{max-width:40vw}}
@media print{@page{size:A4 landscape;margin:14mm}.page{max-width:none;padding:0}.page section{margin:12px 0 0;padding:8px 0;break-inside:auto}.both{grid-template-columns:1fr 1fr}.both h3{display:block}
.scroll{overflow:visible;margin:0}.scroll tr>*:first-child{position:static;max-width:none}td,th,tbody th{padding:3px 4px}
.towns td.r,.towns th.r{padding:3px 4px}.towns thead th.r{min-width:0}thead{display:table-header-group}tr,.both p{break-inside:avoid}
body{font-size:9pt}}
)css";

class SummaryPage {
public:
  SummaryPage(const Summary &summary, const Lexicon &lexicon)
      : summary_(summary), lexicon_(lexicon), labels_(lexicon, "summary"),
        order_(town_order(summary)), pairs_(pairs_of(summary)), names_(town_names(summary)),
        alike_(summary.towns.size()) {
    for (std::size_t i = 0; i < pairs_.size(); ++i)
      for (auto town : {pairs_[i].a, pairs_[i].b}) alike_[town].push_back(i);
  }

  std::string text();

private:
  void lead();
  void towns();
  void town(std::size_t index, const std::vector<std::string> &groups);
  void rules();
  void figures();
  void figures_head(std::size_t index);
  void likes();
  void pair(std::size_t index);
  void cell(int n, std::string_view kind = {}) {
    out_ += "<td class=\"r\">";
    if (n == 0)
      out_ += "<span class=\"zero\">" + word("none") + "</span>";
    else if (kind.empty())
      out_ += std::to_string(n);
    else
      out_ += "<span class=\"tag " + std::string(kind) + "\">" + std::to_string(n) + "</span>";
    out_ += "</td>";
  }
  void section(std::string_view id, std::string_view title, std::string_view hint = {}) {
    out_ += "<section class=\"card\" id=\"" + std::string(id) + "\"><h2>" + word(title) + "</h2>\n";
    if (!hint.empty()) out_ += "<p class=\"sm sub\">" + word(hint) + "</p>\n";
  }
  std::string header(std::string_view text, bool right = false) const {
    return "<th scope=\"col\"" + std::string(right ? " class=\"r\"" : "") + ">" + html(text) +
           "</th>";
  }
  std::string word(std::string_view key) const { return html(labels_.get(key)); }
  std::string fill(std::string_view key, Slots slots) const {
    return html(labels_.fill(key, slots));
  }

  const Summary &summary_;
  const Lexicon &lexicon_;
  const Labels labels_;
  const std::vector<std::size_t> order_;
  const std::vector<AlikePair> pairs_;
  const std::vector<std::string> names_;
  std::vector<std::vector<std::size_t>> alike_; ///< pairs of each town
  std::string out_;
};

std::string SummaryPage::text() {
  const Labels page(lexicon_, "html");
  const auto title = labels_.fill("page_title", {{"n", std::to_string(summary_.towns.size())}});
  out_ = page_open(title, kSummaryStyle) + page_mast(page.get("brand"), page.get("room"), "") +
         "<main class=\"page\">\n<h1>" + html(title) + "</h1>\n";
  lead();
  towns();
  figures();
  likes();
  rules();
  out_ += "</main>\n</body>\n</html>\n";
  return std::move(out_);
}

void SummaryPage::lead() {
  int errors = 0;
  int warnings = 0;
  int notes = 0;
  int failed = 0;
  for (const auto &town : summary_.towns) {
    errors += town.errors;
    warnings += town.warnings;
    notes += town.notes;
    failed += town.failed.has_value();
  }
  const auto received = std::to_string(summary_.towns.size());
  out_ += "<p class=\"lead\">";
  if (summary_.expected.empty()) {
    out_ += fill("sentence", {{"n", received}});
  } else {
    out_ += fill("sentence_expected",
                 {{"expected", std::to_string(summary_.expected.size())}, {"n", received}});
    std::string list;
    for (const auto &place : summary_.missing)
      list += (list.empty() ? "" : labels_.get("separator")) + place;
    out_ += list.empty() ? word("missing_none")
                         : "<b>" +
                               fill("missing", {{"n", std::to_string(summary_.missing.size())},
                                                {"list", list}}) +
                               "</b>";
  }
  if (failed > 0) out_ += fill("unreadable", {{"n", std::to_string(failed)}});
  out_ += fill("counts", {{"n", std::to_string(errors + warnings + notes)},
                          {"counts", counts_words(lexicon_, errors, warnings, notes)}}) +
          "<span class=\"sub\">" + word("order") + "</span></p>\n";
}

void SummaryPage::towns() {
  section("towns", "towns");
  const auto groups = found_groups(summary_, lexicon_);
  out_ += "<div class=\"scroll towns\" tabindex=\"0\"><table><thead><tr>" +
          header(labels_.get("town")) + header(labels_.get("year"));
  for (auto severity : {Severity::Error, Severity::Warning, Severity::Note})
    out_ += header(severity_word(lexicon_, severity), true);
  for (const auto &group : groups) out_ += header(group_word(lexicon_, group), true);
  out_ += header(labels_.get("like"), true) + "</tr></thead><tbody>\n";
  for (auto index : order_) town(index, groups);
  const auto columns = std::to_string(groups.size() + 5);
  for (const auto &place : summary_.missing)
    out_ += "<tr><th scope=\"row\">" + html(place) + "</th><td colspan=\"" + columns +
            "\"><span class=\"none\"><b>" + word("not_received") + "</b></span></td></tr>\n";
  out_ += "</tbody></table></div></section>\n";
}

void SummaryPage::town(std::size_t index, const std::vector<std::string> &groups) {
  const auto &town = summary_.towns[index];
  const auto name = html(town.place.empty() ? town.file : town.place);
  out_ += "<tr id=\"t" + std::to_string(index + 1) + "\"><th scope=\"row\">" +
          (town.page.empty() ? name
                             : "<a href=\"" + uri(town.page) + "\" title=\"" + word("page") +
                                   "\">" + name + "</a>");
  if (!town.place.empty())
    out_ += "<small title=\"" + html(town.file) + "\">" + html(town.file) + "</small>";
  out_ += "</th>";
  if (town.failed) {
    out_ += "<td colspan=\"" + std::to_string(groups.size() + 5) + "\"><span class=\"none\"><b>" +
            word("failed") + "</b></span> " +
            html(failure_words(lexicon_, *town.failed, town.file)) + "</td></tr>\n";
    return;
  }
  out_ += "<td>" +
          (town.year ? std::to_string(*town.year)
                     : "<span class=\"zero\">" + word("unknown") + "</span>") +
          "</td>";
  cell(town.errors, "error");
  cell(town.warnings, "warning");
  cell(town.notes, "note");
  for (const auto &group : groups) cell(count_of_group(town, group));
  if (const auto &alike = alike_[index]; alike.empty())
    cell(0);
  else
    out_ += "<td class=\"r\"><a href=\"#like-" + std::to_string(alike.front() + 1) + "\">" +
            fill("like_count", {{"n", std::to_string(alike.size())}}) + "</a></td>";
  out_ += "</tr>\n";
}

void SummaryPage::rules() {
  std::set<std::string> ids;
  for (const auto &town : summary_.towns)
    for (const auto &rule : town.by_rule) ids.insert(rule.first);
  if (ids.empty()) return;
  section("rules", "by_rule");
  out_ += "<div class=\"scroll rules\" tabindex=\"0\"><table><thead><tr>" +
          header(labels_.get("rule")) + header(labels_.get("group")) +
          header(labels_.get("count"), true) + header(labels_.get("where")) +
          "</tr></thead><tbody>\n";
  for (const auto &group : found_groups(summary_, lexicon_)) {
    for (const auto &id : ids) {
      if (group_of(id) != group) continue;
      int all = 0;
      std::string where;
      for (auto index : order_) {
        const auto n = summary_.towns[index].by_rule.find(id);
        if (n == summary_.towns[index].by_rule.end()) continue;
        all += n->second;
        where += (where.empty() ? "" : labels_.get("separator")) +
                 labels_.fill("where_value",
                              {{"name", names_[index]}, {"n", std::to_string(n->second)}});
      }
      const auto title = summary_.rule_titles.find(id);
      out_ += "<tr><th scope=\"row\">" +
              html(title == summary_.rule_titles.end() ? id : title->second) +
              "<br><span class=\"dim sm\">" + html(id) + "</span></th><td class=\"nowrap\">" +
              html(group_word(lexicon_, group)) + "</td>";
      cell(all);
      out_ += "<td>" + html(where) + "</td></tr>\n";
    }
  }
  out_ += "</tbody></table></div></section>\n";
}

void SummaryPage::figures_head(std::size_t index) {
  const auto &town = summary_.towns[index];
  out_ += "<th scope=\"col\" class=\"r\">";
  if (town.place.empty() || names_[index] == town.place)
    out_ += html(names_[index]);
  else
    out_ += html(town.place) + "<small>" + html(town.file) + "</small>";
  out_ += "</th>";
}

void SummaryPage::figures() {
  const auto ids = shared_indicators(summary_);
  if (ids.empty()) return;
  section("figures", "figures", "figures_hint");
  out_ += "<div class=\"scroll figures\" tabindex=\"0\"><table><thead><tr>" +
          header(labels_.get("indicator"));
  for (auto index : order_)
    if (!summary_.towns[index].failed) figures_head(index);
  out_ += "</tr></thead><tbody>\n";
  for (const auto &id : ids) {
    const auto label = summary_.indicator_labels.find(id);
    out_ += "<tr><th scope=\"row\" title=\"" + html(id) + "\">" +
            html(label == summary_.indicator_labels.end() ? id : label->second) + "</th>";
    for (auto index : order_) {
      const auto &town = summary_.towns[index];
      if (town.failed) continue;
      const auto value = town.figures.find(id);
      out_ += value == town.figures.end()
                  ? "<td class=\"r\"><span class=\"zero sm\">" + word("unsaid") + "</span></td>"
                  : "<td class=\"r\" title=\"" + html(value->second) + "\">" + html(value->second) +
                        "</td>";
    }
    out_ += "</tr>\n";
  }
  out_ += "</tbody></table></div></section>\n";
}

void SummaryPage::likes() {
  if (summary_.towns.size() < 2) return;
  if (pairs_.empty()) {
    section("likes", "likes");
    out_ += "<p>" + word("nothing_alike") + "</p></section>\n";
    return;
  }
  section("likes", "likes", "likes_hint");
  for (std::size_t i = 0; i < pairs_.size(); ++i) pair(i);
  out_ += "</section>\n";
}

void SummaryPage::pair(std::size_t index) {
  const auto &pair = pairs_[index];
  const auto &a = names_[pair.a];
  const auto &b = names_[pair.b];
  // The link leads inside, so that the browser opens what it leads to.
  out_ += "<details class=\"pair\"><summary><b>" + fill("pair", {{"a", a}, {"b", b}}) + "</b>";
  if (pair.share_a > 0)
    out_ += "<span>" + fill("share", {{"a", a}, {"share", share_text(pair.share_a)}, {"b", b}}) +
            "</span>";
  if (pair.share_b > 0)
    out_ += "<span>" + fill("share", {{"a", b}, {"share", share_text(pair.share_b)}, {"b", a}}) +
            "</span>";
  out_ += "<span>" + fill("passages", {{"n", std::to_string(pair.passages.size())}}) +
          "</span></summary>\n<div class=\"both\" id=\"like-" + std::to_string(index + 1) +
          "\"><h3>" + html(a) + "</h3><h3>" + html(b) + "</h3>\n";
  const auto side = [&](const std::string &name, std::size_t line, bool first, bool same,
                        const std::string &marked) {
    out_ += "<p class=\"" + std::string(first ? "" : "on") + (same ? " same" : "") + "\"><small>";
    out_ += "<span class=\"where\">" + html(name) + " </span>";
    if (line > 0) out_ += fill("line", {{"n", std::to_string(line)}});
    out_ += "</small>" + marked + "</p>";
  };
  for (const auto &passage : pair.passages) {
    const auto rows = passage_rows(passage);
    for (const auto &row : rows) {
      const bool same = row.here == row.there;
      const auto texts = same ? std::make_pair(html(row.here), html(row.here))
                              : compared_html(row.here, row.there);
      side(a, row.line_here, &row == &rows.front(), same, texts.first);
      side(b, row.line_there, &row == &rows.front(), same, texts.second);
    }
  }
  out_ += "</div></details>\n";
}

} // namespace

std::string summary_html(const Summary &summary, const Lexicon &lexicon) {
  return SummaryPage(summary, lexicon).text();
}

} // namespace yifa::reading
