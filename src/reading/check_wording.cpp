#include "reading/check_residue.h"

#include "base/text.h"
#include "reading/check_marks.h"
#include "reading/numeral.h"

#include <algorithm>

namespace yifa::reading {
namespace {

constexpr std::size_t kLongestDoubled = 8; // characters of a passage that stands twice

class WordingCheck {
public:
  explicit WordingCheck(Case &report)
      : report_(report), all_(report.text().all()), single_(words("doubled_single")),
        doubled_legit_(words("doubled_legit")), role_(words("doubled_role")),
        each_(words("doubled_each")), misprint_legit_(words("misprint_legit")) {}

  void run() {
    doubled();
    misprints();
    particles();
    traditional();
  }

private:
  using View = std::u32string_view;

  const Words &words(std::string_view name) const {
    return report_.lexicon.words(std::string("residue.") + std::string(name));
  }
  /// Whether one of the words covers the place: 目的的 covers 的的.
  bool covered(const Words &known, Span span) const {
    auto from = span.start - std::min<std::size_t>(span.start, kLongestDoubled);
    for (auto i = from; i <= span.start; ++i)
      if (i + known.at(all_, i) >= span.end && known.at(all_, i) > 0) return true;
    return false;
  }

  /// 坚持坚持; the longest passage that stands twice.
  void doubled() {
    for (std::size_t i = 0; i + 1 < all_.size(); ++i) {
      if (!text::is_han(all_[i])) continue;
      auto n = doubled_at(i);
      if (!n) continue;
      Span span{i, i + 2 * n};
      report_.findings.add(
          "residue.doubled_word", span,
          {{"written", report_.text().utf8(span)}, {"once", report_.text().utf8({i, i + n})}});
      i = span.end - 1;
    }
  }
  std::size_t doubled_at(std::size_t i) const {
    for (auto n = std::min(kLongestDoubled, (all_.size() - i) / 2); n >= 2; --n) {
      if (all_[i] != all_[i + n] || all_.substr(i, n) != all_.substr(i + n, n)) continue;
      auto passage = all_.substr(i, n);
      if (!std::all_of(passage.begin(), passage.end(), text::is_han)) continue;
      if (is_han_numeral(passage.front())) continue; // 一件一件
      if (n == 2 && passage[0] == passage[1]) continue;
      if (covered(doubled_legit_, {i, i + 2 * n})) continue;
      if (role_.at(all_, i + 2 * n) > 0 && each_.before(all_, i) > 0) continue;
      return n;
    }
    bool single = all_[i] == all_[i + 1] && single_.at(all_, i) == 2;
    return single && !covered(doubled_legit_, {i, i + 2}) ? 1 : 0;
  }

  void misprints() {
    if (!report_.findings.rule("residue.misprint")) return;
    const auto &table = report_.lexicon.pairs("residue.misprint");
    std::vector<std::u32string> keys;
    keys.reserve(table.size());
    for (const auto &[written, right] : table) keys.push_back(text::decode(written));
    Words wrong(std::move(keys));
    std::size_t n = 0;
    for (auto at = wrong.find(all_, 0, &n); at != View::npos; at = wrong.find(all_, at + n, &n)) {
      Span span{at, at + n};
      if (covered(misprint_legit_, span)) continue;
      auto written = report_.text().utf8(span);
      auto found = std::find_if(table.begin(), table.end(),
                                [&](const auto &one) { return one.first == written; });
      if (found == table.end()) continue;
      report_.findings.add("residue.misprint", span,
                           {{"written", written}, {"right", found->second}});
    }
  }

  /// 极大的提高了 wants 地.
  void particles() {
    if (!report_.findings.rule("residue.particle")) return;
    const auto &adverbs = words("particle_adverb");
    const auto &verbs = words("particle_verb");
    const auto &particle = words("particle");
    const auto &done = words("particle_done");
    std::size_t n = 0;
    for (auto at = adverbs.find(all_, 0, &n); at != View::npos;
         at = adverbs.find(all_, at + n, &n)) {
      auto p = particle.at(all_, at + n);
      auto verb = p ? verbs.at(all_, at + n + p) : 0;
      auto end = at + n + p + verb;
      if (!verb || !done.at(all_, end)) continue;
      auto adverb = report_.text().utf8({at, at + n});
      report_.findings.add("residue.particle", {at, end + 1},
                           {{"written", report_.text().utf8({at, end})},
                            {"adverb", adverb},
                            {"verb", report_.text().utf8({at + n + p, end})}});
    }
  }

  void traditional() {
    const auto &known = words("traditional");
    auto first = known.find(all_);
    if (first == View::npos) return;
    std::size_t count = 0;
    std::size_t n = 0;
    std::size_t han = 0;
    for (auto at = first; at != View::npos; at = known.find(all_, at + n, &n)) ++count;
    for (auto c : all_) han += text::is_han(c) ? 1 : 0;
    // a text in traditional characters is written so on purpose
    if (count * 20 > han) return;
    for (auto at = first; at != View::npos; at = known.find(all_, at + 1, &n)) {
      auto end = std::min(all_.size(), at + 2);
      auto from = at > 0 && text::is_han(all_[at - 1]) ? at - 1 : at;
      if (all_[end - 1] == U'\n') --end;
      report_.findings.add("residue.traditional", {from, end},
                           {{"character", text::encode(all_[at])}});
    }
  }

  Case &report_;
  View all_;
  const Words &single_;
  const Words &doubled_legit_;
  const Words &role_;
  const Words &each_;
  const Words &misprint_legit_;
};

} // namespace

void check_wording(Case &report) { WordingCheck(report).run(); }

} // namespace yifa::reading
