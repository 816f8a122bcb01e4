#include "reading/finding.h"

#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <tuple>

#include <fmt/format.h>

namespace yifa::reading {
namespace {

/// Longer places are shown by their beginning.
constexpr std::size_t kExcerpt = 60;

std::string fill_slots(const std::string &words, Slots slots) {
  auto out = words;
  for (const auto &[name, value] : slots)
    out = text::replace_all(std::move(out), fmt::format("{{{}}}", name), value);
  return out;
}

std::optional<Severity> severity_of(std::string_view word) {
  for (auto one : {Severity::Error, Severity::Warning, Severity::Note})
    if (word == to_string(one)) return one;
  return std::nullopt;
}

} // namespace

std::string_view to_string(Severity severity) {
  switch (severity) {
  case Severity::Error:
    return "error";
  case Severity::Warning:
    return "warning";
  case Severity::Note:
    return "note";
  }
  return "";
}

const std::vector<std::string> &Rule::list(std::string_view name) const {
  static const std::vector<std::string> none;
  auto found = words.find(name);
  return found == words.end() ? none : found->second;
}

double Rule::number(std::string_view name, double absent) const {
  auto found = values.find(name);
  return found == values.end() ? absent : std::strtod(found->second.c_str(), nullptr);
}

void Rules::add(Rule rule) {
  places_[rule.id] = rules_.size();
  rules_.push_back(std::move(rule));
}

const Rule *Rules::find(std::string_view id) const {
  auto found = places_.find(id);
  return found == places_.end() ? nullptr : &rules_[found->second];
}

Rule *Rules::find(std::string_view id) {
  auto found = places_.find(id);
  return found == places_.end() ? nullptr : &rules_[found->second];
}

Status Rules::choose(const std::vector<std::string> &patterns) {
  bool first = true;
  for (const auto &pattern : patterns) {
    std::string_view name = pattern;
    bool off = name.starts_with('-');
    if (off) name.remove_prefix(1);
    std::optional<Severity> severity;
    if (auto equals = name.find('='); equals != name.npos) {
      severity = severity_of(name.substr(equals + 1));
      if (!severity)
        return invalid(fmt::format("\"{}\": a severity is error, warning or note", pattern));
      name = name.substr(0, equals);
    }
    if (first && !off && !severity)
      for (auto &rule : rules_) rule.on = false;
    first = false;
    bool met = false;
    for (auto &rule : rules_) {
      if (rule.id != name && rule.group() != name) continue;
      met = true;
      rule.on = !off;
      if (severity) rule.severity = *severity;
    }
    if (met) continue;
    std::vector<std::string> known;
    for (const auto &rule : rules_) {
      known.push_back(rule.id);
      known.push_back(rule.group());
    }
    auto near = text::nearest(name, known);
    return invalid(fmt::format("no rule or group of rules is called \"{}\"{}", name,
                               near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near)));
  }
  return Done{};
}

const Rule *Findings::rule(std::string_view id) const {
  const auto *found = rules_.find(id);
  return found && found->on ? found : nullptr;
}

Finding *Findings::add(std::string_view id, Span span, Slots slots) {
  const auto *found = rule(id);
  if (!found) return nullptr;
  Finding made;
  made.rule = found->id;
  made.severity = found->severity;
  made.span = {std::min(span.start, text_.size()), std::min(span.end, text_.size())};
  made.line = text_.line_at(made.span.start);
  made.excerpt = text::shorten(text::trim(text_.utf8(made.span)), kExcerpt);
  made.message = fill_slots(found->message, slots);
  made.suggestion = fill_slots(found->suggestion, slots);
  made.suspected = found->by_conversion && converted_;
  findings_.push_back(std::move(made));
  return &findings_.back();
}

std::vector<Finding> Findings::take() {
  std::stable_sort(findings_.begin(), findings_.end(), [](const Finding &a, const Finding &b) {
    return std::tie(a.span.start, a.span.end, a.rule, a.message) <
           std::tie(b.span.start, b.span.end, b.rule, b.message);
  });
  auto same = [](const Finding &a, const Finding &b) {
    return a.span == b.span && a.rule == b.rule && a.message == b.message;
  };
  findings_.erase(std::unique(findings_.begin(), findings_.end(), same), findings_.end());
  return std::move(findings_);
}

} // namespace yifa::reading
