#include "reading/law_table.h"

#include "base/text.h"
#include "catalog/report.h"
#include "catalog/shape.h"
#include "catalog/strict_yaml.h"

#include <algorithm>
#include <bitset>
#include <set>

#include <fmt/format.h>

namespace yifa::reading {
namespace {

constexpr std::string_view kLawFile = "checks/laws.yaml";

/// Number of single characters to change, add or leave out; more than `most` counts as most + 1.
std::size_t title_distance(std::u32string_view a, std::u32string_view b, std::size_t most) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > most) return most + 1;
  while (!a.empty() && a.front() == b.front()) a.remove_prefix(1), b.remove_prefix(1);
  while (!a.empty() && a.back() == b.back()) a.remove_suffix(1), b.remove_suffix(1);
  if (a.empty()) return b.size();
  std::vector<std::size_t> row(a.size() + 1);
  for (std::size_t i = 0; i < row.size(); ++i) row[i] = i;
  for (std::size_t k = 0; k < b.size(); ++k) {
    auto corner = row[0];
    auto least = row[0] = k + 1;
    for (std::size_t i = 0; i < a.size(); ++i) {
      auto changed = corner + (a[i] == b[k] ? 0 : 1);
      corner = row[i + 1];
      row[i + 1] = std::min({changed, row[i] + 1, corner + 1});
      least = std::min(least, row[i + 1]);
    }
    if (least > most) return most + 1;
  }
  return row.back();
}

std::uint64_t characters_of(std::u32string_view title) {
  std::uint64_t out = 0;
  for (auto c : title) out |= std::uint64_t{1} << (c % 61);
  return out;
}

bool is_title_mark(char32_t c) {
  return c == U'“' || c == U'”' || c == U'‘' || c == U'’' || c == U'"' || c == U'\'' ||
         c == U'〈' || c == U'〉' || c == U'<' || c == U'>' || c == U' ' || c == U'　' ||
         c == U'\u00a0' || c == U'《' || c == U'》' || c == U'、' || c == U'，';
}

} // namespace

bool same_characters(std::u32string a, std::u32string b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return a == b;
}

std::optional<LawEdition> Law::longest(Date from, Date to) const {
  if (editions.empty()) return std::nullopt;
  // Before the first edition known there may have been another, unless the law is no older.
  if (editions.front().from > from && !(since && since->plus_months(18) > editions.front().from))
    return std::nullopt;
  const auto reach = to.plus_months(12);
  std::optional<LawEdition> out;
  for (std::size_t i = 0; i < editions.size(); ++i) {
    const auto &one = editions[i];
    if (one.from > reach) break;
    if (i + 1 < editions.size() && editions[i + 1].from <= from) continue;
    if (one.articles == 0) return std::nullopt;
    if (!out || one.articles > out->articles) out = one;
  }
  return out;
}

std::u32string LawTable::trimmed(std::u32string_view title) const {
  std::u32string out;
  out.reserve(title.size());
  for (auto c : title) {
    if (is_title_mark(c)) continue;
    out += c == U'(' ? U'（' : c == U')' ? U'）' : c;
  }
  // What a bracket at the end adds: years, an edition.
  while (out.ends_with(U'）')) {
    auto open = out.rfind(U'（');
    if (open == std::u32string::npos || open == 0) break;
    auto inner = std::u32string_view(out).substr(open + 1);
    bool year = std::any_of(inner.begin(), inner.end(), [](char32_t c) {
      return (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９') || c == U'〇' || c == U'○';
    });
    if (!year && edition_marks_.find(inner) == std::u32string_view::npos) break;
    out.resize(open);
  }
  return out;
}

std::u32string LawTable::plain(std::u32string_view title) const {
  auto out = trimmed(title);
  for (std::size_t n = 0; (n = prefixes_.at(out, 0)) != 0 && n < out.size();) out.erase(0, n);
  return out;
}

bool LawTable::whole_title(std::u32string_view title) const {
  return trimmed(title).starts_with(whole_);
}

bool LawTable::like_statute(std::u32string_view title) const {
  auto made = trimmed(title);
  return statute_ends_.before(made, made.size()) && !other_ends_.before(made, made.size());
}

std::vector<const Law *> LawTable::find(std::u32string_view title) const {
  std::vector<const Law *> out;
  const auto all = trimmed(title);
  auto found = by_title_.find(all);
  if (found == by_title_.end()) found = by_title_.find(plain(all));
  if (found != by_title_.end())
    for (auto i : found->second) out.push_back(&laws_[i]);
  return out;
}

const Law *LawTable::nearest(std::u32string_view title, std::size_t most,
                             std::size_t *distance) const {
  const Law *out = nullptr;
  auto best = most + 1;
  auto look = [&](const std::u32string &own) {
    const auto characters = characters_of(own);
    auto low = own.size() > most ? own.size() - most : 1;
    for (auto n = low; n <= own.size() + most && n < by_length_.size(); ++n)
      for (const auto &one : by_length_[n]) {
        // each change alters two bits at most
        if (std::bitset<64>(characters ^ one.characters).count() > 2 * most) continue;
        auto far = title_distance(own, one.text, best);
        // Of two as near, the one of the same characters: 民典法 is 民法典 and not 民航法.
        if (far > most || far > best || (far == best && (!out || !same_characters(own, one.text))))
          continue;
        best = far;
        out = &laws_[one.law];
      }
  };
  const auto all = trimmed(title);
  const auto bare = plain(all);
  look(bare);
  if (bare != all && best > 0) look(all);
  if (distance) *distance = best;
  return out;
}

void LawTable::index() {
  std::vector<std::u32string> names, fading;
  std::set<std::u32string> listed;
  for (std::size_t i = 0; i < laws_.size(); ++i) {
    const auto &law = laws_[i];
    const auto name = text::decode(law.name);
    const auto full = law.full == law.name ? name : text::decode(law.full);
    std::set<std::u32string> titles{trimmed(name), plain(name)};
    if (full != name) titles.insert({trimmed(full), plain(full)});
    for (const auto &title : titles) {
      by_title_[title].push_back(i);
      if (!listed.insert(title).second) continue;
      if (by_length_.size() <= title.size()) by_length_.resize(title.size() + 1);
      by_length_[title.size()].push_back({title, characters_of(title), i});
    }
    if (law.end == Law::End::Repealed || law.end == Law::End::Renamed || law.last_year)
      fading.push_back(name);
    if (!law.editions.empty()) names.push_back(name);
  }
  names_ = Words(std::move(names));
  fading_ = Words(std::move(fading));
}

/// Fills a table from the file.
class LawReader {
public:
  LawReader(LawTable &table, catalog::Report &report) : table_(table), report_(report) {}

  void read(const catalog::Node &root) {
    catalog::Shape shape(
        root, report_, "the table of laws",
        {"prefixes", "edition_marks", "whole", "statute_ends", "other_ends", "laws", "campaigns"});
    if (!shape.good()) return;
    table_.prefixes_ = words(shape, "prefixes");
    table_.edition_marks_ = words(shape, "edition_marks");
    table_.statute_ends_ = words(shape, "statute_ends");
    table_.other_ends_ = words(shape, "other_ends");
    table_.whole_ = text::decode(shape.need_text("whole"));
    if (const auto *laws = shape.need("laws"))
      for (std::size_t i = 0; i < laws->pairs(); ++i) law(laws->key(i), laws->value(i));
    if (const auto *all = shape.get("campaigns"))
      for (std::size_t i = 0; i < all->pairs(); ++i) campaign(all->key(i), all->value(i));
    table_.index();
  }

private:
  static Words words(const catalog::Shape &shape, std::string_view key) {
    std::vector<std::u32string> out;
    for (const auto *one : shape.list(key)) out.push_back(text::decode(one->text));
    return Words(std::move(out));
  }

  std::optional<Date> day(const catalog::Shape &shape, std::string_view key) {
    const auto *node = shape.get(key);
    return node ? catalog::read_date(*node, report_, "a day") : std::nullopt;
  }

  void period(const catalog::Shape &shape, int &first, int &last) {
    const auto *node = shape.get("period");
    if (!node) return;
    if (!node->is_list() || node->items.size() != 2) {
      report_.error(*node, "a period is [first year, last year]");
      return;
    }
    first = static_cast<int>(catalog::read_number(node->items[0], report_, "a year").value_or(0));
    last = static_cast<int>(catalog::read_number(node->items[1], report_, "a year").value_or(0));
    if (first < 1949 || last < first || last > 2100)
      report_.error(*node, "a period ends no earlier than it begins");
  }

  void law(const catalog::Node &key, const catalog::Node &node) {
    catalog::Shape shape(node, report_, "a law",
                         {"full", "name", "kind", "since", "articles", "repealed", "renamed",
                          "superseded", "by", "period", "seen"});
    if (!shape.good()) return;
    if (const auto *kind = shape.need("kind"))
      catalog::read_word(*kind, report_, "a kind",
                         {"law", "regulation", "rule", "party", "paper", "plan"});
    if (const auto *seen = shape.need("seen"))
      catalog::read_word(*seen, report_, "a mark", {"V", "M"});
    Law made;
    made.name = shape.has("name") ? shape.text("name") : std::string(key.text);
    made.full = shape.has("full") ? shape.text("full") : made.name;
    made.since = day(shape, "since");
    made.by = shape.text("by");
    const std::pair<std::string_view, Law::End> ends[] = {{"repealed", Law::End::Repealed},
                                                          {"renamed", Law::End::Renamed},
                                                          {"superseded", Law::End::Superseded}};
    for (const auto &[word, end] : ends)
      if (auto at = day(shape, word)) {
        if (made.end != Law::End::None) report_.error(node, "a law ends once");
        made.end = end;
        made.ended = *at;
      }
    if (made.end != Law::End::None && made.by.empty())
      report_.error(node, "a law that ended says by what it was replaced");
    period(shape, made.first_year, made.last_year);
    editions(shape, made);
    table_.laws_.push_back(std::move(made));
  }

  void editions(const catalog::Shape &shape, Law &made) {
    const auto *node = shape.get("articles");
    if (!node) return;
    if (!node->is_map()) {
      report_.error(*node, "articles is {day: number, …}");
      return;
    }
    for (std::size_t i = 0; i < node->pairs(); ++i) {
      auto from = catalog::read_date(node->key(i), report_, "an edition's day");
      auto count = catalog::read_number(node->value(i), report_, "a number of articles");
      if (from && count) made.editions.push_back({*from, static_cast<int>(*count)});
    }
    std::sort(made.editions.begin(), made.editions.end(),
              [](const auto &a, const auto &b) { return a.from < b.from; });
  }

  void campaign(const catalog::Node &key, const catalog::Node &node) {
    catalog::Shape shape(node, report_, "a campaign", {"period", "seen"});
    if (!shape.good()) return;
    shape.need("period");
    Campaign made;
    made.name = text::decode(key.text);
    period(shape, made.first_year, made.last_year);
    table_.campaigns_.push_back(std::move(made));
  }

  LawTable &table_;
  catalog::Report &report_;
};

Result<std::shared_ptr<const LawTable>> load_law_table(const catalog::Sources &sources) {
  auto table = std::make_shared<LawTable>();
  auto found = sources.find(std::string(kLawFile));
  if (found == sources.end()) return std::shared_ptr<const LawTable>(std::move(table));
  catalog::Report report;
  catalog::SourceFile file;
  file.path = found->first;
  file.text = found->second;
  catalog::read_yaml(file, report);
  if (!file.broken) LawReader(*table, report).read(file.root);
  if (report.failed()) {
    std::vector<Problem> problems;
    for (const auto &one : report.take())
      if (one.level == catalog::Diagnostic::Level::Error)
        problems.push_back(
            {fmt::format("{}:{}:{}", one.file, one.line, one.column), one.message, "", ""});
    return invalid("the table of laws cannot be read", std::move(problems));
  }
  return std::shared_ptr<const LawTable>(std::move(table));
}

} // namespace yifa::reading
