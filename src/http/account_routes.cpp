#include "http/call.h"
#include "http/session_answer.h"
#include "service/accounts.h"
#include "service/orgs.h"
#include "service/own_account.h"
#include "service/place_setup.h"

#include <fmt/format.h>

namespace yifa::http {
namespace {

Result<Response> change_password(Call &call) {
  const auto body = TRY(call.body());
  TRY(service::OwnAccount(call.environment())
          .change_password(call.visitor->signed_in, TRY(text_in(body, "old")),
                           TRY(text_in(body, "new"))));
  return nothing();
}

Result<Response> offer_factor(Call &call) {
  const auto offer = TRY(
      service::OwnAccount(call.environment()).offer_second_factor(call.visitor->signed_in, "Yifa"));
  auto response = answer({{"secret", offer.secret}, {"uri", offer.uri}, {"qr_svg", offer.qr_svg}});
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

Result<Response> confirm_factor(Call &call) {
  const auto body = TRY(call.body());
  json::array codes;
  for (const auto &code :
       TRY(service::OwnAccount(call.environment())
               .confirm_second_factor(call.visitor->signed_in, TRY(text_in(body, "code")))))
    codes.emplace_back(code);
  auto response = answer({{"recovery_codes", std::move(codes)}});
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

Result<Response> drop_factor(Call &call) {
  const auto body = TRY(call.body());
  TRY(service::OwnAccount(call.environment())
          .drop_second_factor(call.visitor->signed_in, TRY(text_in(body, "password"))));
  return nothing();
}

/// {"late_after": 20}: what the county says of values that are left to it.
Result<std::map<std::string, std::string>> county_values(const json::object &body) {
  std::map<std::string, std::string> out;
  const auto *county = body.if_contains("county");
  if (county == nullptr || county->is_null()) return out;
  if (!county->is_object())
    return invalid("the body was not understood", {{"county", "is an object", "", ""}});
  for (const auto &one : county->as_object()) {
    const auto &value = one.value();
    if (!value.is_string() && !value.is_int64())
      return invalid("the body was not understood",
                     {{"county." + std::string(one.key()), "is no such value", "", ""}});
    out[one.key()] =
        value.is_string() ? std::string(value.as_string()) : std::to_string(value.as_int64());
  }
  return out;
}

/// The first accounts of a new directory. Whoever sees the terminal has the code; nobody else on
/// the machine can be first.
Result<Response> set_up(Call &call) {
  const auto body = TRY(call.body());
  if (!call.desk.setup_code_fits(TRY(text_in(body, "setup_code"))))
    return invalid("the entries cannot be accepted",
                   {{"setup_code", "is not the code that yifa serve printed", "", ""}});
  const auto *people = body.if_contains("people");
  if (people == nullptr || !people->is_array())
    return invalid("the body was not understood", {{"people", "is a list", "", ""}});
  service::PlaceSetup setup;
  // Villages and departments are looked for in the place itself.
  OrgCode near;
  const auto *place = body.if_contains("place");
  if (place != nullptr && !place->is_null() && !place->is_object())
    return invalid("the body was not understood", {{"place", "is an object", "", ""}});
  if (place != nullptr && place->is_object())
    near = TRY(service::resolve_org(*TRY(call.reader()), TRY(text_in(place->as_object(), "org"))));
  if (const auto year = TRY(number_in(body, "year", 0, 0, 9999)); year != 0)
    setup.year = static_cast<int>(year);
  setup.county = TRY(county_values(body));
  for (const auto &each : people->as_array()) {
    if (!each.is_object())
      return invalid("the body was not understood", {{"people", "is a list of objects", "", ""}});
    const auto &person = each.as_object();
    service::NewAccount one;
    one.user.id = TRY(text_in(person, "id"));
    one.user.name = TRY(text_in(person, "name"));
    one.user.org =
        TRY(service::resolve_org(*TRY(call.reader()), TRY(text_in(person, "org")), near));
    one.user.roles = TRY(texts_in(person, "roles")).value_or(std::vector<std::string>());
    one.user.ledgers = TRY(texts_in(person, "ledgers")).value_or(std::vector<std::string>());
    one.password = TRY(text_in(person, "password"));
    setup.people.push_back(std::move(one));
  }
  const auto made = TRY(service::set_up_place(call.desk.workspace(), setup));
  json::array items;
  for (const auto &one : made.people) items.push_back({{"id", one.user.id}, {"code", one.code}});
  if (made.catalog_changed) call.desk.catalog_changed();
  return answer({{"items", std::move(items)}}, 201);
}

/// The tree, for the wizard: only while nobody has an account.
Result<Response> setup_orgs(Call &call) {
  if (!call.desk.setup_code_fits(call.text("setup_code")))
    return forbidden("give the code that yifa serve printed");
  auto *reader = TRY(call.reader());
  json::array items;
  for (const auto &org : TRY(reader->orgs_named(call.text("q"), 50)))
    items.push_back({{"code", org.code.text()},
                     {"name", org.name},
                     {"level", std::string(to_string(org.code.level()))},
                     {"kind", std::string(record::to_string(org.kind))},
                     {"long_name", TRY(service::long_name(*reader, org.code))}});
  return answer({{"items", std::move(items)}});
}

} // namespace

void add_account_routes(Router &router) {
  auto &password = router.add(Method::Post, "/api/v1/account/password", "changePassword",
                              "Sets my password; my other sessions end", change_password);
  password.body = Route::Body::Json;
  password.takes = "PasswordChange";
  password.status = 204;
  password.before_password = true;
  router
      .add(Method::Post, "/api/v1/account/second-factor", "offerSecondFactor",
           "A secret for a telephone; in force once confirmed", offer_factor)
      .gives = "FactorOffer";
  auto &confirm =
      router.add(Method::Post, "/api/v1/account/second-factor/confirm", "confirmSecondFactor",
                 "With a code of it; gives recovery codes once", confirm_factor);
  confirm.body = Route::Body::Json;
  confirm.takes = "Code";
  confirm.gives = "RecoveryCodes";
  auto &drop = router.add(Method::Delete, "/api/v1/account/second-factor", "dropMySecondFactor",
                          "With the password", drop_factor);
  drop.body = Route::Body::Json;
  drop.takes = "Password";
  drop.status = 204;
  auto &setup =
      router.add(Method::Post, "/api/v1/setup", "setUp",
                 "The place and its first accounts, with the code printed at the start", set_up);
  setup.access = Route::Access::Anyone;
  setup.body = Route::Body::Json;
  setup.takes = "Setup";
  setup.gives = "SetupDone";
  setup.status = 201;
  auto &orgs = router.add(Method::Get, "/api/v1/setup/orgs", "setupOrgs",
                          "Offices of a name, while nobody has an account", setup_orgs);
  orgs.access = Route::Access::Anyone;
  orgs.with({"q", "A name", "string", true})
      .with({"setup_code", "The printed code", "string", true});
  orgs.gives = "OrgList";
}

} // namespace yifa::http
