#include "reading/suppression.h"

#include "base/text.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::reading {

Result<Suppressions> Suppressions::parse(std::string_view content, const Rules &rules,
                                         const std::string &name) {
  Suppressions out;
  std::vector<Problem> problems;
  std::size_t number = 0;
  for (auto line : text::split(text::replace_all(std::string(content), "\r", ""), '\n')) {
    ++number;
    if (auto remark = line.find('#'); remark != line.npos) line.resize(remark);
    line = text::trim(line);
    if (line.empty()) continue;
    Line made;
    auto space = line.find_first_of(" \t");
    made.rule = line.substr(0, space);
    auto rest = space == line.npos ? std::string() : text::trim(line.substr(space));
    if (rest.starts_with('@')) {
      auto end = rest.find_first_of(" \t");
      made.place = rest.substr(1, end == rest.npos ? rest.npos : end - 1);
      rest = end == rest.npos ? std::string() : text::trim(rest.substr(end));
    }
    made.words = text::decode(rest);
    bool known = std::any_of(rules.all().begin(), rules.all().end(), [&](const Rule &rule) {
      return rule.id == made.rule || rule.group() == made.rule;
    });
    if (known)
      out.lines_.push_back(std::move(made));
    else
      problems.push_back({fmt::format("{}:{}", name, number),
                          fmt::format("no rule or group of rules is called \"{}\"", made.rule), "",
                          ""});
  }
  if (!problems.empty()) return invalid("the list of suppressed findings", std::move(problems));
  return out;
}

bool Suppressions::hide(const Finding &finding, const Report &report) const {
  return std::any_of(lines_.begin(), lines_.end(), [&](const Line &line) {
    if (finding.rule != line.rule && finding.rule.substr(0, finding.rule.find('.')) != line.rule)
      return false;
    if (!line.place.empty() && report.structure.place != line.place &&
        report.file.find(line.place) == report.file.npos)
      return false;
    if (line.words.empty()) return true;
    const auto &paragraphs = report.text.paragraphs();
    if (paragraphs.empty()) return false;
    auto paragraph = paragraphs[report.text.paragraph_at(finding.span.start)];
    return report.text.view(paragraph).find(line.words) != std::u32string_view::npos;
  });
}

} // namespace yifa::reading
