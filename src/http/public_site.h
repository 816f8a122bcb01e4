#pragma once

#include "http/call.h"
#include "http/page.h"
#include "service/public_shelf.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace yifa::http {

/// One page of the public while it is made: whose it is, in which language and size, and the words
/// of catalog/phrases.yaml under `public` (English: `public_en`, else the Chinese). The pages need
/// no script, and set no cookie: what a reader chose goes on in the addresses of the links.
class PublicSite {
public:
  using Slots = std::vector<std::pair<std::string, std::string>>;

  /// Unavailable when the store does not answer.
  static Result<PublicSite> begin(Call &call);

  Call &call() { return call_; }
  bool english() const { return english_; }
  const catalog::Catalog &catalog() { return call_.catalog(); }
  service::PublicShelf &shelf() { return *shelf_; }

  /// Takes {org} of the path. NotFound for an office that shows nothing.
  Status of_office();
  /// Precondition: of_office() or set_office() was done.
  const service::PublicOffice &office() const { return *office_; }
  bool has_office() const { return office_.has_value(); }
  void set_office(service::PublicOffice office) { office_ = std::move(office); }

  std::string word(const std::string &key) const;
  /// {name} replaced.
  std::string word(const std::string &key, const Slots &slots) const;
  const std::string &label(const catalog::Words &words) const {
    return english_ && !words.en.empty() ? words.en : words.zh;
  }
  std::string day(Date day) const;  ///< 2026年1月6日
  std::string when(Date day) const; ///< 2026-01-06, for lists
  /// A link inside the site, with what the reader chose.
  std::string to(const std::string &path) const;
  /// The same beneath the office: "/reports" …
  std::string here(const std::string &rest = {}) const;

  /// Begins a page: head, navigation with `current` marked (the last part of its address), main.
  Page page(const std::string &title, const std::string &current = {});
  /// Ends it with the foot.
  Response done(Page &&page, int status = 200);
  /// What is shown instead: the same page for what is not there and what is not shown.
  Result<Response> failed(const Error &error);

private:
  explicit PublicSite(Call &call);
  void navigation(Page &page, const std::string &current);
  void looks(Page &page);
  std::string own_address(const std::string &but, const std::string &value) const;

  Call &call_;
  bool english_ = false;
  bool large_ = false;
  bool contrast_ = false;
  std::optional<service::PublicShelf> shelf_;
  std::optional<service::PublicOffice> office_;
};

// The pages, a file each.
Result<Response> public_index(PublicSite &site);
Result<Response> public_home(PublicSite &site);
Result<Response> public_reports(PublicSite &site);
Result<Response> public_report(PublicSite &site);
Result<Response> public_decisions(PublicSite &site);
Result<Response> public_decision(PublicSite &site);
Result<Response> public_comment(PublicSite &site);
Result<Response> public_enforcement_page(PublicSite &site);
Result<Response> public_documents(PublicSite &site);
Result<Response> public_disclosures(PublicSite &site);
Result<Response> public_ask(PublicSite &site);
Result<Response> public_send(PublicSite &site);
Result<Response> public_status_form(PublicSite &site);
Result<Response> public_status(PublicSite &site);
Result<Response> public_file(PublicSite &site);

} // namespace yifa::http
