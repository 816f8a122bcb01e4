#pragma once

#include "http/call.h"
#include "http/jobs.h"

namespace yifa::http {

/// Begins a job for the visitor and answers 202 with how it stands. The body runs on another
/// thread, after this request: it may hold the desk, never the call.
Result<Response> begin_job(Call &call, const std::string &kind, Jobs::Body body);

} // namespace yifa::http
