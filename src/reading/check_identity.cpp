#include "reading/check.h"

#include "base/text.h"
#include "reading/place.h"
#include "reading/time_context.h"
#include "reading/town_mention.h"

#include <algorithm>
#include <map>

namespace yifa::reading {
namespace {

class IdentityReading {
public:
  explicit IdentityReading(Case &report)
      : case_(report), all_(report.text().all()),
        own_(read_town(report.lexicon, text::decode(report.structure().place))) {}

  void read() {
    const auto mentions = town_mentions(case_);
    if (own_.empty()) {
      several(mentions);
    } else {
      other_places(mentions);
      kind(mentions);
      head_and_foot();
    }
    bodies();
    counted("identity.department_subject", "identity.department_words",
            "identity.not_department_before", "identity.not_department_after");
    counted("identity.template_subject", "identity.template_words", "",
            "identity.not_template_after");
    superior();
    if (auto *found = counted("identity.template_subject", "identity.template_note", "", ""))
      found->severity = Severity::Note;
  }

private:
  const Words &words(std::string_view list) const { return case_.lexicon.words(list); }
  std::string utf8(const std::u32string &text) const { return text::encode(text); }
  bool quoted(std::size_t at) const {
    return within_brackets(case_.text(), at, U'《', U'》') ||
           within_brackets(case_.text(), at, U'“', U'”');
  }

  /// Each other town once, at its first place.
  void other_places(const std::vector<TownMention> &mentions) {
    std::map<std::u32string, int> count;
    for (const auto &one : mentions)
      if (!one.partner && !same_town(one.town, own_)) ++count[one.town.name()];
    for (const auto &one : mentions) {
      auto found = count.find(one.town.name());
      if (one.partner || found == count.end()) continue;
      case_.findings.add("identity.other_place", one.span,
                         {{"said", utf8(one.town.name())},
                          {"place", utf8(own_.name())},
                          {"count", std::to_string(found->second)}});
      count.erase(found);
    }
  }

  void several(const std::vector<TownMention> &mentions) {
    const TownMention *first = nullptr;
    for (const auto &one : mentions) {
      if (one.partner) continue;
      if (!first) {
        first = &one;
      } else if (!same_town(one.town, first->town)) {
        case_.findings.add("identity.several_places", one.span,
                           {{"said", utf8(one.town.name())}, {"first", utf8(first->town.name())}});
        return;
      }
    }
  }

  /// Words of another kind of town than ours, all in one finding.
  void kind(const std::vector<TownMention> &mentions) {
    std::vector<Span> hits;
    for (const auto &one : mentions)
      if (one.town.base == own_.base && !same_kind(one.town.kind, own_.kind) &&
          !words("identity.former_before").before(all_, one.span.start) &&
          !words("identity.former_after").at(all_, one.span.end))
        hits.push_back(one.span);
    const std::pair<const char *, const char *> kinds[] = {
        {"identity.town", "identity.town_words"},
        {"identity.township", "identity.township_words"},
        {"identity.street", "identity.street_words"}};
    bool known = std::any_of(std::begin(kinds), std::end(kinds),
                             [&](const auto &one) { return words(one.first).has(own_.kind); });
    if (known)
      for (const auto &[list, said] : kinds)
        if (!words(list).has(own_.kind)) own_words(said, hits);
    if (hits.empty()) return;
    std::sort(hits.begin(), hits.end(), [](Span a, Span b) { return a.start < b.start; });
    case_.findings.add("identity.town_kind", hits.front(),
                       {{"said", case_.text().utf8(hits.front())},
                        {"place", utf8(own_.name())},
                        {"count", std::to_string(hits.size())}});
  }
  bool same_kind(const std::u32string &a, const std::u32string &b) const {
    return a == b || (words("identity.township").has(a) && words("identity.township").has(b));
  }
  void own_words(std::string_view list, std::vector<Span> &hits) const {
    std::size_t length = 0;
    for (auto at = words(list).find(all_, 0, &length); at != all_.npos;
         at = words(list).find(all_, at + length, &length)) {
      const Span span{at, at + length};
      if (!in_running_text(case_, at) || quoted(at)) continue;
      if (words("identity.not_own_before").before(all_, at) ||
          words("identity.not_own_after").at(all_, span.end))
        continue;
      // 镇党委 says whose only where no name stands before it.
      bool alone = at == 0 || !text::is_han(all_[at - 1]) ||
                   words("identity.before_town").before(all_, at) > 0;
      if (words("identity.own_words").has(case_.text().view(span)) || alone) hits.push_back(span);
    }
  }

  /// Letterhead, title, signature and the page's publisher name one town.
  void head_and_foot() {
    const auto &structure = case_.structure();
    for (auto span : {structure.issuer, structure.title, structure.signature}) {
      if (span.empty()) continue;
      auto found = find_place(case_.text().view(span), case_.lexicon);
      if (!found || same(*found)) continue;
      case_.findings.add("identity.issuer_differs",
                         {span.start + found->span.start, span.start + found->span.end},
                         {{"said", utf8(found->name)}, {"other", utf8(own_.name())}});
    }
    const auto publisher = text::decode(case_.report.source.publisher);
    if (auto found = find_place(publisher, case_.lexicon); found && !same(*found))
      case_.findings.add("identity.issuer_differs", {},
                         {{"said", case_.report.source.publisher}, {"other", utf8(own_.name())}});
  }
  bool same(const PlaceName &found) const {
    const auto town = read_town(case_.lexicon, found.name);
    return town.empty() || (same_town(town, own_) && same_kind(town.kind, own_.kind));
  }

  /// Government in the title, Party in the signature, or the other way round.
  void bodies() {
    const auto &structure = case_.structure();
    if (structure.title.empty() || structure.signature.empty()) return;
    auto in_title = bodies_of(structure.title);
    auto signing = bodies_of(structure.signature);
    if (in_title.empty() || signing.empty()) return;
    for (const auto &one : signing)
      if (std::find(in_title.begin(), in_title.end(), one) != in_title.end()) return;
    case_.findings.add(
        "identity.issuer_differs", structure.signature,
        {{"said", case_.text().utf8(structure.signature)}, {"other", utf8(in_title.front())}});
  }
  std::vector<std::u32string> bodies_of(Span span) const {
    std::vector<std::u32string> out;
    const auto view = case_.text().view(span);
    const auto &party = words("identity.party_bodies");
    std::size_t length = 0;
    for (auto at = words("identity.bodies").find(view, 0, &length); at != view.npos;
         at = words("identity.bodies").find(view, at + length, &length)) {
      std::u32string body(view.substr(at, length));
      // 党委, 党工委 and 委员会 are one body
      if (party.has(body)) body = party.all().back();
      out.push_back(std::move(body));
    }
    return out;
  }

  /// All words of a list in one finding at the first.
  Finding *counted(std::string_view rule, std::string_view list, std::string_view not_before,
                   std::string_view not_after) {
    std::vector<Span> hits;
    std::size_t length = 0;
    for (auto at = words(list).find(all_, 0, &length); at != all_.npos;
         at = words(list).find(all_, at + length, &length)) {
      const Span span{at, at + length};
      if (!in_running_text(case_, at) || quoted(at)) continue;
      if (words(not_before).before(all_, at) || words(not_after).at(all_, span.end)) continue;
      hits.push_back(span);
    }
    if (hits.empty()) return nullptr;
    return case_.findings.add(
        rule, hits.front(),
        {{"said", case_.text().utf8(hits.front())}, {"count", std::to_string(hits.size())}});
  }

  /// 我县 as who acts, at the head of a clause.
  void superior() {
    const auto &list = words("identity.superior_words");
    int count = 0;
    Span first;
    std::size_t length = 0;
    for (auto at = list.find(all_, 0, &length); at != all_.npos;
         at = list.find(all_, at + length, &length)) {
      if (!in_running_text(case_, at) || quoted(at)) continue;
      if (clause_around(case_.text(), at).start != at) continue;
      if (count++ == 0) first = {at, at + length};
    }
    if (count == 0) return;
    auto *found =
        case_.findings.add("identity.department_subject", first,
                           {{"said", case_.text().utf8(first)}, {"count", std::to_string(count)}});
    if (found) found->severity = Severity::Note;
  }

  Case &case_;
  const std::u32string &all_;
  Town own_;
};

} // namespace

void check_identity(Case &report) { IdentityReading(report).read(); }

} // namespace yifa::reading
