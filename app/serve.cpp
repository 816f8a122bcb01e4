#include "serve.h"

#include "base/file.h"
#include "base/text.h"
#include "http/app.h"
#include "http/listener.h"
#include "service/accounts.h"
#include "service/example_people.h"
#include "service/examples.h"

#include <charconv>
#include <csignal>
#include <iostream>
#include <pthread.h>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace yifa {
namespace {

struct ServeOptions {
  std::string listen = "127.0.0.1:8080";
  std::string certificate;
  std::string key;
  bool proxied = false;
  bool quiet = false;
  int workers = 24;
};

/// "127.0.0.1:8080", "[::1]:8080".
Result<std::pair<std::string, int>> read_address(const std::string &written) {
  const auto colon = written.rfind(':');
  int port = -1;
  if (colon != std::string::npos) {
    const auto *end = written.data() + written.size();
    const auto read = std::from_chars(written.data() + colon + 1, end, port);
    if (read.ec != std::errc() || read.ptr != end) port = -1;
  }
  if (port < 0 || port > 65'535)
    return invalid(fmt::format("\"{}\": write the address as 127.0.0.1:8080", written));
  auto address = written.substr(0, colon);
  if (address.starts_with('[') && address.ends_with(']'))
    address = address.substr(1, address.size() - 2);
  if (address == "localhost") address = "127.0.0.1";
  return std::pair{address, port};
}

bool loopback(const std::string &address) {
  return address.starts_with("127.") || address == "::1";
}

/// Waits for Ctrl-C or a polite kill. The signals were blocked before any thread began.
void wait_for_end(const sigset_t &signals) {
  int which = 0;
  while (sigwait(&signals, &which) != 0) {
  }
}

/// The example towns beside the office's own data, with a key of their own.
Result<std::unique_ptr<service::Workspace>> open_training(cli::Context &context,
                                                          const std::filesystem::path &room) {
  auto options = context.options();
  options.data = room;
  options.key = room.string() + ".key";
  TRY(service::prepare_examples(options, context.opener(), {}));
  return service::Workspace::open(options, context.opener());
}

void remove_training(const std::filesystem::path &room) {
  std::error_code error;
  std::filesystem::remove_all(room, error);
  for (const char *ending : {".key", ".key.forgotten"})
    std::filesystem::remove(room.string() + ending, error);
}

/// Who can sign in with what, told once at the start.
Status tell_codes(cli::Context &context, service::Workspace &space, const http::Desk &desk) {
  auto &env = space.environment();
  service::Accounts accounts(env);
  if (space.demo()) {
    context.out() << "\nSign in with a user and his code (each code serves once, for a day):\n";
    for (const auto &person : TRY(service::settle_example_people(env)))
      context.out() << fmt::format("  {:<16} {:<26} {}\n", person.id, person.code, person.what);
    return Done{};
  }
  if (TRY(accounts.fresh()))
    context.out() << fmt::format(
        "\nNobody has an account yet. Open the page and set it up with this code:\n  {}\n",
        desk.setup_code());
  return Done{};
}

Result<int> serve(cli::Context &context, const ServeOptions &options) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  http::ListenOptions listen;
  std::tie(listen.address, listen.port) = TRY(read_address(options.listen));
  listen.certificate = options.certificate;
  listen.private_key = options.key;
  listen.workers = options.workers;
  const bool tls = !options.certificate.empty();
  if (!tls && !options.proxied && !loopback(listen.address))
    return invalid(
        "passwords would cross the network in clear: give --certificate and --tls-key, or "
        "say --behind-proxy when a proxy on this machine speaks TLS");
  auto *space = TRY(context.workspace());
  listen.spool = space->folder() / "spool";
  std::error_code error;
  std::filesystem::create_directories(listen.spool, error);
  http::Desk desk(*space, tls || options.proxied);
  const auto room = space->folder() / "training";
  http::Training training({[&context, room] { return open_training(context, room); },
                           [room] { remove_training(room); }},
                          tls || options.proxied);
  http::App app(
      desk, training,
      {.secure = tls || options.proxied, .log = options.quiet ? nullptr : &context.err()});
  auto listener = TRY(http::Listener::start(listen, app));
  context.out() << fmt::format("Yifa listens on {}://{}:{}/ (Ctrl-C stops it)\n",
                               tls ? "https" : "http", listen.address, listener->port());
  TRY(tell_codes(context, *space, desk));
  context.out().flush();
  wait_for_end(signals);
  context.err() << "stopping\n";
  listener->stop();
  return cli::kDone;
}

} // namespace

void add_serve_command(CLI::App &app, cli::Context &context, int &exit) {
  auto options = std::make_shared<ServeOptions>();
  auto *command =
      app.add_subcommand("serve", "Serve the pages and the interface of a data directory");
  command->add_option("--listen", options->listen, "Address and port (default 127.0.0.1:8080)");
  command->add_option("--certificate", options->certificate, "TLS: certificate chain, PEM");
  command->add_option("--tls-key", options->key, "TLS: private key, PEM");
  command->add_flag("--behind-proxy", options->proxied,
                    "A proxy on this machine speaks TLS for us");
  command->add_flag("--quiet", options->quiet, "No line a request");
  command->add_option("--workers", options->workers, "Threads that answer (default 24)")
      ->check(CLI::Range(1, 256));
  cli::run_as(command, context, exit, [&context, options] { return serve(context, *options); });
}

} // namespace yifa
