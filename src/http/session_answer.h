#pragma once

#include "http/call.h"

namespace yifa::http {

/// Who is signed in and what he may see: the answer to signing in and to GET /session.
Result<Response> session_answer(Call &call);

} // namespace yifa::http
