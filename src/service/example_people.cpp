#include "service/example_people.h"

#include "base/json.h"
#include "service/accounts.h"
#include "service/examples.h"

#include <algorithm>

namespace yifa::service {
namespace {

constexpr std::string_view kFile = "people.json";
constexpr std::int64_t kDay = 24 * 60 * 60;

Result<json::array> invented_people() {
  const auto &files = example_files();
  const auto found =
      std::find_if(files.begin(), files.end(), [](const auto &file) { return file.path == kFile; });
  if (found == files.end()) return internal_error("the example people are not in this program");
  return TRY(parse_json(found->content)).at("people").as_array();
}

std::string said(const json::object &person, const char *name) {
  return std::string(person.at(name).as_string());
}

/// "@village": the first village of the example town.
Result<OrgCode> office_of(store::Reader &reader, const std::string &written, const OrgCode &town) {
  if (written != "@village") return OrgCode::parse(written);
  for (const auto &org : TRY(reader.orgs_under(town, OrgLevel::Village, 0)))
    if (org.kind == record::Org::Kind::Village && !org.to) return org.code;
  return town;
}

} // namespace

Result<std::vector<ExamplePerson>> settle_example_people(Environment &environment) {
  Accounts accounts(environment);
  const auto actor = local_operator();
  std::vector<ExamplePerson> out;
  OrgCode town;
  for (const auto &each : TRY(invented_people())) {
    const auto &person = each.as_object();
    NewAccount made;
    made.user.id = said(person, "id");
    made.user.name = said(person, "name");
    {
      auto reader = TRY(environment.store.read());
      made.user.org = TRY(office_of(*reader, said(person, "org"), town));
    }
    if (town.is_nation()) town = made.user.org;
    for (const auto &role : person.at("roles").as_array())
      made.user.roles.emplace_back(role.as_string());
    if (const auto *ledgers = person.if_contains("ledgers"))
      for (const auto &ledger : ledgers->as_array())
        made.user.ledgers.emplace_back(ledger.as_string());
    made.code_seconds = kDay;
    if (auto known = accounts.show(made.user.id, actor); !known) {
      if (known.error().code != ErrorCode::NotFound) return std::move(known).error();
      TRY(accounts.create(made, actor));
    }
    out.push_back({made.user.id, TRY(accounts.new_code(made.user.id, actor, false, kDay)),
                   said(person, "what")});
  }
  return out;
}

} // namespace yifa::service
