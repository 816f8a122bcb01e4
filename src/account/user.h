#pragma once

#include "base/date.h"
#include "base/json.h"
#include "base/org_code.h"
#include "base/result.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace yifa::account {

/// The three administrators of an installation; separate accounts, none of which does the office's
/// work. Source: GB/T 22239 (system, security and audit management are apart)
inline constexpr const char *kSystemAdmin = "system_admin";
inline constexpr const char *kSecurityAdmin = "security_admin";
inline constexpr const char *kAuditAdmin = "audit_admin";
bool is_administrator(std::string_view role);

/// Roles of the catalog that the program itself has to know.
inline constexpr const char *kCounsel = "counsel";
inline constexpr const char *kCountyReviewer = "county_reviewer";

/// An account: who signs in, for which office, with which roles. Not the person on the roster. Its
/// secrets (password, second factor) are kept apart from it.
struct User {
  std::string id; ///< stands in the history for ever
  std::string name;
  OrgCode org;                      ///< sees and writes in this subtree
  std::vector<std::string> roles;   ///< of the catalog, or one administrator
  std::vector<std::string> ledgers; ///< empty: all
  bool reads_only = false;          ///< takes no step but those that name one of his roles
  bool disabled = false;
  bool must_change_password = false;
  Moment created;
  std::int64_t version = 1; ///< raised by every change
  bool operator==(const User &) const = default;
};

/// {v, id, name, org, roles, ledgers?, reads_only, disabled, must_change_password, created,
/// version}.
json::object user_json(const User &user);
/// Back from it, exactly. Invalid.
Result<User> parse_user(const json::value &value);

/// `[a-z0-9._-]{2,32}`, with a letter or digit first; not a name the program itself signs with.
bool valid_user_id(std::string_view id);

/// What an account is held against.
struct UserRules {
  std::function<bool(const std::string &)> role;   ///< whether the catalog has it
  std::function<bool(const std::string &)> ledger; ///< likewise
};

/// Invalid, each fault at its field: id, name, roles (known, at least one; an administrator has no
/// other role), ledgers.
Status check_user(const User &user, const UserRules &rules);

/// What `reads_only` is unless said otherwise: every role of his is one that looks on (county
/// reviewer, counsel, administrators).
bool looks_on(const std::vector<std::string> &roles);

/// The pages a user has. Which records and steps are his is judged record by record
/// (service/permission.h).
struct Rights {
  bool records = false;  ///< ledgers and matters
  bool enter = false;    ///< opens and corrects records
  bool report = false;   ///< figures and the report of his office
  bool county = false;   ///< the towns beneath his office
  bool users = false;    ///< security administrator
  bool settings = false; ///< system administrator: settings, backups
  bool audit = false;    ///< audit administrator: the history
  bool operator==(const Rights &) const = default;
};
/// None of a disabled user.
Rights rights(const User &user);

/// Counsel and nothing else: sees only matters sent to him, and no figures.
bool counsel_only(const User &user);

} // namespace yifa::account
