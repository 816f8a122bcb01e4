#include "reading/town_mention.h"

#include "base/text.h"
#include "reading/time_context.h"

#include <algorithm>
#include <array>

namespace yifa::reading {
namespace {

// Names of two characters first, being the most; one character is more often 由镇 than a name.
constexpr std::array<std::size_t, 5> kNameLengths{2, 3, 4, 5, 6};
constexpr std::size_t kShortName = 3; // of two characters and its kind
constexpr std::size_t kRowReach = 8;  // characters from 、 to the end of the next name

class TownReader {
public:
  explicit TownReader(const Case &report)
      : case_(report), all_(report.text().all()),
        own_(read_town(report.lexicon, text::decode(report.structure().place))) {}

  std::vector<TownMention> read() const {
    std::vector<TownMention> out;
    const auto &kinds = words("kinds");
    std::size_t length = 0;
    for (auto at = kinds.find(all_, 0, &length); at != all_.npos;
         at = kinds.find(all_, at + length, &length)) {
      if (!in_running_text(case_, at)) continue;
      if (words("kind_begins").at(all_, at) && !words("kind_goes_on").at(all_, at)) continue;
      if (words("kind_ends").before(all_, at + length)) continue;
      auto start = name_start(at);
      if (start == at) continue;
      TownMention made;
      made.town = {all_.substr(start, at - start), all_.substr(at, length)};
      made.span = {start, at + length};
      made.partner = partner(made.span);
      out.push_back(std::move(made));
    }
    return out;
  }

private:
  const Words &words(std::string_view list) const {
    return case_.lexicon.words("identity." + std::string(list));
  }

  /// Where the name before a kind begins; `at` where none does.
  std::size_t name_start(std::size_t at) const {
    if (!own_.empty() && at >= own_.base.size() &&
        std::u32string_view(all_).substr(at - own_.base.size(), own_.base.size()) == own_.base)
      return at - own_.base.size();
    // A stop or a longer word before the name is surer than one character, which names may hold.
    for (std::size_t surely : {2U, 1U})
      for (auto length : kNameLengths) {
        if (at < length) break;
        const auto start = at - length;
        if (!name_like({start, at})) break;
        if (begins(start, surely)) return known_word({start, at}) ? at : start;
      }
    return at;
  }
  bool name_like(Span span) const {
    for (auto i = span.start; i < span.end; ++i)
      if (!text::is_han(all_[i])) return false;
    // 自觉接受|乡人大, 建强|街道: a verb is no name
    auto name = case_.text().view(span);
    if (case_.lexicon.words("figures.verb").before(name, name.size()) > 0) return false;
    return words("never_in_name").find(name) == std::u32string_view::npos &&
           !words("no_name").before(all_, span.end);
  }
  bool begins(std::size_t start, std::size_t least) const {
    if (start == 0 || !text::is_han(all_[start - 1])) return true;
    return words("before_town").before(all_, start) >= least;
  }
  /// What the text uses as a word elsewhere is no name.
  bool known_word(Span span) const {
    const auto base = case_.text().view(span);
    const auto &kinds = words("kinds");
    for (auto at = all_.find(base); at != all_.npos; at = all_.find(base, at + 1))
      if (!kinds.at(all_, at + base.size()) && in_running_text(case_, at)) return true;
    return false;
  }

  bool partner(Span span) const {
    if (words("partner_before").before(all_, span.start) ||
        words("partner_after").at(all_, span.end))
      return true;
    if (span_has(case_, clause_around(case_.text(), span.start), "identity.meeting_others"))
      return true;
    if (span.size() > kShortName && words("former_begins").at(all_, span.start)) return true;
    // One of a row: 清河镇、双庙镇和高桥乡.
    const auto &kinds = words("kinds");
    if (span.end < all_.size() && all_[span.end] == U'、')
      for (auto i = span.end + 1; i < std::min(all_.size(), span.end + kRowReach); ++i) {
        if (!text::is_han(all_[i])) break;
        if (kinds.at(all_, i) && !words("kind_ends").before(all_, i + 1)) return true;
      }
    return span.start > 1 && all_[span.start - 1] == U'、' &&
           kinds.before(all_, span.start - 1) > 0;
  }

  const Case &case_;
  const std::u32string &all_;
  Town own_;
};

} // namespace

Town read_town(const Lexicon &lexicon, std::u32string_view name) {
  auto n = lexicon.words("identity.kinds").before(name, name.size());
  if (!n || n == name.size()) return {};
  return {std::u32string(name.substr(0, name.size() - n)),
          std::u32string(name.substr(name.size() - n))};
}

bool same_town(const Town &a, const Town &b) {
  auto like = [](const Town &wide, const Town &narrow) {
    if (wide.base.ends_with(narrow.base)) return true;
    return narrow.base.size() >= 2 && wide.base.starts_with(narrow.base);
  };
  return like(a, b) || like(b, a);
}

std::vector<TownMention> town_mentions(const Case &report) { return TownReader(report).read(); }

} // namespace yifa::reading
