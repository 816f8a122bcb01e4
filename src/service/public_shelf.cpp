#include "service/public_shelf.h"

#include "base/text.h"
#include "service/figures.h"
#include "service/ledgers.h"
#include "service/public_decisions.h"

#include <algorithm>
#include <set>

namespace yifa::service {
namespace {

/// The step and the day by which every ledger of the catalog says that something was published.
constexpr std::string_view kPublishStep = "publish";
constexpr std::string_view kPublishedOn = "published_on";
/// How many records are read in search of those an office keeps itself; a county's own are few
/// among those of its towns.
constexpr std::size_t kMostRead = 5000;
/// Years back in which an office that shows something has shown something.
constexpr int kYearsShown = 10;

Error nothing_there() { return not_found("there is nothing here"); }

bool lets_out(const std::string &conclusion) {
  return conclusion == "public" || conclusion == "masked";
}

} // namespace

std::vector<std::string> published_states(const catalog::RecordType &type) {
  const auto *publish = type.transition(kPublishStep);
  std::vector<std::string> only;
  if (publish == nullptr || publish->to.empty()) return only;
  const auto reached = [&](const catalog::Transition *but) {
    std::set<std::string> states{type.open().to};
    for (bool grown = true; grown;) {
      grown = false;
      for (const auto &step : type.transitions) {
        if (&step == but || step.to.empty() || states.contains(step.to)) continue;
        const bool can =
            step.from.empty() || std::any_of(step.from.begin(), step.from.end(),
                                             [&](const auto &one) { return states.contains(one); });
        grown = can && states.insert(step.to).second ? true : grown;
      }
    }
    return states;
  };
  const auto without = reached(publish);
  for (const auto &state : type.states)
    if (!without.contains(state.id)) only.push_back(state.id);
  return only;
}

bool is_published(const catalog::RecordType &type, const record::Record &record, Date today) {
  if (record.withdrawn) return false;
  const auto states = published_states(type);
  if (std::find(states.begin(), states.end(), record.state) == states.end()) return false;
  const auto day = Entries(type, record).day(kPublishedOn);
  return day && *day <= today;
}

const catalog::RecordType &PublicShelf::edition(const record::Record &record) const {
  return edition_of(*env_.catalog, record);
}

Result<PublicOffice> PublicShelf::named(const OrgCode &code) {
  const auto node = TRY(reader_.org(code));
  if (!node) return nothing_there();
  PublicOffice office{code, node->name, node->name};
  const auto form = env_.catalog->phrase("issuer." + std::string(record::to_string(node->kind)));
  if (!form.empty()) office.issuer = text::replace_all(std::string(form), "{org}", node->name);
  return office;
}

Result<std::vector<PublicOffice>> PublicShelf::offices() {
  store::StatesQuery query;
  query.to = today_.month_of();
  query.from = query.to.plus(-12 * kYearsShown);
  for (const auto &id : env_.catalog->type_ids())
    if (auto found = published_states(*env_.catalog->type(id)); !found.empty())
      query.states.emplace(id, std::move(found));
  std::set<OrgCode> codes;
  for (const auto &office : TRY(reader_.offices_in_states(query))) codes.insert(office.township());
  for (const auto &decision : TRY(PublicDecisions(*this).open_everywhere()))
    codes.insert(decision.office);
  std::vector<PublicOffice> offices;
  for (const auto &code : codes)
    if (auto one = named(code)) offices.push_back(std::move(*one));
  return offices;
}

Result<PublicOffice> PublicShelf::office(const OrgCode &code) {
  if (code.is_nation() || code != code.township()) return nothing_there();
  for (const auto &id : env_.catalog->type_ids()) {
    const auto states = published_states(*env_.catalog->type(id));
    if (!states.empty() && !TRY(kept(id, code, states, 1)).empty()) return named(code);
  }
  if (!TRY(PublicDecisions(*this).of(code)).empty()) return named(code);
  return nothing_there();
}

Result<std::vector<record::Record>> PublicShelf::kept(const std::string &ledger,
                                                      const OrgCode &office,
                                                      const std::vector<std::string> &states,
                                                      std::size_t most) {
  std::vector<record::Record> out;
  record::Query query;
  query.type = ledger;
  query.scope = office;
  query.states = states;
  query.limit = static_cast<std::int64_t>(std::clamp<std::size_t>(2 * most, 20, 200));
  for (std::size_t read = 0; read < kMostRead;) {
    auto page = TRY(reader_.find(query));
    for (auto &record : page) {
      // A county's subtree holds its towns: what they keep is theirs to show.
      if (record.owner_org.township() != office || record.withdrawn) continue;
      out.push_back(std::move(record));
      if (out.size() == most) return out;
    }
    if (static_cast<std::int64_t>(page.size()) < query.limit) break;
    read += page.size();
    query.after = {page.back().day, page.back().id};
  }
  return out;
}

Result<std::vector<record::Record>>
PublicShelf::published(const std::string &ledger, const OrgCode &office, std::size_t most) {
  const auto *type = env_.catalog->type(ledger);
  if (type == nullptr) return std::vector<record::Record>();
  auto records = TRY(kept(ledger, office, published_states(*type), most));
  std::erase_if(records,
                [&](const auto &record) { return !is_published(edition(record), record, today_); });
  return records;
}

Result<record::Record> PublicShelf::published_record(const RecordId &id, const OrgCode &office) {
  const auto type = TRY(reader_.type_of(id));
  if (!type) return nothing_there();
  auto record = TRY(reader_.get(*type, id));
  if (!record || record->owner_org.township() != office ||
      !is_published(edition(*record), *record, today_))
    return nothing_there();
  return std::move(*record);
}

Result<bool> PublicShelf::released(const record::Record &record, const std::string &hash) {
  if (hash.empty()) return false;
  const Entries own(edition(record), record);
  if (own.file("reviewed_text") == hash) return lets_out(own.code("conclusion"));
  const record::Record *last = nullptr;
  const auto reviews =
      TRY(reader_.pointing(record.owner_org.county(), "release", "subject", record.id));
  for (const auto &review : reviews)
    if (!review.withdrawn) last = &review;
  if (last == nullptr) return false;
  const Entries review(edition(*last), *last);
  return review.file("text") == hash && lets_out(review.code("conclusion"));
}

Result<PublicFile> PublicShelf::file(const RecordId &id, const std::string &field,
                                     const OrgCode &office) {
  const auto type = TRY(reader_.type_of(id));
  if (!type) return nothing_there();
  const auto record = TRY(reader_.get(*type, id));
  if (!record || record->owner_org.township() != office || record->withdrawn)
    return nothing_there();
  const auto &ledger = edition(*record);
  const auto *declared = ledger.field(field);
  if (declared == nullptr || declared->type != catalog::FieldType::File || declared->personal)
    return nothing_there();
  // A penalty is published without a state of its own.
  const auto public_on = Entries(ledger, *record).day("public_on");
  const bool shown = is_published(ledger, *record, today_) ||
                     PublicDecisions(*this).shown(*record) || (public_on && *public_on <= today_);
  const auto hash = Entries(ledger, *record).file(field);
  if (!shown || !TRY(released(*record, hash))) return nothing_there();
  return PublicFile{hash, record_label(ledger, *record)};
}

} // namespace yifa::service
