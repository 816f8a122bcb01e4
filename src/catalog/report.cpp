#include "catalog/report.h"

#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <tuple>

namespace yifa::catalog {
namespace {

/// One file can hold a million faults; a reader wants the first few hundred.
constexpr std::size_t most_in_a_file = 300;
/// Widest line shown above a caret.
constexpr std::size_t widest = 110;

/// The part of a long line around the caret, and where the caret stands in it.
std::pair<std::string, std::size_t> window(const std::string &line, int column) {
  auto points = text::decode(line);
  auto at = std::min(points.size(), static_cast<std::size_t>(std::max(column, 1) - 1));
  std::u32string_view rest = points;
  auto wide = [](std::u32string_view part) { return text::width(text::encode(part)); };
  if (wide(rest) <= widest) return {line, wide(rest.substr(0, at))};
  std::size_t from = at;
  while (from > 0 && wide(rest.substr(from - 1, at - from + 1)) <= widest / 3) --from;
  std::size_t to = at;
  while (to < points.size() && wide(rest.substr(from, to + 1 - from)) <= widest) ++to;
  std::string shown = from > 0 ? "…" : "";
  auto caret = wide(rest.substr(from, at - from)) + (from > 0 ? 1 : 0);
  shown += text::encode(rest.substr(from, to - from));
  if (to < points.size()) shown += "…";
  return {shown, caret};
}

} // namespace

std::string Diagnostic::text() const {
  auto word = level == Level::Error ? "error" : "warning";
  if (line == 0) return fmt::format("{}: {}: {}\n", file, word, message);
  auto [shown, caret] = window(line_text, column);
  return fmt::format("{}:{}:{}: {}: {}\n  {}\n  {}^\n", file, line, column, word, message, shown,
                     std::string(caret, ' '));
}

void Report::add(Diagnostic::Level level, const SourceFile &file, std::size_t offset,
                 std::string message) {
  if (level == Diagnostic::Level::Error) ++errors_;
  auto same = std::count_if(diagnostics_.rbegin(), diagnostics_.rend(),
                            [&](const Diagnostic &d) { return d.file == file.path; });
  if (static_cast<std::size_t>(same) > most_in_a_file) return;
  Diagnostic out{level, file.path, 0, 0, std::move(message), {}};
  if (static_cast<std::size_t>(same) == most_in_a_file) {
    out.message = "more faults in this file are not listed";
    diagnostics_.push_back(std::move(out));
    return;
  }
  std::string_view all = file.text;
  offset = std::min(offset, all.size());
  auto start = all.substr(0, offset).rfind('\n');
  start = start == std::string_view::npos ? 0 : start + 1;
  auto end = all.find_first_of("\r\n", offset);
  if (end == std::string_view::npos) end = all.size();
  if (end < start) end = start;
  out.line = static_cast<int>(
                 std::count(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(start), '\n')) +
             1;
  out.column = static_cast<int>(text::length(all.substr(start, offset - start))) + 1;
  out.line_text =
      text::encode(text::decode(all.substr(start, end - start))); // ill-formed bytes become U+FFFD
  diagnostics_.push_back(std::move(out));
}

void Report::error(const Node &at, std::string message) {
  if (at.broken()) return;
  add(Diagnostic::Level::Error, *at.file, at.offset, std::move(message));
}
void Report::warning(const Node &at, std::string message) {
  if (at.broken()) return;
  add(Diagnostic::Level::Warning, *at.file, at.offset, std::move(message));
}
void Report::error_at(const SourceFile &file, std::size_t offset, std::string message) {
  add(Diagnostic::Level::Error, file, offset, std::move(message));
}
void Report::error_in(std::string path, std::string message) {
  ++errors_;
  diagnostics_.push_back({Diagnostic::Level::Error, std::move(path), 0, 0, std::move(message), {}});
}

void Report::unknown(const Node &at, std::string_view what, std::string_view name,
                     const std::vector<std::string> &known) {
  for (const SourceFile *file : broken_) {
    auto first = file->text.find(name);
    // In the broken file itself the name stands at least where it is used.
    if (first != std::string::npos && file == at.file)
      first = file->text.find(name, first + name.size());
    if (first != std::string::npos) return;
  }
  error(at, fmt::format("unknown {} \"{}\"{}", what, name, did_you_mean(name, known)));
}

std::vector<Diagnostic> Report::take() {
  auto place = [](const Diagnostic &d) {
    return std::tie(d.file, d.line, d.column, d.level, d.message);
  };
  std::stable_sort(diagnostics_.begin(), diagnostics_.end(),
                   [&](const Diagnostic &a, const Diagnostic &b) { return place(a) < place(b); });
  auto last =
      std::unique(diagnostics_.begin(), diagnostics_.end(),
                  [&](const Diagnostic &a, const Diagnostic &b) { return place(a) == place(b); });
  diagnostics_.erase(last, diagnostics_.end());
  return std::move(diagnostics_);
}

namespace {

/// Edits between two words, a swap of neighbours counting one.
std::size_t edits(std::u32string_view a, std::u32string_view b) {
  std::vector<std::size_t> before(b.size() + 1), row(b.size() + 1), two_before;
  for (std::size_t j = 0; j <= b.size(); ++j) before[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min(
          {before[j] + 1, row[j - 1] + 1, before[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], two_before[j - 2] + 1);
    }
    two_before = before;
    std::swap(before, row);
  }
  return before[b.size()];
}

} // namespace

std::string did_you_mean(std::string_view word, const std::vector<std::string> &known) {
  auto points = text::decode(word);
  if (points.size() < 2 || points.size() > 64) return {};
  std::size_t best = (points.size() + 2) / 3 + 1;
  const std::string *near = nullptr;
  for (const auto &name : known) {
    if (name.size() > word.size() * 2 + 4) continue;
    auto distance = edits(points, text::decode(name));
    if (distance == 0 || distance >= best) continue;
    best = distance;
    near = &name;
  }
  return near ? fmt::format("; did you mean \"{}\"?", *near) : std::string();
}

} // namespace yifa::catalog
