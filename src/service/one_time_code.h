#pragma once

#include "service/account_store.h"

namespace yifa::service {

/// One-time sign-in codes: shown once, kept as a hash under `code:<hash>`, one an account.

/// Makes one for the user in place of an earlier one; `secrets` is changed and not yet kept.
Result<std::string> make_code(store::Writer &writer, const std::string &user, Secrets &secrets,
                              Moment until);

/// The user it was made for; nothing when it is no code, was used or has lapsed.
Result<std::optional<std::string>> user_of_code(store::Reader &reader, const std::string &code,
                                                Moment now);

/// Takes back the code in force, if there is one; `secrets` is changed and not yet kept.
Status drop_code(store::Writer &writer, Secrets &secrets);

} // namespace yifa::service
