#include "reading/article.h"

#include "base/text.h"
#include "reading/line_signs.h"
#include "reading/page_lines.h"

#include <algorithm>
#include <optional>

namespace yifa::reading {
namespace {

constexpr double kMostOf = 0.8;
constexpr std::size_t kFewestBlocks = 3;
constexpr std::size_t kLongestValue = 120;
constexpr std::size_t kSignatureLines = 5;
constexpr std::size_t kSignatureLength = 40;

using ArticleLines = std::vector<PageLine>;

struct ArticleRange {
  std::size_t first = 0;
  std::size_t last = 0; ///< one past
};

/// The innermost element that holds most of the sentences: its lines, as the first and last.
ArticleRange article_range(const WebPage &page, const ArticleLines &lines) {
  std::vector<std::size_t> weight(page.boxes.size()), blocks(page.boxes.size());
  for (const auto &line : lines) {
    auto box = static_cast<std::size_t>(line.block->box);
    ++blocks[box];
    if (line.prose) weight[box] += line.bare.size();
  }
  // Parents stand before their children.
  for (std::size_t i = page.boxes.size(); i-- > 1;) {
    auto parent = static_cast<std::size_t>(page.boxes[i].parent);
    weight[parent] += weight[i];
    blocks[parent] += blocks[i];
  }
  // Where a page says which its main part is, only that counts.
  std::size_t best = 0, told = 0;
  for (std::size_t i = 1; i < page.boxes.size(); ++i)
    if (page.boxes[i].main && weight[i] * 4 >= weight[0] && weight[i] > 0) ++told, best = i;
  if (told != 1) best = 0;
  auto whole = static_cast<double>(weight[best]);
  for (std::size_t i = best + 1; i < page.boxes.size(); ++i)
    if (static_cast<std::size_t>(page.boxes[i].parent) == best && weight[i] > 0 &&
        static_cast<double>(weight[i]) >= kMostOf * whole && blocks[i] >= kFewestBlocks)
      best = i;
  auto inside = [&](const PageLine &line) {
    int box = line.block->box;
    while (box > static_cast<int>(best)) box = page.boxes[static_cast<std::size_t>(box)].parent;
    return box == static_cast<int>(best);
  };
  ArticleRange range{lines.size(), lines.size()};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!inside(lines[i])) continue;
    range.first = std::min(range.first, i);
    range.last = i + 1;
  }
  if (weight[0] == 0) return {0, lines.size()};
  return range;
}

/// Takes chrome away and finds what the page says of itself.
class ArticleFinder {
public:
  ArticleFinder(const WebPage &page, const Lexicon &lexicon) : page_(page), lexicon_(lexicon) {
    for (const auto &block : page.blocks) lines_.push_back(read_page_line(block));
  }

  Article find() {
    range_ = article_range(page_, lines_);
    reach_for_date();
    find_body();
    find_publisher();
    drop_pairs();
    drop_above();
    drop_within();
    drop_below();
    drop_second_title();
    return take();
  }

private:
  /// Signature and date may stand just beneath the element that holds the text.
  void reach_for_date() {
    std::size_t end = std::min(range_.last + kSignatureLines, lines_.size());
    for (std::size_t i = range_.last; i < end; ++i) {
      const auto &line = lines_[i];
      if (line.linked || line.bare.size() > kSignatureLength || is_chrome(line)) return;
      if (is_date_line(line.points, lexicon_)) range_.last = i + 1;
    }
  }

  /// From the first sentence or numbered heading to the last sentence.
  void find_body() {
    body_ = {range_.last, range_.first};
    for (std::size_t i = range_.first; i < range_.last; ++i) {
      const auto &line = lines_[i];
      bool heading = !line.linked && line_label(line.points, lexicon_) > 0 &&
                     line.bare.size() > 3 && text::is_han(line.bare.back());
      if (line.prose || heading) body_.first = std::min(body_.first, i);
      if (line.prose) body_.last = i + 1;
    }
    if (body_.first >= body_.last) body_ = {range_.last, range_.last};
  }

  bool beside(std::size_t i, std::size_t k) const {
    auto parent = [&](std::size_t at) {
      return page_.boxes[static_cast<std::size_t>(lines_[at].block->box)].parent;
    };
    return lines_[i].block->box == lines_[k].block->box || parent(i) == parent(k);
  }

  /// The value that stands beside a name: in the next cell, or after it.
  std::optional<std::size_t> value_of(std::size_t i) const {
    if (i + 1 >= lines_.size() || !beside(i, i + 1)) return std::nullopt;
    const auto &value = lines_[i + 1];
    if (is_label(value, lexicon_) || value.prose || value.bare.size() > kLongestValue)
      return std::nullopt;
    return i + 1;
  }

  void find_publisher() {
    const auto &ranks = lexicon_.pairs("chrome.publisher_rank");
    std::vector<std::pair<std::u32string, std::u32string>> all;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (lines_[i].prose) continue;
      if (is_label(lines_[i], lexicon_)) {
        auto name = lines_[i].bare;
        while (!name.empty() && (name.back() == U'：' || name.back() == U':')) name.pop_back();
        if (auto at = value_of(i)) all.emplace_back(name, lines_[*at].bare);
      } else if (is_particulars(lines_[i], lexicon_)) {
        for (auto &pair : particulars(lines_[i].bare, lexicon_)) all.push_back(std::move(pair));
      }
    }
    std::size_t best = ranks.size();
    for (const auto &[name, value] : all) {
      auto clean = value.substr(0, value.find_first_of(U"0123456789０１２３４５６７８９"));
      if (clean.empty() || clean.size() > 40) continue;
      for (std::size_t rank = 0; rank < best; ++rank)
        if (ranks[rank].first == text::encode(name)) best = rank, publisher_ = text::encode(clean);
    }
    if (publisher_.empty()) publisher_ = page_.publisher;
  }

  /// Names of particulars with the values beside them, in and above the article.
  void drop_pairs() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      bool in_body = i >= body_.first && i < body_.last;
      if (in_body || lines_[i].prose || !is_label(lines_[i], lexicon_)) continue;
      lines_[i].dropped = true;
      auto value = value_of(i);
      // A title beside "打印" is no value.
      if (value && !(is_title(lines_[*value], lexicon_) && !in_cell(*value)) &&
          !(*value >= body_.first && *value < body_.last))
        lines_[*value].dropped = true;
    }
  }

  bool in_cell(std::size_t i) const {
    return page_.boxes[static_cast<std::size_t>(lines_[i].block->box)].cell;
  }

  bool is_chrome(const PageLine &line) const {
    return is_crumb(line, lexicon_) || is_buttons(line, lexicon_) ||
           is_particulars(line, lexicon_) || is_timestamp(line) || is_file_link(line, lexicon_);
  }

  bool kept_title(const PageLine &line) const {
    return is_title(line, lexicon_) && !is_crumb(line, lexicon_) && !is_particulars(line, lexicon_);
  }

  void drop_above() {
    bool titled = false;
    for (std::size_t i = range_.first; i < std::min(body_.first, range_.last); ++i) {
      auto &line = lines_[i];
      bool title = kept_title(line) && (!line.linked || line.block->heading > 0);
      if (is_chrome(line) || (line.linked && !title) ||
          (!title && is_short_with(line, lexicon_, "chrome.above")))
        line.dropped = true;
      titled = titled || (title && !line.dropped);
    }
    if (!titled) take_title();
  }

  /// The title from above the article, or else from the page's own.
  void take_title() {
    for (std::size_t i = range_.first; i-- > 0;) {
      const auto &line = lines_[i];
      if (line.dropped || !kept_title(line) || line.linked) continue;
      title_ = line.block->text;
      return;
    }
    auto title = text::decode(page_.title);
    for (const auto &mark : lexicon_.words("chrome.title_marks").all())
      if (auto at = title.find(mark); at != std::u32string::npos && at > 0) title.resize(at);
    WebBlock block;
    block.text = text::trim(text::encode(title));
    if (!block.text.empty() && is_title(read_page_line(block), lexicon_)) title_ = block.text;
  }

  void drop_within() {
    for (std::size_t i = body_.first; i < body_.last; ++i) {
      auto &line = lines_[i];
      if (line.prose) continue;
      line.dropped =
          line.dropped || is_file_link(line, lexicon_) || is_crumb(line, lexicon_) ||
          (is_buttons(line, lexicon_) && !in_cell(i) && line.bare.size() > 1) ||
          (particulars(line.bare, lexicon_).size() >= 2 && is_particulars(line, lexicon_));
    }
  }

  void drop_below() {
    bool over = false;
    for (std::size_t i = std::max(body_.last, range_.first); i < range_.last; ++i) {
      auto &line = lines_[i];
      over = over || is_short_with(line, lexicon_, "chrome.below");
      if (over || is_chrome(line) || (line.linked && line.block->linked > 1)) line.dropped = true;
    }
  }

  /// The page's heading says again what the report's own title says, perhaps in one line instead of
  /// two, perhaps a little otherwise.
  void drop_second_title() {
    std::vector<std::size_t> head;
    for (std::size_t i = range_.first; i < std::min(body_.first, range_.last); ++i)
      if (!lines_[i].dropped) head.push_back(i);
    for (std::size_t a = 0; a < head.size(); ++a) {
      auto &first = lines_[head[a]];
      if (!kept_title(first)) continue;
      std::u32string rest;
      bool again = false;
      for (std::size_t b = a + 1; b < head.size() && !again; ++b) {
        const auto &other = lines_[head[b]];
        again = other.bare == first.bare ||
                (kept_title(other) && (head[b] > head[a] + 1 || first.block->heading > 0));
        rest += other.bare;
        again = again || rest == first.bare || rest.ends_with(first.bare);
      }
      if (again) first.dropped = true;
      if (!again) return;
    }
  }

  Article take() {
    Article article;
    article.publisher = publisher_;
    if (!title_.empty()) article.lines.push_back(as_line(title_, 0, true));
    for (std::size_t i = range_.first; i < range_.last; ++i) {
      const auto &line = lines_[i];
      if (!line.dropped)
        article.lines.push_back(as_line(line.block->text, line.block->left,
                                        line.block->heading > 0 || in_data_cell(i)));
    }
    return article;
  }

  /// A cell of a table within the report, not of the table that lays out the page.
  bool in_data_cell(std::size_t i) const { return in_cell(i) && !lines_[i].prose; }

  static Line as_line(std::string text, double left, bool alone) {
    Line line;
    line.left = left;
    line.right = left + static_cast<double>(text::width(text));
    line.text = std::move(text);
    line.alone = alone;
    return line;
  }

  const WebPage &page_;
  const Lexicon &lexicon_;
  ArticleLines lines_;
  ArticleRange range_;
  ArticleRange body_;
  std::string title_;
  std::string publisher_;
};

} // namespace

Article find_article(const WebPage &page, const Lexicon &lexicon) {
  return ArticleFinder(page, lexicon).find();
}

} // namespace yifa::reading
