#include "cli/context.h"

#include "base/text.h"
#include "exchange/table_out.h"
#include "service/account_checks.h"
#include "service/accounts.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace yifa::cli {
namespace {

/// What the commands on accounts share; one of these lives as long as the program.
struct UserOptions {
  std::string id;
  std::string name;
  std::string org;
  std::vector<std::string> roles;
  std::vector<std::string> ledgers;
  std::vector<std::string> words;
  std::string after;
  bool reads_only = false;
  bool enters = false;
  bool all_ledgers = false;
  std::int64_t minutes = service::kCodeSeconds / 60;
  std::int64_t limit = 200;
};

json::array user_words_json(const std::vector<std::string> &words) {
  json::array out;
  for (const auto &word : words) out.emplace_back(word);
  return out;
}

json::object shown_json(const service::ShownAccount &shown) {
  const auto &user = shown.user;
  json::object out{{"id", user.id},
                   {"name", user.name},
                   {"org", user.org.text()},
                   {"roles", user_words_json(user.roles)},
                   {"ledgers", user_words_json(user.ledgers)},
                   {"reads_only", user.reads_only},
                   {"disabled", user.disabled},
                   {"must_change_password", user.must_change_password},
                   {"second_factor", shown.second_factor},
                   {"locked", shown.locked}};
  if (shown.last_seen) out["last_seen"] = shown.last_seen->text();
  return out;
}

void print_accounts(Context &context, const std::vector<service::ShownAccount> &accounts) {
  if (context.as_json) {
    json::array out;
    for (const auto &each : accounts) out.push_back(shown_json(each));
    context.print(out);
    return;
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto &each : accounts) {
    std::vector<std::string> marks;
    if (each.user.disabled) marks.emplace_back("disabled");
    if (each.locked) marks.emplace_back("locked");
    if (each.user.reads_only) marks.emplace_back("reads only");
    if (each.second_factor) marks.emplace_back("second factor");
    if (each.user.must_change_password) marks.emplace_back("new password due");
    rows.push_back({each.user.id, each.user.name, each.user.org.text(),
                    text::join(each.user.roles, " "), text::join(each.user.ledgers, " "),
                    each.last_seen ? each.last_seen->date().text() : "", text::join(marks, ", ")});
  }
  context.out() << exchange::text_table({"id", "name", "org", "roles", "ledgers", "seen", ""},
                                        rows);
}

void print_code(Context &context, const std::string &id, const std::string &code,
                std::int64_t minutes) {
  if (context.as_json) {
    context.print({{"id", id}, {"code", code}, {"minutes", minutes}});
    return;
  }
  context.out() << fmt::format("{}: sign in once within {} minutes with the code\n  {}\n", id,
                               minutes, code);
}

Status print_account(Context &context, service::Environment &env, const std::string &id) {
  print_accounts(context, {TRY(service::Accounts(env).show(id, context.actor()))});
  return Done{};
}

void add_making(CLI::App &users, Context &context, int &exit,
                const std::shared_ptr<UserOptions> &options) {
  auto *add = users.add_subcommand("add", "Make an account; prints its one-time sign-in code");
  add->add_option("id", options->id, "2 to 32 small letters, digits, . _ -")->required();
  add->add_option("--name", options->name, "Name of the person")->required();
  add->add_option("--org", options->org, "Office: code or name")->required();
  add->add_option("--role", options->roles, "Role (catalog/roles.yaml, or one administrator)")
      ->required();
  add->add_option("--ledger", options->ledgers, "Only these ledgers (default: all)");
  add->add_flag("--reads-only", options->reads_only, "Takes no step but those of his roles");
  add->add_option("--minutes", options->minutes, "How long the code is good for")
      ->check(CLI::Range(1, 7 * 24 * 60));
  run_as(add, context, exit, [&context, options]() -> Result<int> {
    auto *env = TRY(context.environment());
    service::NewAccount account;
    account.user.id = options->id;
    account.user.name = options->name;
    account.user.org = TRY(context.org(options->org));
    account.user.roles = options->roles;
    account.user.ledgers = options->ledgers;
    if (options->reads_only) account.reads_only = true;
    account.code_seconds = options->minutes * 60;
    const auto made = TRY(service::Accounts(*env).create(account, context.actor()));
    print_code(context, made.user.id, made.code, options->minutes);
    return kDone;
  });
}

Result<service::AccountChange> change_asked(Context &context, const UserOptions &options) {
  service::AccountChange change;
  if (!options.name.empty()) change.name = options.name;
  if (!options.org.empty()) change.org = TRY(context.org(options.org));
  if (!options.roles.empty()) change.roles = options.roles;
  if (!options.ledgers.empty()) change.ledgers = options.ledgers;
  if (options.all_ledgers) change.ledgers = std::vector<std::string>();
  if (options.reads_only) change.reads_only = true;
  if (options.enters) change.reads_only = false;
  return change;
}

void add_changing(CLI::App &users, Context &context, int &exit,
                  const std::shared_ptr<UserOptions> &options) {
  auto *change = users.add_subcommand("change", "Name, office, roles or ledgers, from now on");
  change->add_option("id", options->id, "Account")->required();
  change->add_option("--name", options->name, "Name of the person");
  change->add_option("--org", options->org, "Office: code or name");
  change->add_option("--role", options->roles, "Roles, in place of those he has");
  auto *ledgers =
      change->add_option("--ledger", options->ledgers, "Ledgers, in place of those he has");
  change->add_flag("--all-ledgers", options->all_ledgers, "All ledgers")->excludes(ledgers);
  auto *reads =
      change->add_flag("--reads-only", options->reads_only, "Takes no step but those of his roles");
  change->add_flag("--enters", options->enters, "Opens and corrects records")->excludes(reads);
  run_as(change, context, exit, [&context, options]() -> Result<int> {
    auto *env = TRY(context.environment());
    const auto asked = TRY(change_asked(context, *options));
    TRY(service::Accounts(*env).change(options->id, asked, context.actor()));
    TRY(print_account(context, *env, options->id));
    return kDone;
  });

  for (const bool disabled : {true, false}) {
    auto *command = users.add_subcommand(disabled ? "disable" : "enable",
                                         disabled ? "No more sign-in; ends the sessions at once"
                                                  : "Sign-in as before");
    command->add_option("id", options->id, "Account")->required();
    run_as(command, context, exit, [&context, options, disabled]() -> Result<int> {
      auto *env = TRY(context.environment());
      service::AccountChange asked;
      asked.disabled = disabled;
      TRY(service::Accounts(*env).change(options->id, asked, context.actor()));
      TRY(print_account(context, *env, options->id));
      return kDone;
    });
  }
}

void add_helping(CLI::App &users, Context &context, int &exit,
                 const std::shared_ptr<UserOptions> &options) {
  auto *code = users.add_subcommand(
      "code", "A one-time sign-in code for a first sign-in or a forgotten password");
  code->add_option("id", options->id, "Account")->required();
  code->add_option("--minutes", options->minutes, "How long it is good for")
      ->check(CLI::Range(1, 7 * 24 * 60));
  run_as(code, context, exit, [&context, options]() -> Result<int> {
    auto *env = TRY(context.environment());
    const auto made = TRY(service::Accounts(*env).new_code(options->id, context.actor(), true,
                                                           options->minutes * 60));
    print_code(context, options->id, made, options->minutes);
    return kDone;
  });

  auto *end = users.add_subcommand("end-sessions", "Sign the user out everywhere");
  end->add_option("id", options->id, "Account")->required();
  run_as(end, context, exit, [&context, options]() -> Result<int> {
    auto *env = TRY(context.environment());
    TRY(service::Accounts(*env).end_sessions(options->id, context.actor()));
    TRY(print_account(context, *env, options->id));
    return kDone;
  });

  auto *drop = users.add_subcommand("drop-second-factor",
                                    "For one who lost the telephone and the recovery codes");
  drop->add_option("id", options->id, "Account")->required();
  run_as(drop, context, exit, [&context, options]() -> Result<int> {
    auto *env = TRY(context.environment());
    TRY(service::Accounts(*env).drop_second_factor(options->id, context.actor()));
    TRY(print_account(context, *env, options->id));
    return kDone;
  });
}

Result<int> list_accounts(Context &context, const UserOptions &options) {
  auto *env = TRY(context.environment());
  service::AccountQuery query;
  if (!options.org.empty()) query.scope = TRY(context.org(options.org));
  query.words = text::join(options.words, " ");
  query.after = options.after;
  query.limit = options.limit;
  const auto found = TRY(service::Accounts(*env).list(query, context.actor()));
  print_accounts(context, found);
  if (static_cast<std::int64_t>(found.size()) == options.limit && !context.as_json)
    context.err() << fmt::format("more: --after {}\n", found.back().user.id);
  return kDone;
}

Result<int> check_users(Context &context) {
  auto *env = TRY(context.environment());
  const auto items = TRY(service::check_accounts(*env));
  json::array out;
  bool well = true;
  for (const auto &item : items) {
    well = well && item.ok;
    out.push_back({{"id", item.id},
                   {"ok", item.ok},
                   {"message", item.message},
                   {"why", item.why},
                   {"users", user_words_json(item.users)}});
    if (!context.as_json)
      context.out() << fmt::format("{} {}{}\n", item.ok ? "ok  " : "mend", item.message,
                                   item.ok ? "" : fmt::format(" ({})", item.why));
  }
  if (context.as_json) context.print(out);
  return well ? kDone : kFindings;
}

} // namespace

void add_user_commands(CLI::App &app, Context &context, int &exit) {
  auto options = std::make_shared<UserOptions>();
  auto *users = app.add_subcommand("user", "Accounts: who signs in, for which office, as what");
  users->require_subcommand(1);
  add_making(*users, context, exit, options);
  add_changing(*users, context, exit, options);
  add_helping(*users, context, exit, options);

  auto *list = users->add_subcommand("list", "Accounts, by id");
  list->add_option("words", options->words, "Words of id, name or office code");
  list->add_option("--org", options->org, "Only of this subtree: code or name");
  list->add_option("--limit", options->limit, "At most so many")->check(CLI::Range(1, 100'000));
  list->add_option("--after", options->after, "Go on behind this id");
  run_as(list, context, exit,
         [&context, options]() -> Result<int> { return list_accounts(context, *options); });

  auto *check = users->add_subcommand("check", "What is to be mended in the accounts");
  run_as(check, context, exit, [&context]() -> Result<int> { return check_users(context); });
}

} // namespace yifa::cli
