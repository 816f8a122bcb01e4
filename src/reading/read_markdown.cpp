#include "reading/read_text.h"

#include "base/text.h"
#include "reading/encoding.h"
#include "reading/join_lines.h"
#include "reading/line_signs.h"
#include "reading/markdown_spans.h"

#include <algorithm>
#include <utility>

namespace yifa::reading {
namespace {

using MarkdownLines = std::vector<std::string>;

/// Everything between <!-- and --> goes; line feeds stay so that lines keep apart.
std::string without_comments(std::string_view text) {
  std::string out;
  std::size_t at = 0;
  while (true) {
    auto open = text.find("<!--", at);
    out += text.substr(at, open == std::string_view::npos ? open : open - at);
    if (open == std::string_view::npos) return out;
    auto close = text.find("-->", open + 4);
    if (close == std::string_view::npos) return out;
    at = close + 3;
  }
}

bool made_of(std::string_view line, std::string_view characters, std::size_t least) {
  return line.size() >= least && line.find_first_not_of(characters) == std::string_view::npos;
}

/// --- *** ___ with blanks between.
bool is_rule(std::string_view line) {
  auto marks = text::replace_all(std::string(line), " ", "");
  return made_of(marks, "-", 3) || made_of(marks, "*", 3) || made_of(marks, "_", 3);
}

/// |---|:--:|
bool is_table_rule(std::string_view line) {
  return made_of(line, "|-: ", 3) && line.find('-') != std::string_view::npos &&
         line.find('|') != std::string_view::npos;
}

/// Cells of a table's row; "\|" is no border.
MarkdownLines row_cells(std::string_view line) {
  MarkdownLines cells(1);
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size() && line[i + 1] == '|') {
      cells.back() += '|';
      ++i;
    } else if (line[i] == '|') {
      cells.emplace_back();
    } else {
      cells.back() += line[i];
    }
  }
  return cells;
}

/// Gathers paragraphs line by line.
class MarkdownReader {
public:
  explicit MarkdownReader(const Lexicon &lexicon) : lexicon_(lexicon) {}

  void read(const MarkdownLines &lines) {
    std::size_t i = front_matter_end(lines);
    for (; i < lines.size(); ++i) line(lines, i);
    close();
  }

  Joined take() { return std::move(joined_); }

private:
  /// --- key: value --- at the very top.
  static std::size_t front_matter_end(const MarkdownLines &lines) {
    if (lines.empty() || text::trim(lines[0]) != "---") return 0;
    for (std::size_t i = 1; i < lines.size() && i < 100; ++i)
      if (text::trim(lines[i]) == "---") return i + 1;
    return 0;
  }

  void line(const MarkdownLines &lines, std::size_t i) {
    auto line = text::trim(lines[i]);
    while (line.starts_with('>')) line = text::trim(std::string_view(line).substr(1));
    if (line.starts_with("```") || line.starts_with("~~~")) {
      close();
      fenced_ = !fenced_;
    } else if (fenced_ && !line.empty()) {
      paragraph(line);
    } else if (line.empty() || is_rule(line) || is_table_rule(line) || is_reference(line) ||
               (open_ && (made_of(line, "=", 2) || made_of(line, "-", 2)))) {
      close(); // a rule, or the line beneath a heading
    } else if (line[0] == '|' || (line.find('|') != std::string::npos && table_here(lines, i))) {
      close();
      for (const auto &cell : row_cells(line)) paragraph(markdown_plain(cell));
    } else {
      text_line(lines[i], line);
    }
  }

  /// A row belongs to a table whose rule stands beneath its head.
  bool table_here(const MarkdownLines &lines, std::size_t i) {
    if (i + 1 < lines.size() && is_table_rule(text::trim(lines[i + 1]))) table_until_ = i + 1;
    if (table_until_ == 0 || i > table_until_ + 1) return false;
    table_until_ = std::max(table_until_, i);
    return true;
  }

  /// [1]: https://…
  static bool is_reference(std::string_view line) {
    if (line[0] != '[') return false;
    auto close = line.find("]:");
    return close != std::string_view::npos && line.find("://", close) != std::string_view::npos;
  }

  void text_line(std::string_view raw, std::string_view line) {
    std::size_t level = std::min(line.find_first_not_of('#'), line.size());
    if (level > 0 && level <= 6 && level < line.size()) {
      close();
      auto title = line.substr(level);
      auto last = title.find_last_not_of("# ");
      // "## 标题 ##": the closing marks count only after a blank.
      if (last != std::string_view::npos && last + 1 < title.size() && title[last + 1] == ' ')
        title = title.substr(0, last + 1);
      paragraph(markdown_plain(title));
      return;
    }
    if (line.size() > 1 && (line[0] == '-' || line[0] == '*' || line[0] == '+') &&
        (line[1] == ' ' || line[1] == '\t')) {
      close();
      line = line.substr(2);
    }
    bool breaks = raw.ends_with("  ") || line.ends_with('\\');
    if (line.ends_with('\\')) line.remove_suffix(1);
    if (open_ && begins_anew(line)) close();
    pieces_.emplace_back(line);
    open_ = true;
    if (breaks) close();
  }

  /// A numbered line is no continuation, whatever Markdown says of it.
  bool begins_anew(std::string_view line) const {
    auto head = text::decode(line.substr(0, 64));
    while (!head.empty() && head[0] == U'*') head.erase(0, 1);
    return line_label(head, lexicon_) > 0;
  }

  void paragraph(std::string_view text) {
    auto trimmed = text::trim(text);
    if (!trimmed.empty()) joined_.paragraphs.push_back(std::move(trimmed));
  }

  /// Ends the open paragraph. Marks may reach over its lines, so they are removed of the whole; the
  /// places of joints are counted in what is left.
  void close() {
    open_ = false;
    if (pieces_.empty()) return;
    std::string whole;
    for (const auto &piece : std::exchange(pieces_, {})) {
      if (!whole.empty()) whole += '\n';
      whole += text::trim(piece);
    }
    for (const auto &part : text::split(markdown_plain(whole), kMarkdownBreak)) put_lines(part);
  }

  void put_lines(std::string_view part) {
    std::string out;
    std::size_t length = 0;
    for (const auto &piece : text::split(part, '\n')) {
      auto line = text::trim(piece);
      if (line.empty()) continue;
      std::size_t before = out.size();
      put_together(out, line);
      length += out.size() - before - line.size();
      if (before > 0) joined_.joints.push_back({joined_.paragraphs.size(), length});
      length += text::length(line);
    }
    if (!out.empty()) joined_.paragraphs.push_back(std::move(out));
  }

  const Lexicon &lexicon_;
  Joined joined_;
  MarkdownLines pieces_;
  bool open_ = false;
  bool fenced_ = false;
  std::size_t table_until_ = 0;
};

} // namespace

Result<Source> read_markdown(std::string_view bytes, const Lexicon &lexicon,
                             const ReadLimits &limits) {
  auto text = clean_characters(TRY(decode_text(bytes)));
  TRY(check_text(text, limits));
  MarkdownReader reader(lexicon);
  reader.read(text::split(without_comments(text), '\n'));
  auto joined = reader.take();
  if (joined.paragraphs.empty()) return invalid("the file holds no text");
  Source source;
  source.format = Format::Markdown;
  source.paragraphs = std::move(joined.paragraphs);
  source.joints = std::move(joined.joints);
  return source;
}

} // namespace yifa::reading
