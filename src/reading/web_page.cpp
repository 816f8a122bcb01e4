#include "reading/web_page.h"

#include "base/text.h"
#include "reading/encoding.h"

#include <algorithm>
#include <fmt/format.h>
#include <libxml/HTMLparser.h>
#include <memory>
#include <mutex>

namespace yifa::reading {
namespace {

constexpr std::size_t kPageBytes = 16 << 20;
constexpr std::size_t kCharsetWithin = 4096;
constexpr std::size_t kTagWork = 400'000'000;
constexpr double kTextIndent = 4;

bool one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool never_shown(std::string_view name) {
  return one_of(name, {"script", "style",  "noscript", "template", "head",   "iframe", "object",
                       "embed",  "svg",    "math",     "canvas",   "audio",  "video",  "select",
                       "option", "button", "input",    "textarea", "map",    "nav",    "footer",
                       "aside",  "applet", "frameset", "noframes", "dialog", "menu"});
}

bool makes_block(std::string_view name) {
  return one_of(name,
                {"address", "article",     "aside", "blockquote", "body",       "center", "dd",
                 "div",     "dl",          "dt",    "fieldset",   "figcaption", "figure", "form",
                 "h1",      "h2",          "h3",    "h4",         "h5",         "h6",     "header",
                 "hr",      "html",        "li",    "main",       "ol",         "p",      "pre",
                 "section", "table",       "tbody", "td",         "tfoot",      "th",     "thead",
                 "tr",      "ucapcontent", "ul"});
}

std::string_view node_name(const xmlNode *node) {
  return node->name == nullptr ? std::string_view()
                               : std::string_view(reinterpret_cast<const char *>(node->name));
}

std::string node_attribute(const xmlNode *node, const char *name) {
  std::unique_ptr<xmlChar, void (*)(void *)> value(
      xmlGetProp(node, reinterpret_cast<const xmlChar *>(name)), [](void *p) { xmlFree(p); });
  return value == nullptr ? std::string()
                          : std::string(reinterpret_cast<const char *>(value.get()));
}

std::string node_style(const xmlNode *node) {
  return text::replace_all(text::lower_ascii(node_attribute(node, "style")), " ", "");
}

bool is_hidden(const xmlNode *node) {
  if (xmlHasProp(node, reinterpret_cast<const xmlChar *>("hidden")) != nullptr) return true;
  auto style = node_style(node);
  return style.find("display:none") != std::string::npos ||
         style.find("visibility:hidden") != std::string::npos;
}

bool holds_heading(const xmlNode *node, int depth = 0) {
  for (const xmlNode *child = node->children; child != nullptr && depth < 20; child = child->next)
    if (child->type == XML_ELEMENT_NODE &&
        (one_of(node_name(child), {"h1", "h2"}) || holds_heading(child, depth + 1)))
      return true;
  return false;
}

bool blank_in_source(char32_t c) { return c == U' ' || c == U'\t' || c == U'\n'; }
bool shown_wide(char32_t c) { return c >= 0x2E80 || (c >= 0x2010 && c <= 0x2026); }

/// Walks the tree and cuts it into blocks. The parser bounds the depth.
class PageWalk {
public:
  explicit PageWalk(WebPage &page) : page_(page) { page_.boxes.push_back({}); }

  void walk(const xmlNode *node) {
    for (const xmlNode *child = node->children; child != nullptr; child = child->next) {
      if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE)
        add_text(child);
      else if (child->type == XML_ELEMENT_NODE)
        element(child);
      else if (child->type == XML_ENTITY_REF_NODE)
        raw_ += U' ';
    }
  }

  void flush() {
    std::u32string text;
    double left = 0;
    bool begun = false;
    for (std::size_t i = 0; i < raw_.size(); ++i) {
      if (!blank_in_source(raw_[i])) {
        bool blank = raw_[i] == U'\u3000' || raw_[i] == U'\u00A0';
        if (!begun && blank) left += raw_[i] == U'\u3000' ? 2 : 1;
        begun = begun || !blank;
        if (begun) text += raw_[i] == U'\u00A0' ? U' ' : raw_[i];
        continue;
      }
      bool feed = raw_[i] == U'\n';
      while (i + 1 < raw_.size() && blank_in_source(raw_[i + 1])) feed |= raw_[++i] == U'\n';
      // A line of the source broken beside a Han character is no blank of the author's.
      bool kept = begun && i + 1 < raw_.size() &&
                  !(feed && (shown_wide(text.back()) || shown_wide(raw_[i + 1])));
      if (kept) text += U' ';
    }
    auto trimmed = text::trim(text::encode(text));
    if (!trimmed.empty()) {
      WebBlock block;
      block.linked = std::min(linked_, text::length(trimmed));
      block.text = std::move(trimmed);
      block.box = box_;
      block.left = left > 0 ? left : indent_;
      block.heading = heading_;
      block.target = linked_ > 0 ? target_ : std::string();
      page_.blocks.push_back(std::move(block));
    }
    raw_.clear();
    linked_ = 0;
    if (links_ == 0) target_.clear();
  }

private:
  void add_text(const xmlNode *node) {
    if (node->content == nullptr) return;
    // Entities bring characters the page's bytes did not show.
    auto points = text::decode(clean_characters(reinterpret_cast<const char *>(node->content)));
    raw_ += points;
    if (links_ > 0)
      linked_ += static_cast<std::size_t>(std::count_if(
          points.begin(), points.end(), [](char32_t c) { return !blank_in_source(c); }));
  }

  void element(const xmlNode *node) {
    auto name = node_name(node);
    if (never_shown(name) || is_hidden(node)) return;
    if (name == "header" && !holds_heading(node)) return;
    if (name == "br") return flush();
    if (name == "a") {
      ++links_;
      target_ = node_attribute(node, "href");
      walk(node);
      --links_;
      return;
    }
    if (!makes_block(name)) return walk(node);
    block(node, name);
  }

  void block(const xmlNode *node, std::string_view name) {
    flush();
    int box = box_, heading = heading_;
    double indent = indent_;
    page_.boxes.push_back(
        {box, one_of(name, {"td", "th", "dt", "dd"}), one_of(name, {"main", "article"})});
    box_ = static_cast<int>(page_.boxes.size()) - 1;
    if (name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6')
      heading_ = name[1] - '0';
    auto style = node_style(node);
    if (auto at = style.find("text-indent:"); at != std::string::npos)
      indent_ = style.compare(at + 12, 1, "0") == 0 || style.compare(at + 12, 1, "-") == 0
                    ? 0
                    : kTextIndent;
    walk(node);
    flush();
    box_ = box;
    heading_ = heading;
    indent_ = indent;
  }

  WebPage &page_;
  std::u32string raw_;
  std::size_t linked_ = 0;
  std::string target_;
  int links_ = 0;
  int box_ = 0;
  int heading_ = 0;
  double indent_ = 0;
};

/// <title> and the <meta> names of Chinese government sites.
void read_web_head(const xmlNode *node, WebPage &page, int depth = 0) {
  for (const xmlNode *child = node->children; child != nullptr && depth < 8; child = child->next) {
    if (child->type != XML_ELEMENT_NODE) continue;
    auto name = node_name(child);
    if (name == "title" && page.title.empty()) {
      std::unique_ptr<xmlChar, void (*)(void *)> content(xmlNodeGetContent(child),
                                                         [](void *p) { xmlFree(p); });
      if (content != nullptr)
        page.title =
            text::trim(text::replace_all(reinterpret_cast<const char *>(content.get()), "\n", " "));
    } else if (name == "meta") {
      auto meta = text::lower_ascii(node_attribute(child, "name"));
      auto value = text::trim(node_attribute(child, "content"));
      if (meta == "articletitle" && !value.empty()) page.title = value;
      if (meta == "contentsource" && !value.empty()) page.publisher = value;
    } else {
      read_web_head(child, page, depth + 1);
    }
  }
}

/// The charset a page names in its first bytes; empty where it names none.
std::string named_charset(std::string_view bytes) {
  auto head = text::lower_ascii(bytes.substr(0, kCharsetWithin));
  auto at = head.find("charset=");
  if (at == std::string::npos) return {};
  at += 8;
  while (at < head.size() && (head[at] == '"' || head[at] == '\'' || head[at] == ' ')) ++at;
  auto end = head.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_", at);
  return head.substr(at, std::min(end, head.size()) - at);
}

/// Where the content of a script, style or comment that begins at `at` ends; `at` for others.
std::size_t past_unparsed(std::string_view lower, std::size_t at) {
  for (auto [open, close] : {std::pair<std::string_view, std::string_view>{"<script", "</script"},
                             {"<style", "</style"},
                             {"<!--", "-->"}})
    if (lower.compare(at, open.size(), open) == 0)
      return std::min(lower.find(close, at + open.size()), lower.size());
  return at;
}

/// The parser compares every attribute of a tag with those before it; no honest page makes that
/// slow.
Status check_tags(std::string_view text) {
  auto lower = text::lower_ascii(text);
  std::size_t work = 0;
  for (auto at = lower.find('<'); at < lower.size(); at = lower.find('<', at + 1)) {
    auto end = past_unparsed(lower, at);
    if (end != at) {
      at = end;
      continue;
    }
    if (at + 1 >= lower.size() || lower[at + 1] < 'a' || lower[at + 1] > 'z') continue;
    std::size_t words = 0;
    for (; at < lower.size() && lower[at] != '>'; ++at)
      words += lower[at] == ' ' || lower[at] == '\n' || lower[at] == '\t' || lower[at] == '=';
    work += words * words;
    if (work > kTagWork)
      return invalid("the web page is damaged: its tags hold thousands of attributes; open it in a "
                     "browser and save its text as .docx or .txt");
  }
  return Done{};
}

using WebDocument = std::unique_ptr<xmlDoc, void (*)(xmlDoc *)>;
using WebContext = std::unique_ptr<htmlParserCtxt, void (*)(htmlParserCtxt *)>;

Result<WebDocument> parse_document(const std::string &html) {
  static std::once_flag once;
  std::call_once(once, [] { xmlInitParser(); });
  WebContext context(htmlNewParserCtxt(), htmlFreeParserCtxt);
  if (context == nullptr) return unavailable("no memory to read a web page");
  constexpr int kOptions = HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR |
                           HTML_PARSE_NOWARNING | HTML_PARSE_COMPACT | HTML_PARSE_IGNORE_ENC;
  WebDocument document(htmlCtxtReadMemory(context.get(), html.data(), static_cast<int>(html.size()),
                                          nullptr, "UTF-8", kOptions),
                       xmlFreeDoc);
  // The parser gives up at 256 elements within each other, and what follows would be lost unseen.
  if (context->disableSAX != 0 || context->lastError.code == XML_ERR_INTERNAL_ERROR)
    return invalid(
        "the web page is damaged: its elements are nested more than 256 deep; open it in "
        "a browser and save its text as .docx or .txt");
  if (document == nullptr) return invalid("the web page holds nothing that can be read");
  return document;
}

} // namespace

Result<WebPage> parse_web_page(std::string_view bytes) {
  if (bytes.size() > kPageBytes)
    return invalid(
        fmt::format("the web page has {} MB, far more than a report (the limit is {} MB)",
                    (bytes.size() >> 20) + 1, kPageBytes >> 20));
  auto html = clean_characters(TRY(decode_text(bytes, Faults::Replace, named_charset(bytes))));
  TRY(check_tags(html));
  auto document = TRY(parse_document(html));
  WebPage page;
  const auto *root = reinterpret_cast<const xmlNode *>(document.get());
  read_web_head(root, page);
  PageWalk walk(page);
  walk.walk(root);
  walk.flush();
  return page;
}

} // namespace yifa::reading
