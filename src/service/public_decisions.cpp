#include "service/public_decisions.h"

#include "service/ledgers.h"

#include <algorithm>

namespace yifa::service {
namespace {

constexpr const char *kDecisionLedger = "major_decision";
constexpr std::string_view kNotice = "solicitation";
constexpr std::string_view kOpinion = "opinion";
constexpr std::size_t kMostDecisions = 500;

} // namespace

DayCells day_cells(Date opens, Date closes, Date today) {
  DayCells cells;
  if (today < opens) {
    cells.left = closes.days() - opens.days() + 1;
  } else if (today > closes) {
    cells.past = closes.days() - opens.days() + 1;
  } else {
    cells.past = today.days() - opens.days();
    cells.today = true;
    cells.left = closes.days() - today.days();
  }
  return cells;
}

const record::PartRecord *PublicDecisions::notice(const record::Record &record) const {
  const auto &type = shelf_.edition(record);
  const int kind = type.part_index(kNotice);
  const record::PartRecord *last = nullptr;
  Date begun;
  for (const auto &part : record.parts) {
    if (kind < 0 || part.part != kind || part.withdrawn) continue;
    const Entries entries(type.parts[static_cast<std::size_t>(kind)], part);
    const auto opens = entries.day("opened_on");
    const auto closes = entries.day("closes_on");
    if (!opens || !closes || *opens > shelf_.today() || *closes < *opens) continue;
    if (last == nullptr || *opens >= begun) {
      last = &part;
      begun = *opens;
    }
  }
  return last;
}

bool PublicDecisions::shown(const record::Record &record) const {
  return record.type == kDecisionLedger && !record.withdrawn &&
         Entries(shelf_.edition(record), record).yes("public") && notice(record) != nullptr;
}

PublicDecision PublicDecisions::view(const record::Record &record) const {
  const auto &type = shelf_.edition(record);
  const Entries entries(type, record);
  PublicDecision out;
  out.record = record;
  out.office = record.owner_org.township();
  out.title = entries.text("title");
  if (is_published(type, record, shelf_.today())) out.published_on = entries.day("published_on");
  const auto *state = type.state(record.state);
  const bool settled = entries.day("decided_on").has_value() || (state != nullptr && state->ends);
  if (const auto *part = notice(record)) {
    const Entries notice(type.parts[static_cast<std::size_t>(part->part)], *part);
    out.opens = notice.day("opened_on").value_or(Date());
    out.closes = notice.day("closes_on").value_or(Date());
    out.open = !settled && shelf_.today() <= out.closes;
    out.short_reason = notice.text("short_reason");
  }
  const int kind = type.part_index(kOpinion);
  for (const auto &part : record.parts) {
    if (kind < 0 || part.part != kind || part.withdrawn) continue;
    ++out.received;
    const Entries opinion(type.parts[static_cast<std::size_t>(kind)], part);
    const auto day = opinion.day("answered_on");
    if (!day || *day > shelf_.today()) continue;
    out.answered.push_back(
        {opinion.text("gist"), opinion.code("result"), opinion.text("answer"), *day});
  }
  // What was said is shown together, so that nobody is told by the order of answers who wrote when.
  std::stable_sort(out.answered.begin(), out.answered.end(),
                   [](const auto &a, const auto &b) { return a.gist < b.gist; });
  return out;
}

Result<std::vector<PublicDecision>> PublicDecisions::of(const OrgCode &office) {
  std::vector<PublicDecision> out;
  for (const auto &record : TRY(shelf_.kept(kDecisionLedger, office, {}, kMostDecisions)))
    if (shown(record)) out.push_back(view(record));
  std::stable_sort(out.begin(), out.end(), [](const auto &a, const auto &b) {
    if (a.open != b.open) return a.open;
    return a.open ? a.closes < b.closes : a.opens > b.opens;
  });
  return out;
}

Result<std::vector<PublicDecision>> PublicDecisions::open_everywhere() {
  std::vector<PublicDecision> out;
  const auto *type = shelf_.environment().catalog->type(kDecisionLedger);
  if (type == nullptr) return out;
  record::Query query;
  query.type = type->id;
  // Only while it is being prepared can a matter be open.
  if (const auto *decide = type->transition("decide")) query.states = decide->from;
  query.states.push_back(type->open().to);
  query.limit = 200;
  while (true) {
    const auto page = TRY(shelf_.reader().find(query));
    for (const auto &record : page) {
      if (!shown(record)) continue;
      if (auto one = view(record); one.open) out.push_back(std::move(one));
    }
    if (static_cast<std::int64_t>(page.size()) < query.limit) break;
    query.after = {page.back().day, page.back().id};
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const auto &a, const auto &b) { return a.closes < b.closes; });
  return out;
}

Result<PublicDecision> PublicDecisions::one(const OrgCode &office, const RecordId &id) {
  const auto record = TRY(shelf_.reader().get(kDecisionLedger, id));
  if (!record || record->owner_org.township() != office || !shown(*record))
    return not_found("there is nothing here");
  auto out = view(*record);
  const Entries entries(shelf_.edition(*record), *record);
  out.draft = TRY(shelf_.released(*record, entries.file("draft")));
  out.note = TRY(shelf_.released(*record, entries.file("draft_note")));
  return out;
}

} // namespace yifa::service
