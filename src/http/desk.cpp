#include "http/desk.h"

#include "account/code.h"
#include "crypto/hash.h"
#include "service/accounts.h"
#include "service/completeness.h"
#include "service/public_door.h"
#include "wire/catalog_json.h"

#include <algorithm>

namespace yifa::http {
namespace {

constexpr std::int64_t kDoorSeconds = 60;

} // namespace

Desk::Desk(service::Workspace &workspace, bool secure)
    : workspace_(workspace), secure_(secure),
      setup_code_(account::new_code(20, 5).value_or(std::string())),
      ledgers_(workspace.environment()), queue_(ledgers_),
      messages_(wire::Messages::embedded(*workspace.environment().catalog)),
      sign_ins_(workspace.environment(), {}), sessions_(workspace.environment(), {}),
      submission_door_(workspace.environment()) {
  std::error_code ignored;
  std::filesystem::remove_all(spool(), ignored);
  std::filesystem::create_directories(spool(), ignored);
}

const Fixed &Desk::catalog_body(bool english) {
  const std::lock_guard lock(mutex_);
  auto &made = catalog_bodies_[english];
  if (made.body.empty()) {
    made.body = json::serialize(wire::catalog_json(catalog(), english));
    made.tag = tag_of(made.body);
  }
  return made;
}

Result<json::value> Desk::door(bool english) {
  const std::lock_guard lock(mutex_);
  const auto now = environment().clock.now();
  const auto known = doors_.find(english);
  if (known != doors_.end() &&
      now.unix_seconds() - known->second.first.unix_seconds() < kDoorSeconds)
    return known->second.second;
  auto reader = TRY(environment().store.read());
  service::PublicShelf shelf(environment(), *reader);
  const auto shown = TRY(service::public_door(shelf, english));
  json::value out;
  if (shown) {
    json::array rows;
    for (const auto &row : shown->rows)
      rows.push_back({{"label", row.label}, {"number", row.number}, {"value", row.value}});
    out = {{"org_name", shown->org_name}, {"year", shown->year}, {"label", shown->label},
           {"number", shown->number},     {"unit", shown->unit}, {"rows", std::move(rows)}};
  }
  doors_[english] = {now, out};
  return out;
}

Result<std::optional<Visitor>> Desk::visitor(const std::string &token) {
  const auto found = [&]() -> Result<std::optional<service::SignedIn>> {
    auto reader = TRY(environment().store.read());
    return sessions_.find(*reader, token);
  }();
  const auto signed_in = TRY(found);
  if (!signed_in) return std::optional<Visitor>();
  // That it was seen is worth nothing that should make the request fail.
  if (signed_in->touch_due) (void)sessions_.touch(*signed_in);
  return std::optional<Visitor>(
      Visitor{*signed_in, service::actor_of(signed_in->user), service::csrf_token(token)});
}

const OrgCode &Desk::training_town() {
  const std::lock_guard lock(mutex_);
  if (!training_town_.is_nation()) return training_town_;
  auto reader = environment().store.read();
  if (!reader) return training_town_;
  std::int64_t most = 0;
  for (const auto &office : (*reader)->offices_with_records({}).value_or(std::vector<OrgCode>())) {
    const auto head = (*reader)->head(office.township().text());
    if (!head || !*head || (*head)->seq <= most) continue;
    most = (*head)->seq;
    training_town_ = office.township();
  }
  return training_town_;
}

Result<int> Desk::shown_year(const OrgCode &org, int year) {
  if (!workspace_.demo()) return year;
  {
    const std::lock_guard lock(mutex_);
    if (const auto known = shown_years_.find(org); known != shown_years_.end())
      return known->second;
  }
  const auto local = service::local_operator();
  int shown = year;
  std::int64_t most = 0;
  for (int back = 0; back < 5; ++back) {
    std::int64_t all = 0;
    for (const auto &one :
         TRY(service::Completions(environment()).ledger_counts(org, year - back, local)))
      all += one.total;
    if (all <= most) continue;
    most = all;
    shown = year - back;
  }
  const std::lock_guard lock(mutex_);
  return shown_years_[org] = shown;
}

bool Desk::fresh() {
  const auto nobody = service::Accounts(environment()).fresh();
  return nobody && *nobody;
}

bool Desk::setup_code_fits(std::string_view given) {
  return !setup_code_.empty() && fresh() &&
         account::normal_code(given) == account::normal_code(setup_code_);
}

std::string tag_of(std::string_view body) {
  return "W/\"" + crypto::hex(crypto::sha256(std::string(body))).substr(0, 20) + "\"";
}

} // namespace yifa::http
