#include "account/user.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

namespace yifa::account {
namespace {

constexpr std::size_t kShortestUserId = 2;
constexpr std::size_t kLongestUserId = 32;
constexpr std::size_t kLongestUserName = 40;

/// Names that stand in the history for no account.
constexpr std::array<std::string_view, 4> kReservedIds = {"local", "system", "public", "demo"};

std::vector<Problem> role_problems(const User &user, const UserRules &rules) {
  std::vector<Problem> problems;
  if (user.roles.empty()) problems.push_back({"roles", "an account needs a role", "", ""});
  std::set<std::string> seen;
  bool administrator = false;
  for (const auto &role : user.roles) {
    if (!seen.insert(role).second)
      problems.push_back({"roles", fmt::format("the role {} stands twice", role), "", ""});
    else if (is_administrator(role))
      administrator = true;
    else if (!rules.role(role))
      problems.push_back({"roles", fmt::format("there is no role \"{}\"", role), "", ""});
  }
  if (administrator && seen.size() > 1)
    problems.push_back({"roles",
                        "an administrator holds one administration and no other role: give the "
                        "person a second account",
                        "", ""});
  return problems;
}

/// Reads members of an object we wrote; the first fault is kept.
class UserMembers {
public:
  explicit UserMembers(const json::object &from) : from_(from) {}
  std::string text(const char *name) {
    const auto *found = from_.if_contains(name);
    if (found != nullptr && found->is_string()) return std::string(found->get_string());
    fault_ = name;
    return {};
  }
  bool flag(const char *name) {
    const auto *found = from_.if_contains(name);
    if (found != nullptr && found->is_bool()) return found->get_bool();
    fault_ = name;
    return false;
  }
  std::int64_t number(const char *name) {
    const auto *found = from_.if_contains(name);
    if (found != nullptr && found->is_int64()) return found->get_int64();
    fault_ = name;
    return 0;
  }
  std::vector<std::string> list(const char *name, bool required) {
    const auto *found = from_.if_contains(name);
    std::vector<std::string> out;
    if (found == nullptr && !required) return out;
    if (found == nullptr || !found->is_array()) {
      fault_ = name;
      return out;
    }
    for (const auto &each : found->get_array()) {
      if (each.is_string())
        out.emplace_back(each.get_string());
      else
        fault_ = name;
    }
    return out;
  }
  const std::string &fault() const { return fault_; }

private:
  const json::object &from_;
  std::string fault_;
};

json::array words_json(const std::vector<std::string> &words) {
  json::array out;
  for (const auto &word : words) out.emplace_back(word);
  return out;
}

bool holds_role(const User &user, std::string_view role) {
  return std::find(user.roles.begin(), user.roles.end(), role) != user.roles.end();
}

} // namespace

bool is_administrator(std::string_view role) {
  return role == kSystemAdmin || role == kSecurityAdmin || role == kAuditAdmin;
}

json::object user_json(const User &user) {
  json::object out;
  out["v"] = 1;
  out["id"] = user.id;
  out["name"] = user.name;
  out["org"] = user.org.text();
  out["roles"] = words_json(user.roles);
  if (!user.ledgers.empty()) out["ledgers"] = words_json(user.ledgers);
  out["reads_only"] = user.reads_only;
  out["disabled"] = user.disabled;
  out["must_change_password"] = user.must_change_password;
  out["created"] = user.created.text();
  out["version"] = user.version;
  return out;
}

Result<User> parse_user(const json::value &value) {
  if (!value.is_object()) return invalid("an account is a JSON object");
  UserMembers members(value.get_object());
  User user;
  user.id = members.text("id");
  user.name = members.text("name");
  const auto org = members.text("org");
  user.roles = members.list("roles", true);
  user.ledgers = members.list("ledgers", false);
  user.reads_only = members.flag("reads_only");
  user.disabled = members.flag("disabled");
  user.must_change_password = members.flag("must_change_password");
  const auto created = members.text("created");
  user.version = members.number("version");
  if (!members.fault().empty())
    return invalid(fmt::format("an account cannot be read: {}", members.fault()));
  if (!org.empty()) user.org = TRY(OrgCode::parse(org));
  user.created = TRY(Moment::parse(created));
  return user;
}

bool valid_user_id(std::string_view id) {
  if (id.size() < kShortestUserId || id.size() > kLongestUserId) return false;
  auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  const bool spelt = plain(id.front()) && std::all_of(id.begin(), id.end(), [&](char c) {
                       return plain(c) || c == '.' || c == '_' || c == '-';
                     });
  return spelt && std::find(kReservedIds.begin(), kReservedIds.end(), id) == kReservedIds.end();
}

Status check_user(const User &user, const UserRules &rules) {
  std::vector<Problem> problems;
  if (!valid_user_id(user.id))
    problems.push_back({"id",
                        "an account's id has 2 to 32 small letters, digits, dots, hyphens or "
                        "underscores, a letter or digit first",
                        "", ""});
  const auto length = text::length(text::trim(user.name));
  if (length == 0 || length > kLongestUserName || !text::valid_utf8(user.name) ||
      text::has_control(user.name) || user.name.find('\n') != std::string::npos)
    problems.push_back({"name", "a name of 1 to 40 characters is needed", "", ""});
  for (auto &problem : role_problems(user, rules)) problems.push_back(std::move(problem));
  for (const auto &ledger : user.ledgers)
    if (!rules.ledger(ledger))
      problems.push_back({"ledgers", fmt::format("there is no ledger \"{}\"", ledger), "", ""});
  if (problems.empty()) return Done{};
  return invalid("this account cannot be kept", std::move(problems));
}

bool looks_on(const std::vector<std::string> &roles) {
  return std::all_of(roles.begin(), roles.end(), [](const std::string &role) {
    return role == kCounsel || role == kCountyReviewer || is_administrator(role);
  });
}

bool counsel_only(const User &user) {
  return std::all_of(user.roles.begin(), user.roles.end(),
                     [](const std::string &role) { return role == kCounsel; });
}

Rights rights(const User &user) {
  Rights out;
  if (user.disabled || user.roles.empty()) return out;
  const auto level = user.org.level();
  const bool administrator = std::any_of(user.roles.begin(), user.roles.end(),
                                         [](const auto &role) { return is_administrator(role); });
  const bool above = level < OrgLevel::Township;
  out.records = !administrator;
  out.enter = out.records && !user.reads_only;
  // A report is of a township: a village or a department has none of its own.
  out.report = out.records && !counsel_only(user) && (above || level == OrgLevel::Township);
  out.county = out.records && !counsel_only(user) && above;
  out.users = holds_role(user, kSecurityAdmin);
  out.settings = holds_role(user, kSystemAdmin);
  out.audit = holds_role(user, kAuditAdmin);
  return out;
}

} // namespace yifa::account
