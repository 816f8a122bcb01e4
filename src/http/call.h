#pragma once

#include "http/desk.h"
#include "http/json_in.h"
#include "http/router.h"
#include "service/permission.h"
#include "wire/record_json.h"

namespace yifa::http {

class Training;

/// One request under way. Used by one thread.
class Call {
public:
  Call(Desk &own, Desk &of, Request asked, std::vector<std::string> in_path, bool in_english)
      : home(own), desk(of), request(std::move(asked)), captured(std::move(in_path)),
        english(in_english) {}

  Desk &home; ///< where accounts and sessions are
  Desk &desk; ///< whose records: home, or the training room
  Training *training = nullptr;
  Request request;
  std::vector<std::string> captured; ///< what stood for {…} in the path
  bool english;
  std::optional<Visitor> visitor;

  service::Environment &environment() { return desk.environment(); }
  const catalog::Catalog &catalog() { return desk.catalog(); }
  /// Precondition: the route is for the signed in.
  const service::Actor &actor() const { return visitor->actor; }
  const std::string &label(const catalog::Words &words) const {
    return english && !words.en.empty() ? words.en : words.zh;
  }

  /// The same in the client's language: sentences the program words in English.
  json::value said(json::value value) const;

  /// One snapshot for the whole request, taken when it is first asked for.
  Result<store::Reader *> reader();
  Result<wire::Names *> names();

  /// The body as an object; Invalid when it is not one.
  Result<json::object> body() const;
  std::string text(std::string_view name) const;               ///< empty when absent
  bool flag(std::string_view name) const;                      ///< "1", "true", "yes"
  std::vector<std::string> words(std::string_view name) const; ///< all of that name, split at ","
  /// Invalid, naming the parameter, when it is no number or out of bounds.
  Result<std::int64_t> number(std::string_view name, std::int64_t otherwise, std::int64_t least,
                              std::int64_t most) const;
  /// ?org=, by code or name, else the visitor's own office.
  Result<OrgCode> org();
  /// ?period=, else the year of ?year=, else the year under way.
  Result<Period> period();
  Result<int> year() const;
  Result<Date> day(std::string_view name, Date otherwise) const;
  Result<RecordId> record(std::size_t at = 0) const; ///< a captured id

private:
  std::unique_ptr<store::Reader> reader_;
  std::unique_ptr<wire::Names> names_;
};

Response answer(const json::value &value, int status = 200);
Response nothing(); ///< 204
/// A file to be saved under a name.
Response download(std::string bytes, const std::string &type, const std::string &name);

// The routes, a file each.
void add_session_routes(Router &router);
void add_account_routes(Router &router);
void add_catalog_routes(Router &router);
void add_record_routes(Router &router);
void add_action_routes(Router &router);
void add_matter_routes(Router &router);
void add_file_routes(Router &router);
void add_import_routes(Router &router);
void add_job_routes(Router &router);
void add_time_routes(Router &router);
void add_figure_routes(Router &router);
void add_report_routes(Router &router);
void add_check_routes(Router &router);
void add_county_routes(Router &router);
void add_submission_routes(Router &router);
void add_user_routes(Router &router);
void add_admin_routes(Router &router);
void add_public_routes(Router &router);
/// The public's page for an address at which there is nothing.
Result<Response> public_nothing(Call &call);

} // namespace yifa::http
