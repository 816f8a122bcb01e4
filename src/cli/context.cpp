#include "cli/context.h"

#include "base/text.h"
#include "service/orgs.h"
#include "wire/forms.h"

#include <iostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

namespace yifa::cli {

int exit_code(ErrorCode code) {
  switch (code) {
  case ErrorCode::Invalid:
    return kInvalid;
  case ErrorCode::Refused:
    return kRefused;
  case ErrorCode::NotFound:
    return kNotFound;
  case ErrorCode::Stale:
    return kStale;
  case ErrorCode::Forbidden:
    return kForbidden;
  case ErrorCode::Unavailable:
  case ErrorCode::Internal:
    break;
  }
  return kUnavailable;
}

Context::Context(service::StoreOpener opener, std::ostream &out, std::ostream &err)
    : opener_(std::move(opener)), out_(out), err_(err) {}
Context::~Context() = default;

service::WorkspaceOptions Context::options() const {
  service::WorkspaceOptions options;
  options.data = data.empty() ? std::filesystem::path("yifa-data") : std::filesystem::path(data);
  options.key = key;
  options.catalog_folder = catalog;
  return options;
}

Result<service::Workspace *> Context::workspace() {
  if (!workspace_) workspace_ = TRY(service::Workspace::open(options(), opener_));
  return workspace_.get();
}

Result<service::Environment *> Context::environment() { return &TRY(workspace())->environment(); }

void Context::close() { workspace_.reset(); }

service::Actor Context::actor() const {
  // Accounts come with the desk; until then whoever can open the directory acts for it, under the
  // name given.
  service::Actor actor;
  actor.id = as.empty() ? "local" : as;
  actor.local_operator = true;
  return actor;
}

Result<OrgCode> Context::org(const std::string &written) {
  auto *env = TRY(environment());
  auto reader = TRY(env->store.read());
  return service::resolve_org(*reader, written);
}

void Context::print(const json::value &value) { out_ << pretty(value); }

void run_as(CLI::App *command, Context &context, int &exit, Body body) {
  command->callback([&context, &exit, body = std::move(body)] {
    auto done = body();
    if (done) {
      exit = *done;
      return;
    }
    const auto &error = done.error();
    exit = exit_code(error.code);
    if (context.as_json) {
      context.print(wire::error_json(error));
    } else {
      context.err() << "yifa: " << error.text() << "\n";
    }
  });
}

Progress::Progress(Context &context, std::string what)
    : context_(context), what_(std::move(what)),
      terminal_(!context.as_json && ::isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  if (shown_ && terminal_) context_.err() << "\r\033[K" << std::flush;
}

void Progress::at(double fraction, const std::string &note) {
  if (context_.as_json) return;
  int percent = static_cast<int>(fraction * 100);
  if (percent == last_) return;
  last_ = percent;
  if (terminal_) {
    auto filled = static_cast<std::size_t>(percent / 4);
    context_.err() << fmt::format("\r\033[K{} [{}{}] {:3}% {}", what_, std::string(filled, '='),
                                  std::string(25 - std::min<std::size_t>(filled, 25), ' '), percent,
                                  text::shorten(note, 40))
                   << std::flush;
    shown_ = true;
  }
}

} // namespace yifa::cli
