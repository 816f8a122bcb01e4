#include "wire/problems.h"

#include "wire/ledger_json.h"

#include <charconv>

namespace yifa::wire {
namespace {

struct ProblemKind {
  std::string_view code;
  int status;
  std::string_view title;
};

constexpr ProblemKind kOfServer[] = {
    {"unauthenticated", 401, "Sign in first"},
    {"fresh", 401, "Nobody has an account yet"},
    {"credentials", 401, "User or password is wrong"},
    {"disabled", 401, "This account is closed"},
    {"second_factor", 401, "A code of the second factor is needed"},
    {"password_first", 403, "Choose a password first"},
    {"csrf", 403, "The page is too old"},
    {"too_many", 429, "Too many attempts"},
    {"too_large", 413, "Too large"},
};

constexpr ProblemKind kOfProgram[] = {
    {"invalid", 422, "The entries cannot be accepted"},
    {"refused", 409, "This cannot be done"},
    {"not_found", 404, "Nothing was found"},
    {"stale", 412, "Somebody changed it meanwhile"},
    {"forbidden", 403, "Not allowed"},
    {"unavailable", 503, "Not available now"},
    {"internal", 500, "A fault of the program"},
};

Error of_server(ErrorCode code, std::string_view mark, std::string message) {
  return {code, std::move(message), {{"@" + std::string(mark), "", "", ""}}};
}

const ProblemKind &kind_of(const Error &error) {
  for (const auto &problem : error.problems)
    for (const auto &kind : kOfServer)
      if (problem.where.size() == kind.code.size() + 1 && problem.where[0] == '@' &&
          problem.where.ends_with(kind.code))
        return kind;
  for (const auto &kind : kOfProgram)
    if (kind.code == to_string(error.code)) return kind;
  return kOfProgram[std::size(kOfProgram) - 1];
}

/// What may be told: a path of the machine is nobody's business.
std::string told(const Error &error) {
  if (error.code == ErrorCode::Internal)
    return "the fault was noted; try again, or tell the administrator";
  if (error.code == ErrorCode::Unavailable && error.message.find('/') != std::string::npos)
    return "the store or the disk cannot serve now; tell the administrator";
  return error.message;
}

} // namespace

Error unauthenticated() {
  return of_server(ErrorCode::Forbidden, "unauthenticated", "nobody is signed in");
}
Error nobody_yet() {
  return of_server(ErrorCode::Forbidden, "fresh", "nobody has an account yet; set the place up");
}
Error wrong_credentials() {
  return of_server(ErrorCode::Forbidden, "credentials", "user or password is wrong");
}
Error account_closed() {
  return of_server(ErrorCode::Forbidden, "disabled", "this account is closed");
}
Error password_first() {
  return of_server(ErrorCode::Forbidden, "password_first", "choose a password first");
}
Error second_factor(bool wrong) {
  return of_server(ErrorCode::Forbidden, "second_factor",
                   wrong ? "this code is not right, or was used already"
                         : "give the code of the second factor");
}
Error wrong_origin() {
  return of_server(ErrorCode::Forbidden, "csrf", "the page is too old; load it again");
}
Error too_many(std::string message, std::int64_t seconds) {
  auto error = of_server(ErrorCode::Unavailable, "too_many", std::move(message));
  error.problems.front().message = std::to_string(seconds);
  return error;
}
Error too_large(std::string message) {
  return of_server(ErrorCode::Invalid, "too_large", std::move(message));
}

std::string_view problem_code(const Error &error) { return kind_of(error).code; }

int http_status(ErrorCode code) { return kind_of({code, {}, {}}).status; }

int http_status(const Error &error) { return kind_of(error).status; }

std::int64_t wait_seconds(const Error &error) {
  std::int64_t seconds = 0;
  for (const auto &problem : error.problems)
    if (problem.where == "@too_many")
      std::from_chars(problem.message.data(), problem.message.data() + problem.message.size(),
                      seconds);
  return seconds;
}

json::object problem_json(const Error &error, const catalog::Catalog &catalog,
                          const Messages *messages) {
  const auto words = [&](std::string_view english) {
    return messages != nullptr ? messages->translate(english) : std::string(english);
  };
  const auto &kind = kind_of(error);
  json::array problems;
  for (const auto &problem : error.problems) {
    if (problem.where.starts_with('@') || error.code == ErrorCode::Internal) continue;
    json::object each{{"where", problem.where}, {"message", words(problem.message)}};
    if (!problem.source.empty()) each["source"] = words(problem.source);
    if (!problem.supply.empty()) {
      each["supply"] = problem.supply;
      if (const auto role = catalog.roles.find(problem.supply); role != catalog.roles.end())
        each["supply_label"] = label_in(role->second, messages == nullptr);
    }
    problems.push_back(std::move(each));
  }
  return {{"type", "about:blank"}, {"title", words(kind.title)},
          {"status", kind.status}, {"detail", words(told(error))},
          {"code", kind.code},     {"problems", std::move(problems)}};
}

} // namespace yifa::wire
