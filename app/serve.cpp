#include "serve.h"

#include "base/file.h"
#include "base/text.h"
#include "http/app.h"
#include "http/listener.h"
#include "service/accounts.h"
#include "service/ended_sessions.h"
#include "service/example_people.h"
#include "service/examples.h"
#include "service/nightly_backups.h"
#include "service/rising_sums.h"

#include <charconv>
#include <csignal>
#include <iostream>
#include <pthread.h>
#include <unistd.h>

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

/// Waits for Ctrl-C, a polite kill or SIGUSR1. The signals were blocked before any thread began.
int wait_for_signal(const sigset_t &signals) {
  int which = 0;
  while (sigwait(&signals, &which) != 0) {
  }
  return which;
}

/// Whether the catalog as its files are now can be served; if not, says why.
bool catalog_loads(cli::Context &context) {
  const auto options = context.options();
  const auto loaded = service::load_catalog(options.data, options.catalog_folder);
  if (loaded && loaded->catalog) return true;
  if (!loaded) context.err() << loaded.error().text() << "\n";
  if (loaded)
    for (const auto &one : loaded->diagnostics)
      context.err() << fmt::format("{}:{}:{}: {}\n", one.file, one.line, one.column, one.message);
  context.err() << "the catalog has faults; the one that was read before goes on\n";
  return false;
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

/// Who can sign in with what, told once at the start. `at` is the address of the first page.
Status tell_codes(cli::Context &context, service::Workspace &space, const http::Desk &desk,
                  const std::string &at) {
  auto &env = space.environment();
  auto &out = context.out();
  if (space.demo()) {
    out << "\nSign in with a user and his code (each code serves once, for a day):\n";
    for (const auto &person : TRY(service::settle_example_people(env)))
      out << fmt::format("  {:<16} {:<26} {}\n{:19}{}sign-in?code={}\n", person.id, person.code,
                         person.what, "", at, person.code);
    return Done{};
  }
  if (TRY(service::Accounts(env).fresh()))
    out << fmt::format("\nNobody has an account yet. Open this address and set the place up:\n"
                       "  {}setup?code={}\nThe code by itself:\n  {}\n",
                       at, desk.setup_code(), desk.setup_code());
  return Done{};
}

struct Serving {
  http::ListenOptions listen;
  bool secure = false;
  bool proxied = false;
  bool quiet = false;
  bool again = false; ///< the catalog was read anew: addresses and codes were told before
};

/// One data directory with one catalog, until a signal comes; which it was.
Result<int> serve_until(cli::Context &context, Serving &serving, const sigset_t &signals) {
  auto *space = TRY(context.workspace());
  auto listen = serving.listen;
  listen.spool = space->folder() / "spool";
  std::error_code error;
  std::filesystem::create_directories(listen.spool, error);
  http::Desk desk(*space, serving.secure);
  const service::NightlyBackups nightly(*space);
  const service::RisingSums rising(space->environment().store);
  const service::EndedSessions ended(space->environment(), {});
  desk.when_catalog_changes([] { ::kill(::getpid(), SIGUSR1); });
  const auto room = space->folder() / "training";
  http::Training training({[&context, room] { return open_training(context, room); },
                           [room] { remove_training(room); }},
                          serving.secure);
  http::App app(desk, training,
                {.secure = serving.secure,
                 .proxied = serving.proxied,
                 .log = serving.quiet ? nullptr : &context.err()});
  auto listener = TRY(http::Listener::start(listen, app));
  serving.listen.port = listener->port();
  if (!serving.again) {
    const auto at = fmt::format(
        "{}://{}:{}/", listen.certificate.empty() ? "http" : "https",
        listen.address.find(':') == std::string::npos ? listen.address : "[" + listen.address + "]",
        listener->port());
    context.out() << fmt::format("Yifa listens on {} (Ctrl-C stops it)\n", at);
    TRY(tell_codes(context, *space, desk, at));
    context.out().flush();
  }
  int which = SIGUSR1;
  while (which == SIGUSR1) {
    which = wait_for_signal(signals);
    if (which == SIGUSR1 && catalog_loads(context)) break;
  }
  listener->stop();
  return which;
}

Result<int> serve(cli::Context &context, const ServeOptions &options) {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int each : {SIGINT, SIGTERM, SIGHUP, SIGUSR1}) sigaddset(&signals, each);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  Serving serving;
  auto &listen = serving.listen;
  std::tie(listen.address, listen.port) = TRY(read_address(options.listen));
  listen.certificate = options.certificate;
  listen.private_key = options.key;
  listen.workers = options.workers;
  // All of them come from the proxy's address, which counts them itself.
  if (options.proxied) listen.most_per_address = listen.most_connections;
  const bool tls = !options.certificate.empty();
  if (!tls && !options.proxied && !loopback(listen.address))
    return invalid(
        "passwords would cross the network in clear: give --certificate and --tls-key, or "
        "say --behind-proxy when a proxy speaks TLS");
  serving.secure = tls || options.proxied;
  serving.proxied = options.proxied;
  serving.quiet = options.quiet;
  // SIGUSR1 has the catalog read anew: sessions and the port stay.
  while (TRY(serve_until(context, serving, signals)) == SIGUSR1) {
    context.err() << "reading the catalog anew\n";
    context.close();
    serving.again = true;
  }
  context.err() << "stopping\n";
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
                    "A proxy on this machine or in a private network speaks TLS for us; the last "
                    "address in its X-Forwarded-For is the client's");
  command->add_flag("--quiet", options->quiet, "No line a request");
  command->add_option("--workers", options->workers, "Threads that answer (default 24)")
      ->check(CLI::Range(1, 256));
  cli::run_as(command, context, exit, [&context, options] { return serve(context, *options); });
}

} // namespace yifa
