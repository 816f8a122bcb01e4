#include "reading/html.h"
#include "reading/labels.h"
#include "reading/render.h"
#include "reading/sheet.h"
#include "reading/sheet_figures.h"

#include <algorithm>
#include <array>

namespace yifa::reading {

namespace {

constexpr std::array<Severity, 3> kPageSeverities{Severity::Error, Severity::Warning,
                                                  Severity::Note};

int page_count(const Counts &counts, Severity severity) {
  switch (severity) {
  case Severity::Error:
    return counts.errors;
  case Severity::Warning:
    return counts.warnings;
  case Severity::Note:
    return counts.notes;
  }
  return 0;
}

/// The length of the folder's name that all files begin with; of one file, all of its folder.
std::size_t shared_folder(const std::vector<Checked> &checked) {
  if (checked.empty()) return 0;
  std::string_view folder = checked.front().file;
  folder = folder.substr(0, folder.rfind('/') + 1); // npos + 1 is 0
  for (const auto &one : checked)
    while (!one.file.starts_with(folder))
      folder = folder.substr(0, folder.substr(0, folder.size() - 1).rfind('/') + 1);
  return folder.size();
}

class FindingsPage {
public:
  FindingsPage(const std::vector<Checked> &checked, const PageWords &words)
      : checked_(checked), words_(words), labels_(words.lexicon, "html") {
    places_.all = &checked_;
    folder_ = shared_folder(checked);
    for (std::size_t i = 0; i < checked_.size(); ++i) {
      places_.files.emplace(checked_[i].file, i + 1);
      counts_.push_back(count(checked_[i].findings));
      total_.errors += counts_.back().errors;
      total_.warnings += counts_.back().warnings;
      total_.notes += counts_.back().notes;
      for (const auto &finding : checked_[i].findings) {
        auto &group = groups_[std::string(group_of(finding.rule))];
        group.worst = group.count == 0 ? finding.severity : std::min(group.worst, finding.severity);
        ++group.count;
      }
    }
  }

  std::string text();

private:
  struct Group {
    int count = 0;
    Severity worst = Severity::Note;
  };

  void side();
  void filters();
  void none_line(const std::string &what) {
    out_ += "<li><span class=\"line nil\"><i class=\"dot\"></i>" + what + "<b>" + word("none") +
            "</b></span></li>";
  }
  void group_line(const std::string &id, const std::string &label);
  void index();
  void report(std::size_t index);
  void failed(const Checked &one);
  bool many() const { return checked_.size() != 1; }
  std::string word(std::string_view key) const { return html(labels_.get(key)); }
  std::string fill(std::string_view key, Slots slots) const {
    return html(labels_.fill(key, slots));
  }
  std::string file_name(const Checked &one) const { return one.file.substr(folder_); }
  /// 高观镇2024年度报告, or the file's name where the place is not known.
  std::string name(const Checked &one) const {
    const auto &structure = one.report.structure;
    if (structure.place.empty() || !structure.year) return file_name(one);
    return labels_.fill("name",
                        {{"place", structure.place}, {"year", std::to_string(*structure.year)}});
  }
  std::string sentence(const Counts &counts) const {
    const auto said = counts_words(words_.lexicon, counts.errors, counts.warnings, counts.notes);
    if (counts.all() == 0) return fill("nothing", {{"nothing", said}});
    return fill("sentence", {{"n", std::to_string(counts.all())}, {"counts", said}});
  }

  const std::vector<Checked> &checked_;
  const PageWords &words_;
  const Labels labels_;
  SheetPlaces places_;
  std::size_t folder_ = 0;
  std::vector<Counts> counts_;
  Counts total_;
  std::map<std::string, Group> groups_;
  std::string out_;
};

std::string FindingsPage::text() {
  const auto title = many() ? labels_.fill("name_many", {{"n", std::to_string(checked_.size())}})
                            : name(checked_.front());
  out_ = page_open(labels_.fill("page_title", {{"name", title}}), sheet_style());
  out_ += "<script>document.documentElement.className='js figs'</script>\n<a class=\"skip\" "
          "href=\"#main\">" +
          word("skip") + "</a>\n";
  out_ += page_mast(labels_.get("brand"), labels_.get("room"),
                    "<span class=\"keys js-only\"><kbd>J</kbd> <kbd>K</kbd> " + word("keys") +
                        "</span>");
  out_ += "<div class=\"ck\">\n";
  side();
  out_ += "<main class=\"main\" id=\"main\">\n";
  if (many()) index();
  for (std::size_t i = 0; i < checked_.size(); ++i) report(i);
  out_ +=
      "</main>\n</div>\n<script>" + std::string(sheet_script()) + "</script>\n</body>\n</html>\n";
  return std::move(out_);
}

void FindingsPage::side() {
  const auto title = many() ? labels_.get("document_title") : name(checked_.front());
  out_ += "<aside class=\"side\" aria-label=\"" + word("filters") +
          "\"><div class=\"stick\">\n<h1>" + html(title) + "</h1>\n<p class=\"sm sub\">";
  if (many()) out_ += fill("name_many", {{"n", std::to_string(checked_.size())}}) + "　";
  if (many() || !checked_.front().failed) out_ += sentence(total_);
  out_ += "</p>\n";
  if (total_.all() > 0) filters();
  if (many()) {
    out_ +=
        "<nav class=\"files\" aria-label=\"" + word("files") + "\"><h2>" + word("files") + "</h2>";
    for (std::size_t i = 0; i < checked_.size(); ++i) {
      const auto &one = checked_[i];
      out_ += "<a href=\"#r" + std::to_string(i + 1) + "\" title=\"" + html(one.file) +
              "\"><span>" + html(file_name(one)) + "</span><span>";
      if (one.failed)
        out_ += word("unreadable");
      else if (counts_[i].all() == 0)
        out_ += word("none");
      else
        out_ += fill("counts_one", {{"n", std::to_string(counts_[i].all())}});
      out_ += "</span></a>";
    }
    out_ += "</nav>\n";
  }
  out_ += "</div></aside>\n";
}

void FindingsPage::filters() {
  out_ += "<h2>" + word("by_severity") + "</h2><ul class=\"flow\">";
  for (auto severity : kPageSeverities) {
    const auto id = std::string(to_string(severity));
    const auto n = page_count(total_, severity);
    const auto word_of = html(severity_word(words_.lexicon, severity));
    if (n == 0)
      none_line(word_of);
    else
      out_ += "<li><label><input type=\"checkbox\" checked data-s=\"" + id + "\"><i class=\"dot " +
              id + "\"></i>" + word_of + "<b>" + std::to_string(n) + "</b></label></li>";
  }
  out_ += "</ul>\n<h2>" + word("by_group") + "</h2><ul class=\"flow\">";
  // The named groups in their order, then any other there is.
  for (const auto &named : words_.lexicon.pairs("labels.group"))
    group_line(named.first, named.second);
  for (const auto &found : groups_)
    if (words_.lexicon.pair("labels.group", found.first).empty())
      group_line(found.first, found.first);
  out_ += "</ul>\n<p class=\"sm dim\" id=\"hidden\" role=\"status\" hidden data-words=\"" +
          fill("hidden", {{"n", "#"}}) +
          "\"></p>\n<ul class=\"js-only\"><li><label>"
          "<input type=\"checkbox\" checked id=\"figs\">" +
          word("show_figures") +
          "</label></li></ul>\n<button type=\"button\" class=\"btn js-only\" id=\"open\" "
          "aria-pressed=\"false\" data-open=\"" +
          word("open_all") + "\" data-close=\"" + word("close_all") + "\">" + word("open_all") +
          "</button>\n";
}

void FindingsPage::group_line(const std::string &id, const std::string &label) {
  const auto found = groups_.find(id);
  if (found == groups_.end()) {
    none_line(html(label));
    return;
  }
  out_ += "<li><label><input type=\"checkbox\" checked data-g=\"" + html(id) +
          "\"><i class=\"dot " + std::string(to_string(found->second.worst)) + "\"></i>" +
          html(label) + "<b>" + std::to_string(found->second.count) + "</b></label></li>";
}

void FindingsPage::index() {
  out_ += "<div class=\"card index scroll\" tabindex=\"0\"><table><thead><tr>";
  for (std::string_view key : {"file", "place", "year"})
    out_ += "<th scope=\"col\">" + word(key) + "</th>";
  for (auto severity : kPageSeverities)
    out_ +=
        "<th scope=\"col\" class=\"r\">" + html(severity_word(words_.lexicon, severity)) + "</th>";
  out_ += "</tr></thead><tbody>\n";
  for (std::size_t i = 0; i < checked_.size(); ++i) {
    const auto &one = checked_[i];
    const auto &structure = one.report.structure;
    out_ +=
        "<tr><td><a href=\"#r" + std::to_string(i + 1) + "\">" + html(file_name(one)) + "</a></td>";
    if (one.failed) {
      out_ += "<td colspan=\"5\"><span class=\"none\"><b>" + word("unreadable") + "</b></span> " +
              html(failure_words(words_.lexicon, *one.failed, one.file)) + "</td></tr>\n";
      continue;
    }
    out_ += "<td>" + (structure.place.empty() ? word("unknown") : html(structure.place)) +
            "</td><td>" + (structure.year ? std::to_string(*structure.year) : word("unknown")) +
            "</td>";
    for (auto severity : kPageSeverities) {
      const auto n = page_count(counts_[i], severity);
      out_ += "<td class=\"r\">" +
              (n == 0 ? "<span class=\"dim\">" + word("none") + "</span>"
                      : "<span class=\"tag " + std::string(to_string(severity)) + "\">" +
                            std::to_string(n) + "</span>") +
              "</td>";
    }
    out_ += "</tr>\n";
  }
  out_ += "</tbody></table></div>\n";
}

void FindingsPage::report(std::size_t index) {
  const auto &one = checked_[index];
  const auto file = index + 1;
  out_ += "<section class=\"report\" id=\"r" + std::to_string(file) +
          "\">\n<div class=\"bar\"><h2 title=\"" + html(one.file) + "\">" + html(file_name(one)) +
          "</h2>";
  if (one.failed) {
    out_ += "</div>\n";
    failed(one);
    out_ += "</section>\n";
    return;
  }
  const auto &structure = one.report.structure;
  out_ += "<span class=\"sm sub\">" +
          (structure.place.empty() ? word("unknown") : html(structure.place)) + "　" +
          (structure.year ? fill("year_value", {{"year", std::to_string(*structure.year)}})
                          : word("unknown")) +
          "　" +
          fill("read_as", {{"paragraphs", std::to_string(one.report.text.paragraphs().size())},
                           {"figures", std::to_string(one.report.figures.size())}}) +
          "</span><span class=\"legend sm\">";
  for (auto severity : kPageSeverities)
    if (const auto n = page_count(counts_[index], severity); n > 0)
      out_ += "<span><i class=\"dot " + std::string(to_string(severity)) + "\"></i>" +
              html(severity_word(words_.lexicon, severity)) + " " + std::to_string(n) + "</span>";
  if (counts_[index].all() == 0) out_ += "<span>" + sentence(counts_[index]) + "</span>";
  out_ += "</span></div>\n";
  const auto &findings = one.findings;
  if (std::any_of(findings.begin(), findings.end(), [](const Finding &f) { return f.suspected; }))
    out_ += "<p class=\"sm sub say\">" + word("converted") + "</p>\n";
  out_ += "<div class=\"anno\">\n" + sheet_html(one, file, places_, words_) + "</div>\n" +
          figures_html(one, file, words_) + "</section>\n";
}

void FindingsPage::failed(const Checked &one) {
  const auto &error = *one.failed;
  out_ += "<div class=\"card failed\"><p><b>" + word("unreadable_sentence") + "</b></p><p>" +
          html(failure_words(words_.lexicon, error, one.file)) + "</p>";
  if (!error.problems.empty()) {
    out_ += "<ul class=\"sm sub\">";
    for (const auto &problem : error.problems)
      out_ += "<li>" + html(problem.where.empty() ? "" : problem.where + "：") +
              html(problem.message) + "</li>";
    out_ += "</ul>";
  }
  out_ += "</div>\n";
}

} // namespace

std::string findings_html(const std::vector<Checked> &checked, const PageWords &words) {
  return FindingsPage(checked, words).text();
}

} // namespace yifa::reading
