#pragma once

#include "account/user.h"
#include "http/check_desk.h"
#include "http/jobs.h"
#include "service/commit_queue.h"
#include "service/sign_in.h"
#include "service/submission_door.h"
#include "service/workspace.h"
#include "wire/messages.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace yifa::http {

/// Who is signed in, as this request found him: looked up anew each time, so that what is taken
/// from him is gone with the next request.
struct Visitor {
  service::SignedIn signed_in;
  service::Actor actor;
  std::string csrf;
  const account::User &user() const { return signed_in.user; }
};

/// A body that is the same for everybody until the catalog changes, with its tag.
struct Fixed {
  std::string body;
  std::string tag;
};

/// One data directory as the server holds it: shared by all threads, lives as long as the listener.
class Desk {
public:
  /// `secure`: reached over TLS only.
  Desk(service::Workspace &workspace, bool secure);

  service::Workspace &workspace() { return workspace_; }
  service::Environment &environment() { return workspace_.environment(); }
  const catalog::Catalog &catalog() { return *environment().catalog; }
  service::Ledgers &ledgers() { return ledgers_; }
  service::CommitQueue &queue() { return queue_; }
  const wire::Messages &messages() const { return messages_; }
  Jobs &jobs() { return jobs_; }
  CheckDesk &checks() { return checks_; }
  service::SignIns &sign_ins() { return sign_ins_; }
  service::Sessions &sessions() { return sessions_; }
  service::SubmissionDoor &submission_door() { return submission_door_; }
  bool secure() const { return secure_; }
  /// The code that makes the first accounts: told on the terminal, good while there is no account.
  const std::string &setup_code() const { return setup_code_; }
  bool setup_code_fits(std::string_view given);
  /// Whether nobody has an account yet.
  bool fresh();
  /// What is to be done when files of the catalog were written: the catalog a desk holds never
  /// changes, so another one must take its place. Set before the first request.
  void when_catalog_changes(std::function<void()> act) { renew_ = std::move(act); }
  void catalog_changed() {
    if (renew_) renew_();
  }
  /// Of a directory with the example towns: the one with most records.
  const OrgCode &training_town();
  /// The year pages open with: the given one, or of a demonstration the one of
  /// the last five with most records.
  Result<int> shown_year(const OrgCode &org, int year);
  /// Uploads under way; emptied at every start.
  std::filesystem::path spool() const { return workspace_.folder() / "spool"; }
  /// Who holds a session's token now; nobody when it is over or he may not come in any more.
  Result<std::optional<Visitor>> visitor(const std::string &token);
  /// GET /door: what is published may stand beside the sign-in; null while there is nothing.
  /// Anybody may ask, so it is worked out once a minute. Unavailable.
  Result<json::value> door(bool english);
  /// GET /catalog, made once a language.
  const Fixed &catalog_body(bool english);

private:
  service::Workspace &workspace_;
  bool secure_;
  std::string setup_code_;
  service::Ledgers ledgers_;
  service::CommitQueue queue_;
  wire::Messages messages_;
  service::SignIns sign_ins_;
  service::Sessions sessions_;
  service::SubmissionDoor submission_door_;
  std::mutex mutex_;
  std::map<bool, Fixed> catalog_bodies_;
  std::map<bool, std::pair<Moment, json::value>> doors_;
  std::map<OrgCode, int> shown_years_;
  OrgCode training_town_;
  std::function<void()> renew_;
  CheckDesk checks_;
  Jobs jobs_; ///< last: its threads use the rest
};

/// A weak tag of a body for If-None-Match.
std::string tag_of(std::string_view body);

} // namespace yifa::http
