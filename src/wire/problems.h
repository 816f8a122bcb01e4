#pragma once

#include "base/json.h"
#include "catalog/model.h"
#include "wire/messages.h"

#include <cstdint>
#include <string_view>

/// Errors as the server answers them (RFC 9457). The one table of codes and HTTP statuses.
namespace yifa::wire {

// What only a server can say. An error of ours holds it as a problem whose `where` begins with "@".
Error unauthenticated(); ///< nobody is signed in
Error nobody_yet();      ///< the place is not set up
Error wrong_credentials();
Error account_closed();
Error password_first(); ///< he came with a code and must choose a password before anything else
/// The password was right; a code is asked for, or the one that was given is wrong.
Error second_factor(bool wrong = false);
Error wrong_origin(); ///< a form of another page, or one that is too old (csrf)
/// Come back after so many seconds.
Error too_many(std::string message, std::int64_t seconds);
Error too_large(std::string message);

/// "invalid", "refused", …, "unauthenticated", "second_factor", "csrf", "too_many", "too_large".
std::string_view problem_code(const Error &error);
int http_status(ErrorCode code);
int http_status(const Error &error);
/// Of too_many, for Retry-After; 0 of all others.
std::int64_t wait_seconds(const Error &error);

/// The body of application/problem+json: type, title, status, detail, code, problems of {where,
/// message, source?, supply?, supply_label?}. In Chinese with `messages`, else in English. Of
/// faults of ours nothing is told but that there was one; paths of the machine are never told.
json::object problem_json(const Error &error, const catalog::Catalog &catalog,
                          const Messages *messages);

} // namespace yifa::wire
