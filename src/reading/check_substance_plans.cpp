#include "reading/check_substance.h"

#include "base/text.h"
#include "reading/numeral.h"

#include <algorithm>

namespace yifa::reading {
namespace {

/// Something the report says is brought into being: 制定《领导干部述法制度》.
struct MadeThing {
  std::u32string name; ///< without marks, years and the town's own name
  std::string written;
  Span clause;
};

class PlannedAgain {
public:
  explicit PlannedAgain(Case &report)
      : report_(report), make_(report.lexicon.words("substance.make")),
        keep_(report.lexicon.words("substance.keep")),
        end_(report.lexicon.words("substance.made_end")),
        no_(report.lexicon.words("substance.made_no")),
        generic_(report.lexicon.words("substance.made_generic")),
        year_(report.lexicon.words("substance.year")),
        place_(text::decode(report.structure().place)) {}

  void run() {
    std::vector<MadeThing> made;
    std::vector<MadeThing> planned;
    for (const auto &sentence : report_.structure().sentences) {
      const bool plan = report_.structure().content_at(sentence.span.start) == Content::NextYear;
      if (!plan && !tells_of_work(report_, sentence.span.start)) continue;
      for (auto at = sentence.span.start; at < sentence.span.end;) {
        const auto clause = whole_clause(report_.text(), at);
        read_clause({std::max(clause.start, sentence.span.start), clause.end}, plan,
                    plan ? planned : made);
        at = std::max(clause.end, at) + 1;
      }
    }
    for (const auto &one : planned)
      for (const auto &other : made)
        if (same(one.name, other.name)) {
          say(one, other);
          break;
        }
  }

private:
  void read_clause(Span clause, bool plan, std::vector<MadeThing> &out) {
    const auto words = report_.text().view(clause);
    std::size_t length = 0;
    const auto verb = make_.find(words, 0, &length);
    if (verb == words.npos) return;
    const auto behind = verb + length;
    // 建立完善, 继续制定, 进一步健全: going on with something is what a plan is for.
    if (plan && mentions_word(words.substr(0, std::min(words.size(), behind + 4)), keep_)) return;
    const auto rest = words.substr(behind);
    bool titled = false;
    for (std::size_t at = 0; (at = rest.find(U'《', at)) != rest.npos;) {
      const auto close = rest.find(U'》', at);
      if (close == rest.npos) break;
      add(rest.substr(at, close + 1 - at), clause, out);
      titled = true;
      at = close;
    }
    if (titled) return;
    std::size_t from = 0;
    for (std::size_t at = 0; at < rest.size();) {
      const auto n = end_.at(rest, at);
      if (n == 0) {
        if (rest[at] == U'、') from = at + 1;
        ++at;
        continue;
      }
      at += n;
      if (!end_.at(rest, at)) add(rest.substr(from, at - from), clause, out);
      from = at;
    }
  }

  void add(std::u32string_view written, Span clause, std::vector<MadeThing> &out) {
    std::u32string name;
    for (std::size_t at = 0; at < written.size();) {
      if (!place_.empty() && written.substr(at).starts_with(place_)) {
        at += place_.size();
        continue;
      }
      if (const auto n = no_.at(written, at)) {
        at += n;
        continue;
      }
      if (digit_value(written[at]) >= 0) {
        while (at < written.size() && digit_value(written[at]) >= 0) ++at;
        at += year_.at(written, at);
        continue;
      }
      name += written[at++];
    }
    if (name.size() < 5 || generic_.has(name) || end_.before(name, name.size()) == 0) return;
    out.push_back({std::move(name), text::encode(written), clause});
  }

  /// One name is the other with some characters more, and both end alike.
  static bool same(std::u32string_view a, std::u32string_view b) {
    if (a.size() > b.size()) std::swap(a, b);
    constexpr std::size_t kTail = 4;
    if (b.size() > 2 * a.size() || a.substr(a.size() - kTail) != b.substr(b.size() - kTail))
      return false;
    std::vector<std::size_t> row(b.size() + 1);
    for (const auto c : a) {
      std::size_t diagonal = 0;
      for (std::size_t k = 0; k < b.size(); ++k) {
        const auto above = row[k + 1];
        row[k + 1] = c == b[k] ? diagonal + 1 : std::max(row[k + 1], row[k]);
        diagonal = above;
      }
    }
    return 10 * row.back() >= 9 * a.size();
  }

  void say(const MadeThing &planned, const MadeThing &made) {
    if (auto *found =
            report_.findings.add("substance.plan_of_existing", planned.clause,
                                 {{"planned", planned.written}, {"existing", made.written}}))
      found->elsewhere =
          Elsewhere{"", "", made.clause, text::shorten(report_.text().utf8(made.clause), 60)};
  }

  Case &report_;
  const Words &make_, &keep_, &end_, &no_, &generic_, &year_;
  std::u32string place_;
};

} // namespace

void check_planned_again(Case &report) {
  if (report.findings.rule("substance.plan_of_existing") != nullptr) PlannedAgain(report).run();
}

} // namespace yifa::reading
